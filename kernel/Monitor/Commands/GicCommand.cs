// `gic`: the guest's interrupt controller as the chosen vCPU sees it, its guest hypervisor's list registers, and for every
// interrupt that waits, why it does. While the vCPU is held all of it is in the model: the list registers are empty.

using System;
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
        Output.Flag("cpuGroup1"u8, (vcpu->GicVmcr & InterruptReason.GroupEnable1) != 0);
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
            Output.Text("waits"u8, InterruptReason.Why(vcpu, bank, interrupt, bit));
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

    private static void ListRegisters(VirtualCpu* vcpu)
    {
        Output.Line();
        Output.Hex("ICH_HCR_EL2"u8, VcpuView.Get(vcpu, Register.ICH_HCR_EL2), 8);
        Output.Hex("ICH_VMCR_EL2"u8, VcpuView.Get(vcpu, Register.ICH_VMCR_EL2), 8);
        Status(VirtualInterfaceControl.Read(vcpu, Register.ICH_MISR_EL2));
        Output.Flag("maintenance"u8, vcpu->MaintenanceLine);
        Output.Text("nested"u8, InterruptReason.WhyNested(vcpu));
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
}
