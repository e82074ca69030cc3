// The list registers and what goes with them: what EL1 gets out of each state, what EL2 is told, and when. Also states that
// no sane hypervisor writes. ICH_HCR_EL2.VGrp0DIE is only tried with both groups alike: QEMU 10.0 looks at the other group.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class ListRegisters
{
    private const uint Number = 40;
    private const uint Spi = 90;
    private const uint Ppi = 20;
    private const ulong TheOldState = 0x8000_0000;      // ICH_AP1R0_EL2 for priority 0xf8

    private static ReadOnlySpan<byte> StateNames => "invalid pending active  both    "u8;

    // Whether an interrupt can be beyond masking is the machine's matter: where it cannot, bits for it must mean nothing.
    private static bool HasNonMaskable => (SystemRegister.Read(Encoding.ID_AA64PFR1_EL1) >> 36 & 15) != 0;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Gic.Open();
        El2.Change(Hcr.IMO | Hcr.FMO);
        Summaries();
        Conditions();
        Delivery();
        Ends();
        Absent();
        Told();
        LinkedOnes();
        Hypervisors();
        Reserved();
        Impossible();
        RandomStates();
        VirtualInterface.Close();
    }

    private static void Check(bool condition, ReadOnlySpan<byte> what) => Excursion.Here->Check(condition, El2.Prefix, what, default);

    private static Excursion* Go()
    {
        Code.Finish();
        return Excursion.Run(Pstate.El1h);
    }

    /// <summary>ICH_ELRSR_EL2 and ICH_EISR_EL2 of each state.</summary>
    private static void Summaries()
    {
        VirtualInterface.Open();
        for (uint i = 0; i < 16; i++)
        {
            uint state = i >> 2;
            bool linked = (i & 2) != 0;
            bool told = (i & 1) != 0;
            VirtualInterface.Write(2, ((ulong)state << 62) | (linked ? VirtualInterface.Linked : 0) | (told ? VirtualInterface.TellEnd : 0));
            ulong empty = state == 0 && (linked || !told) ? 15UL : 11;
            ulong ended = state == 0 && !linked && told ? 4UL : 0;
            Tap.Check(
                (SystemRegisters.ICH_ELRSR_EL2 & 0xffff) == empty && (SystemRegisters.ICH_EISR_EL2 & 0xffff) == ended, El2.Prefix,
                StateNames.Slice((int)state * 8, 8), linked ? told ? "HW=1 EOI=1"u8 : "HW=1 EOI=0"u8 : told ? "HW=0 EOI=1"u8 : "HW=0 EOI=0"u8);
        }
    }

    /// <summary>ICH_MISR_EL2, which does not ask whether the interface is on.</summary>
    private static void Conditions()
    {
        Condition(VirtualInterface.TellUnderflow, 0, 2, "MISR.U: no list register is in use"u8);
        Condition(VirtualInterface.TellUnderflow, 1, 2, "MISR.U: one is"u8);
        Condition(VirtualInterface.TellUnderflow, 2, 0, "MISR.U: two are"u8);
        Condition(VirtualInterface.TellNonePending, 0, 8, "MISR.NP: none is pending"u8);
        Condition(VirtualInterface.TellNonePending, 1, 0, "MISR.NP: one is"u8);
        VirtualInterface.Open(VirtualInterface.On | VirtualInterface.TellNonePending);
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.State, Number));
        Tap.Check(SystemRegisters.ICH_MISR_EL2 == 8, El2.Prefix, "MISR.NP: one is pending and active"u8, default);
        Condition(VirtualInterface.TellAbsent, 0, 0, "MISR.LRENP: EOIcount is 0"u8);
        Condition(VirtualInterface.TellAbsent | (1UL << VirtualInterface.EndCountShift), 0, 4, "MISR.LRENP: EOIcount is 1"u8);
        Condition(1UL << VirtualInterface.EndCountShift, 0, 0, "MISR.LRENP: EOIcount is 1, and nobody asks"u8);
        Condition(0xf0, 0, 0x50, "MISR.VGrp0E, VGrp1E: both groups are on"u8);
        VirtualInterface.Open(VirtualInterface.On | 0xf0);
        SystemRegisters.ICH_VMCR_EL2 &= ~VirtualInterface.Groups;
        Tap.Check(SystemRegisters.ICH_MISR_EL2 == 0xa0, El2.Prefix, "MISR.VGrp0D, VGrp1D: both are off"u8, default);
        SystemRegisters.ICH_VMCR_EL2 |= 1;
        SystemRegisters.ICH_HCR_EL2 = 0xd1;
        Tap.Check(SystemRegisters.ICH_MISR_EL2 == 0x90, El2.Prefix, "MISR.VGrp0E, VGrp1D: group 0 alone is on"u8, default);
        VirtualInterface.Open(VirtualInterface.On);
        VirtualInterface.Write(3, VirtualInterface.TellEnd);
        Tap.Check(SystemRegisters.ICH_MISR_EL2 == 1, El2.Prefix, "MISR.EOI: one has ended"u8, default);
        VirtualInterface.Open(0);
        VirtualInterface.Write(3, VirtualInterface.TellEnd);
        Tap.Check(SystemRegisters.ICH_MISR_EL2 == 1, El2.Prefix, "En=0: MISR.EOI: one has ended"u8, default);
        VirtualInterface.Close();
    }

    private static void Condition(ulong control, uint pending, ulong expected, ReadOnlySpan<byte> what)
    {
        for (ulong on = 0; on < 2; on++)
        {
            VirtualInterface.Open(control | on);
            for (uint i = 0; i < pending; i++)
            {
                VirtualInterface.Write(i, VirtualInterface.Interrupt(VirtualInterface.Pending, Number + i));
            }

            Tap.Check(SystemRegisters.ICH_MISR_EL2 == expected, El2.Prefix, on == 0 ? "En=0: "u8 : "En=1: "u8, what);
        }
    }

    private static void Delivery()
    {
        const uint Group0Acknowledge = Encoding.ICC_IAR0_EL1;
        VirtualInterface.Open();
        VirtualInterface.Write(1, VirtualInterface.Interrupt(VirtualInterface.Pending, Number));
        Check(Interrupts(0x105), "a pending one of group 1 interrupts EL1 by IRQ"u8);
        VirtualInterface.Write(1, VirtualInterface.Interrupt(VirtualInterface.Pending, Number) & ~VirtualInterface.Group1);
        Check(Interrupts(0x106), "a pending one of group 0 interrupts EL1 by FIQ"u8);
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        Code.Mrs(1, Encoding.ICC_HPPIR1_EL1);
        Code.Mrs(2, Group0Acknowledge);
        Code.Mrs(3, Encoding.ICC_RPR_EL1);
        Excursion* end = Go();
        Check(
            end->X[0] == VirtualInterface.Spurious && end->X[1] == VirtualInterface.Spurious && end->X[2] == Number && end->X[3] == 0x80
                && VirtualInterface.StateOf(1) == 2 && SystemRegisters.ICH_AP0R0_EL2 == 1 << 16,
            "group 0 is acknowledged by its own register alone"u8);

        VirtualInterface.Open(0);
        VirtualInterface.Write(1, VirtualInterface.Interrupt(VirtualInterface.Pending, Number));
        Check(!Interrupts(0x105), "En=0: nothing interrupts"u8);
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        Check(Go()->X[0] == VirtualInterface.Spurious && VirtualInterface.StateOf(1) == 1, "En=0: nothing is acknowledged"u8);

        VirtualInterface.Open();
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Active, Number));
        VirtualInterface.Write(1, VirtualInterface.Interrupt(VirtualInterface.State, Number + 1));
        Check(!Interrupts(0x105), "neither an active one interrupts nor one that is pending and active"u8);

        VirtualInterface.Open();
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number, 0x90));
        VirtualInterface.Write(1, VirtualInterface.Interrupt(VirtualInterface.Pending, Number + 1, 0x40));
        VirtualInterface.Write(2, VirtualInterface.Interrupt(VirtualInterface.Pending, Number + 2, 0x80));
        VirtualInterface.Write(3, VirtualInterface.Interrupt(VirtualInterface.Pending, 8192, 0x38));
        Code.Begin();
        for (uint i = 0; i < 4; i++)
        {
            VirtualInterface.EmitAcknowledge(i);
            Code.Mrs(10 + i, Encoding.ICC_RPR_EL1);
            VirtualInterface.EmitEnd(i);
        }

        VirtualInterface.EmitAcknowledge(4);
        end = Go();
        Check(
            end->X[0] == 8192 && end->X[1] == Number + 1 && end->X[2] == Number + 2 && end->X[3] == Number && end->X[4] == VirtualInterface.Spurious,
            "they come in the order of their priorities, LPIs among them"u8);
        Check(end->X[10] == 0x38 && end->X[11] == 0x40 && end->X[12] == 0x80 && end->X[13] == 0x90, "and ICC_RPR_EL1 shows each"u8);
        Check(SystemRegisters.ICH_ELRSR_EL2 == 15 && SystemRegisters.ICH_AP1R0_EL2 == 0, "ended, all list registers are empty"u8);

        VirtualInterface.Open();
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number, 0x5f));
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        Code.Mrs(1, Encoding.ICC_RPR_EL1);
        end = Go();
        Check(end->X[0] == Number && end->X[1] == 0x58, "of a priority five bits count"u8);
        Check(SystemRegisters.ICH_AP1R0_EL2 == 1 << 11, "and ICH_AP1R0_EL2 has one for it"u8);

        VirtualInterface.Open();
        SystemRegisters.ICH_AP1R0_EL2 = 1 << 8;
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number, 0x40));
        Check(!Interrupts(0x105), "what ICH_AP1R0_EL2 says is active keeps its like back"u8);
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number, 0x38));
        Check(Interrupts(0x105), "but not a higher one"u8);

        VirtualInterface.Open();
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number));
        Code.Begin();
        Code.MoveImmediate(0, 0x80);
        Code.Msr(Encoding.ICC_PMR_EL1, 0);
        Code.Mrs(1, Encoding.ICC_HPPIR1_EL1);
        VirtualInterface.EmitAcknowledge(2);
        Code.MoveImmediate(0, 2);
        Code.Msr(Encoding.ICC_CTLR_EL1, 0);
        Code.MoveImmediate(0, 6);
        Code.Msr(Encoding.ICC_BPR1_EL1, 0);
        Code.Msr(Encoding.ICC_IGRPEN0_EL1, 31);
        end = Go();
        ulong machine = SystemRegisters.ICH_VMCR_EL2 & 0xfffc_0213;
        Check(end->X[1] == Number && end->X[2] == VirtualInterface.Spurious, "ICC_PMR_EL1 keeps one back"u8);
        Check(machine == 0x8058_0202, "what EL1 writes to its interface is in ICH_VMCR_EL2"u8);
    }

    // EL1 with its interrupts open: which of its vectors has it come to?
    private static bool Interrupts(uint vector)
    {
        Code.Begin();
        VirtualInterface.EmitPause();
        Code.Finish();
        return Excursion.Run(Pstate.El1h & ~(Pstate.Irq | 0x40))->EndedBy(Vector.Lower, ExceptionClass.Hvc, vector);
    }

    private static void Ends()
    {
        VirtualInterface.Open();
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number) | VirtualInterface.TellEnd);
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        Check(Go()->X[0] == Number && VirtualInterface.StateOf(0) == 2 && SystemRegisters.ICH_AP1R0_EL2 == 1 << 16, "acknowledged it is active"u8);
        Code.Begin();
        Code.MoveImmediate(0, Number);
        VirtualInterface.EmitEnd(0);
        Go();
        Check(VirtualInterface.StateOf(0) == 0 && SystemRegisters.ICH_AP1R0_EL2 == 0 && SystemRegisters.ICH_EISR_EL2 == 1, "ended it is invalid, and ICH_EISR_EL2 says so"u8);

        VirtualInterface.Open(machine: VirtualInterface.SplitEnd);
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number));
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        VirtualInterface.EmitEnd(0);
        Go();
        Check(VirtualInterface.StateOf(0) == 2 && SystemRegisters.ICH_AP1R0_EL2 == 0, "VEOIM=1: its priority is dropped, and it is active still"u8);
        Code.Begin();
        Code.MoveImmediate(0, Number);
        VirtualInterface.EmitDeactivate(0);
        Go();
        Check(VirtualInterface.StateOf(0) == 0, "VEOIM=1: deactivated it is invalid"u8);

        VirtualInterface.Open();
        SystemRegisters.ICH_AP1R0_EL2 = 1 << 16;
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.State, Number));
        Code.Begin();
        Code.MoveImmediate(0, Number);
        VirtualInterface.EmitEnd(0);
        Code.Mrs(1, Encoding.ICC_HPPIR1_EL1);
        Check(Go()->X[1] == Number && VirtualInterface.StateOf(0) == 1, "of one that is pending and active the end leaves it pending"u8);
    }

    /// <summary>Interrupts that EL1 ends and that are in no list register.</summary>
    private static void Absent()
    {
        VirtualInterface.Open(VirtualInterface.On | (3UL << VirtualInterface.EndCountShift));
        SystemRegisters.ICH_AP1R0_EL2 = TheOldState | (1 << 16);
        Code.Begin();
        Code.MoveImmediate(0, 77);
        VirtualInterface.EmitEnd(0);
        Code.Mrs(1, Encoding.ICC_RPR_EL1);
        VirtualInterface.EmitEnd(0);
        Check(Go()->X[1] == 0xf8 && EndCount == 5 && SystemRegisters.ICH_AP1R0_EL2 == 0, "the end of one without a list register counts in EOIcount"u8);
        Code.Begin();
        Code.MoveImmediate(0, 77);
        VirtualInterface.EmitEnd(0);
        VirtualInterface.EmitDeactivate(0);
        Go();
        Check(EndCount == 5, "not when none is active"u8);
        SystemRegisters.ICH_VMCR_EL2 |= VirtualInterface.SplitEnd;
        Go();
        Check(EndCount == 6, "VEOIM=1: its deactivation counts"u8);
        SystemRegisters.ICH_HCR_EL2 = VirtualInterface.On | (31UL << VirtualInterface.EndCountShift);
        Go();
        Check(EndCount == 0, "EOIcount has five bits"u8);
        SystemRegisters.ICH_AP1R0_EL2 = TheOldState;
        Code.Begin();
        Code.MoveImmediate(0, 8200);
        VirtualInterface.EmitEnd(0);
        Go();
        Check(EndCount == 0 && SystemRegisters.ICH_AP1R0_EL2 == 0, "the end of an LPI counts nowhere"u8);
    }

    private static ulong EndCount => SystemRegisters.ICH_HCR_EL2 >> VirtualInterface.EndCountShift & 31;

    /// <summary>The maintenance interrupt comes while EL1 runs, at the moment that it is for.</summary>
    private static void Told()
    {
        Mmio.Write32(Gic.Own + Gic.SgiFrame + 0x100, 1u << (int)VirtualInterface.Maintenance);
        VirtualInterface.Open(VirtualInterface.On | VirtualInterface.TellUnderflow);
        Tells("UIE: EL2 is told when too few are in use"u8);
        VirtualInterface.Open(VirtualInterface.TellUnderflow);
        TellsNothing("En=0: EL2 is told nothing"u8);

        VirtualInterface.Open(VirtualInterface.On | VirtualInterface.TellNonePending);
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number));
        TellsNothing("NPIE: EL2 is told nothing while one is pending"u8);
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        VirtualInterface.EmitPause();
        Told(Go(), "NPIE: EL2 is told when none is pending any more"u8);

        VirtualInterface.Open();
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number) | VirtualInterface.TellEnd);
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        VirtualInterface.EmitPause();
        Check(Go()->Finished, "EOI: EL2 is told nothing when it is acknowledged"u8);
        Code.Begin();
        Code.MoveImmediate(0, Number);
        VirtualInterface.EmitEnd(0);
        VirtualInterface.EmitPause();
        Told(Go(), "EOI: EL2 is told of the end"u8);

        VirtualInterface.Open();
        VirtualInterface.Write(2, VirtualInterface.TellEnd);
        Tells("EOI: and of one that had ended before"u8);

        VirtualInterface.Open(VirtualInterface.On | VirtualInterface.TellAbsent);
        SystemRegisters.ICH_AP1R0_EL2 = TheOldState;
        TellsNothing("LRENPIE: EL2 is told nothing before the end"u8);
        Code.Begin();
        Code.MoveImmediate(0, 77);
        VirtualInterface.EmitEnd(0);
        VirtualInterface.EmitPause();
        Told(Go(), "LRENPIE: EL2 is told of the end of one without a list register"u8);

        Switched(0x10, Encoding.ICC_IGRPEN0_EL1, 1, "VGrp0EIE: EL2 is told that group 0 goes on"u8);
        Switched(0x40, Encoding.ICC_IGRPEN1_EL1, 1, "VGrp1EIE: EL2 is told that group 1 goes on"u8);
        Switched(VirtualInterface.TellGroup1Off, Encoding.ICC_IGRPEN1_EL1, 0, "VGrp1DIE: EL2 is told that group 1 goes off"u8);

        // Masked, EL1 goes on; and the line is up until its cause is gone.
        Mmio.Write32(Gic.Own + Gic.SgiFrame + 0x180, 1u << (int)VirtualInterface.Maintenance);
        VirtualInterface.Open(VirtualInterface.On | VirtualInterface.TellUnderflow);
        TellsNothing("a maintenance interrupt that is disabled lets EL1 run"u8);
        Tap.Check(VirtualInterface.LineIsUp, El2.Prefix, "and is pending"u8, default);
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number));
        VirtualInterface.Write(1, VirtualInterface.Interrupt(VirtualInterface.Pending, Number + 1));
        Tap.Check(!VirtualInterface.LineIsUp, El2.Prefix, "until its cause is gone"u8, default);
        VirtualInterface.Write(1, 0);
        Tap.Check(VirtualInterface.LineIsUp, El2.Prefix, "or comes back"u8, default);
        SystemRegisters.ICH_HCR_EL2 = VirtualInterface.TellUnderflow;
        Tap.Check(!VirtualInterface.LineIsUp, El2.Prefix, "or En=0"u8, default);
        VirtualInterface.Open(VirtualInterface.On | 0x20);
        SystemRegisters.ICH_VMCR_EL2 &= ~2UL;
        TellsNothing("VGrp0DIE with group 0 alone on, disabled: EL1 runs, whatever hardware makes of it"u8);
        VirtualInterface.Open();
        SystemRegisters.ICH_HCR_EL2 = VirtualInterface.On | VirtualInterface.TellUnderflow;
        Instructions.Isb();
        Mmio.Write32(Gic.Own + Gic.SgiFrame + 0x100, 1u << (int)VirtualInterface.Maintenance);
        Code.Begin();
        VirtualInterface.EmitPause();
        Told(Go(), "enabled again it comes"u8);

        // A hypervisor may look at ISR_EL1 before it enters its guest, and never enter it while something is pending there.
        VirtualInterface.Open(VirtualInterface.On | VirtualInterface.TellUnderflow | VirtualInterface.TellNonePending);
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number));
        VirtualInterface.Write(3, VirtualInterface.Interrupt(VirtualInterface.Pending, Number + 1));
        SignalsNothing("list registers that are filled take the signal back"u8);
        VirtualInterface.Open(VirtualInterface.On | VirtualInterface.TellGroup1Off);
        SystemRegisters.ICH_VMCR_EL2 &= ~VirtualInterface.Groups;
        SystemRegisters.ICH_VMCR_EL2 |= VirtualInterface.Groups;
        SignalsNothing("groups that go on again take the signal back"u8);
        VirtualInterface.Close();
        Mmio.Write32(Gic.Own + Gic.SgiFrame + 0x180, 1u << (int)VirtualInterface.Maintenance);
    }

    // EL2 itself, with its interrupts masked.
    private static void SignalsNothing(ReadOnlySpan<byte> what)
    {
        Instructions.Isb();
        Check(VirtualInterface.Pause(Pstate.El2h)->X[0] == 0, what);
    }

    private static void Switched(ulong control, uint register, uint value, ReadOnlySpan<byte> what)
    {
        VirtualInterface.Open(VirtualInterface.On | control);
        SystemRegisters.ICH_VMCR_EL2 &= value == 0 ? ulong.MaxValue : ~VirtualInterface.Groups;
        Code.Begin();
        Code.MoveImmediate(0, value);
        Code.Msr(register, 0);
        VirtualInterface.EmitPause();
        Told(Go(), what);
    }

    private static void Tells(ReadOnlySpan<byte> what)
    {
        Code.Begin();
        VirtualInterface.EmitPause();
        Told(Go(), what);
    }

    private static void TellsNothing(ReadOnlySpan<byte> what)
    {
        Code.Begin();
        VirtualInterface.EmitPause();
        Check(Go()->Finished, what);
    }

    // The cause goes before the end, as a driver does it.
    private static void Told(Excursion* end, ReadOnlySpan<byte> what)
    {
        bool came = end->Vector == Vector.LowerIrq && SystemRegisters.ICH_MISR_EL2 != 0;
        uint taken = Gic.Acknowledge();
        VirtualInterface.Close();
        Gic.End(taken);
        Check(came && taken == VirtualInterface.Maintenance && !VirtualInterface.LineIsUp, what);
    }
}
