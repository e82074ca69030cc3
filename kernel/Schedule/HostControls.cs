// EL2's controls that stay the same whatever runs.

using Nestor.Hal;

namespace Nestor.Kernel;

internal static class HostControls
{
    /// <summary>
    /// MDCR_EL2: the PMU is hidden, so its registers trap (TPM, TPMCR); HPMN as many counters as there are. The debug communication
    /// channel traps, too (TDCC): with HCR_EL2.TGE set, EL0's accesses of it are EL2's (MDCR_EL2.TDE), and hardware has TGE clear
    /// for a guest hypervisor with E2H=1.
    /// </summary>
    internal static ulong Debug;

    internal static void Set()
    {
        SystemRegisters.VTCR_EL2 = Stage2.VTCR_EL2;
        const ulong TrapDebugRegisters = 1 << 9;        // TDA, which FEAT_FGT makes finer
        const ulong TrapChannel = 1 << 27;              // TDCC, of FEAT_FGT
        Debug = (1 << 6) | (1 << 5) | (SystemRegisters.MDCR_EL2 & 0x1f) | (Features.Fgt ? TrapChannel : TrapDebugRegisters);
        SystemRegisters.MDCR_EL2 = Debug;
        SystemRegisters.HSTR_EL2 = 0;
        SystemRegisters.CPTR_EL2 = ContextSwitch.CptrOpen;
        if (Features.Hcx)
        {
            SystemRegisters.HCRX_EL2 = FineGrainedTraps.ExtendedOpen;
        }

        if (Features.Fgt)
        {
            SystemRegisters.HFGRTR_EL2 = FineGrainedTraps.Open;
            SystemRegisters.HFGWTR_EL2 = FineGrainedTraps.Open;
            SystemRegisters.HFGITR_EL2 = 0;
            SystemRegisters.HDFGRTR_EL2 = 0;
            SystemRegisters.HDFGWTR_EL2 = 0;
        }

        SystemRegisters.CNTHP_CTL_EL2 = 0;
        SystemRegisters.CNTV_CTL_EL0 = 0;
        SystemRegisters.CNTP_CTL_EL0 = 0;
        SystemRegisters.ICH_HCR_EL2 = 0;
        Instructions.Isb();
    }
}
