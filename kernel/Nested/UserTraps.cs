// EL0 below a virtual EL2 with HCR_EL2.{E2H,TGE}={0,1}. Hardware has TGE set as well, so an access that EL1 forbids EL0 arrives at
// EL2 with the syndrome that EL1 would have had (Arm ARM D1.3.5): it is the guest hypervisor's. Nestor must distinguish it from an access
// that EL1 allows and that only Nestor traps. EL1's controls are in hardware.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Exceptions of EL0 that are virtual EL2's because of TGE. Only for the loaded vCPU, in its nested context.</summary>
internal static unsafe class UserTraps
{
    private const ulong Tidcp = 1UL << 63;              // SCTLR_EL1
    private const ulong WfiAllowed = 1UL << 16;         // SCTLR_EL1.nTWI
    private const ulong WfeAllowed = 1UL << 18;         // SCTLR_EL1.nTWE

    // CNTKCTL_EL1
    private const ulong PhysicalCounter = 1UL << 0;     // EL0PCTEN
    private const ulong VirtualCounter = 1UL << 1;      // EL0VCTEN
    private const ulong VirtualTimer = 1UL << 8;        // EL0VTEN
    private const ulong PhysicalTimer = 1UL << 9;       // EL0PTEN

    /// <summary>Whether EL1 forbids EL0 a trapped MSR, MRS or system instruction, and TGE makes that virtual EL2's.</summary>
    internal static bool IsOwn(VirtualCpu* vcpu, uint encoding)
    {
        const uint DebugSpace = 2;
        const uint RegisterSpace = 3;
        if ((vcpu->HCR_EL2 & Hcr.TGE) == 0)
        {
            return false;
        }

        uint crn = encoding >> 7 & 15;
        uint found = RegisterTable.Find(encoding);
        switch (encoding >> 14)
        {
            case DebugSpace:
                return true;                            // MDCR_EL2.{TDE,TDA} are in force with TGE
            case RegisterSpace when found != RegisterTable.Empty:
                return IsOwnRegister((Register)(found & ~(uint)RegisterTable.AliasFlag));
            case RegisterSpace when crn == 0:
                return true;                            // the space of identification (FEAT_IDST)
            default:
                // HCR_EL2.TIDCP is Nestor's. Without SCTLR_EL1.TIDCP such an instruction is undefined, as a register without a row is.
                return crn is 11 or 15 ? (SystemRegisters.SCTLR_EL1 & Tidcp) != 0 : encoding >> 14 != RegisterSpace;
        }
    }

    /// <summary>The same for WFI and WFE, which bit 0 of the syndrome tells apart.</summary>
    internal static bool IsOwnWait(VirtualCpu* vcpu, ulong syndrome) =>
        (vcpu->HCR_EL2 & Hcr.TGE) != 0 && (SystemRegisters.SCTLR_EL1 & ((syndrome & 1) == 0 ? WfiAllowed : WfeAllowed)) == 0;

    /// <summary>Whether the vCPU is at EL0 below a virtual EL2 with HCR_EL2.{E2H,TGE}={1,1}.</summary>
    internal static bool IsHostUser(VirtualCpu* vcpu) =>
        vcpu->Context == Context.HypervisorVhe && (vcpu->Pstate & (Pstate.ModeMask & ~Pstate.AArch32)) == 0;

    private static bool IsOwnRegister(Register register)
    {
        ulong allowed;
        switch (register)
        {
            case Register.CNTPCT_EL0:
            case Register.CNTPCTSS_EL0:
                allowed = PhysicalCounter;
                break;
            case Register.CNTVCT_EL0:
            case Register.CNTVCTSS_EL0:
                allowed = VirtualCounter;
                break;
            case Register.CNTV_TVAL_EL0:
            case Register.CNTV_CTL_EL0:
            case Register.CNTV_CVAL_EL0:
                allowed = VirtualTimer;
                break;
            case Register.CNTP_TVAL_EL0:
            case Register.CNTP_CTL_EL0:
            case Register.CNTP_CVAL_EL0:
                allowed = PhysicalTimer;
                break;
            default:
                return (SysRegTrap)RegisterTable.Traps[(int)register] != SysRegTrap.Undef;
        }

        return (SystemRegisters.CNTKCTL_EL1 & allowed) == 0;
    }
}
