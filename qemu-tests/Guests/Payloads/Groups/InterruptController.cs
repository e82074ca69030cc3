// The GIC as EL2 uses it: SGIs, priorities, both ways of ending an interrupt, more of them pending than a virtual
// interface has list registers, and what its registers hold.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class InterruptController
{
    private const ulong SetEnable = 0x100;
    private const ulong ClearEnable = 0x180;
    private const ulong SetPending = 0x200;
    private const ulong ClearPending = 0x280;
    private const ulong SetActive = 0x300;
    private const uint Spi = 90;

    private static ulong Sgis => Gic.Own + Gic.SgiFrame;

    public static void Run()
    {
        Cpu.ResetHcr(false);
        Cpu.SetHcr(SystemRegisters.HCR_EL2 | Hcr.IMO);
        Gic.Open();
        Tap.Check(Gic.Own != 0, "the CPU has a redistributor"u8);
        Sgi();
        Priorities();
        Many();
        EndModes();
        EnableAndPend();
        SharedInterrupt();
        Level();
        Cpu.SetHcr(SystemRegisters.HCR_EL2 | Hcr.FMO);
        GroupZero();
        GroupZeroAtEl1();
        Distributor();
        Redistributor();
        Cpu.ResetHcr(false);
    }

    /// <summary>The same for a plain kernel at EL1, without what only EL2 has.</summary>
    public static void RunAtEl1()
    {
        Gic.Open();
        Priorities();
        Many();
        EndModes();
        EnableAndPend();
        SharedInterrupt();
        GroupZero();
        Distributor();
        Redistributor();
    }

    private static void Sgi()
    {
        Tap.Check(Gic.IsQuiet, "SGI: nothing comes unasked"u8);
        Gic.SendToSelf(5);
        Tap.Check((Mmio.Read32(Sgis + SetPending) & 0xffff) == 1 << 5, "SGI: it is pending"u8);
        Tap.Check(SystemRegisters.ICC_HPPIR1_EL1 == 5, "SGI: ICC_HPPIR1_EL1 shows it"u8);
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq, "SGI: it interrupts EL2h"u8);
        Tap.Check(Gic.Wait(Pstate.El2t)->Vector == 0x080, "SGI: it interrupts EL2t"u8);
        Tap.Check(Gic.Wait(Pstate.El1h)->Vector == Vector.LowerIrq, "SGI: it interrupts EL1"u8);
        Tap.Check(Gic.Acknowledge() == 5, "SGI: it is acknowledged"u8);
        Tap.Check((Mmio.Read32(Sgis + SetActive) & 0xffff) == 1 << 5, "SGI: it is active"u8);
        Tap.Check((Mmio.Read32(Sgis + SetPending) & 0xffff) == 0, "SGI: it is no longer pending"u8);
        Tap.Check(SystemRegisters.ICC_RPR_EL1 == 0xa0, "SGI: ICC_RPR_EL1 is its priority"u8);
        Tap.Check(Gic.IsQuiet, "SGI: nothing comes while it is active"u8);
        Gic.End(5);
        Tap.Check((Mmio.Read32(Sgis + SetActive) & 0xffff) == 0, "SGI: it is not active after its end"u8);
        Tap.Check(SystemRegisters.ICC_RPR_EL1 == 0xff, "SGI: ICC_RPR_EL1 is idle after its end"u8);
        Tap.Check(Gic.Acknowledge() == Gic.None, "SGI: nothing is left to acknowledge"u8);
        Gic.SendToSelf(6);
        Gic.SendToSelf(6);
        Tap.Check(Gic.Takes(6) && Gic.IsQuiet, "SGI: sent twice it comes once"u8);
    }

    private static void Priorities()
    {
        Gic.SetPriority(1, 0x80);
        Gic.SetPriority(2, 0x40);
        Gic.SetPriority(3, 0xc0);
        SystemRegisters.ICC_PMR_EL1 = 0x60;
        Gic.SendToSelf(1);
        Tap.Check(Gic.IsQuiet, "priority: ICC_PMR_EL1 keeps one back"u8);
        Tap.Check(Gic.Acknowledge() == Gic.None, "priority: what is kept back cannot be acknowledged"u8);
        Gic.SendToSelf(2);
        Tap.Check(Gic.Takes(2), "priority: a higher one passes"u8);
        SystemRegisters.ICC_PMR_EL1 = 0xff;
        Instructions.Isb();
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq && Gic.Acknowledge() == 1, "priority: the other comes when the mask opens"u8);
        Gic.SendToSelf(3);
        Tap.Check(Gic.IsQuiet, "priority: a lower one waits for the active one"u8);
        Gic.SendToSelf(2);
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq && Gic.Acknowledge() == 2, "priority: a higher one preempts"u8);
        Tap.Check(SystemRegisters.ICC_RPR_EL1 == 0x40, "priority: the running priority is the higher one's"u8);
        Gic.End(2);
        Tap.Check(SystemRegisters.ICC_RPR_EL1 == 0x80, "priority: and the lower one's again"u8);
        Tap.Check(Gic.IsQuiet, "priority: the lowest still waits"u8);
        Gic.End(1);
        Tap.Check(Gic.Takes(3), "priority: the lowest comes last"u8);
    }

    private static void Many()
    {
        for (uint i = 0; i < 16; i++)
        {
            Gic.SetPriority(i, (byte)(0x40 + ((i * 7 & 15) << 3)));
        }

        for (uint i = 0; i < 16; i++)
        {
            Gic.SendToSelf(i);
        }

        Tap.Check((Mmio.Read32(Sgis + SetPending) & 0xffff) == 0xffff, "16 SGIs: all are pending"u8);
        bool good = true;
        for (uint i = 0; i < 16; i++)
        {
            // 7 * 7 is 1 modulo 16: the number at place i is 7 * i.
            good &= Gic.Takes(i * 7 & 15);
        }

        Tap.Check(good, "16 SGIs: all come in the order of their priorities"u8);
        Tap.Check(Gic.IsQuiet, "16 SGIs: none comes twice"u8);
        for (uint i = 0; i < 16; i++)
        {
            Gic.SetPriority(i, 0xa0);
            Gic.SendToSelf(15 - i);
        }

        good = true;
        for (uint i = 0; i < 16; i++)
        {
            good &= Gic.Takes(i);
        }

        Tap.Check(good, "16 SGIs of one priority: all come in the order of their numbers"u8);
        Tap.Check(Gic.Acknowledge() == Gic.None, "16 SGIs: nothing is left"u8);
    }

    private static void EndModes()
    {
        const ulong Separate = 2;
        SystemRegisters.ICC_CTLR_EL1 |= Separate;
        Instructions.Isb();
        Gic.SendToSelf(7);
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq && Gic.Acknowledge() == 7, "EOImode 1: an SGI comes"u8);
        Gic.End(7);
        Tap.Check(SystemRegisters.ICC_RPR_EL1 == 0xff, "EOImode 1: ICC_EOIR1_EL1 drops the priority"u8);
        Tap.Check((Mmio.Read32(Sgis + SetActive) & 0xffff) == 1 << 7, "EOImode 1: it stays active"u8);
        Gic.SendToSelf(7);
        Tap.Check(Gic.IsQuiet, "EOImode 1: it does not come again while active"u8);
        Gic.SendToSelf(8);
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq && Gic.Acknowledge() == 8, "EOImode 1: another one does"u8);
        Gic.End(8);
        SystemRegisters.ICC_DIR_EL1 = 8;
        SystemRegisters.ICC_DIR_EL1 = 7;
        Instructions.Isb();
        Tap.Check((Mmio.Read32(Sgis + SetActive) & 0xffff) == 0, "EOImode 1: ICC_DIR_EL1 deactivates"u8);
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq && Gic.Acknowledge() == 7, "EOImode 1: then it comes again"u8);
        Gic.End(7);
        SystemRegisters.ICC_DIR_EL1 = 7;
        SystemRegisters.ICC_CTLR_EL1 &= ~Separate;
        Instructions.Isb();
        Tap.Check(Gic.IsQuiet, "EOImode 0 again: nothing is left"u8);
    }

    private static void EnableAndPend()
    {
        Mmio.Write32(Sgis + ClearEnable, 1 << 9);
        Gic.SendToSelf(9);
        Tap.Check(Gic.IsQuiet, "enable: a disabled SGI does not come"u8);
        Tap.Check((Mmio.Read32(Sgis + SetPending) & 0xffff) == 1 << 9, "enable: a disabled SGI is pending"u8);
        Mmio.Write32(Sgis + SetEnable, 1 << 9);
        Tap.Check(Gic.Takes(9), "enable: it comes when enabled"u8);
        Mmio.Write32(Sgis + SetPending, 1 << 10);
        Tap.Check(Gic.Takes(10), "pend: GICR_ISPENDR0 pends an SGI"u8);
        Mmio.Write32(Sgis + ClearEnable, 1 << 11);
        Gic.SendToSelf(11);
        Mmio.Write32(Sgis + ClearPending, 1 << 11);
        Mmio.Write32(Sgis + SetEnable, 1 << 11);
        Tap.Check(Gic.IsQuiet, "pend: GICR_ICPENDR0 takes it back"u8);
        Gic.SendToSelf(12);
        Mmio.Write32(Sgis + ClearPending, 1 << 12);
        Tap.Check(Gic.IsQuiet, "pend: GICR_ICPENDR0 takes back what is enabled"u8);
        SystemRegisters.ICC_IGRPEN1_EL1 = 0;
        Gic.SendToSelf(13);
        Tap.Check(Gic.IsQuiet, "enable: nothing comes without ICC_IGRPEN1_EL1"u8);
        SystemRegisters.ICC_IGRPEN1_EL1 = 1;
        Instructions.Isb();
        Tap.Check(Gic.Takes(13), "enable: it comes with ICC_IGRPEN1_EL1"u8);
    }

    private static void SharedInterrupt()
    {
        GicDistributor.Enable(Gic.Distributor, Spi, 0);
        const ulong Word = Spi / 32 * 4;
        const uint Bit = 1u << (int)(Spi % 32);
        Mmio.Write32(Gic.Distributor + SetPending + Word, Bit);
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq, "SPI: GICD_ISPENDR makes it come"u8);
        Tap.Check(Gic.Acknowledge() == Spi, "SPI: it is acknowledged by its number"u8);
        Tap.Check((Mmio.Read32(Gic.Distributor + SetActive + Word) & Bit) != 0, "SPI: it is active"u8);
        Gic.End(Spi);
        Tap.Check((Mmio.Read32(Gic.Distributor + SetActive + Word) & Bit) == 0, "SPI: it is not active after its end"u8);
        Mmio.Write32(Gic.Distributor + ClearEnable + Word, Bit);
        Mmio.Write32(Gic.Distributor + SetPending + Word, Bit);
        Tap.Check(Gic.IsQuiet, "SPI: disabled it does not come"u8);
        Mmio.Write32(Gic.Distributor + ClearPending + Word, Bit);
        Mmio.Write32(Gic.Distributor + SetEnable + Word, Bit);
        Tap.Check(Gic.IsQuiet, "SPI: GICD_ICPENDR takes it back"u8);
        Mmio.Write32(Gic.Distributor + ClearEnable + Word, Bit);
    }

    private static void Level()
    {
        const uint Timer = 26;
        GicCpuInterface.Enable(Gic.Own, Timer);
        SystemRegisters.CNTHP_CVAL_EL2 = 0;
        SystemRegisters.CNTHP_CTL_EL2 = 1;
        Instructions.Isb();
        Tap.Check(Gic.Takes(Timer), "level: a timer's interrupt comes"u8);
        Tap.Check(Gic.Takes(Timer), "level: and again while its line is up"u8);
        GicCpuInterface.Disable(Gic.Own, Timer);
        Tap.Check(Gic.IsQuiet, "level: not while disabled"u8);
        GicCpuInterface.Enable(Gic.Own, Timer);
        Tap.Check(Gic.Takes(Timer, Encoding.CNTHP_CTL_EL2, 0), "level: and again when enabled"u8);
        Tap.Check(Gic.IsQuiet, "level: not when its line is down"u8);
        Tap.Check((Mmio.Read32(Sgis + SetPending) & (1u << (int)Timer)) == 0, "level: nor is it pending"u8);
        GicCpuInterface.Disable(Gic.Own, Timer);
    }

    private static void Distributor()
    {
        const ulong Base = Gic.Distributor;
        Tap.Check((Mmio.Read32(Base) & 0x12) == 0x12, "GICD_CTLR: affinity routing and group 1"u8);
        Tap.Check((Mmio.Read32(Base + 0xffe8) & 0xf0) == 0x30, "GICD_PIDR2: GICv3"u8);
        Holds(Base + 0x80 + 8, 0x0f0f_5aa5, 0xffff_ffff, "GICD_IGROUPR holds what is written"u8);
        Holds(Base + 0x400 + 64, 0xa8b0_b8c0, 0xffff_ffff, "GICD_IPRIORITYR holds what is written"u8);
        Holds(Base + 0xc00 + 20, 0xaaaa_0000, 0xaaaa_aaaa, "GICD_ICFGR holds what is written"u8);
        Mmio.Write64(Base + 0x6000 + (Spi * 8), 1);
        Tap.Check(Mmio.Read64(Base + 0x6000 + (Spi * 8)) == 1, "GICD_IROUTER holds what is written"u8);
        Mmio.Write64(Base + 0x6000 + (Spi * 8), 0);
        Mmio.Write32(Base + SetEnable + 8, 0x10);
        Tap.Check((Mmio.Read32(Base + SetEnable + 8) & 0x10) != 0, "GICD_ISENABLER enables"u8);
        Tap.Check((Mmio.Read32(Base + ClearEnable + 8) & 0x10) != 0, "GICD_ICENABLER shows what is enabled"u8);
        Mmio.Write32(Base + ClearEnable + 8, 0x10);
        Tap.Check((Mmio.Read32(Base + SetEnable + 8) & 0x10) == 0, "GICD_ICENABLER disables"u8);
        Tap.Check(Mmio.Read32(Base + SetEnable) == 0, "GICD_ISENABLER0 is the redistributors' business"u8);
    }

    private static void Redistributor()
    {
        ulong own = Gic.Own;
        Tap.Check((Mmio.Read32(own + 0xffe8) & 0xf0) == 0x30, "GICR_PIDR2: GICv3"u8);
        Tap.Check((Mmio.Read32(own + 0x14) & 6) == 0, "GICR_WAKER: awake"u8);
        Tap.Check((Mmio.Read64(own + 8) & 0xff_ff10) == 0, "GICR_TYPER: CPU 0, and not the last"u8);
        Tap.Check(Mmio.Read64(own + 0x2_0008) >> 32 == 1 && (Mmio.Read64(own + 0x2_0008) >> 8 & 0xffff) == 1, "GICR_TYPER: CPU 1 follows"u8);
        Tap.Check((Mmio.Read64(own + 0x2_0008) & 0x10) != 0, "GICR_TYPER: CPU 1 is the last"u8);
        Holds(own + Gic.SgiFrame + 0x400 + 4, 0x4050_6070, 0xffff_ffff, "GICR_IPRIORITYR holds what is written"u8);
        Mmio.Write8(own + Gic.SgiFrame + 0x400 + 6, 0xff);
        Tap.Check(Mmio.Read8(own + Gic.SgiFrame + 0x400 + 6) is 0xff or 0xf8, "GICR_IPRIORITYR takes bytes"u8);
        Tap.Check(Mmio.Read32(own + Gic.SgiFrame + 0xc00) == 0xaaaa_aaaa, "GICR_ICFGR0: SGIs are edges"u8);
        Tap.Check(Mmio.Read32(own + Gic.SgiFrame + 0x80) == 0xffff_ffff, "GICR_IGROUPR0: all in group 1"u8);
    }

    private static void Holds(ulong address, uint value, uint mask, ReadOnlySpan<byte> what)
    {
        uint before = Mmio.Read32(address);
        Mmio.Write32(address, value);
        bool good = (Mmio.Read32(address) & mask) == value;
        Mmio.Write32(address, before);
        Tap.Check(good && Mmio.Read32(address) == before, what);
    }
}
