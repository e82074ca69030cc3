// Trapped TLBI and AT: for virtual EL2's own regime they are done with the hardware's EL1&0 instructions, since that is
// the regime virtual EL2 runs on; for its guest's regime, in its guest's context.

namespace Nestor.Kernel;

internal static unsafe class SystemInstructionTrap
{
    internal static TrapResult Handle(VirtualCpu* vcpu, uint encoding, ulong operand)
    {
        uint crn = encoding >> 7 & 15;
        uint crm = encoding >> 3 & 15;
        if (crn == 7 && crm is 8 or 9)
        {
            return AddressTranslation.Perform(vcpu, encoding, operand);
        }

        if (crn is 8 or 9)
        {
            return TlbInvalidation.Perform(vcpu, encoding, operand) ? TrapResult.Skip : TrapResult.Undefined;
        }

        return TrapResult.Undefined;
    }
}
