// Why an interrupt that is pending is not taken, for `gic`: the first thing on its way that keeps it, from the distributor to PSTATE;
// and the same for a guest hypervisor's list registers and its guest.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class InterruptReason
{
    /// <summary>ICH_VMCR_EL2.VENG1; group 0 has the bit below.</summary>
    internal const ulong GroupEnable1 = 2;

    private const ulong StateMask = ListRegisterFormat.Pending | ListRegisterFormat.Active;
    private const ulong BothGroups = 3;

    /// <summary>Of an interrupt of the machine's: what keeps it from this vCPU.</summary>
    internal static ReadOnlySpan<byte> Why(VirtualCpu* vcpu, InterruptBank* bank, uint interrupt, uint bit)
    {
        VirtualGic* gic = &vcpu->Machine->Gic;
        VirtualRedistributor* redistributor = VirtualGic.Redistributor(gic, vcpu->Index);
        if ((bank->Enabled & bit) == 0)
        {
            return "it is not enabled"u8;
        }

        if ((InterruptBank.Open(bank, gic) & bit) == 0)
        {
            return "its group is off in GICD_CTLR"u8;
        }

        if ((bank->Active & bit) != 0)
        {
            return "it is active already"u8;
        }

        if ((bank->Resident & bit) != 0)
        {
            return "it is in a list register"u8;
        }

        if ((redistributor->Routed[interrupt >> 5] & bit) == 0)
        {
            return "it is routed to another vCPU"u8;
        }

        if (vcpu->State == RunState.Off)
        {
            return "the vCPU is off"u8;
        }

        return WhyNow(vcpu, bank->Priority[interrupt & 31], (bank->Group1 & bit) != 0);
    }

    // Nothing in the distributor keeps it: the CPU interface, the guest hypervisor's, or PSTATE may.
    private static ReadOnlySpan<byte> WhyNow(VirtualCpu* vcpu, uint priority, bool isGroup1)
    {
        if ((vcpu->GicVmcr & (isGroup1 ? GroupEnable1 : 1)) == 0)
        {
            return "its group is off in the CPU interface (ICC_IGRPEN)"u8;
        }

        if (priority >= (vcpu->GicVmcr >> 24 & 0xff))
        {
            return "the priority mask (ICC_PMR) keeps it"u8;
        }

        if ((vcpu->GicActive0 | vcpu->GicActive1) != 0)
        {
            return "an active interrupt of this or a better priority may keep it"u8;
        }

        if (VirtualInterrupts.BelongToGuest(vcpu))
        {
            return (NestedInterrupts.Groups(vcpu) & (isGroup1 ? GroupEnable1 : 1)) != 0
                ? "it goes to virtual EL2 as soon as the vCPU runs"u8
                : "HCR_EL2 does not take its group (IMO: group 1, FMO: group 0): it is left to the second level"u8;
        }

        return (vcpu->Pstate & (isGroup1 ? Pstate.Irq : Pstate.Fiq)) != 0 ? "PSTATE masks it"u8 : "it is delivered as soon as the vCPU runs"u8;
    }

    /// <summary>What keeps the guest's guest from the best one that is pending for it.</summary>
    internal static ReadOnlySpan<byte> WhyNested(VirtualCpu* vcpu)
    {
        ulong machine = VcpuView.Get(vcpu, Register.ICH_VMCR_EL2);
        if ((VirtualExceptions.Pending(vcpu) & (Hcr.VI | Hcr.VF)) != 0)
        {
            return "pending by HCR_EL2.VI or VF"u8;
        }

        if (BestNested(vcpu, BothGroups) == 0)
        {
            return "nothing is pending for the second level"u8;
        }

        if ((VcpuView.Get(vcpu, Register.ICH_HCR_EL2) & 1) == 0)
        {
            return "pending, but ICH_HCR_EL2.En is clear"u8;
        }

        ulong taken = NestedInterrupts.Groups(vcpu);
        if (BestNested(vcpu, taken) == 0)
        {
            return "pending, but HCR_EL2 does not take its group (IMO: group 1, FMO: group 0)"u8;
        }

        ulong best = BestNested(vcpu, taken & machine);
        return best == 0 ? "pending, but its group is off in ICH_VMCR_EL2"u8 : WhyNestedNow(vcpu, best, machine);
    }

    // Nothing of the guest hypervisor's configuration keeps it: its guest's interface, or PSTATE may.
    private static ReadOnlySpan<byte> WhyNestedNow(VirtualCpu* vcpu, ulong pending, ulong machine)
    {
        if (Priority(pending) >= machine >> 24)
        {
            return "pending, but the priority mask (ICH_VMCR_EL2.VPMR) keeps it"u8;
        }

        if ((VcpuView.Get(vcpu, Register.ICH_AP0R0_EL2) | VcpuView.Get(vcpu, Register.ICH_AP1R0_EL2)) != 0)
        {
            return "pending; an active interrupt of this or a better priority may keep it"u8;
        }

        if (!vcpu->IsNested)
        {
            return "pending; the second level does not run"u8;
        }

        bool isMasked = (vcpu->Pstate & ((pending & ListRegisterFormat.Group1) != 0 ? Pstate.Irq : Pstate.Fiq)) != 0;
        return isMasked ? "pending, but PSTATE masks it"u8 : "pending; it is delivered as soon as the vCPU runs"u8;
    }

    // The pending list register of the best priority among groups, a bit each; 0 when there is none.
    private static ulong BestNested(VirtualCpu* vcpu, ulong groups)
    {
        ulong best = 0;
        for (uint i = 0; i < VirtualInterfaceControl.ListRegisterCount; i++)
        {
            ulong value = VcpuView.Get(vcpu, Register.ICH_LR0_EL2 + (ushort)i);
            bool isOpen = (groups & ((value & ListRegisterFormat.Group1) != 0 ? GroupEnable1 : 1)) != 0;
            if (isOpen && (value & StateMask) == ListRegisterFormat.Pending && (best == 0 || Priority(value) < Priority(best)))
            {
                best = value;
            }
        }

        return best;
    }

    private static byte Priority(ulong listRegister) => (byte)(listRegister >> ListRegisterFormat.PriorityShift);
}
