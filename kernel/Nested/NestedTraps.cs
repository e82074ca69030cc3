// Exits of a guest hypervisor's guest. What the guest hypervisor asked to trap is its own: it is forwarded as hardware
// would have delivered it. What only Nestor wanted is answered here.

using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class NestedTraps
{
    internal static TrapResult Handle(VirtualCpu* vcpu, ulong syndrome)
    {
        switch (Syndrome.Class(syndrome))
        {
            case ExceptionClass.WaitForInterrupt:
                return (vcpu->HCR_EL2 & ((syndrome & 1) == 0 ? Hcr.TWI : Hcr.TWE)) != 0 || UserTraps.IsOwnWait(vcpu, syndrome)
                    ? Forward(vcpu, syndrome) : WaitTrap.Handle(vcpu, syndrome);
            case ExceptionClass.Hvc64:
                return CallTraps.Hvc(vcpu, syndrome);
            case ExceptionClass.Smc64:
                return (vcpu->HCR_EL2 & Hcr.TSC) != 0 ? Forward(vcpu, syndrome) : VirtualPsci.Call(vcpu);
            case ExceptionClass.SystemRegister:
                // Nestor emulates the traps that it sets for itself. The guest hypervisor did not ask for them.
                uint encoding = SystemRegisterTrap.Encoding(syndrome);
                return TrapForwarding.IsWanted(vcpu, encoding, (syndrome & 1) != 0) || UserTraps.IsOwn(vcpu, encoding)
                    ? Forward(vcpu, syndrome) : SystemRegisterTrap.Handle(vcpu, syndrome, RegisterTable.SlotOf(RegisterTable.Key(syndrome)));
            case ExceptionClass.DataAbortVncr:
                return GuestVncrPage.Fault(vcpu, syndrome);
            case ExceptionClass.DataAbort:
            case ExceptionClass.InstructionAbort:
                return NestedAborts.Handle(vcpu, syndrome);
            default:
                return DebugTraps.IsOurs(vcpu, syndrome) ? DebugTraps.Handle(vcpu, syndrome) : Forward(vcpu, syndrome);
        }
    }

    internal static TrapResult Forward(VirtualCpu* vcpu, ulong syndrome)
    {
        Exceptions.ToHypervisor(vcpu, Exceptions.Synchronous, syndrome, SystemRegisters.FAR_EL2);
        return TrapResult.Resume;
    }
}
