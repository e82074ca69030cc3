// Reads the table of traps and refuses one with a gap or a contradiction: a register that nothing covers would be a trap that
// a guest hypervisor asked for and never got.

using System.Text.RegularExpressions;
using Nestor.Tools.Build;

namespace Nestor.Tools.Registers;

/// <summary>The table of traps.</summary>
public sealed class TrapTable
{
    /// <summary>Where it is, from the root of the repository.</summary>
    public const string RelativePath = "hal/Registers/traps.table";

    private const int BitsOfRegister = 64;
    private static readonly string[] s_fineGrained = ["HFGxTR_EL2", "HDFGxTR_EL2", "HFGITR_EL2"];

    private readonly Dictionary<string, uint> _names = [];
    private readonly Dictionary<string, uint> _onlyNames = [];
    private readonly List<TrapControl> _controls = [];
    private readonly HashSet<(string Register, int Bit)> _fineGrained = [];
    private readonly Dictionary<string, FineGrainedRegister> _registers = s_fineGrained.ToDictionary(name => name, name => new FineGrainedRegister(name));
    private readonly HashSet<string> _untrapped = [];
    private readonly IReadOnlyList<RegisterRow> _rows;

    private TrapTable(IReadOnlyList<RegisterRow> rows)
    {
        _rows = rows;
        foreach (RegisterRow row in rows)
        {
            _names.Add(row.Name, row.Encoding);
            if (row.Alias is not null)
            {
                _names.Add(row.Name[..^1] + row.Alias, row.AliasEncoding);
            }
        }
    }

    /// <summary>The controls in the order of the table.</summary>
    public IReadOnlyList<TrapControl> Controls => _controls;

    /// <summary>The fine-grained trap registers, in the order of their names above.</summary>
    public IEnumerable<FineGrainedRegister> FineGrained => s_fineGrained.Select(name => _registers[name]);

    /// <summary>Everything that has a name, here or in the register table.</summary>
    public IReadOnlyDictionary<string, uint> Names => _names.Concat(_onlyNames).ToDictionary();

    /// <summary>What of it every CPU has that Nestor runs on: rows that are undefined when they trap left out.</summary>
    public IEnumerable<uint> Existing => _names.Values.Except(_rows.Where(row => row.Trap == "undef").Select(row => row.Encoding));

    /// <summary>Reads and checks the table.</summary>
    /// <exception cref="BuildException">A row is malformed, stands twice, or something is missing.</exception>
    public static TrapTable Read(string root, IReadOnlyList<RegisterRow> rows) =>
        Parse(File.ReadLines(Path.Combine(root, RelativePath)), rows);

    /// <summary>The same, from its lines.</summary>
    /// <exception cref="BuildException">As for <see cref="Read"/>.</exception>
    public static TrapTable Parse(IEnumerable<string> lines, IReadOnlyList<RegisterRow> rows)
    {
        TrapTable table = new(rows);
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            string[] words = line.Split('#', 2)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            try
            {
                table.Add(words);
            }
            catch (Exception e) when (e is FormatException or OverflowException or IndexOutOfRangeException or BuildException)
            {
                throw new BuildException($"{RelativePath}:{number}: {e.Message}");
            }
        }

