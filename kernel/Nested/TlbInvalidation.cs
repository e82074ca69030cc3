// TLBI by a guest hypervisor (Arm ARM D8.13). Its own EL2 regime is our EL1&0 regime under the VM's hypervisor VMID; its
// guest's EL1&0 regime is ours under the guest VMID. What is broader than asked for is allowed, what is narrower is not.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Emulated TLB maintenance. Only for the loaded vCPU.</summary>
public static unsafe class TlbInvalidation
{
    /// <summary>Performs the instruction that is packed as a register encoding (op0=1).</summary>
    public static void Perform(VirtualCpu* vcpu, uint encoding, ulong operand)
    {
        uint op1 = encoding >> 11 & 7;
        uint crm = encoding >> 3 & 15;
        uint op2 = encoding & 7;
        bool ownRegime = (vcpu->HCR_EL2 & (Hcr.E2H | Hcr.TGE)) == (Hcr.E2H | Hcr.TGE);
        Instructions.DsbIshst();
        if (op1 == 0 && ownRegime && vcpu->Context != Context.El1)
        {
            GuestVncrPage.Forget(vcpu->Machine);
            OwnRegime(crm, op2, operand);
        }
        else if (op1 == 4 && IsEl2Regime(crm, op2))
        {
            GuestVncrPage.Forget(vcpu->Machine);
            Instructions.TlbiVmalle1is();
        }
        else
        {
            GuestRegime(vcpu, op1, crm, op2, operand);
        }

        Instructions.DsbIsh();
        Instructions.Isb();
    }

    // The EL1 names under E2H and TGE: the same instruction, made broadcast; forms without a leaf become "all".
    private static void OwnRegime(uint crm, uint op2, ulong operand)
    {
        if (crm is not (1 or 3 or 7))
        {
            Instructions.TlbiVmalle1is();               // range operations
            return;
        }

        switch (op2)
        {
            case 1:
                Instructions.TlbiVae1is(operand);
                break;
            case 2:
                Instructions.TlbiAside1is(operand);
                break;
            case 3:
                Instructions.TlbiVaae1is(operand);
                break;
            case 5:
                Instructions.TlbiVale1is(operand);
                break;
            case 7:
                Instructions.TlbiVaale1is(operand);
                break;
            default:
                Instructions.TlbiVmalle1is();
                break;
        }
    }

    private static void GuestRegime(VirtualCpu* vcpu, uint op1, uint crm, uint op2, ulong operand)
    {
        if (op1 == 0)
        {
            // Stage 1 of the present VMID; without a stage 2 that is the VM's own translation for its EL1.
            ShadowStage2.InvalidateStage1(vcpu);
            Tlb.InvalidateVmid(VirtualMachine.Vttbr(vcpu->Machine, isHypervisor: false));
        }
        else if (crm is 0 or 4)
        {
            Stage2(vcpu, isRange: op2 is 2 or 3 or 6 or 7, operand);
        }
        else
        {
            const uint Vmalls12 = 6;
            ShadowStage2.ForgetAll(vcpu, everyVmid: op2 != Vmalls12);
            Tlb.InvalidateVmid(VirtualMachine.Vttbr(vcpu->Machine, isHypervisor: false));
        }
    }

    private static void Stage2(VirtualCpu* vcpu, bool isRange, ulong operand)
    {
        int granule = (operand >> 46 & 3) switch { 2 => 14, 3 => 16, _ => 12 };
        if (isRange)
        {
            ulong start = (operand & 0x1f_ffff_ffff) << granule;
            int scale = (int)(operand >> 44 & 3);
            ulong pages = ((operand >> 39 & 31) + 1) << ((5 * scale) + 1);
            ShadowStage2.Forget(vcpu, start, pages << granule);
            return;
        }

        // With a hint of the level the size of the mapping is known.
        ulong address = (operand & 0xf_ffff_ffff) << 12;
        int level = (int)(operand >> 44 & 3);
        bool hasHint = (operand >> 46 & 3) != 0 && level != 0;
        ulong size = hasHint ? 1UL << (granule + ((3 - level) * (granule - 3))) : 0;
        ShadowStage2.Forget(vcpu, hasHint ? address & ~(size - 1) : address, size);
    }

    // op1=4: VAE2, VALE2, ALLE2 and their range, IS and OS forms, against the stage 2 and EL1 ones.
    private static bool IsEl2Regime(uint crm, uint op2) => crm switch
    {
        1 or 3 or 7 => op2 is 0 or 1 or 5,
        2 or 5 or 6 => op2 is 1 or 5,
        _ => false,
    };
}
