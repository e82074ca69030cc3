// Exits of a guest hypervisor's guest. What the guest hypervisor asked to trap is its own: it is forwarded as hardware
// would have delivered it. What only Nestor wanted is answered here.

using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class NestedTraps
{
    internal static TrapResult Handle(VirtualCpu* vcpu, ulong syndrome)
    {
        switch ((ExceptionClass)(syndrome >> 26))
        {
            case ExceptionClass.WaitForInterrupt:
                return (vcpu->HCR_EL2 & ((syndrome & 1) == 0 ? Hcr.TWI : Hcr.TWE)) != 0 ? Forward(vcpu, syndrome) : WaitTrap.Handle(vcpu, syndrome);
            case ExceptionClass.Hvc64:
                return CallTraps.Hvc(vcpu, syndrome);
            case ExceptionClass.Smc64:
                return (vcpu->HCR_EL2 & Hcr.TSC) != 0 ? Forward(vcpu, syndrome) : VirtualPsci.Call(vcpu);
            case ExceptionClass.SystemRegister:
                return IsOurs(vcpu, syndrome) ? SystemRegisterTrap.Handle(vcpu, syndrome) : Forward(vcpu, syndrome);
            case ExceptionClass.DataAbortVncr:
                return GuestVncrPage.Fault(vcpu, syndrome);
            case ExceptionClass.DataAbort:
            case ExceptionClass.InstructionAbort:
                return NestedAborts.Handle(vcpu, syndrome);
            default:
                return Forward(vcpu, syndrome);
        }
    }

    internal static TrapResult Forward(VirtualCpu* vcpu, ulong syndrome)
    {
        Exceptions.ToHypervisor(vcpu, Exceptions.Synchronous, syndrome, SystemRegisters.FAR_EL2);
        return TrapResult.Resume;
    }

    // The traps that Nestor sets whatever the guest hypervisor wants: identification, implementation defined registers,
    // SGIs, the hidden PMU. They are ours only where the guest hypervisor does not trap them too.
    private static bool IsOurs(VirtualCpu* vcpu, ulong syndrome)
    {
        uint encoding = SystemRegisterTrap.Encoding(syndrome);
        uint crn = encoding >> 7 & 15;
        ulong hcr = vcpu->HCR_EL2;
        const uint IdentificationSpace = 3u << 14;
        if ((encoding & 0xff80) == IdentificationSpace && (encoding >> 3 & 15) != 0)
        {
            return (hcr & Hcr.TID3) == 0;
        }

        if (encoding >> 14 == 3 && crn is 11 or 15)
        {
            return (hcr & Hcr.TIDCP) == 0;
        }

        if (crn == 9 && encoding >> 14 == 3)
        {
            const ulong TrapPmu = (1 << 6) | (1 << 5);
            return (vcpu->MDCR_EL2 & TrapPmu) == 0;
        }

        uint found = RegisterTable.Find(encoding);
        if (found == RegisterTable.Empty)
        {
            return false;
        }

        switch ((SysRegTrap)RegisterTable.Traps[(int)(found & ~(uint)RegisterTable.AliasFlag)])
        {
            case SysRegTrap.Sgi:
                return (hcr & (Hcr.IMO | Hcr.FMO)) == 0;
            case SysRegTrap.Timer:
            case SysRegTrap.Tval:
                // CNTV, or CNTP while the guest hypervisor allows it: the line is up.
                const ulong PhysicalAllowed = 2;
                return (Register)found >= Register.CNTV_TVAL_EL0 || (vcpu->CounterControls & PhysicalAllowed) != 0;
            default:
                return false;
        }
    }
}
