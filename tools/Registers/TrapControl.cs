// A control bit of the table of traps, and what an access must be for it to trap.

namespace Nestor.Tools.Registers;

/// <param name="Name">Register and bit, as the table has it: HCR_EL2.TVM.</param>
/// <param name="Read">The register that has the bit for reads.</param>
/// <param name="Write">The register that has it for writes; another one for HFGRTR and HFGWTR alone.</param>
/// <param name="Mask">The bit with HCR_EL2.E2H = 0; several that must be so together.</param>
/// <param name="MaskE2h">The same with HCR_EL2.E2H = 1.</param>
/// <param name="WhenSet">It traps while set; else while clear.</param>
public sealed record TrapControl(string Name, string Read, string Write, ulong Mask, ulong MaskE2h, bool WhenSet)
{
    /// <summary>What it traps, in the order of the table.</summary>
    public IList<TrapTarget> Targets { get; } = [];
}
