// Trapped TLBI and AT: for virtual EL2's own regime they are done with the hardware's EL1&0 instructions, since that is
// the regime virtual EL2 runs on; for its guest's regime, in its guest's context. Prediction restrictions cover more than asked for.

using Nestor.Hal;

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

        return crn == 7 && crm == 3 && (encoding >> 11 & 7) == 3 ? RestrictPrediction(encoding & 7) : TrapResult.Undefined;
    }

    // The context that virtual EL2 names is another one on hardware, so all contexts of EL1 and then of EL0 are meant.
    private static TrapResult RestrictPrediction(uint kind)
    {
        const ulong EveryAsid = 1UL << 16;
        const ulong AtEl1 = 1UL << 24;
        const ulong EveryVmid = 1UL << 48;
        switch (kind)
        {
            case 4:
                Instructions.CfpRctx(EveryVmid | EveryAsid | AtEl1);
                Instructions.CfpRctx(EveryVmid | EveryAsid);
                return TrapResult.Skip;
            case 5:
                Instructions.DvpRctx(EveryVmid | EveryAsid | AtEl1);
                Instructions.DvpRctx(EveryVmid | EveryAsid);
                return TrapResult.Skip;
            case 7:
                Instructions.CppRctx(EveryVmid | EveryAsid | AtEl1);
                Instructions.CppRctx(EveryVmid | EveryAsid);
                return TrapResult.Skip;
            default:
                return TrapResult.Undefined;
        }
    }
}