        table.CheckGaps();
        return table;
    }

    private void Add(string[] words)
    {
        if (words.Length == 0)
        {
            return;
        }

        if (words[0] == "=")
        {
            AddName(_names, words[1], Encoding(words[2..]));
        }
        else if (words[0] == "~")
        {
            AddName(_onlyNames, words[1], Encoding(words[2..]));
        }
        else if (words[0] == "none")
        {
            _untrapped.UnionWith(words[1..]);
        }
        else if (words[1] == "absent")
        {
            bool isSet = IsSet(words[2]);
            foreach (int bit in words[3..].SelectMany(Range))
            {
                AddBit(words[0], bit).Closed |= isSet ? 1UL << bit : 0;
            }
        }
        else if (words[1] == "class")
        {
            foreach (int bit in words[2..].SelectMany(Range))
            {
                AddBit(words[0], bit).Forwarded |= 1UL << bit;
            }
        }
        else
        {
            AddControl(words);
        }
    }

    private void AddName(Dictionary<string, uint> names, string name, uint encoding)
    {
        if (_names.Concat(_onlyNames).Any(other => other.Key == name || other.Value == encoding))
        {
            throw new BuildException($"{name} or its encoding has a name already");
        }

        names.Add(name, encoding);
    }

    private void AddControl(string[] words)
    {
        string register = words[0].Split('.')[0];
        ulong[] masks = [.. words[1].Split('|').Select(bits => bits.Split('+').Aggregate(0UL, (mask, bit) => mask | (1UL << int.Parse(bit))))];
        bool whenSet = IsSet(words[2]);
        bool reads = words[3].Contains('r');
        bool writes = words[3].Contains('w');
        bool tested = !words[3].EndsWith('!');
        if (words[3].TrimEnd('!') is not ("r" or "w" or "rw") || words.Length < 5)
        {
            throw new BuildException("not an access (r, w, rw) and targets");
        }

        TrapControl? control = _controls.Find(one => one.Name == words[0]);
        if (control is null)
        {
            control = new TrapControl(words[0], register.Replace("xTR", "RTR", StringComparison.Ordinal), register.Replace("xTR", "WTR", StringComparison.Ordinal), masks[0], masks[^1], whenSet);
            if (!_names.ContainsKey(control.Read) || !_names.ContainsKey(control.Write) || _controls.Exists(one => one.Read == control.Read && one.Mask == control.Mask))
            {
                throw new BuildException($"{words[0]}: no such register, or the bit has a name already");
            }

            _controls.Add(control);
            if (s_fineGrained.Contains(register))
            {
                FineGrainedRegister fineGrained = AddBit(register, int.Parse(words[1]));
                fineGrained.Forwarded |= masks[0];
                fineGrained.Open |= whenSet ? 0 : masks[0];
            }
        }
        else if (control.Mask != masks[0] || control.WhenSet != whenSet)
        {
            throw new BuildException($"{words[0]} is described differently above");
        }

        foreach (TrapTarget target in words[4..].SelectMany(word => Targets(word, reads, writes, tested)))
        {
            if (control.Targets.Any(one => one.Mask == target.Mask && one.Value == target.Value && ((one.Reads && reads) || (one.Writes && writes))))
            {
                throw new BuildException($"{words[0]} has the same target twice");
            }

            control.Targets.Add(target);
        }
    }

    private FineGrainedRegister AddBit(string register, int bit)
    {
        if (!_fineGrained.Add((register, bit)))
        {
            throw new BuildException($"bit {bit} of {register} stands twice");
        }

        return _registers.TryGetValue(register, out FineGrainedRegister? found) ? found : throw new BuildException($"{register} is no fine-grained trap register");
    }

    private static bool IsSet(string word) =>
        word switch { "set" => true, "clear" => false, _ => throw new BuildException($"{word} is neither set nor clear") };

    private IEnumerable<TrapTarget> Targets(string word, bool reads, bool writes, bool tested)
    {
        if (word.Contains(':'))
        {
            return Patterns(word.Split(':')).Select(one => new TrapTarget(one.Mask, one.Value, reads, writes, tested));
        }

        Regex glob = new("^" + Regex.Escape(word).Replace("\\*", "[A-Za-z0-9]*", StringComparison.Ordinal) + "(_EL[012])?$");
        uint[] found = _names.TryGetValue(word, out uint single) ? [single] : [.. _names.Where(name => word.Contains('*') && glob.IsMatch(name.Key)).Select(name => name.Value)];
        return found.Length == 0
            ? throw new BuildException($"{word} is no register and no instruction; name it with = first")
            : found.Select(encoding => new TrapTarget(0xffff, encoding, reads, writes, tested));
    }

    // Each part of an encoding is a number, anything, or a range, which is cut into blocks of powers of two.
    private static IEnumerable<(uint Mask, uint Value)> Patterns(string[] parts)
    {
        int[] widths = [2, 3, 4, 4, 3];
        IEnumerable<(uint Mask, uint Value)> result = [(0, 0)];
        for (int i = 0; i < widths.Length; i++)
        {
            (uint Mask, uint Value)[] blocks = [.. Blocks(parts[i], widths[i])];
            int width = widths[i];
            result = [.. result.SelectMany(one => blocks.Select(block => ((one.Mask << width) | block.Mask, (one.Value << width) | block.Value)))];
        }

        return result;
    }

    private static IEnumerable<(uint Mask, uint Value)> Blocks(string part, int width)
    {
        if (part == "*")
        {
            yield return (0, 0);
            yield break;
        }

        int[] range = [.. Range(part)];
        for (int start = range[0]; start <= range[^1];)
        {
            int size = 1;
            while ((start & size) == 0 && start + (2 * size) - 1 <= range[^1] && 2 * size <= 1 << width)
            {
                size *= 2;
            }

            yield return ((uint)((1 << width) - size), (uint)start);
            start += size;
        }
    }

    private static IEnumerable<int> Range(string text)
    {
        int[] ends = [.. text.Split('-').Select(int.Parse)];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }

    private static uint Encoding(string[] parts)
    {
        uint[] value = [.. parts.Select(uint.Parse)];
        return (value[0] << 14) | (value[1] << 11) | (value[2] << 7) | (value[3] << 3) | value[4];
    }

    private void CheckGaps()
    {
        const uint FirstOfEl2 = 4;
        foreach (string register in s_fineGrained)
        {
            int missing = Enumerable.Range(0, BitsOfRegister).FirstOrDefault(bit => !_fineGrained.Contains((register, bit)), -1);
            if (missing >= 0)
            {
                throw new BuildException($"{RelativePath}: bit {missing} of {register} is in no row");
            }
        }

        foreach (RegisterRow row in _rows.Where(row => row.Op1 < FirstOfEl2))
        {
            bool covered = _controls.Exists(control => control.Targets.Any(target => target.Covers(row.Encoding)));
            if (covered == _untrapped.Contains(row.Name))
            {
                throw new BuildException($"{RelativePath}: {row.Name} " + (covered ? "is trapped, and listed as not trapped" : "is trapped by nothing; if that is so, list it under none"));
            }
        }
    }
}
