// LPIs and the interrupt translation service that makes them. No device is needed: the INT command is one.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class TranslationService
{
    private const uint First = Its.First;

    // No machine of this map has memory here.
    private const ulong Nowhere = 0x60_0000_0000;

    public static void Run()
    {
        Cpu.ResetHcr(false);
        Cpu.SetHcr(SystemRegisters.HCR_EL2 | Hcr.IMO);
        OneCpu();
        TwoCpus();
        Outside();
        Cpu.ResetHcr(false);
    }

    /// <summary>The same for a plain kernel at EL1, without the second CPU.</summary>
    public static void RunAtEl1()
    {
        OneCpu();
        Outside();
    }

    private static void OneCpu()
    {
        Gic.Open();
        Identity();
        BaseRegisters();
        Its.Open(1);
        Tap.Check((Mmio.Read32(Its.Redistributor(0)) & 1) == 1, "GICR_CTLR.EnableLPIs is set"u8);
        Tap.Check(Mmio.Read64(Its.Creadr) == Mmio.Read64(Its.Cwriter), "the queue is worked off"u8);
        Delivery();
        Priorities();
        Configuration();
        Withdrawal();
        Mapping();
        Nonsense();
        Queue();
        Enabling();
        Flood();
    }

    private static void Identity()
    {
        uint type = Mmio.Read32(Gic.Distributor + 4);
        Tap.Check((type & (1 << 17)) != 0 && (type >> 19 & 31) >= 13, "GICD_TYPER: LPIs, INTIDs of 14 bits or more"u8);
        Tap.Check((Mmio.Read64(Its.Redistributor(0) + 8) & 1) != 0, "GICR_TYPER.PLPIS of the first CPU"u8);
        Tap.Check((Mmio.Read64(Its.Redistributor(1) + 8) & 1) != 0, "GICR_TYPER.PLPIS of the second CPU"u8);
        ulong its = Mmio.Read64(Its.Base + 8);
        Tap.Check((its & 1) != 0 && (its & (1 << 19)) == 0, "GITS_TYPER: physical LPIs, redistributors by number"u8);
        Tap.Check((its >> 8 & 31) == 15 && (its >> 13 & 31) == 15, "GITS_TYPER: 16 bits of EventID and of DeviceID"u8);
        Tap.Check(Mmio.Read32(Its.Base + 8) == (uint)its && Mmio.Read32(Its.Base + 12) == its >> 32, "GITS_TYPER reads by halves"u8);
        Tap.Check((Mmio.Read32(Its.Base + 0xffe8) & 0xf0) == 0x30, "GITS_PIDR2: GICv3"u8);
        Tap.Check((Mmio.Read64(Its.Baser0) >> 56 & 7) == 1, "GITS_BASER0 is the device table"u8);
        Tap.Check((Mmio.Read64(Its.Baser1) >> 56 & 7) == 4, "GITS_BASER1 is the collection table"u8);
        Tap.Check((Mmio.Read64(Its.Base + 0x110) >> 56 & 7) == 0, "GITS_BASER2 is none"u8);
    }

    private static void BaseRegisters()
    {
        Tap.Check(Mmio.Read32(Its.Ctlr) == 0x8000_0000, "GITS_CTLR: quiescent while disabled"u8);
        Holds(Its.Cbaser, 0x8000_0000_4234_5000 | 3, "GITS_CBASER holds what is written"u8);
        ulong kept = Mmio.Read64(Its.Baser0) & 0x071f_0000_0000_0000;
        Mmio.Write64(Its.Baser0, ulong.MaxValue & ~(1UL << 63));
        Tap.Check((Mmio.Read64(Its.Baser0) & 0x071f_0000_0000_0000) == kept, "GITS_BASER0 keeps type and entry size"u8);
        Mmio.Write32(Its.Baser0 + 4, 0);
        Mmio.Write32(Its.Baser0, 0x4234_0207);
        Tap.Check((Mmio.Read64(Its.Baser0) & ~0x071f_0000_0000_0000UL) == 0x4234_0207, "GITS_BASER0 is written by halves"u8);
        Holds(Its.Redistributor(0) + 0x70, 0x4234_5000 | 13, "GICR_PROPBASER holds what is written"u8);
        Holds(Its.Redistributor(0) + 0x78, 0x4235_0000, "GICR_PENDBASER holds what is written"u8);
    }

    private static void Delivery()
    {
        Tap.Check(Gic.IsQuiet, "nothing comes unasked"u8);
        Its.Raise(1);
        Tap.Check(SystemRegisters.ICC_HPPIR1_EL1 == First + 1, "INT: ICC_HPPIR1_EL1 shows the LPI"u8);
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq, "INT: it interrupts"u8);
        Tap.Check(Gic.Acknowledge() == First + 1, "INT: it is acknowledged by its number"u8);
        Tap.Check(SystemRegisters.ICC_RPR_EL1 == 0xa0, "INT: ICC_RPR_EL1 is its priority"u8);
        Its.Raise(1);
        Tap.Check(Gic.IsQuiet, "again before its end: it waits"u8);
        Gic.End(First + 1);
        Tap.Check(Gic.Takes(First + 1), "again before its end: then it comes"u8);
        Tap.Check(Gic.IsQuiet && Gic.Acknowledge() == Gic.None, "after the end nothing is left"u8);
        Its.Interrupt(2);
        Its.Interrupt(2);
        Its.Sync();
        Tap.Check(Gic.Takes(First + 2) && Gic.IsQuiet, "INT twice: it comes once"u8);
        SystemRegisters.ICC_CTLR_EL1 |= 2;
        Instructions.Isb();
        Its.Raise(1);
        bool taken = Gic.Takes(First + 1);
        Its.Raise(1);
        Tap.Check(taken && Gic.Takes(First + 1), "EOImode 1: it needs no deactivation"u8);
        SystemRegisters.ICC_CTLR_EL1 &= ~2UL;
        Instructions.Isb();
        SystemRegisters.ICC_IGRPEN1_EL1 = 0;
        Its.Raise(1);
        Tap.Check(Gic.IsQuiet, "nothing comes without ICC_IGRPEN1_EL1"u8);
        SystemRegisters.ICC_IGRPEN1_EL1 = 1;
        Instructions.Isb();
        Tap.Check(Gic.Takes(First + 1), "it comes with ICC_IGRPEN1_EL1"u8);
    }

    private static void Priorities()
    {
        for (uint i = 0; i < 16; i++)
        {
            Its.Configure(i, (byte)((0x40 + ((i * 7 & 15) << 3)) | 1));
            Its.Invalidate(i);
        }

        for (uint i = 0; i < 16; i++)
        {
            Its.Interrupt(i);
        }

        Its.Sync();
        bool good = true;
        for (uint i = 0; i < 16; i++)
        {
            // 7 * 7 is 1 modulo 16: the number at place i is 7 * i.
            good &= Gic.Takes(First + (i * 7 & 15));
        }

        Tap.Check(good, "16 LPIs: all come in the order of their priorities"u8);
        Tap.Check(Gic.IsQuiet, "16 LPIs: none comes twice"u8);
        Gic.SetPriority(3, 0x60);
        Gic.SendToSelf(3);
        Its.Interrupt(7);               // priority 0x48
        Its.Interrupt(6);               // priority 0x90
        Its.Sync();
        Tap.Check(Gic.Takes(First + 7) && Gic.Takes(3) && Gic.Takes(First + 6), "LPIs and an SGI come in the order of their priorities"u8);
        Its.Raise(6);
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq && Gic.Acknowledge() == First + 6, "a low LPI is taken"u8);
        Its.Raise(7);
        Tap.Check(Gic.Takes(First + 7), "a higher one preempts it"u8);
        Gic.SendToSelf(3);
        Tap.Check(Gic.Takes(3), "and so does an SGI"u8);
        Gic.End(First + 6);
        Tap.Check(SystemRegisters.ICC_RPR_EL1 == 0xff, "ICC_RPR_EL1 is idle after its end"u8);
        SystemRegisters.ICC_PMR_EL1 = 0x48;
        Its.Raise(7);
        Tap.Check(Gic.IsQuiet, "ICC_PMR_EL1 keeps one back"u8);
        SystemRegisters.ICC_PMR_EL1 = 0xff;
        Instructions.Isb();
        Tap.Check(Gic.Takes(First + 7), "it comes when the mask opens"u8);
        for (uint i = 0; i < 16; i++)
        {
            Its.Configure(i, 0xa1);
        }

        Its.InvalidateAll(0);
        Its.Sync();
    }

    private static void Configuration()
    {
        Its.Configure(3, 0xa0);
        Its.Invalidate(3);
        Its.Raise(3);
        Tap.Check(Gic.IsQuiet, "disabled in the configuration table it does not come"u8);
        Its.Configure(3, 0xa1);
        Its.Invalidate(3);
        Its.Sync();
        Tap.Check(Gic.Takes(First + 3), "it comes when enabled, and INV says so"u8);
        Its.Configure(3, 0xa0);
        Its.Configure(4, 0xa0);
        Its.InvalidateAll(0);
        Its.Interrupt(3);
        Its.Interrupt(4);
        Its.Sync();
        Tap.Check(Gic.IsQuiet, "INVALL: two that are disabled do not come"u8);
        Its.Configure(3, 0xa1);
        Its.Configure(4, 0x41);
        Its.InvalidateAll(0);
        Its.Sync();
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq && Gic.Acknowledge() == First + 4, "INVALL: the one with the new priority comes first"u8);
        Tap.Check(SystemRegisters.ICC_RPR_EL1 == 0x40, "INVALL: ICC_RPR_EL1 is its new priority"u8);
        Gic.End(First + 4);
        Tap.Check(Gic.Takes(First + 3), "INVALL: then the other"u8);
        Its.Raise(3);
        Its.Configure(3, 0xa0);
        Its.Invalidate(3);
        Its.Sync();
        Tap.Check(Gic.IsQuiet, "disabled while pending it does not come"u8);
        Its.Configure(3, 0xa1);
        Its.Configure(4, 0xa1);
        Its.InvalidateAll(0);
        Its.Sync();
        Tap.Check(Gic.Takes(First + 3), "and comes when enabled again"u8);
    }

    private static void Withdrawal()
    {
        Its.Interrupt(5);
        Its.Clear(5);
        Its.Sync();
        Tap.Check(Gic.IsQuiet, "CLEAR takes it back"u8);
        Its.Raise(5);
        Its.Clear(5);
        Its.Sync();
        Tap.Check(Gic.IsQuiet, "CLEAR takes back what was shown already"u8);
        Its.Raise(5);
        Tap.Check(Gic.Takes(First + 5), "CLEAR leaves the mapping"u8);
        Its.Raise(5);
        Its.Discard(5);
        Its.Sync();
        Tap.Check(Gic.IsQuiet, "DISCARD takes it back"u8);
        Its.Raise(5);
        Tap.Check(Gic.IsQuiet, "DISCARD removes the mapping"u8);
        Its.MapInterrupt(Its.Device, 5, First + 5, 0);
        Its.Raise(5);
        Tap.Check(Gic.Takes(First + 5), "mapped again it comes again"u8);
    }

    private static void Mapping()
    {
        Its.MapInterrupt(Its.Device, 6, First + 9, 0);
        Its.Raise(6);
        Tap.Check(Gic.Takes(First + 9), "MAPTI maps anew"u8);
        Its.MapInterrupt(Its.Device, 6, First + 6, 0);
        Its.MapDevice(9, 14, Its.InterruptTable(1));
        Its.Send(11 | (9UL << 32), First + 7, 0, 0);
        Its.Interrupt(9, First + 7);
        Its.Sync();
        Tap.Check(Gic.Takes(First + 7), "MAPI: the event is the LPI"u8);
        Its.Send(8 | (9UL << 32), 13, Its.InterruptTable(1), 0);
        Its.Interrupt(9, First + 7);
        Its.Sync();
        Tap.Check(Gic.IsQuiet, "MAPD removes a device"u8);
        Its.MapDevice(0, 4, Its.InterruptTable(3));
        Its.MapInterrupt(0, 3, First + 8, 0);
        Its.Sync();
        Mmio.Write32(Its.Translater, 3);
        Tap.Check(Gic.Takes(First + 8), "a store to GITS_TRANSLATER is an event of device 0"u8);
        Mmio.Write32(Its.Translater, 4);
        Tap.Check(Gic.IsQuiet, "a store that names no mapped event is nothing"u8);
        Its.Send(9, 0, 0, 0);
        Its.Raise(1);
        Tap.Check(Gic.IsQuiet, "MAPC removes a collection"u8);
        Its.MapCollection(0, 0);
        Its.Raise(1);
        Tap.Check(Gic.Takes(First + 1), "and maps it again"u8);
    }

    private static void Nonsense()
    {
        Its.Interrupt(Its.Device, 32);
        Its.Interrupt(77, 0);
        Its.Interrupt(0x1_0000, 0);
        Its.MapInterrupt(Its.Device, 20, 77, 0);
        Its.Interrupt(20);
        Its.MapInterrupt(Its.Device, 20, First - 1, 0);
        Its.Interrupt(20);
        Its.MapInterrupt(Its.Device, 20, 1U << 24, 0);
        Its.Interrupt(20);
        Its.MapCollection(7, 99);
        Its.MapInterrupt(Its.Device, 20, First, 7);
        Its.Interrupt(20);
        Its.Move(1, 7);
        Its.MapDevice(8, 17, Its.InterruptTable(1));
        Its.Interrupt(8, 0);
        Its.MoveAll(99, 0);
        Its.Send(0xff, 0, 0, 0);
        Its.Clear(31);
        Its.Discard(31);
        Its.Invalidate(31);
        Its.InvalidateAll(9);
        Tap.Check(Its.Sync(), "commands without sense do not stop the queue"u8);
        Tap.Check(Gic.IsQuiet, "and raise nothing"u8);
        Its.Raise(1);
        Tap.Check(Gic.Takes(First + 1), "commands behind them are done"u8);
    }

    private static void Queue()
    {
        bool good = true;
        for (uint round = 0; round < 5; round++)
        {
            for (uint i = 0; i < 100; i++)
            {
                Its.Interrupt(i & 15);
            }

            good &= Its.Sync();
            for (uint i = 0; i < 16; i++)
            {
                good &= Gic.Takes(First + i);
            }
        }

        Tap.Check(good, "500 commands in a queue of 128"u8);
        Mmio.Write32(Its.Ctlr, 0);
        Its.Interrupt(1);
        Its.Send(5, 0, 0, 0);
        Mmio.Write64(Its.Cwriter, (Mmio.Read64(Its.Cwriter) + 64) % Its.QueueSize);
        Tap.Check(Gic.IsQuiet, "a disabled ITS does nothing"u8);
        Mmio.Write32(Its.Ctlr, 1);
        Tap.Check(Its.Sync() && Gic.Takes(First + 1), "enabled, it goes on"u8);
    }

    private static void Enabling()
    {
        ulong own = Its.Redistributor(0);
        Its.Raise(1);
        Mmio.Write32(own, 0);
        while ((Mmio.Read32(own) & 8) != 0)
        {
        }

        Tap.Check(Gic.IsQuiet, "without EnableLPIs none comes"u8);
        Its.Raise(2);
        Mmio.Write8(Its.PendingTable(0) + ((First + 9) / 8), 1 << 1);
        Mmio.Write32(own, 1);
        Tap.Check(Gic.Takes(First + 1), "what was pending comes with EnableLPIs"u8);
        Tap.Check(Gic.Takes(First + 9), "and what stands in the pending table"u8);
        Tap.Check(Gic.IsQuiet, "and not what happened meanwhile"u8);
        Mmio.Write32(Gic.Distributor, 0x10);
        Its.Raise(1);
        Tap.Check(Gic.IsQuiet, "without GICD_CTLR.EnableGrp1 none comes"u8);
        Mmio.Write32(Gic.Distributor, 0x12);
        Tap.Check(Gic.Takes(First + 1), "it comes with GICD_CTLR.EnableGrp1"u8);
    }

    /// <summary>Every LPI that there is pends at once: each comes, by its priority, and is not lost to the number of them.</summary>
    private static void Flood()
    {
        const uint Count = 8192;
        ulong own = Its.Redistributor(0);
        Mmio.Write32(own, 0);
        for (uint i = 0; i < Count; i++)
        {
            Its.Configure(i, (byte)(Scattered(i) | 1));
        }

        for (uint i = 0; i < Count; i += 64)
        {
            Mmio.Write64(Its.PendingTable(0) + ((First + i) / 8), ulong.MaxValue);
        }

        Mmio.Write32(own, 1);
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq, "8192 LPIs: they come"u8);

        // Looking at all of them may take the controller a while.
        for (ulong until = SystemRegisters.CNTPCT_EL0 + (SystemRegisters.CNTFRQ_EL0 / 10); SystemRegisters.CNTPCT_EL0 < until;)
        {
        }

        uint last = 0;
        uint taken = 0;
        bool good = true;
        for (; taken <= Count; taken++)
        {
            uint number = Gic.Acknowledge();
            if (number == Gic.None)
            {
                break;
            }

            uint order = (Scattered(number - First) << 16) | number;
            good &= order > last;
            last = order;
            Gic.End(number);
        }

        Tap.Check(taken == Count, "8192 LPIs: each comes once"u8);
        Tap.Check(good, "8192 LPIs: in the order of their priorities and numbers"u8);
    }

    private static uint Scattered(uint index) => 0x40 + ((index * 7919 >> 3) & 0x78);

    private static void TwoCpus()
    {
        Its.Open(2);
        Tap.Check(SecondCpu.TurnOn() == Psci.Success && SecondCpu.Do(SecondCpu.Report), "the second CPU runs"u8);
        Its.Move(1, 1);
        Its.Sync();
        Tap.Check(Taken(SecondCpu.TakeInterrupt) == First + 1, "MOVI: the LPI comes at the second CPU"u8);
        Tap.Check(Gic.IsQuiet, "and not at the first"u8);
        Tap.Check(Taken(SecondCpu.WaitForInterrupt) == First + 1, "it ends WFI there"u8);
        Its.Raise(1);
        Tap.Check(Gic.IsQuiet, "pending at the second CPU it does not come at the first"u8);
        Its.Move(1, 0);
        Its.Sync();
        Tap.Check(Gic.Takes(First + 1), "MOVI moves what is pending"u8);
        Its.Move(1, 1);
        Its.Move(2, 1);
        Its.Interrupt(1);
        Its.Interrupt(2);
        Its.Sync();
        Its.MoveAll(1, 0);
        Its.Sync();
        Tap.Check(Gic.Takes(First + 1) && Gic.Takes(First + 2), "MOVALL moves all that is pending"u8);
        Tap.Check(Taken(SecondCpu.TakeInterrupt) == First + 1, "MOVALL leaves the mapping"u8);
        Its.MapCollection(1, 0);
        Its.Raise(1);
        Tap.Check(Gic.Takes(First + 1), "MAPC moves a collection to the first CPU"u8);
        Tap.Check(SecondCpu.TurnOff(), "the second CPU goes off"u8);
    }

    // Event 1 happens when the second CPU looks for it.
    private static ulong Taken(uint how)
    {
        SecondCpu.Forget();
        SecondCpu.Begin(how);
        while (SecondCpu.Value(1) != 1)
        {
            Symbols.Yield();
        }

        Its.Raise(1);
        return SecondCpu.WaitForEnd() ? SecondCpu.Value(0) : 0;
    }

    private static void Outside()
    {
        Its.OpenQueue(Nowhere);
        Mmio.Write64(Its.Cwriter, 64);
        Tap.Check(Gic.IsQuiet, "a queue without memory does no harm"u8);
        Its.Open(1);
        Its.Raise(1);
        Tap.Check(Gic.Takes(First + 1), "and a new one is worked off"u8);
    }

    private static void Holds(ulong address, ulong value, ReadOnlySpan<byte> what)
    {
        Mmio.Write64(address, value);
        Tap.Check(Mmio.Read64(address) == value && Mmio.Read32(address) == (uint)value, what);
    }
}
