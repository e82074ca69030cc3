// `gic`: the guest's interrupt controller as the chosen vCPU sees it, its guest hypervisor's list registers, and for every
// interrupt that waits, why it does. While the vCPU is held all of it is in the model: the list registers are empty.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

internal unsafe struct GicCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "gic"u8;

    public static ReadOnlySpan<byte> Arguments => "[all | INTID]"u8;

    public static ReadOnlySpan<byte> Summary => "interrupts that are pending or active and why they wait; all that are enabled; one"u8;

    public static void Run(Words* words)
    {
        bool all = Words.Is(words, 1, "all"u8);
        ulong one = uint.MaxValue;
        if (words->Count > 1 && !all && (!Letters.TryNumber(Words.At(words, 1), out one) || one >= VirtualGic.IntIdCount))
        {
            Output.Error("no such interrupt:"u8, Words.At(words, 1));
            return;
        }

        const uint Patience = 1_000_000;
        VirtualCpu* vcpu = Session.Hold();
        VirtualMachine* machine = vcpu->Machine;
        bool locked = machine->GicLock.TryEnter(Patience);
        Session.Warn();
        Output.Flag("locked"u8, !locked);
        Interface(vcpu);
        Interrupts(vcpu, all, (uint)one);
        if (machine->HasVirtualEl2)
        {
            ListRegisters(vcpu);
        }

        if (locked)
        {
            machine->GicLock.Exit();
        }

        Session.Release();
    }

    private static void Interface(VirtualCpu* vcpu)
    {
        VirtualGic* gic = &vcpu->Machine->Gic;
        Output.Flag("group0"u8, gic->Group0Mask != 0);
        Output.Flag("group1"u8, gic->Group1Mask != 0);
        Output.Hex("ICH_VMCR"u8, vcpu->GicVmcr, 8);
        Output.Number("priorityMask"u8, vcpu->GicVmcr >> 24 & 0xff);
        Output.Flag("cpuGroup1"u8, (vcpu->GicVmcr & GroupEnable1) != 0);
        Output.Hex("active1"u8, vcpu->GicActive1, 8);
        Output.Flag("masked"u8, (vcpu->Pstate & Pstate.Irq) != 0);
    }

    private static void Interrupts(VirtualCpu* vcpu, bool all, uint one)
    {
        VirtualGic* gic = &vcpu->Machine->Gic;
        Output.List("interrupts"u8);
        for (uint interrupt = 0; interrupt < VirtualGic.IntIdCount; interrupt++)
        {
            InterruptBank* bank = VirtualGic.Bank(gic, vcpu->Index, interrupt >> 5);
            uint bit = 1u << (int)(interrupt & 31);
            bool isInteresting = ((InterruptBank.Pending(bank) | bank->Active | bank->Resident | (all ? bank->Enabled : 0)) & bit) != 0;
            if (one == uint.MaxValue ? isInteresting : interrupt == one)
            {
                Show(vcpu, bank, interrupt, bit);
            }
        }

        Output.EndList();
    }

    private static void Show(VirtualCpu* vcpu, InterruptBank* bank, uint interrupt, uint bit)
    {
        Output.Row();
        Output.NumberCell("intid"u8, interrupt, 4);
        Output.Cell("kind"u8, Kind(interrupt));
        Output.Hex("priority"u8, bank->Priority[interrupt & 31], 2);
        Output.Flag("enabled"u8, (bank->Enabled & bit) != 0);
        Output.Flag("group1"u8, (bank->Group1 & bit) != 0);
        Output.Flag("edge"u8, (bank->Edge & bit) != 0);
        Output.Flag("line"u8, (bank->Line & bit) != 0);
        Output.Flag("pending"u8, (InterruptBank.Pending(bank) & bit) != 0);
        Output.Flag("active"u8, (bank->Active & bit) != 0);
        Output.Flag("loaded"u8, (bank->Resident & bit) != 0);
        if ((InterruptBank.Pending(bank) & bit) != 0)
        {
            Output.Text("waits"u8, Why(vcpu, bank, interrupt, bit));
        }
    }

    private static ReadOnlySpan<byte> Kind(uint interrupt)
    {
        switch (interrupt)
        {
            case InterruptIds.Maintenance: return "PPI (GIC maintenance)"u8;
            case InterruptIds.HypervisorTimer: return "PPI (CNTHP)"u8;
            case InterruptIds.VirtualTimer: return "PPI (CNTV)"u8;
            case InterruptIds.HypervisorVirtualTimer: return "PPI (CNTHV)"u8;
            case InterruptIds.PhysicalTimer: return "PPI (CNTP)"u8;
            default: return interrupt < 16 ? "SGI"u8 : interrupt < 32 ? "PPI"u8 : "SPI"u8;
        }
    }

    private static ReadOnlySpan<byte> Why(VirtualCpu* vcpu, InterruptBank* bank, uint interrupt, uint bit)
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
            return (Taken(VcpuView.Get(vcpu, Register.HCR_EL2)) & (isGroup1 ? GroupEnable1 : 1)) != 0
                ? "it goes to virtual EL2 as soon as the vCPU runs"u8
                : "HCR_EL2 does not take its group (IMO: group 1, FMO: group 0): it is left to the second level"u8;
        }

        return (vcpu->Pstate & Pstate.Irq) != 0 ? "PSTATE.I masks it"u8 : "it is delivered as soon as the vCPU runs"u8;
    }

    private static void ListRegisters(VirtualCpu* vcpu)
    {
        Output.Line();
        Output.Hex("ICH_HCR_EL2"u8, VcpuView.Get(vcpu, Register.ICH_HCR_EL2), 8);
        Output.Hex("ICH_VMCR_EL2"u8, VcpuView.Get(vcpu, Register.ICH_VMCR_EL2), 8);
        Status(VirtualInterfaceControl.Read(vcpu, Register.ICH_MISR_EL2));
        Output.Flag("maintenance"u8, vcpu->MaintenanceLine);
        Output.Text("nested"u8, WhyNested(vcpu));
        Output.List("listRegisters"u8);
        for (uint i = 0; i < VirtualInterfaceControl.ListRegisterCount; i++)
        {
            ulong value = VcpuView.Get(vcpu, Register.ICH_LR0_EL2 + (ushort)i);
            Output.Row();
            Output.Number("ICH_LR"u8, i);
            Output.HexCell("value"u8, value);
            Output.Cell("state"u8, State(value));
            Output.Number("intid"u8, (uint)value);
            Output.Flag("hardware"u8, (value & ListRegisterFormat.Hardware) != 0);
            if ((value & ListRegisterFormat.Hardware) != 0)
            {
                Output.Number("linked"u8, value >> ListRegisterFormat.PhysicalShift & 0x1fff);
            }
        }
    }

    // The flags by their names: each is something that the guest hypervisor has asked to be told.
    private static void Status(ulong value)
    {
        Output.Hex("ICH_MISR_EL2"u8, value, 2);
        Output.Flag("EOI"u8, (value & 1) != 0);
        Output.Flag("U"u8, (value & 2) != 0);
        Output.Flag("LRENP"u8, (value & 4) != 0);
        Output.Flag("NP"u8, (value & 8) != 0);
        Output.Flag("groups"u8, (value & 0xf0) != 0);
    }

    private static ReadOnlySpan<byte> State(ulong value)
    {
        switch (value >> 62)
        {
            case 0: return "empty"u8;
            case 1: return "pending"u8;
            case 2: return "active"u8;
            default: return "pending and active"u8;
        }
    }

    // What keeps the guest's guest from the best one that is pending for it.
    private static ReadOnlySpan<byte> WhyNested(VirtualCpu* vcpu)
    {
        ulong hypervisor = VcpuView.Get(vcpu, Register.HCR_EL2);
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

        ulong taken = Taken(hypervisor);
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

    // The groups that a guest hypervisor takes from its guest.
    private static ulong Taken(ulong hypervisor) => (hypervisor & Hcr.TGE) != 0 ? BothGroups : hypervisor >> GroupShift & BothGroups;

    private static byte Priority(ulong listRegister) => (byte)(listRegister >> ListRegisterFormat.PriorityShift);

    private const ulong StateMask = ListRegisterFormat.Pending | ListRegisterFormat.Active;
    private const ulong BothGroups = 3;

    // HCR_EL2: FMO and IMO side by side, as the groups are.
    private const int GroupShift = 3;

    // ICH_VMCR_EL2.VENG1.
    private const ulong GroupEnable1 = 2;
}
