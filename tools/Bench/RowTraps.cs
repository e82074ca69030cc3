// The traps that QEMU logged during one row.
namespace Nestor.Tools.Bench;

/// <summary>What happened in a row.</summary>
/// <param name="Traps">Exceptions from below to EL2, by class.</param>
/// <param name="TlbDrops">Writes that changed what QEMU's TLB depends on.</param>
public sealed record RowTraps(SortedDictionary<string, int> Traps, int TlbDrops);
