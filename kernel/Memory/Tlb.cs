// Hardware's TLB maintenance for a VMID that need not be the present one.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>TLB maintenance by VMID, on all CPUs.</summary>
public static class Tlb
{
    /// <summary>Forgets both stages of a VMID.</summary>
    /// <param name="vttbr">VTTBR_EL2 with the VMID.</param>
    public static void InvalidateVmid(ulong vttbr)
    {
        ulong present = SystemRegisters.VTTBR_EL2;
        Instructions.DsbIshst();
        SystemRegisters.VTTBR_EL2 = vttbr;
        Instructions.Isb();
        Instructions.TlbiVmalls12e1is();
        Instructions.DsbIsh();
        SystemRegisters.VTTBR_EL2 = present;
        Instructions.Isb();
    }
}
