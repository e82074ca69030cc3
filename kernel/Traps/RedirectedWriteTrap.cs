// A write that FEAT_NV2 redirects to the VNCR page while that page is read-only (see GuestVncrPage): it is emulated as if it had
// trapped by itself, so Nestor knows of a change before the guest's next instruction.

namespace Nestor.Kernel;

internal static unsafe class RedirectedWriteTrap
{
    internal static TrapResult Handle(VirtualCpu* vcpu)
    {
        // MSR (register), Arm ARM C6.2.231: op0 from bit 19 on, op1, CRn, CRm, op2, Rt.
        const uint Write = 0xd510_0000;
        const uint WriteMask = 0xfff0_0000;
        const ulong SystemRegisterClass = ((ulong)ExceptionClass.SystemRegister << 26) | Exceptions.Il;
        if (!GuestTranslation.Fetch(vcpu, out uint instruction) || (instruction & WriteMask) != Write)
        {
            return TrapResult.Resume;                   // another CPU has changed it: the guest finds the new one
        }

        ulong op0 = instruction >> 19 & 3;
        ulong op1 = instruction >> 16 & 7;
        ulong crn = instruction >> 12 & 15;
        ulong crm = instruction >> 8 & 15;
        ulong op2 = instruction >> 5 & 7;
        ulong syndrome = SystemRegisterClass | (op0 << 20) | (op2 << 17) | (op1 << 14) | (crn << 10) | ((instruction & 31UL) << 5) | (crm << 1);
        return SystemRegisterTrap.Handle(vcpu, syndrome, RegisterTable.SlotOf(RegisterTable.Key(syndrome)));
    }
}
