// QEMU's execution log, one instruction a block: `Trace CPU: HOST-ADDRESS [CS-BASE/PC/FLAGS/CFLAGS] SYMBOL`. In the flags is
// the MMU index, which tells EL2 from all that runs below it, guest hypervisors included.
using System.Globalization;

namespace Nestor.Tools.Bench;

/// <summary>One executed instruction.</summary>
/// <param name="Cpu">The CPU.</param>
/// <param name="Address">Where it lies.</param>
/// <param name="IsHost">Whether Nestor executed it, and not its guest.</param>
public readonly record struct Executed(int Cpu, ulong Address, bool IsHost)
{
    // QEMU, target/arm/cpu.h: TBFLAG_ANY MMUIDX, and ARMMMUIdx_E2 of EL2 with E2H=0, which Nestor is.
    private const int IndexShift = 4;
    private const uint IndexMask = 0xf;
    private const uint El2Index = 6;

    /// <summary>Takes a line apart; null when it is about something else.</summary>
    public static Executed? Parse(ReadOnlySpan<char> line)
    {
        const string Start = "Trace ";
        int open = line.IndexOf('[');
        int colon = line.IndexOf(':');
        if (!line.StartsWith(Start) || open < 0 || colon < Start.Length || colon > open || !int.TryParse(line[Start.Length..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int cpu))
        {
            return null;
        }

        Span<Range> parts = stackalloc Range[4];
        ReadOnlySpan<char> inside = line[(open + 1)..];
        return inside.Split(parts, '/') == 4
            && ulong.TryParse(inside[parts[1]], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong address)
            && uint.TryParse(inside[parts[2]], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint flags)
                ? new Executed(cpu, address, (flags >> IndexShift & IndexMask) == El2Index)
                : null;
    }
}
