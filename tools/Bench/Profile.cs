// Where the instructions of a row go. The payload repeats a row many times, so the place in it that Nestor returns to most
// often is passed once a repetition, and what is executed from there to there is one. The first CPU alone is looked at, for
// it does the measuring.

namespace Nestor.Tools.Bench;

/// <summary>Collects executed instructions and sums them up by function.</summary>
/// <param name="functions">Nestor's functions by address.</param>
/// <param name="loops">Where the payload's measured code lies: first addresses and ends.</param>
public sealed class Profile(SortedDictionary<ulong, string> functions, IReadOnlyList<(ulong First, ulong End)> loops)
{
    /// <summary>What the payload itself executes.</summary>
    public const string Guest = "(the payload)";

    // Between two runs of a loop lies much that is no repetition.
    private const int LongestToUsual = 4;

    private readonly ulong[] _starts = [.. functions.Keys];
    private readonly string[] _names = [.. functions.Values];

    // Bit 0 of an address is free: it says that the host executed it.
    private readonly List<ulong> _executed = [];

    private List<(int From, int To)>? _repetitions;

    /// <summary>The repetitions that were found, once all is added.</summary>
    public int Count => Repetitions.Count;

    /// <summary>Adds the next instruction.</summary>
    public void Add(Executed executed)
    {
        // What comes before the guest's first instruction is Nestor's start.
        if (executed.Cpu == 0 && (!executed.IsHost || _executed.Count > 0))
        {
            _executed.Add(executed.Address | (executed.IsHost ? 1UL : 0));
        }
    }

    /// <summary>A repetition's instructions by function, the most first.</summary>
    public IReadOnlyList<ProfileEntry> Entries()
    {
        Dictionary<string, long> sums = [];
        foreach ((int from, int to) in Repetitions)
        {
            for (int i = from; i < to; i++)
            {
                string name = IsHost(_executed[i]) ? NameOf(_executed[i] & ~1UL) : Guest;
                sums[name] = sums.GetValueOrDefault(name) + 1;
            }
        }

        return [.. sums.Select(sum => new ProfileEntry(sum.Key, (double)sum.Value / Count)).OrderByDescending(one => one.Instructions).ThenBy(one => one.Function, StringComparer.Ordinal)];
    }

    /// <summary>A repetition's instructions by call stack, the outermost function first and joined by semicolons.</summary>
    public IReadOnlyDictionary<string, double> Stacks()
    {
        SortedDictionary<string, double> sums = new(StringComparer.Ordinal);
        foreach ((int from, int to) in Repetitions)
        {
            List<string> stack = [];
            for (int i = from; i < to; i++)
            {
                Enter(stack, IsHost(_executed[i]) ? NameOf(_executed[i] & ~1UL) : Guest);
                string key = string.Join(';', stack);
                sums[key] = sums.GetValueOrDefault(key) + (1.0 / Count);
            }
        }

        return sums;
    }

    // A function that is on the stack has been returned to; another has been called. Nothing recurses, and a guest calls nobody.
    private static void Enter(List<string> stack, string function)
    {
        int found = stack.LastIndexOf(function);
        if (found >= 0)
        {
            stack.RemoveRange(found + 1, stack.Count - found - 1);
            return;
        }

        if (function == Guest || stack.Contains(Guest))
        {
            stack.Clear();
        }

        stack.Add(function);
    }

    private List<(int From, int To)> Repetitions => _repetitions ??= Find();

    private List<(int From, int To)> Find()
    {
        List<int>? returns = Enumerable.Range(1, Math.Max(0, _executed.Count - 1))
            .Where(i => IsHost(_executed[i - 1]) && !IsHost(_executed[i]) && loops.Any(loop => _executed[i] >= loop.First && _executed[i] < loop.End))
            .GroupBy(i => _executed[i])
            .MaxBy(places => places.Count())?.ToList();
        if (returns is null || returns.Count < 2)
        {
            return [];
        }

        List<(int From, int To)> all = [.. returns.Zip(returns.Skip(1))];
        int usual = all.Select(one => one.To - one.From).Order().ElementAt(all.Count / 2);
        return [.. all.Where(one => one.To - one.From <= usual * LongestToUsual)];
    }

    private static bool IsHost(ulong executed) => (executed & 1) != 0;

    private string NameOf(ulong address)
    {
        int found = Array.BinarySearch(_starts, address);
        int index = found >= 0 ? found : ~found - 1;
        return index < 0 ? "(below the image)" : _names[index];
    }
}
