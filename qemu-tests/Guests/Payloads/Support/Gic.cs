// The interrupt controller where QEMU's virt and Nestor have it, and waiting for an interrupt in an excursion.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Gic
{
    public const ulong Distributor = 0x0800_0000;
    public const ulong Redistributors = 0x080a_0000;
    public const ulong SgiFrame = 0x1_0000;
    public const uint None = 1023;

    private const ulong RedistributorsSize = 0x00f6_0000;

    // Long enough for a timer of 50 ms on a slow machine, short enough to fail in time.
    private const ulong Patience = 300_000_000;

    /// <summary>The first CPU's redistributor.</summary>
    public static ulong Own;

    /// <summary>Opens the controller for the first CPU, with SGIs on.</summary>
    public static void Open()
    {
        GicDistributor.Open(Distributor);
        Own = Cpu.IsAtEl2 ? GicCpuInterface.Open(Redistributors, RedistributorsSize) : OpenAtEl1();
        Mmio.Write32(Own + SgiFrame + 0x100, 0xffff);
    }

    /// <summary>What the driver does for EL2, by what EL1 may write: the first redistributor is the first CPU's.</summary>
    private static ulong OpenAtEl1()
    {
        Mmio.Write32(Redistributors + 0x14, 0);
        while ((Mmio.Read32(Redistributors + 0x14) & 4) != 0)
        {
        }

        Mmio.Write32(Redistributors + SgiFrame + 0x80, 0xffff_ffff);
        for (ulong i = 0; i < 32; i += 4)
        {
            Mmio.Write32(Redistributors + SgiFrame + 0x400 + i, 0xa0a0_a0a0);
        }

        SystemRegisters.ICC_SRE_EL1 = 7;
        Instructions.Isb();
        SystemRegisters.ICC_PMR_EL1 = 0xff;
        SystemRegisters.ICC_CTLR_EL1 = 0;
        SystemRegisters.ICC_IGRPEN1_EL1 = 1;
        Instructions.Isb();
        return Redistributors;
    }

    /// <summary>Opens the calling CPU's interface.</summary>
    public static void OpenThisCpu() => Mmio.Write32(GicCpuInterface.Open(Redistributors, RedistributorsSize) + SgiFrame + 0x100, 0xffff);

    /// <summary>Priority of a PPI or SGI of the first CPU.</summary>
    public static void SetPriority(uint interrupt, byte priority) => Mmio.Write8(Own + SgiFrame + 0x400 + interrupt, priority);

    /// <summary>Sends an SGI to the first CPU itself.</summary>
    public static void SendToSelf(uint interrupt)
    {
        SystemRegisters.ICC_SGI1R_EL1 = ((ulong)interrupt << 24) | 1;
        Instructions.Isb();
    }

    public static uint Acknowledge()
    {
        uint interrupt = (uint)SystemRegisters.ICC_IAR1_EL1;
        Instructions.DsbSy();
        return interrupt;
    }

    public static void End(uint interrupt)
    {
        SystemRegisters.ICC_EOIR1_EL1 = interrupt;
        Instructions.Isb();
    }

    /// <summary>Runs with interrupts open at a level until one comes, or for a while.</summary>
    public static Excursion* Wait(ulong level) => Spin(level, Patience);

    /// <summary>Gives an interrupt that should not come a chance to.</summary>
    public static Excursion* Look(ulong level) => Spin(level, 20_000);

    /// <summary>Waits for an interrupt that must be this one, and ends it.</summary>
    public static bool Takes(uint interrupt) => Wait(Cpu.Level)->Vector == Vector.CurrentIrq && Ends(interrupt);

    /// <summary>Waits for an interrupt that must be this one, stops its source as a driver does, and ends it.</summary>
    public static bool Takes(uint interrupt, uint register, ulong stop)
    {
        if (Wait(Cpu.Level)->Vector != Vector.CurrentIrq)
        {
            return false;
        }

        uint taken = Acknowledge();
        SystemRegister.Write(register, stop);
        End(taken);
        return taken == interrupt;
    }

    private static bool Ends(uint interrupt)
    {
        uint taken = Acknowledge();
        if (taken != None)
        {
            End(taken);
        }

        return taken == interrupt;
    }

    /// <summary>Whether no interrupt comes.</summary>
    public static bool IsQuiet => Look(Cpu.Level)->Finished;

    private static Excursion* Spin(ulong level, ulong count)
    {
        Code.Begin();
        Code.Emit(0xf1000400);          // subs x0, x0, #1
        Code.Emit(0x54ffffe1);          // b.ne .-4
        Code.Finish();
        Excursion* end = Excursion.Prepare(level & ~Pstate.Irq);
        end->X[0] = count;
        Excursion.Run();
        return end;
    }
}
