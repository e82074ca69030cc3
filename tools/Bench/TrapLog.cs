// QEMU's log of exceptions (`-d int`), cut into the rows of the payload by the calls that stand at both ends of each; and in
// it, when the log has them, the writes of Nestor's that make QEMU drop its TLB (`-d exec,cpu`, for the instructions behind).
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nestor.Tools.Bench;

/// <summary>Reads the log line by line.</summary>
/// <param name="writes">The writes to look at, by the address of the instruction behind.</param>
public sealed partial class TrapLog(IReadOnlyDictionary<ulong, TlbWrite> writes)
{
    // ESR of SVC and HVC with the immediates of qemu-tests/Guests/Payloads/Bench/Benchmarks.cs.
    private const uint Immediate = 0xffff;
    private const uint RowBegins = 0x78;
    private const uint RowEnds = 0x79;
    private const uint SvcClass = 0x15;
    private const uint HvcClass = 0x16;

    private readonly List<RowTraps> _rows = [];
    private readonly Dictionary<(int Cpu, string Register), ulong> _values = [];
    private SortedDictionary<string, int>? _traps;
    private int _drops;
    private string _kind = "";
    private bool _toEl2;
    private (int Cpu, TlbWrite Write)? _written;

    /// <summary>The rows so far, in order.</summary>
    public IReadOnlyList<RowTraps> Rows => _rows;

    /// <summary>Takes the next line.</summary>
    public void Add(string line)
    {
        if (line.StartsWith("Taking exception", StringComparison.Ordinal))
        {
            int open = line.IndexOf('[', StringComparison.Ordinal);
            int close = line.IndexOf(']', StringComparison.Ordinal);
            _kind = close > open && open > 0 ? line[(open + 1)..close] : "";
            _toEl2 = false;
        }
        else if (line.StartsWith("...from EL", StringComparison.Ordinal))
        {
            _toEl2 = line.EndsWith("to EL2", StringComparison.Ordinal) && !line.StartsWith("...from EL2", StringComparison.Ordinal);
        }
        else if (Syndrome().Match(line) is { Success: true } syndrome)
        {
            Take(uint.Parse(syndrome.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
        else if (Executed.Parse(line) is { } executed)
        {
            _written = executed.IsHost && writes.TryGetValue(executed.Address, out TlbWrite? write) ? (executed.Cpu, write) : null;
        }
        else if (_written is not null)
        {
            Registers(line);
        }
    }

    private void Take(uint syndrome)
    {
        uint exceptionClass = syndrome >> 26;
        if (exceptionClass is SvcClass or HvcClass && (syndrome & Immediate) is RowBegins or RowEnds && Name(exceptionClass) is "svc" or "hvc")
        {
            if ((syndrome & Immediate) == RowBegins)
            {
                (_traps, _drops) = ([], 0);
            }
            else if (_traps is not null)
            {
                _rows.Add(new RowTraps(_traps, _drops));
                _traps = null;
            }
        }
        else if (_toEl2 && _traps is not null)
        {
            string name = Name(exceptionClass);
            _traps[name] = _traps.GetValueOrDefault(name) + 1;
        }
    }

    // For an interrupt QEMU prints the syndrome of the exception before it.
    private string Name(uint exceptionClass) => _kind switch
    {
        "IRQ" or "FIQ" => "irq",
        _ => exceptionClass switch
        {
            0x01 => "wfi",
            SvcClass => "svc",
            HvcClass => "hvc",
            0x17 => "smc",
            0x18 => "register",
            0x1a => "eret",
            0x20 or 0x21 => "fetch",
            0x24 or 0x25 => "data",
            _ => "other",
        },
    };

    private void Registers(string line)
    {
        (int cpu, TlbWrite write) = _written!.Value;
        foreach (Match match in GeneralRegister().Matches(line))
        {
            if (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) == write.Source)
            {
                ulong value = ulong.Parse(match.Groups[2].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & write.Mask;
                _drops += _values.TryGetValue((cpu, write.Register), out ulong before) && before == value ? 0 : 1;
                _values[(cpu, write.Register)] = value;
                _written = null;
                return;
            }
        }
    }

    [GeneratedRegex("^...with ESR 0x[0-9a-f]+/0x([0-9a-f]{1,8})$")]
    private static partial Regex Syndrome();

    [GeneratedRegex(@"\bX(\d\d)=([0-9a-f]{16})")]
    private static partial Regex GeneralRegister();
}
