// What was measured of one row in one column.
namespace Nestor.Tools.Bench;

/// <summary>One row in one column, each time.</summary>
public sealed record Figure
{
    /// <summary>Instructions under icount; null when not measured.</summary>
    public double? Instructions { get; init; }

    /// <summary>What a second run counted, when that was another number.</summary>
    public double? SecondRun { get; init; }

    /// <summary>Wall clock in nanoseconds; null when not measured.</summary>
    public Spread? Nanoseconds { get; init; }

    /// <summary>Processor time of QEMU's process in nanoseconds; null when not measured.</summary>
    public Spread? ProcessorNanoseconds { get; init; }

    /// <summary>Traps into Nestor, by class; null when not measured.</summary>
    public SortedDictionary<string, double>? Traps { get; init; }

    /// <summary>Writes of Nestor's that make QEMU drop its TLB; null when not measured.</summary>
    public double? TlbDrops { get; init; }
}
