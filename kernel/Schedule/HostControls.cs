// EL2's controls that stay the same whatever runs.

using Nestor.Hal;

namespace Nestor.Kernel;

internal static class HostControls
{
    /// <summary>
    /// MDCR_EL2: performance monitors, statistical profiling and trace are hidden, so their registers trap (TPM, TPMCR, TPMS, TTRF,
    /// and E2PB, E2TB, EnSPM as 0); HPMN as many counters as there are. The debug communication channel traps, too (TDCC): with
    /// HCR_EL2.TGE set, EL0's accesses of it are EL2's (MDCR_EL2.TDE), and hardware has TGE clear for a guest hypervisor with E2H=1.
    /// </summary>
    internal static ulong Debug;

    internal static void Set()
    {
        SystemRegisters.VTCR_EL2 = Stage2.VTCR_EL2;
        const ulong TrapDebugRegisters = 1 << 9;        // TDA, which FEAT_FGT makes finer
        const ulong TrapChannel = 1 << 27;              // TDCC, of FEAT_FGT
        Debug = (1 << 6) | (1 << 5) | (1 << 14) | (1 << 19) | (SystemRegisters.MDCR_EL2 & 0x1f) | (Features.Fgt ? TrapChannel : TrapDebugRegisters);
        SystemRegisters.MDCR_EL2 = Debug;
        SystemRegisters.CPTR_EL2 = ContextSwitch.CptrOpen;
        FineGrainedTraps.Set();
        SystemRegisters.CNTHP_CTL_EL2 = 0;
        SystemRegisters.CNTV_CTL_EL0 = 0;
        SystemRegisters.CNTP_CTL_EL0 = 0;
        SystemRegisters.ICH_HCR_EL2 = 0;
        Instructions.Isb();
    }
}
