// What the programs have reached on the bare machine: for each kind of step the ways in which it ended. The payload says each pair
// once a boot. A program with a new pair is kept, and others start as it does.
using System.Globalization;

namespace Nestor.Tools.Fuzz;

/// <summary>The pairs of all boots.</summary>
public sealed class Coverage
{
    private const string Line = "cover ";

    // How the payload packs a pair (qemu-tests/Guests/Payloads/Fuzz/Outcomes.cs).
    private const int KindShift = 16;
    private const int ClassShift = 10;
    private const int VectorShift = 6;

    private readonly Dictionary<string, int> _kinds = [];
    private readonly HashSet<uint> _pairs = [];

    /// <summary>Programs that reached something new.</summary>
    public List<FuzzProgram> Kept { get; } = [];

    /// <summary>The number of a step's kind.</summary>
    public int KindOf(ProgramStep step)
    {
        if (!_kinds.TryGetValue(step.Kind, out int number))
        {
            _kinds.Add(step.Kind, number = _kinds.Count);
        }

        return number;
    }

    /// <summary>Takes what the payload said of some programs.</summary>
    public void Take(IReadOnlyList<FuzzProgram> programs, IReadOnlyList<string> lines)
    {
        foreach (string line in lines.Where(line => line.StartsWith(Line, StringComparison.Ordinal)))
        {
            string[] words = line.Split(' ');
            ulong[] numbers = [.. words.Skip(1).Select(word => ulong.Parse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            FuzzProgram program = programs[(int)numbers[0]];
            if (_pairs.Add((uint)numbers[1]) && (Kept.Count == 0 || !ReferenceEquals(Kept[^1], program)))
            {
                Kept.Add(program);
            }
        }
    }

    /// <summary>A few lines for people.</summary>
    public IEnumerable<string> Report()
    {
        string[] kinds = [.. _kinds.Keys];
        yield return $"coverage: {_pairs.Count} outcomes of {_pairs.Select(pair => pair >> KindShift).Distinct().Count()} kinds of step";
        yield return $"exception classes: {Join(_pairs.Where(IsSynchronous).Select(pair => pair >> ClassShift & 0x3f))}";
        yield return $"status of aborts: {Join(_pairs.Where(pair => IsSynchronous(pair) && (pair >> ClassShift & 0x3f) is 0x20 or 0x21 or 0x24 or 0x25).Select(pair => pair & 0x3f))}";
        yield return $"vectors: {Join(_pairs.Select(pair => (pair >> VectorShift & 0xf) << 7))}";
        foreach (string access in (string[])["read", "write"])
        {
            yield return string.Join(", ", Enumerable.Range(0, 3).Select(level => $"{access} at EL{level}: {CountRows(kinds, $"EL{level} {access} ")} registers"));
        }
    }

    // Interrupts and SErrors have no class of their own.
    private static bool IsSynchronous(uint pair) => (pair >> VectorShift & 3) == 0;

    private static string Join(IEnumerable<uint> numbers) => string.Join(' ', numbers.Distinct().Order().Select(number => $"0x{number:x}"));

    private int CountRows(string[] kinds, string start) =>
        _pairs.Select(pair => (int)(pair >> KindShift)).Distinct().Count(kind => kinds[kind].StartsWith(start, StringComparison.Ordinal));
}
