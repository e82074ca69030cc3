// What one program did on two machines, side by side where it differs.
namespace Nestor.Tools.Fuzz;

/// <summary>Compares what the payload shows of a program.</summary>
public static class ProgramComparison
{
    /// <summary>Writes the lines that are not the same, each behind its step; true when there are none.</summary>
    public static bool Write(TextWriter output, IReadOnlyList<string> bare, IReadOnlyList<string> other, string name)
    {
        IReadOnlyList<Line> left = Lines(bare);
        IReadOnlyList<Line> right = Lines(other);
        Dictionary<(string Step, string Place), string> values = right.ToDictionary(line => (line.Step, line.Place), line => line.Value);
        HashSet<(string, string)> seen = [];
        bool isSame = true;
        foreach (Line line in left)
        {
            seen.Add((line.Step, line.Place));
            string value = values.GetValueOrDefault((line.Step, line.Place), "as before");
            isSame &= Say(output, name, line, line.Value, value);
        }

        foreach (Line line in right.Where(line => !seen.Contains((line.Step, line.Place))))
        {
            isSame &= Say(output, name, line, "as before", line.Value);
        }

        return isSame;
    }

    private static bool Say(TextWriter output, string name, Line line, string bare, string other)
    {
        if (bare != other)
        {
            output.WriteLine($"{line.Step}: {line.Place}: bare {bare}, {name} {other}");
        }

        return bare == other;
    }

    private static List<Line> Lines(IReadOnlyList<string> text)
    {
        List<Line> lines = [];
        string step = "";
        bool hasBegun = false;
        foreach (string line in text)
        {
            hasBegun |= line.StartsWith("program ", StringComparison.Ordinal);
            int space = line.LastIndexOf(' ');
            if (!hasBegun || space < 0)
            {
                continue;
            }

            step = line.StartsWith("step ", StringComparison.Ordinal) ? line : line.StartsWith("hcr ", StringComparison.Ordinal) ? "end" : step;
            if (!line.StartsWith("step ", StringComparison.Ordinal) && !line.StartsWith("digest ", StringComparison.Ordinal) && !line.StartsWith("program ", StringComparison.Ordinal))
            {
                lines.Add(new Line(step, line[..space], line[(space + 1)..]));
            }
        }

        return [.. lines.DistinctBy(line => (line.Step, line.Place))];
    }

    private sealed record Line(string Step, string Place, string Value);
}
