// List registers that stand for interrupts of the machine, which end with them; what else wants EL2 meanwhile; and states
// that mean nothing.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class ListRegisters
{
    private const ulong Enable = 0x100;
    private const ulong SetPending = 0x200;
    private const ulong SetActive = 0x300;
    private const ulong ClearActive = 0x380;

    private static ulong Frame(uint interrupt) => interrupt < 32 ? Gic.Own + Gic.SgiFrame : Gic.Distributor + (interrupt / 32 * 4);

    private static uint Bit(uint interrupt) => 1u << (int)(interrupt & 31);

    private static bool IsActive(uint interrupt) => (Mmio.Read32(Frame(interrupt) + SetActive) & Bit(interrupt)) != 0;

    private static void Activate(uint interrupt) => Mmio.Write32(Frame(interrupt) + SetActive, Bit(interrupt));

    private static void Deactivate(uint interrupt) => Mmio.Write32(Frame(interrupt) + ClearActive, Bit(interrupt));

    private static void LinkedOnes()
    {
        Prepare(Spi);
        Prepare(Ppi);
        Link(Ppi, "a linked PPI"u8);
        Link(Spi, "a linked SPI"u8);

        // The machine's interrupt happens again while its image is with EL1.
        SystemRegisters.ICC_CTLR_EL1 |= 2;
        Instructions.Isb();
        Pend(Ppi);
        uint taken = Gic.Acknowledge();
        SystemRegisters.ICC_EOIR1_EL1 = taken;
        VirtualInterface.Open();
        VirtualInterface.Write(0, VirtualInterface.LinkedTo(Ppi, VirtualInterface.Pending, Number));
        Pend(Ppi);
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        VirtualInterface.EmitPause();
        Excursion* end = Go();
        Check(taken == Ppi && end->Finished && end->X[0] == Number && IsActive(Ppi), "happens again: not before its image ends"u8);
        Code.Begin();
        Code.MoveImmediate(0, Number);
        VirtualInterface.EmitEnd(0);
        VirtualInterface.EmitPause();
        end = Go();
        taken = Gic.Acknowledge();
        Check(end->Vector == Vector.LowerIrq && taken == Ppi && SystemRegisters.ICH_ELRSR_EL2 == 15, "happens again: EL2 has it when its image ends"u8);
        SystemRegisters.ICC_EOIR1_EL1 = taken;
        SystemRegisters.ICC_DIR_EL1 = taken;
        SystemRegisters.ICC_CTLR_EL1 &= ~2UL;
        Instructions.Isb();

        Activate(Ppi);
        VirtualInterface.Open();
        SystemRegisters.ICH_AP1R0_EL2 = 1 << 16;
        VirtualInterface.Write(0, VirtualInterface.LinkedTo(Ppi, VirtualInterface.State, Number));
        Code.Begin();
        Code.MoveImmediate(0, Number);
        VirtualInterface.EmitEnd(0);
        Go();
        Check(!IsActive(Ppi) && VirtualInterface.StateOf(0) == 1, "pending, active and linked: the first end is the machine's too"u8);
        Activate(Ppi);
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        Check(Go()->X[0] == Number && IsActive(Ppi), "pending, active and linked: an acknowledgement is not"u8);
        Code.Begin();
        Code.MoveImmediate(0, Number);
        VirtualInterface.EmitEnd(0);
        Go();
        Check(!IsActive(Ppi) && VirtualInterface.StateOf(0) == 0, "pending, active and linked: the second end is"u8);

        Activate(Ppi);
        VirtualInterface.Open();
        VirtualInterface.Write(1, VirtualInterface.LinkedTo(Ppi, 0, Number));
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        VirtualInterface.EmitEnd(0);
        Check(Go()->X[0] == VirtualInterface.Spurious && IsActive(Ppi), "invalid and linked: nothing ends"u8);
        Deactivate(Ppi);
    }

    private static void Link(uint physical, ReadOnlySpan<byte> prefix)
    {
        Activate(physical);
        VirtualInterface.Open();
        VirtualInterface.Write(0, VirtualInterface.LinkedTo(physical, VirtualInterface.Pending, Number));
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        Excursion* end = Go();
        end->Check(end->X[0] == Number && VirtualInterface.StateOf(0) == 2 && IsActive(physical), El2.Prefix, prefix, " is active in the machine while EL1 has it"u8);
        Code.Begin();
        Code.MoveImmediate(0, Number);
        VirtualInterface.EmitEnd(0);
        end = Go();
        end->Check(VirtualInterface.StateOf(0) == 0 && SystemRegisters.ICH_EISR_EL2 == 0 && !IsActive(physical), El2.Prefix, prefix, " ends in the machine with EL1's end"u8);

        Activate(physical);
        VirtualInterface.Open(machine: VirtualInterface.SplitEnd);
        VirtualInterface.Write(0, VirtualInterface.LinkedTo(physical, VirtualInterface.Pending, Number));
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        VirtualInterface.EmitEnd(0);
        end = Go();
        end->Check(IsActive(physical), El2.Prefix, prefix, ", VEOIM=1: is active after the end"u8);
        Code.Begin();
        Code.MoveImmediate(0, Number);
        VirtualInterface.EmitDeactivate(0);
        end = Go();
        end->Check(!IsActive(physical) && VirtualInterface.StateOf(0) == 0, El2.Prefix, prefix, ", VEOIM=1: ends with the deactivation"u8);
    }

    private static void Prepare(uint interrupt)
    {
        if (interrupt >= 32)
        {
            Mmio.Write32(Gic.Distributor + 0x80 + (interrupt / 32 * 4), uint.MaxValue);
            Mmio.Write8(Gic.Distributor + 0x400 + interrupt, 0xa0);
            Mmio.Write64(Gic.Distributor + 0x6000 + (interrupt * 8), 0);
        }

        Mmio.Write32(Frame(interrupt) + Enable, Bit(interrupt));
    }

    private static void Pend(uint interrupt) => Mmio.Write32(Frame(interrupt) + SetPending, Bit(interrupt));

    /// <summary>EL2's own interrupts while EL1 has the list registers.</summary>
    private static void Hypervisors()
    {
        VirtualInterface.Open();
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number));
        Gic.SetPriority(1, 0x40);
        Gic.SetPriority(2, 0x80);
        Gic.SendToSelf(2);
        Code.Begin();
        VirtualInterface.EmitPause();
        Check(Go()->Vector == Vector.LowerIrq && Gic.Acknowledge() == 2, "EL2's own interrupt interrupts EL1, whatever that masks"u8);
        Gic.End(2);
        Gic.SendToSelf(1);
        uint first = Gic.Acknowledge();
        Gic.SendToSelf(2);
        Check(first == 1 && Go()->Finished, "what EL2 has active keeps its lesser ones from interrupting EL1"u8);
        Gic.End(1);
        Check(Go()->Vector == Vector.LowerIrq && Gic.Acknowledge() == 2, "until EL2 ends it"u8);
        Gic.End(2);
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        VirtualInterface.EmitEnd(0);
        Check(Go()->X[0] == Number, "and EL1's own is there after all that"u8);
        HypervisorsFast();
        Gic.SetPriority(1, 0xa0);
        Gic.SetPriority(2, 0xa0);
    }

    /// <summary>The same of group 0.</summary>
    private static void HypervisorsFast()
    {
        const uint Fast = 1;
        Gic.OpenGroup0(Fast);
        Gic.SendGroup0ToSelf(Fast);
        Code.Begin();
        VirtualInterface.EmitPause();
        Check(Go()->Vector == Vector.LowerFiq && Gic.AcknowledgeGroup0() == Fast, "EL2's own of group 0 is an FIQ to it, whatever EL1 masks"u8);
        Gic.SendToSelf(2);
        Check(Go()->Finished, "and keeps EL2's lesser ones of group 1 from interrupting EL1"u8);
        Gic.EndGroup0(Fast);
        Check(Go()->Vector == Vector.LowerIrq && Gic.Acknowledge() == 2, "until EL2 ends it, too"u8);
        Gic.SendGroup0ToSelf(Fast);
        Check(Go()->Vector == Vector.LowerFiq && Gic.AcknowledgeGroup0() == Fast, "over one of group 1 that is active it comes"u8);
        Gic.EndGroup0(Fast);
        Gic.End(2);
        SystemRegisters.ICC_IGRPEN0_EL1 = 0;
        Gic.SendGroup0ToSelf(Fast);
        Check(Go()->Finished, "with group 0 off it does not interrupt EL1"u8);
        SystemRegisters.ICC_IGRPEN0_EL1 = 1;
        Instructions.Isb();
        Check(Go()->Vector == Vector.LowerFiq && Gic.AcknowledgeGroup0() == Fast, "with group 0 on it does"u8);
        Gic.EndGroup0(Fast);
        Gic.CloseGroup0();
    }

    /// <summary>Bits that are reserved mean nothing.</summary>
    private static void Reserved()
    {
        const ulong Nothing = (7UL << 56) | (7UL << 45) | (0x7UL << 42) | (0x1ffUL << 32);
        VirtualInterface.Open(VirtualInterface.On | 0xffff_ffff_0000_8300);
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number) | Nothing);
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        Code.Mrs(1, Encoding.ICC_RPR_EL1);
        VirtualInterface.EmitEnd(0);
        Excursion* end = Go();
        Check(end->X[0] == Number && end->X[1] == 0x80 && VirtualInterface.StateOf(0) == 0, "reserved bits mean nothing"u8);

        VirtualInterface.Open();
        SystemRegisters.ICH_VMCR_EL2 = (SystemRegisters.ICH_VMCR_EL2 & 0x00ff_ffff) | (0x40UL << 24);
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number) | VirtualInterface.NonMaskable);
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        end = Go();
        Check(end->X[0] == (HasNonMaskable ? Number : VirtualInterface.Spurious), "ICH_LR<n>_EL2.NMI means something where the CPU says so, and only there"u8);
        VirtualInterface.Open();
        SystemRegisters.ICH_AP1R0_EL2 = 1UL << 63;
        Code.Begin();
        Code.Mrs(0, Encoding.ICC_RPR_EL1);
        end = Go();
        Check((end->X[0] & 0xff) == (HasNonMaskable ? 0UL : 0xff), "and so does ICH_AP1R0_EL2.NMI"u8);
        VirtualInterface.Open();
    }

    /// <summary>States that the architecture leaves open: whatever EL1 gets, everything goes on.</summary>
    private static void Impossible()
    {
        Survives(VirtualInterface.LinkedTo(1020, VirtualInterface.Pending, Number), 0, "linked to a number that is none"u8);
        Survives(VirtualInterface.LinkedTo(0x1fff, VirtualInterface.Active, Number), 0, "linked to the largest number"u8);
        Survives(VirtualInterface.LinkedTo(0, VirtualInterface.Pending, Number), 0, "linked to an SGI"u8);
        Survives(VirtualInterface.LinkedTo(VirtualInterface.Maintenance, VirtualInterface.Pending, Number), 0, "linked to the maintenance interrupt"u8);
        Survives(VirtualInterface.LinkedTo(Ppi, VirtualInterface.Pending, Number), VirtualInterface.LinkedTo(Ppi, VirtualInterface.Pending, Number + 1), "two linked to one"u8);
        Survives(VirtualInterface.LinkedTo(Ppi, VirtualInterface.Pending, 8192), 0, "an LPI that is linked"u8);
        Survives(VirtualInterface.Interrupt(VirtualInterface.Pending, Number), VirtualInterface.Interrupt(VirtualInterface.Pending, Number), "two of one number, both pending"u8);
        Survives(VirtualInterface.Interrupt(VirtualInterface.State, Number), VirtualInterface.Interrupt(VirtualInterface.Active, Number), "two of one number, both active"u8);
        Survives(VirtualInterface.Interrupt(VirtualInterface.Pending, 1023), VirtualInterface.Interrupt(VirtualInterface.Pending, 1020), "numbers that are none"u8);
        Survives(VirtualInterface.Interrupt(VirtualInterface.Pending, 0xffff_ffff), VirtualInterface.Interrupt(VirtualInterface.Pending, 5000), "numbers that nothing has"u8);
        Survives(ulong.MaxValue, ulong.MaxValue, "all ones"u8);
        Survives(ulong.MaxValue >> 1, ulong.MaxValue << 63, "nearly all ones, nearly all zeroes"u8);
        ulong random = 0x9e37_79b9_7f4a_7c15;
        Mmio.Write32(Gic.Own + Gic.SgiFrame + Enable, Bit(VirtualInterface.Maintenance));
        for (uint i = 0; i < 200; i++)
        {
            Fill(Next(ref random), Next(ref random));
            VirtualInterface.Write(2, Next(ref random));
            VirtualInterface.Write(3, Next(ref random));
            SystemRegisters.ICH_HCR_EL2 = Next(ref random) & ~0x7c00UL;
            SystemRegisters.ICH_VMCR_EL2 = Next(ref random);
            SystemRegisters.ICH_AP0R0_EL2 = Next(ref random);
            SystemRegisters.ICH_AP1R0_EL2 = Next(ref random);
            Go();
            for (uint taken = Gic.Acknowledge(); taken < 1020; taken = Gic.Acknowledge())
            {
                VirtualInterface.Close();
                Gic.End(taken);
            }
        }

        Mmio.Write32(Gic.Own + Gic.SgiFrame + 0x180, Bit(VirtualInterface.Maintenance));
        Lives("200 times anything at all"u8);
    }

    private static void Survives(ulong first, ulong second, ReadOnlySpan<byte> what)
    {
        Activate(Ppi);
        Fill(first, second);
        Go();
        Lives(what);
    }

    private static void Fill(ulong first, ulong second)
    {
        VirtualInterface.Open();
        SystemRegisters.ICH_AP1R0_EL2 = 1 << 16;
        VirtualInterface.Write(0, first);
        VirtualInterface.Write(1, second);
        Code.Begin();
        Code.MoveImmediate(6, Number);
        VirtualInterface.EmitEnd(6);
        for (uint i = 0; i < 4; i++)
        {
            VirtualInterface.EmitAcknowledge(i);
            Code.Mrs(4, Encoding.ICC_HPPIR1_EL1);
            VirtualInterface.EmitEnd(i);
            VirtualInterface.EmitDeactivate(i);
        }
    }

    // What is well formed works as if nothing had been.
    private static void Lives(ReadOnlySpan<byte> what)
    {
        Deactivate(Ppi);
        VirtualInterface.Open();
        VirtualInterface.Write(2, VirtualInterface.Interrupt(VirtualInterface.Pending, Number + 2));
        Code.Begin();
        VirtualInterface.EmitAcknowledge(0);
        VirtualInterface.EmitEnd(0);
        Excursion* end = Go();
        end->Check(end->Finished && end->X[0] == Number + 2 && SystemRegisters.ICH_ELRSR_EL2 == 15, El2.Prefix, what, ": EL2 and EL1 go on"u8);
    }
}
