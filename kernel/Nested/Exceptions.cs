// Delivering an exception as hardware would: to virtual EL2 or to EL1, with the vector, the syndrome and the saved state
// that the Arm ARM prescribes (D1.3). The target's bank is in the hardware's EL1 registers by then, so both look alike.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Exception injection. Only for the loaded vCPU.</summary>
public static unsafe class Exceptions
{
    /// <summary>Vector offsets within one block (Arm ARM D1.3.1).</summary>
    public const ulong Synchronous = 0x000;
    public const ulong Irq = 0x080;
    public const ulong Fiq = 0x100;
    public const ulong SError = 0x180;

    /// <summary>ESR_ELx.IL: a 32-bit instruction.</summary>
    public const ulong Il = 1UL << 25;

    private const ulong BelowAArch64 = 0x400;
    private const ulong SctlrDssbs = 1UL << 44;

    /// <summary>The instruction at PC is undefined where the guest stands.</summary>
    public static void Undefined(VirtualCpu* vcpu) => ToCurrent(vcpu, Il, 0);

    /// <summary>A synchronous exception to the exception level that handles the present one's.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="syndrome">ESR.</param>
    /// <param name="address">FAR, where the class has one.</param>
    public static void ToCurrent(VirtualCpu* vcpu, ulong syndrome, ulong address)
    {
        // Under TGE there is no EL1 to handle it: hardware has TGE set too, and a return to EL1 would be illegal.
        if (vcpu->Context == Context.El1 && !(vcpu->IsNested && (vcpu->HCR_EL2 & Hcr.TGE) != 0))
        {
            Deliver(vcpu, SavedAtEl1(vcpu), Block(vcpu->Pstate), Synchronous, syndrome, address);
        }
        else
        {
            ToHypervisor(vcpu, Synchronous, syndrome, address);
        }
    }

    /// <summary>An exception to virtual EL2, from itself or from its guest.</summary>
    /// <param name="vcpu">The vCPU, which must have a virtual EL2.</param>
    /// <param name="kind">Vector offset within the block.</param>
    /// <param name="syndrome">ESR_EL2, for a synchronous one.</param>
    /// <param name="address">FAR_EL2, where the class has one.</param>
    public static void ToHypervisor(VirtualCpu* vcpu, ulong kind, ulong syndrome, ulong address)
    {
        ulong saved = GuestPstate(vcpu);
        ulong block = vcpu->Context == Context.El1 ? BelowAArch64 : Block(vcpu->Pstate);
        ContextSwitch.To(vcpu, ContextSwitch.HypervisorContext(vcpu));
        Deliver(vcpu, SpecialRegisters.HideSpsr(vcpu, saved), block, kind, syndrome, address);
    }

    /// <summary>PSTATE as the guest believes it to be: virtual EL2 instead of the EL1 that it runs at.</summary>
    public static ulong GuestPstate(VirtualCpu* vcpu)
    {
        ulong pstate = vcpu->Pstate;
        return vcpu->Context != Context.El1 && (pstate & 0x1c) == Pstate.El1t ? pstate ^ (Pstate.El1t ^ Pstate.El2t) : pstate;
    }

    // What EL1 took for EL2 is saved as EL2 (FEAT_NV: unless NV1 is set; FEAT_NV2: always. Arm ARM D8.11, I_ZJRNN and I_DBTLM).
    private static ulong SavedAtEl1(VirtualCpu* vcpu)
    {
        ulong nested = vcpu->IsNested ? vcpu->HCR_EL2 & (Hcr.NV | Hcr.NV1 | Hcr.NV2) : 0;
        bool isEl2 = nested == Hcr.NV || (nested & (Hcr.NV | Hcr.NV2)) == (Hcr.NV | Hcr.NV2);
        return isEl2 && (vcpu->Pstate & 0x1c) == Pstate.El1t ? vcpu->Pstate ^ (Pstate.El1t ^ Pstate.El2t) : vcpu->Pstate;
    }

    private static void Deliver(VirtualCpu* vcpu, ulong saved, ulong block, ulong kind, ulong syndrome, ulong address)
    {
        SystemRegisters.ELR_EL1 = vcpu->Pc;
        SystemRegisters.SPSR_EL1 = saved;
        ulong vector = SystemRegisters.VBAR_EL1 + block + kind;
        if (kind == Synchronous || kind == SError)
        {
            SystemRegisters.ESR_EL1 = syndrome;
        }

        if (kind == Synchronous)
        {
            if (HasAddress(syndrome))
            {
                SystemRegisters.FAR_EL1 = address;
            }

            TraceRing.NoteException(vcpu, vector);
        }

        if (block < BelowAArch64)
        {
            PanOnEntry.Follow(vcpu);                    // from virtual EL2 to itself: hardware delivers the next one, and SPAN must be right by then
        }

        ulong control = SystemRegisters.SCTLR_EL1;
        ulong pstate = vcpu->Pstate & (Pstate.Pan | Pstate.Tco);        // QEMU clears NZCV and DIT
        pstate |= Pstate.El1h | Pstate.Daif;
        pstate |= (control & PanOnEntry.Span) == 0 && HasUnprivileged(vcpu) ? Pstate.Pan : 0;
        pstate |= (control & SctlrDssbs) != 0 ? Pstate.Ssbs : 0;
        vcpu->Pc = vector;
        vcpu->Pstate = pstate;
    }

    // Aborts, PC alignment faults and watchpoints. The Arm ARM leaves FAR unknown for other classes, and QEMU as it was.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasAddress(ulong syndrome)
    {
        ExceptionClass exceptionClass = (ExceptionClass)(syndrome >> 26 & 0x3f);
        return exceptionClass is (>= ExceptionClass.InstructionAbort and <= ExceptionClass.DataAbortVncr) or (ExceptionClass.Watchpoint) or (ExceptionClass.Watchpoint + 1);
    }

    // SCTLR_ELx.SPAN means something at EL1, and at an EL2 that has an EL0 of its own (E2H and TGE).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasUnprivileged(VirtualCpu* vcpu) =>
        vcpu->Context == Context.El1 || (vcpu->HCR_EL2 & (Hcr.E2H | Hcr.TGE)) == (Hcr.E2H | Hcr.TGE);

    private static ulong Block(ulong pstate) => (pstate & Pstate.ModeMask) switch
    {
        Pstate.El1t => 0x000,
        Pstate.El1h => 0x200,
        _ => LowerBlock(pstate),
    };

    // What counts is the level just below the target, and EL1 is always in AArch64.
    private static ulong LowerBlock(ulong pstate) => (pstate & Pstate.AArch32) != 0 ? 0x600UL : BelowAArch64;
}
