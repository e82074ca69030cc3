// The hardware's EL1 registers hold one bank of a vCPU's at a time.

namespace Nestor.Kernel;

/// <summary>Which bank of registers is in the hardware's EL1 registers.</summary>
public enum Context : byte
{
    /// <summary>The EL1 bank: a plain guest, or a guest hypervisor's guest.</summary>
    El1,

    /// <summary>Virtual EL2 with HCR_EL2.E2H = 1 (its EL0 under TGE too).</summary>
    HypervisorVhe,

    /// <summary>Virtual EL2 with HCR_EL2.E2H = 0.</summary>
    HypervisorNvhe,
}
