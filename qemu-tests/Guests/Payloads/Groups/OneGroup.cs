// A hypervisor that takes the interrupts of one group only (HCR_EL2.IMO without FMO, or the other way round): of that group
// EL1 has the virtual interface, and of the other the machine's own, with the machine's interrupts. And TGE, which takes both.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class OneGroup
{
    private const uint Fast = 4;
    private const uint Slow = 5;
    private const uint Number = 40;
    private const ulong Open = Pstate.El1h & ~Pstate.Daif;
    private const ulong IsrIrq = 1 << 7;
    private const ulong IsrFiq = 1 << 6;
    private const ulong ByIrq = 0x105;
    private const ulong ByFiq = 0x106;

    private static ulong Sgis => Gic.Own + Gic.SgiFrame;

    private static uint ActiveSgis => Mmio.Read32(Sgis + 0x300) & 0xffff;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Gic.Open();
        Gic.OpenGroup0(Fast);
        VirtualInterface.Open();
        El2.Change(Hcr.IMO);
        Virtual(ByIrq, IsrIrq, VirtualInterface.Group1, "IMO alone: "u8);
        Virtual(ByFiq, 0, 0, "IMO alone: "u8);
        Machines(Fast, ByFiq, IsrFiq, Encoding.ICC_IAR0_EL1, Encoding.ICC_EOIR0_EL1, Encoding.ICC_HPPIR0_EL1, "IMO alone: "u8);
        Registers(Encoding.ICC_IGRPEN0_EL1, Encoding.ICC_BPR0_EL1, Encoding.ICC_AP0R0_EL1, 0x0020_0001, "IMO alone: "u8);
        Beside(Slow, Vector.LowerIrq, "IMO alone: "u8);
        El2.Change(Hcr.FMO, Hcr.IMO);
        Virtual(ByFiq, IsrFiq, 0, "FMO alone: "u8);
        Virtual(ByIrq, 0, VirtualInterface.Group1, "FMO alone: "u8);
        Machines(Slow, ByIrq, IsrIrq, Encoding.ICC_IAR1_EL1, Encoding.ICC_EOIR1_EL1, Encoding.ICC_HPPIR1_EL1, "FMO alone: "u8);
        Registers(Encoding.ICC_IGRPEN1_EL1, Encoding.ICC_BPR1_EL1, Encoding.ICC_AP1R0_EL1, 0x0004_0002, "FMO alone: "u8);
        Beside(Fast, Vector.LowerFiq, "FMO alone: "u8);
        TakenWhole();
        VirtualInterface.Close();
        Gic.CloseGroup0();
        El2.Reset();
    }

    private static void Check(bool condition, ReadOnlySpan<byte> which, ReadOnlySpan<byte> what) => Excursion.Here->Check(condition, El2.Prefix, which, what);

    private static Excursion* Go()
    {
        Code.Finish();
        return Excursion.Run(Pstate.El1h);
    }

    private static bool Arrives(ulong where) => Excursion.Here->EndedBy(Vector.Lower, ExceptionClass.Hvc, where);

    /// <summary>A list register of a group interrupts EL1 if that group is EL2's, and is nothing if it is not.</summary>
    private static void Virtual(ulong where, ulong shown, ulong group, ReadOnlySpan<byte> which)
    {
        ulong value = (VirtualInterface.Interrupt(VirtualInterface.Pending, Number) & ~VirtualInterface.Group1) | group;
        VirtualInterface.Open();
        VirtualInterface.Write(0, value);
        bool comes = shown != 0;
        VirtualInterface.Pause(Open);
        Check(comes ? Arrives(where) : Excursion.Here->Finished, which, comes ? "its own virtual interrupt comes"u8 : "the other's virtual interrupt does not"u8);
        Check(VirtualInterface.Pause(Pstate.El1h)->X[0] == shown, which, comes ? "ISR_EL1 shows it"u8 : "nor does ISR_EL1 show it"u8);
        Code.Begin();
        Code.Mrs(0, group != 0 ? Encoding.ICC_IAR1_EL1 : Encoding.ICC_IAR0_EL1);
        Code.Dsb();
        Check(
            Go()->X[0] == (comes ? Number : VirtualInterface.Spurious) && VirtualInterface.StateOf(0) == (comes ? 2UL : 1), which,
            comes ? "and EL1 acknowledges it"u8 : "nor can EL1 acknowledge it"u8);
        VirtualInterface.Open();
    }

    /// <summary>The machine's interrupt of the other group is EL1's.</summary>
    private static void Machines(uint sgi, ulong where, ulong shown, uint acknowledge, uint end, uint highest, ReadOnlySpan<byte> which)
    {
        Send(sgi);
        VirtualInterface.Pause(Open);
        Check(Arrives(where), which, "the machine's interrupt of the other group is EL1's"u8);
        Check(VirtualInterface.Pause(Pstate.El1h)->Finished && Excursion.Here->X[0] == shown, which, "masked it waits, and ISR_EL1 shows it"u8);
        Code.Begin();
        Code.Wfi();
        Code.Mrs(0, highest);
        Code.Mrs(1, acknowledge);
        Code.Dsb();
        Code.Mrs(2, VirtualInterface.ISR_EL1);
        Code.Mrs(3, Encoding.ICC_RPR_EL1);
        Code.Mrs(4, highest);
        Code.Mrs(5, acknowledge);
        Go();
        Check(Excursion.Here->X[0] == sgi && Excursion.Here->X[1] == sgi, which, "it ends WFI and EL1 acknowledges it"u8);
        Check(Excursion.Here->X[2] == 0 && Excursion.Here->X[4] == Gic.None && Excursion.Here->X[5] == Gic.None, which, "after that it is no longer pending"u8);
        Check(Excursion.Here->X[3] == 0xff, which, "the running priority that EL1 sees is the virtual one"u8);
        Check(ActiveSgis == 1u << (int)sgi && SystemRegisters.ICC_RPR_EL1 == 0xa0, which, "it is active, and runs as EL2 sees it"u8);
        Send(sgi);
        Check(VirtualInterface.Pause(Open)->Finished, which, "active it does not come again"u8);
        Code.Begin();
        Code.MoveImmediate(0, sgi);
        Code.Msr(end, 0);
        Code.Isb();
        Go();
        Check(Excursion.Here->Finished && ActiveSgis == 0 && SystemRegisters.ICC_RPR_EL1 == 0xff, which, "EL1 ends it"u8);
        Check(VirtualInterface.Pause(Pstate.El1h)->X[0] == shown, which, "and then it does come again"u8);
        SystemRegisters.ICC_PMR_EL1 = 0x60;
        Check(VirtualInterface.Pause(Open)->Finished, which, "the machine's priority mask keeps it back"u8);
        SystemRegisters.ICC_PMR_EL1 = 0xff;
        Mmio.Write32(Sgis + 0x280, 1u << (int)sgi);
        Check(VirtualInterface.Pause(Open)->Finished, which, "taken back it does not come"u8);
        Send(sgi);
        Code.Begin();
        Code.Mrs(1, acknowledge);
        Code.Dsb();
        Code.Msr(end, 1);
        Code.Isb();
        Code.Mrs(2, acknowledge);
        Go();
        Check(
            Excursion.Here->X[1] == sgi && Excursion.Here->X[2] == Gic.None && ActiveSgis == 0 && SystemRegisters.ICC_RPR_EL1 == 0xff, which,
            "EL1 acknowledges and ends one at once"u8);
    }

    /// <summary>The other group's registers are the machine's at EL1; what both groups share is virtual.</summary>
    private static void Registers(uint enable, uint point, uint active, ulong virtualFields, ReadOnlySpan<byte> which)
    {
        VirtualInterface.Open();
        ulong machine = SystemRegisters.ICH_VMCR_EL2;
        ulong before = SystemRegister.Read(point);
        Code.Begin();
        Code.Mrs(1, point);
        Code.Mrs(2, enable);
        Code.MoveImmediate(0, 5);
        Code.Msr(point, 0);
        Code.Msr(enable, 31);
        Code.Mrs(3, point);
        Code.Mrs(4, enable);
        Code.Mrs(5, active);
        Code.MoveImmediate(0, 0x50);
        Code.Msr(Encoding.ICC_PMR_EL1, 0);
        Code.Isb();
        Excursion* end = Go();
        bool seen = end->X[1] == before && end->X[2] == 1 && end->X[3] == 5 && end->X[4] == 0 && end->X[5] == 0;
        bool written = SystemRegister.Read(point) == 5 && SystemRegister.Read(enable) == 0;
        Check(seen && written, which, "EL1's registers of the other group are the machine's"u8);
        Check((SystemRegisters.ICH_VMCR_EL2 & virtualFields) == (machine & virtualFields), which, "and not the virtual ones"u8);
        Check((SystemRegisters.ICH_VMCR_EL2 >> 24 & 0xff) == 0x50 && SystemRegisters.ICC_PMR_EL1 >= 0xf8, which, "its priority mask is virtual"u8);
        Code.Begin();
        Code.Msr(point, 31);
        Code.Mrs(0, point);
        Code.MoveImmediate(2, 1);
        Code.Msr(enable, 2);
        Code.Isb();
        ulong finest = Go()->X[0];
        Check(finest == SystemRegister.Read(point) && finest != 0 && SystemRegister.Read(enable) == 1, which, "a binary point that is too fine becomes the finest"u8);
        SystemRegister.Write(point, before);
    }

    /// <summary>The machine's interrupt of EL2's group is EL2's, whatever EL1 masks; and EL1 sends none itself.</summary>
    private static void Beside(uint sgi, ulong vector, ReadOnlySpan<byte> which)
    {
        Send(sgi);
        Check(VirtualInterface.Pause(Pstate.El1h)->Vector == vector, which, "the machine's interrupt of its group is EL2's"u8);
        End(sgi);
        Code.Begin();
        Code.Msr(Encoding.ICC_SGI1R_EL1, 31);
        Check(Go()->Class == ExceptionClass.SystemRegister, which, "EL1 sends none of group 1 by itself"u8);
        Code.Begin();
        Code.Msr(Encoding.ICC_SGI0R_EL1, 31);
        Check(Go()->Class == ExceptionClass.SystemRegister, which, "nor of group 0"u8);
    }

    /// <summary>With TGE there is no EL1: what is at EL0 is interrupted for EL2, whatever IMO and FMO say.</summary>
    private static void TakenWhole()
    {
        El2.Change(Hcr.TGE, Hcr.IMO | Hcr.FMO);
        Taken(Slow, Vector.LowerIrq, "TGE: an IRQ at EL0 is EL2's"u8);
        Taken(Fast, Vector.LowerFiq, "TGE: an FIQ at EL0 is EL2's"u8);
        VirtualInterface.Write(0, VirtualInterface.Interrupt(VirtualInterface.Pending, Number));
        PauseAtEl0();
        Check(Excursion.Here->Finished, "TGE: "u8, "a virtual interrupt is none"u8);
        El2.Change(0, Hcr.TGE);
    }

    private static void Taken(uint sgi, ulong vector, ReadOnlySpan<byte> what)
    {
        Send(sgi);
        PauseAtEl0();
        Check(Excursion.Here->Vector == vector, what, default);
        End(sgi);
    }

    private static void PauseAtEl0()
    {
        Code.Begin();
        VirtualInterface.EmitPause();
        Code.Emit(0xd4000001 | (uint)(Code.End << 5));  // svc
        Code.Publish();
        Excursion.Run(0);
    }

    private static void Send(uint sgi)
    {
        if (sgi == Fast)
        {
            Gic.SendGroup0ToSelf(sgi);
        }
        else
        {
            Gic.SendToSelf(sgi);
        }
    }

    private static void End(uint sgi)
    {
        if (sgi == Fast)
        {
            Gic.EndGroup0(Gic.AcknowledgeGroup0());
        }
        else
        {
            Gic.End(Gic.Acknowledge());
        }
    }
}
