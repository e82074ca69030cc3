// TLBI by a guest hypervisor (Arm ARM D8.13). Its own EL2 regime is our EL1&0 regime under the VM's hypervisor VMID; its
// guest's EL1&0 regime is ours under the guest VMID. What is broader than asked for is allowed, what is narrower is not:
// everything is broadcast, and the inner and outer shareable, this CPU's and the nXS forms are one.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Emulated TLB maintenance. Only for the loaded vCPU at virtual EL2.</summary>
public static unsafe class TlbInvalidation
{
    private const uint All = 0;
    private const uint AllE1 = 4;
    private const uint Vmalls12 = 6;

    // op2 of the instructions that exist, a bit each. For op1 = 0: VMALLE1, VAE1, ASIDE1, VAAE1, VALE1, VAALE1; the range
    // forms. For op1 = 4: ALLE2, VAE2, ALLE1, VALE2, VMALLS12E1; the range forms; the stage 2 ones with CRm = 0 and CRm = 4.
    private const uint El1Forms = 0b1010_1111;
    private const uint El1Ranges = 0b1010_1010;
    private const uint El2Forms = 0b0111_0011;
    private const uint El2Ranges = 0b0010_0010;
    private const uint Stage2InnerForms = 0b0110_0110;
    private const uint Stage2OtherForms = 0b1111_1111;

    private const ulong AddressAndHints = 0xffff_ffff_ffff;

    /// <summary>Performs the instruction that is packed as a register encoding (op0=1).</summary>
    /// <returns>False when there is no such instruction.</returns>
    public static bool Perform(VirtualCpu* vcpu, uint encoding, ulong operand)
    {
        uint op1 = encoding >> 11 & 7;
        uint crm = encoding >> 3 & 15;
        uint op2 = encoding & 7;
        if (!Exists(op1, crm, op2))
        {
            return false;
        }

        bool isRange = crm is 2 or 5 or 6;
        bool hosts = (vcpu->HCR_EL2 & (Hcr.E2H | Hcr.TGE)) == (Hcr.E2H | Hcr.TGE);
        Instructions.DsbIshst();
        if (crm is 0 or 4)
        {
            OfStage2(vcpu, isRange: op2 is 2 or 3 or 6 or 7, operand);
        }
        else if (op1 == 4 && op2 is AllE1 or Vmalls12)
        {
            ShadowStage2.ForgetAll(vcpu, everyVmid: op2 == AllE1);
        }
        else if (op1 == 4)
        {
            GuestVncrPage.Forget(vcpu->Machine);
            OfEl2(vcpu, op2, isRange, operand);
        }
        else if (hosts)
        {
            GuestVncrPage.Forget(vcpu->Machine);
            Tlb.Issue(Scope(op2, isRange), operand);
        }
        else
        {
            ShadowStage2.InvalidateStage1(vcpu, Scope(op2, isRange), operand);
        }

        Instructions.DsbIsh();
        Instructions.Isb();
        return true;
    }

    private static bool Exists(uint op1, uint crm, uint op2)
    {
        uint forms = crm switch
        {
            1 or 3 or 7 => op1 == 0 ? El1Forms : El2Forms,
            2 or 5 or 6 => op1 == 0 ? El1Ranges : El2Ranges,
            0 => op1 == 0 ? 0 : Stage2InnerForms,
            4 => op1 == 0 ? 0 : Stage2OtherForms,
            _ => 0,
        };
        return op1 is 0 or 4 && (forms >> (int)op2 & 1) != 0;
    }

    private static TlbScope Scope(uint op2, bool isRange) =>
        op2 == All ? TlbScope.BothStages : (TlbScope)op2 | (isRange ? TlbScope.Range : 0);

    // VAE2 and VALE2: with E2H=0 the regime has no ASIDs, and what lies in the upper bits of TTBR0_EL2 became one.
    private static void OfEl2(VirtualCpu* vcpu, uint op2, bool isRange, ulong operand)
    {
        const TlbScope OfAll = (TlbScope)2;
        TlbScope scope = Scope(op2, isRange);
        if (vcpu->Context == Context.HypervisorNvhe && scope != TlbScope.BothStages)
        {
            scope |= OfAll;
            operand &= AddressAndHints;
        }

        Tlb.Issue(scope, operand);
    }

    private static void OfStage2(VirtualCpu* vcpu, bool isRange, ulong operand)
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
}
