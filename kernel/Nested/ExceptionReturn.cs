// ERET at virtual EL2 (Arm ARM D1.4): to virtual EL2 itself, to its own EL0 under TGE, or down to its guest.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The trapped exception return.</summary>
public static unsafe class ExceptionReturn
{
    /// <summary>Performs the return that SPSR_EL2 and ELR_EL2 ask for; an illegal one sets PSTATE.IL and stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Perform(VirtualCpu* vcpu)
    {
        ulong spsr = SpecialRegisters.ShowSpsr(vcpu, SystemRegisters.SPSR_EL1);
        if ((spsr & Pstate.Ss) != 0)
        {
            spsr = SelfHostedDebug.WithoutStep(vcpu, spsr);
        }

        ulong target = SystemRegisters.ELR_EL1;
        ulong mode = spsr & Pstate.ModeMask;
        vcpu->Pc = target;
        TraceRing.Note(vcpu, target);
        if (mode == Pstate.El2h || mode == Pstate.El2t)
        {
            vcpu->Pstate = (spsr & Pstate.Restored) ^ (Pstate.El1t ^ Pstate.El2t);
        }
        else
        {
            ToLower(vcpu, spsr, mode);
        }
    }

    private static void ToLower(VirtualCpu* vcpu, ulong spsr, ulong mode)
    {
        ulong hcr = vcpu->HCR_EL2;
        bool hostEl0 = (hcr & (Hcr.E2H | Hcr.TGE)) == (Hcr.E2H | Hcr.TGE);
        if (IsLegal(mode, hcr))
        {
            bool wasOpen = vcpu->IsE2hOpen;
            if (vcpu->HidesSpan)
            {
                PanOnEntry.Show(vcpu);
            }

            if (!hostEl0)
            {
                vcpu->IsE2hOpen = wasOpen && (hcr & (Hcr.VM | Hcr.DC)) == 0;
                ContextSwitch.To(vcpu, Context.El1);
            }
            else if (wasOpen)
            {
                vcpu->IsE2hOpen = false;
                SystemRegisters.Change_VNCR_EL2(GuestVncrPage.ForHardware(vcpu));
            }

            vcpu->Pstate = (mode & Pstate.AArch32) != 0 ? spsr & 0xffff_ffff : spsr & Pstate.Restored;
        }
        else
        {
            TraceRing.NoteIllegalReturn(vcpu, spsr);

            // D1.4.4: the flags and masks are restored, all else stays as it is, and PSTATE.IL is set.
            const ulong Restored = Pstate.Flags | Pstate.Daif;
            vcpu->Pstate = (spsr & Restored) | (vcpu->Pstate & ~(Restored | Pstate.Ss)) | Pstate.Il;
        }
    }

    private static bool IsLegal(ulong mode, ulong hcr)
    {
        bool allGeneral = (hcr & Hcr.TGE) != 0;
        switch (mode)
        {
            case Pstate.El0t:
                return true;
            case Pstate.El1t:
            case Pstate.El1h:
                return !allGeneral && (hcr & Hcr.RW) != 0;
            case Pstate.AArch32:
                return true;                            // User mode of AArch32, below an AArch64 EL1
            default:
                return false;
        }
    }
}
