// The interrupt controller where QEMU's virt and Nestor have it, and waiting for an interrupt in an excursion.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Gic
{
    public const ulong Distributor = 0x0800_0000;
    public const ulong Redistributors = 0x080a_0000;
    public const ulong SgiFrame = 0x1_0000;
    public const uint None = 1023;

    private const ulong Group = 0x80;

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

    /// <summary>Turns group 0 on, and one SGI or PPI of the first CPU into a member of it.</summary>
    public static void OpenGroup0(uint interrupt)
    {
        Mmio.Write32(Distributor, 0x13);
        Mmio.Write32(Own + SgiFrame + Group, ~(1u << (int)interrupt));
        SystemRegisters.ICC_IGRPEN0_EL1 = 1;
        Instructions.Isb();
    }

    /// <summary>All in group 1 again, and group 0 off.</summary>
    public static void CloseGroup0()
    {
        SystemRegisters.ICC_IGRPEN0_EL1 = 0;
        Instructions.Isb();
        Mmio.Write32(Own + SgiFrame + Group, uint.MaxValue);
        Mmio.Write32(Distributor, 0x12);
    }

    /// <summary>Sends an SGI of group 0 to the first CPU itself.</summary>
    public static void SendGroup0ToSelf(uint interrupt)
    {
        SystemRegisters.ICC_SGI0R_EL1 = ((ulong)interrupt << 24) | 1;
        Instructions.Isb();
    }

    public static uint AcknowledgeGroup0()
    {
        uint interrupt = (uint)SystemRegisters.ICC_IAR0_EL1;
        Instructions.DsbSy();
        return interrupt;
    }

    public static void EndGroup0(uint interrupt)
    {
        SystemRegisters.ICC_EOIR0_EL1 = interrupt;
        Instructions.Isb();
    }

    /// <summary>Runs with interrupts open at a level until one comes, or for a while.</summary>
    public static Excursion* Wait(ulong level) => Spin(level & ~Pstate.Irq, Patience);

    /// <summary>The same with fast interrupts open.</summary>
    public static Excursion* WaitForFiq(ulong level) => Spin(level & ~Pstate.Fiq, Patience);

    /// <summary>Gives an interrupt that should not come a chance to.</summary>
    public static Excursion* Look(ulong level) => Spin(level & ~Pstate.Irq, 20_000);

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

    /// <summary>Whether no fast interrupt comes.</summary>
    public static bool IsQuietOfFiqs => Spin(Cpu.Level & ~Pstate.Fiq, 20_000)->Finished;

    private static Excursion* Spin(ulong pstate, ulong count)
    {
        Code.Begin();
        Code.Emit(0xf1000400);          // subs x0, x0, #1
        Code.Emit(0x54ffffe1);          // b.ne .-4
        Code.Finish();
        Excursion* end = Excursion.Prepare(pstate);
        end->X[0] = count;
        Excursion.Run();
        return end;
    }
}
