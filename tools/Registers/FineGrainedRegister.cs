// A fine-grained trap register, as far as the table of traps says for each of its bits who decides about the trap.

namespace Nestor.Tools.Registers;

/// <param name="Name">HFGxTR_EL2 is HFGRTR_EL2 and HFGWTR_EL2.</param>
public sealed record FineGrainedRegister(string Name)
{
    /// <summary>Bits that are set to open what a guest may reach.</summary>
    public ulong Open { get; set; }

    /// <summary>Bits that are set to trap what no guest has.</summary>
    public ulong Closed { get; set; }

    /// <summary>Bits in which the guest hypervisor's value counts while its guest runs; the others keep their trap.</summary>
    public ulong Forwarded { get; set; }
}
