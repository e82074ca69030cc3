// AT by a guest hypervisor (Arm ARM C5.6): the hardware walks, in the context whose tables are meant.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Emulated address translation. The result is in PAR_EL1, which all levels share.</summary>
public static unsafe class AddressTranslation
{
    /// <summary>Performs the instruction that is packed as a register encoding (op0=1, CRn=7).</summary>
    public static void Perform(VirtualCpu* vcpu, uint encoding, ulong address)
    {
        uint op1 = encoding >> 11 & 7;
        uint op2 = encoding & 7;
        bool ownRegime = (vcpu->HCR_EL2 & (Hcr.E2H | Hcr.TGE)) == (Hcr.E2H | Hcr.TGE);
        bool el2Regime = op1 == 4 && op2 <= 1;
        Context context = vcpu->Context;
        if (!el2Regime && !(op1 == 0 && ownRegime))
        {
            ContextSwitch.To(vcpu, Context.El1);
        }

        switch (el2Regime ? op2 : op2 & 3)
        {
            case 0:
                Instructions.AtS1e1r(address);
                break;
            case 1:
                Instructions.AtS1e1w(address);
                break;
            case 2:
                Instructions.AtS1e0r(address);
                break;
            default:
                Instructions.AtS1e0w(address);
                break;
        }

        Instructions.Isb();
        ContextSwitch.To(vcpu, context);
        if (op1 == 4 && op2 >= 4 && (vcpu->HCR_EL2 & Hcr.VM) != 0)
        {
            SecondStage(vcpu, write: (op2 & 1) != 0);
        }
    }

    // The S12 forms: what stage 1 gave is translated by the guest hypervisor's own tables (PAR_EL1, Arm ARM D19.2.122).
    private static void SecondStage(VirtualCpu* vcpu, bool write)
    {
        const ulong Failed = 1;
        const ulong AddressMask = 0xffff_ffff_f000;
        const ulong FailedAtStage2 = (1UL << 11) | (1UL << 9) | Failed;
        ulong result = SystemRegisters.PAR_EL1;
        if ((result & Failed) != 0)
        {
            return;
        }

        SystemRegisters.PAR_EL1 = GuestStage2Walk.Walk(vcpu, result & AddressMask, write, execute: false, &vcpu->Walk)
            ? (result & ~AddressMask) | (vcpu->Walk.Output & AddressMask)
            : FailedAtStage2 | ((ulong)vcpu->Walk.Fault << 1);
    }
}
