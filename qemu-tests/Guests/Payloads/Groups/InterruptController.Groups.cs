// Group 0, which a machine with one security state signals as FIQ: its own registers to send, acknowledge and end, and what
// both groups have in common.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class InterruptController
{
    private const uint Fast = 4;

    private static void GroupZero()
    {
        Gic.OpenGroup0(Fast);
        Gic.SendToSelf(Fast);
        Tap.Check(Gic.IsQuietOfFiqs, "group 0: ICC_SGI1R_EL1 does not send to it"u8);
        Gic.SendGroup0ToSelf(5);
        Tap.Check(Gic.IsQuiet, "group 0: ICC_SGI0R_EL1 does not send to group 1"u8);
        Gic.SendGroup0ToSelf(Fast);
        Tap.Check(Gic.IsQuiet, "group 0: it is no IRQ"u8);
        Tap.Check(Gic.WaitForFiq(Cpu.Level)->Vector == Vector.CurrentFiq, "group 0: it is an FIQ"u8);
        Tap.Check(Gic.Acknowledge() == Gic.None, "group 0: ICC_IAR1_EL1 does not acknowledge it"u8);
        Tap.Check(Gic.AcknowledgeGroup0() == Fast, "group 0: ICC_IAR0_EL1 acknowledges it"u8);
        Tap.Check((Mmio.Read32(Sgis + SetActive) & 0xffff) == 1 << (int)Fast, "group 0: it is active"u8);
        Gic.EndGroup0(Fast);
        Tap.Check((Mmio.Read32(Sgis + SetActive) & 0xffff) == 0, "group 0: ICC_EOIR0_EL1 ends it"u8);
        Tap.Check(Gic.AcknowledgeGroup0() == Gic.None, "group 0: nothing is left to acknowledge"u8);

        Gic.SetPriority(Fast, 0x40);
        Gic.SendToSelf(5);
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq && Gic.Acknowledge() == 5, "group 0: one of group 1 is active"u8);
        Gic.SendGroup0ToSelf(Fast);
        Tap.Check(
            Gic.WaitForFiq(Cpu.Level)->Vector == Vector.CurrentFiq && Gic.AcknowledgeGroup0() == Fast && SystemRegisters.ICC_RPR_EL1 == 0x40,
            "group 0: a higher one preempts it"u8);
        Gic.SendToSelf(6);
        Tap.Check(Gic.IsQuiet, "group 0: and keeps group 1 back"u8);
        Gic.EndGroup0(Fast);
        Gic.End(5);
        Tap.Check(Gic.Takes(6), "group 0: until it ends"u8);

        SystemRegisters.ICC_IGRPEN0_EL1 = 0;
        Gic.SendGroup0ToSelf(Fast);
        Tap.Check(Gic.IsQuietOfFiqs, "group 0: nothing comes without ICC_IGRPEN0_EL1"u8);
        SystemRegisters.ICC_IGRPEN0_EL1 = 1;
        Mmio.Write32(Gic.Distributor, 0x12);
        Tap.Check(Gic.IsQuietOfFiqs, "group 0: nor without GICD_CTLR.EnableGrp0"u8);
        Mmio.Write32(Gic.Distributor, 0x13);
        Tap.Check(Gic.WaitForFiq(Cpu.Level)->Vector == Vector.CurrentFiq && Gic.AcknowledgeGroup0() == Fast, "group 0: with both it does"u8);
        Gic.EndGroup0(Fast);
        Gic.SetPriority(Fast, 0xa0);
        Gic.CloseGroup0();
    }

    private static void GroupZeroAtEl1()
    {
        Gic.OpenGroup0(Fast);
        Gic.SendGroup0ToSelf(Fast);
        Tap.Check(Gic.Wait(Pstate.El1h)->Vector == Vector.LowerFiq, "group 0: it interrupts EL1, whatever that masks"u8);
        Tap.Check(Gic.AcknowledgeGroup0() == Fast, "group 0: and is EL2's to acknowledge"u8);
        Gic.EndGroup0(Fast);
        Gic.CloseGroup0();
    }
}
