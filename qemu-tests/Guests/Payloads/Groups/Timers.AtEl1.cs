// The timers of a guest: EL1 sets them itself, by its own count; whose interrupt it is says HCR_EL2.IMO.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class Timers
{
    private const ulong ByIrq = 0x105;
    private const uint CNTPCTSS_EL0 = 0xdf05;

    public static void OfEl1() => El2.InBothFormats(&ChecksOfEl1);

    private static void ChecksOfEl1()
    {
        s_e2h = El2.IsE2h;
        Gic.Open();
        GicCpuInterface.Enable(Gic.Own, VirtualTimer);
        GicCpuInterface.Enable(Gic.Own, PhysicalTimer);
        El2.Change(Hcr.IMO);
        OpenTimers();
        OfEl1("CNTV: "u8, Encoding.CNTV_CTL_EL0, Encoding.CNTV_CVAL_EL0, Encoding.CNTV_TVAL_EL0, Encoding.CNTVCT_EL0, VirtualTimer);
        OfEl1("CNTP: "u8, Encoding.CNTP_CTL_EL0, Encoding.CNTP_CVAL_EL0, Encoding.CNTP_TVAL_EL0, Encoding.CNTPCT_EL0, PhysicalTimer);
        SystemRegisters.CNTVOFF_EL2 = 1UL << 25;
        Instructions.Isb();
        OfEl1("CNTV behind: "u8, Encoding.CNTV_CTL_EL0, Encoding.CNTV_CVAL_EL0, Encoding.CNTV_TVAL_EL0, Encoding.CNTVCT_EL0, VirtualTimer);
        SystemRegisters.CNTVOFF_EL2 = 0;
        Instructions.Isb();
        PhysicalOffset();
        El2.Reset();
    }

    private static void OpenTimers()
    {
        SystemRegisters.CNTHCTL_EL2 = s_e2h ? 0xc03UL : 3;
        Instructions.Isb();
    }

    private static void OfEl1(ReadOnlySpan<byte> name, uint control, uint comparator, uint timer, uint count, uint interrupt)
    {
        Code.Begin();
        Code.Mrs(4, count);
        Code.Isb();
        Code.Msr(timer, 1);
        Code.Isb();
        Code.Mrs(5, count);
        Code.Mrs(6, comparator);
        Code.Finish();
        Excursion* end = Arm(Pstate.El1h);
        ulong set = end->X[6] - (Soon / 5);
        end->Check(end->Finished && IsBetween(set, end->X[4], end->X[5]), Prefix, name, "EL1 sets it by its own count"u8);
        Code.Begin();
        EmitWait(control);
        Code.Finish();
        end = Arm(Pstate.El1h);
        end->Check(end->Vector == Vector.LowerIrq, Prefix, name, "its interrupt is EL2's, whatever EL1 masks"u8);
        uint taken = Gic.Acknowledge();
        Tap.Check(taken == interrupt, Prefix, name, "by its number"u8);
        Tap.Check(SystemRegister.Read(El1.Name(control)) == (Enabled | Status), Prefix, name, "EL2 sees that its time has come"u8);
        Code.Begin();
        Code.Mrs(4, control);
        Code.Mrs(5, timer);
        Code.Msr(control, 31);
        Code.Isb();
        Code.Finish();
        end = Excursion.Run(Pstate.El1h);
        end->Check(end->X[4] == (Enabled | Status) && (int)end->X[5] < 0, Prefix, name, "so does EL1"u8);
        Gic.End(taken);
        Tap.Check(Gic.IsQuiet, Prefix, name, "EL1 has switched it off"u8);

        El2.Change(0, Hcr.IMO);
        Code.Begin();
        Code.Msr(timer, 1);
        EmitWait(control);
        Code.Finish();
        end = Arm(Pstate.El1h & ~Pstate.Irq);
        end->Check(end->EndedBy(Vector.Lower, ExceptionClass.Hvc, ByIrq), Prefix, name, "HCR_EL2.IMO=0: its interrupt is EL1's"u8);
        Code.Begin();
        Code.Wfi();
        Code.Mrs(0, Encoding.ICC_IAR1_EL1);
        Code.Dsb();
        Code.Msr(control, 31);
        Code.Isb();
        Code.Msr(Encoding.ICC_EOIR1_EL1, 0);
        Code.Isb();
        Code.Mrs(1, Encoding.ICC_IAR1_EL1);
        Code.Finish();
        end = Excursion.Run(Pstate.El1h);
        end->Check(end->X[0] == interrupt && end->X[1] == Gic.None, Prefix, name, "HCR_EL2.IMO=0: it ends WFI, and EL1 acknowledges it"u8);
        El2.Change(Hcr.IMO);
    }

    // Switches a timer on and goes in a circle, as often as x0 says.
    private static void EmitWait(uint control)
    {
        Code.MoveImmediate(3, (uint)Enabled);
        Code.Msr(control, 3);
        Code.Isb();
        Code.Emit(0xf1000400);                          // subs x0, x0, #1
        Code.Emit(0x54ffffe1);                          // b.ne .-4
    }

    // A short time in x1, and long patience in x0.
    private static Excursion* Arm(ulong pstate)
    {
        Excursion* start = Excursion.Prepare(pstate);
        start->X[0] = 300_000_000;
        start->X[1] = Soon / 5;
        Excursion.Run();
        return start;
    }

    /// <summary>CNTPOFF_EL2: whether it counts is the machine's (QEMU 10.0 without EL3 never lets it), but by all names alike.</summary>
    private static void PhysicalOffset()
    {
        const ulong Shift = 1UL << 40;
        SystemRegisters.CNTPOFF_EL2 = Shift;
        SystemRegisters.CNTHCTL_EL2 |= 1 << 12;
        Instructions.Isb();
        Code.Begin();
        Code.Mrs(0, Encoding.CNTPCT_EL0);
        Code.Mrs(1, CNTPCTSS_EL0);
        Code.MoveImmediate(3, 0);
        Code.Msr(Encoding.CNTP_TVAL_EL0, 3);
        Code.Mrs(2, Encoding.CNTP_CVAL_EL0);
        Code.Finish();
        ulong before = SystemRegisters.CNTPCT_EL0;
        Excursion* end = Excursion.Run(Pstate.El1h);
        ulong lag = end->X[0] - before < Shift / 2 ? 0 : Shift;
        ulong after = SystemRegisters.CNTPCT_EL0;
        end->Check(
            IsBetween(end->X[0] + lag, before, after) && IsBetween(end->X[1] + lag, before, after) && IsBetween(end->X[2] + lag, before, after),
            Prefix, "CNTPOFF_EL2 with CNTHCTL_EL2.ECV: the count and the timer have one offset"u8, default);
        SystemRegisters.CNTPOFF_EL2 = 0;
        OpenTimers();
    }

    private static bool IsBetween(ulong value, ulong first, ulong last) => value >= first && value <= last;
}
