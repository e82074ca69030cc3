// Reads the fields of registers, and refuses what contradicts itself or the register table.

using System.Globalization;
using Nestor.Tools.Build;

namespace Nestor.Tools.Registers;

/// <summary>The table of fields.</summary>
public static class FieldTable
{
    /// <summary>Where it is, from the root of the repository.</summary>
    public const string RelativePath = "hal/Registers/fields.table";

    /// <summary>The fields of each register that has some, in the order of the register table.</summary>
    /// <exception cref="BuildException">A line is malformed, fields overlap, or there is no such register.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<RegisterField>> Read(string root, IReadOnlyList<RegisterRow> rows) =>
        Parse(File.ReadLines(Path.Combine(root, RelativePath)), rows);

    /// <summary>The same from lines.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<RegisterField>> Parse(IEnumerable<string> lines, IReadOnlyList<RegisterRow> rows)
    {
        Dictionary<string, List<RegisterField>> fields = [];
        HashSet<string> names = [.. rows.Select(r => r.Name)];
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            string[] words = line.Split('#', 2)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            if (!names.Contains(words[0]))
            {
                throw Wrong(number, $"{words[0]} is no row of {RegisterTable.RelativePath}");
            }

            if (words.Length == 2 && words[1].StartsWith('='))
            {
                fields.Add(words[0], fields.TryGetValue(words[1][1..], out List<RegisterField>? others)
                    ? others
                    : throw Wrong(number, $"{words[1][1..]} has no fields above this line"));
                continue;
            }

            if (!fields.TryGetValue(words[0], out List<RegisterField>? list))
            {
                fields.Add(words[0], list = []);
            }

            list.AddRange(words.Skip(1).Select(word => Field(word, number)));
            if (Enumerable.Range(0, 64).FirstOrDefault(bit => list.Count(f => f.Low <= bit && bit <= f.High) > 1, -1) is >= 0 and int twice)
            {
                throw Wrong(number, $"bit {twice} of {words[0]} is in two fields");
            }
        }

        return fields.ToDictionary(p => p.Key, p => (IReadOnlyList<RegisterField>)p.Value);
    }

    private static RegisterField Field(string word, int number)
    {
        string[] parts = word.Split('@');
        string[] place = parts[^1].Split("<<", 2);
        string[] bits = place[0].Split(':');
        int shift = 0;
        return parts.Length == 2 && parts[0].Length > 0 && bits.Length <= 2
            && int.TryParse(bits[0], NumberStyles.None, CultureInfo.InvariantCulture, out int high)
            && int.TryParse(bits[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int low)
            && low <= high && high < 64
            && (place.Length == 1 || int.TryParse(place[1], NumberStyles.None, CultureInfo.InvariantCulture, out shift)) && high - low + shift < 64
            ? new RegisterField(parts[0], high, low, shift)
            : throw Wrong(number, $"{word} is neither NAME@BIT nor NAME@HIGH:LOW nor NAME@HIGH:LOW<<N");
    }

    private static BuildException Wrong(int number, string why) => new($"{RelativePath}:{number}: {why}");
}
