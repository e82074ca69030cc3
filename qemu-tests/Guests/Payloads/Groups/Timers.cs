// The five timers of a CPU: when their condition is met, which interrupt they raise and by which names they are reached.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class Timers
{
    private const ulong Soon = 50_000_000;
    private const ulong Enabled = 1;
    private const ulong Masked = 2;
    private const ulong Status = 4;
    private const uint HypervisorTimer = 26;
    private const uint VirtualTimer = 27;
    private const uint HypervisorVirtualTimer = 28;
    private const uint PhysicalTimer = 30;

    private static bool s_e2h;

    private static ReadOnlySpan<byte> Prefix => !Cpu.IsAtEl2 ? "EL1: "u8 : s_e2h ? "E2H=1: "u8 : "E2H=0: "u8;

    public static void Run()
    {
        Gic.Open();
        GicCpuInterface.Enable(Gic.Own, HypervisorTimer);
        GicCpuInterface.Enable(Gic.Own, VirtualTimer);
        GicCpuInterface.Enable(Gic.Own, HypervisorVirtualTimer);
        GicCpuInterface.Enable(Gic.Own, PhysicalTimer);
        Enter(false, Hcr.IMO);
        Timer("CNTHP: "u8, Encoding.CNTHP_CTL_EL2, Encoding.CNTHP_CVAL_EL2, Encoding.CNTHP_TVAL_EL2, Encoding.CNTPCT_EL0, HypervisorTimer);
        Timer("CNTHV: "u8, Encoding.CNTHV_CTL_EL2, Encoding.CNTHV_CVAL_EL2, Encoding.CNTHV_TVAL_EL2, Encoding.CNTPCT_EL0, HypervisorVirtualTimer);
        Timer("CNTP: "u8, Encoding.CNTP_CTL_EL0, Encoding.CNTP_CVAL_EL0, Encoding.CNTP_TVAL_EL0, Encoding.CNTPCT_EL0, PhysicalTimer);
        Timer("CNTV: "u8, Encoding.CNTV_CTL_EL0, Encoding.CNTV_CVAL_EL0, Encoding.CNTV_TVAL_EL0, Encoding.CNTVCT_EL0, VirtualTimer);
        Offset();
        Enter(true, Hcr.IMO);
        Timer("CNTP_EL02: "u8, Encoding.CNTP_CTL_EL02, Encoding.CNTP_CVAL_EL02, Encoding.CNTP_TVAL_EL02, Encoding.CNTPCT_EL0, PhysicalTimer);
        Timer("CNTV_EL02: "u8, Encoding.CNTV_CTL_EL02, Encoding.CNTV_CVAL_EL02, Encoding.CNTV_TVAL_EL02, Encoding.CNTPCT_EL0, VirtualTimer);
        Offset();
        Enter(true, Hcr.TGE);
        Timer("CNTHP under TGE: "u8, Encoding.CNTHP_CTL_EL2, Encoding.CNTHP_CVAL_EL2, Encoding.CNTHP_TVAL_EL2, Encoding.CNTPCT_EL0, HypervisorTimer);
        Timer("CNTHV under TGE: "u8, Encoding.CNTHV_CTL_EL2, Encoding.CNTHV_CVAL_EL2, Encoding.CNTHV_TVAL_EL2, Encoding.CNTVCT_EL0, HypervisorVirtualTimer);
        Timer("CNTP is CNTHP: "u8, Encoding.CNTP_CTL_EL0, Encoding.CNTP_CVAL_EL0, Encoding.CNTP_TVAL_EL0, Encoding.CNTPCT_EL0, HypervisorTimer);
        Timer("CNTV is CNTHV: "u8, Encoding.CNTV_CTL_EL0, Encoding.CNTV_CVAL_EL0, Encoding.CNTV_TVAL_EL0, Encoding.CNTVCT_EL0, HypervisorVirtualTimer);
        Cpu.ResetHcr(false);
    }

    /// <summary>The two timers of a plain kernel at EL1.</summary>
    public static void RunAtEl1()
    {
        Gic.Open();
        GicCpuInterface.Enable(Gic.Own, VirtualTimer);
        GicCpuInterface.Enable(Gic.Own, PhysicalTimer);
        Timer("CNTP: "u8, Encoding.CNTP_CTL_EL0, Encoding.CNTP_CVAL_EL0, Encoding.CNTP_TVAL_EL0, Encoding.CNTPCT_EL0, PhysicalTimer);
        Timer("CNTV: "u8, Encoding.CNTV_CTL_EL0, Encoding.CNTV_CVAL_EL0, Encoding.CNTV_TVAL_EL0, Encoding.CNTVCT_EL0, VirtualTimer);
    }

    private static void Enter(bool e2h, ulong routing)
    {
        s_e2h = e2h;
        Cpu.ResetHcr(e2h);
        El1.Reset();
        Cpu.SetHcr(SystemRegisters.HCR_EL2 | routing);
        SystemRegisters.CNTVOFF_EL2 = 0;
        SystemRegisters.CNTHCTL_EL2 = e2h ? 0xc03UL : 3;
    }

    private static void Timer(ReadOnlySpan<byte> name, uint control, uint comparator, uint value, uint counter, uint interrupt)
    {
        SystemRegister.Write(control, 0);
        SystemRegister.Write(comparator, SystemRegister.Read(counter) + (1UL << 40));
        SystemRegister.Write(control, Enabled);
        Tap.Check(SystemRegister.Read(control) == Enabled, Prefix, name, "no status before its time"u8);
        Tap.Check(Gic.IsQuiet, Prefix, name, "no interrupt before its time"u8);

        SystemRegister.Write(value, Soon);
        Tap.Check(Gic.Wait(Cpu.Level)->Vector == Vector.CurrentIrq, Prefix, name, "an interrupt at its time"u8);
        Tap.Check(SystemRegister.Read(counter) >= SystemRegister.Read(comparator), Prefix, name, "not before its time"u8);
        Tap.Check(SystemRegister.Read(control) == (Enabled | Status), Prefix, name, "status at its time"u8);
        Tap.Check((int)SystemRegister.Read(value) < 0, Prefix, name, "TVAL is negative afterwards"u8);
        uint taken = Gic.Acknowledge();
        Tap.Check(taken == interrupt, Prefix, name, "the interrupt is the timer's"u8);
        if (taken != interrupt)
        {
            Tap.Value("acknowledged"u8, taken);
        }

        Gic.End(taken);
        Tap.Check(Gic.Takes(interrupt, control, Enabled | Masked), Prefix, name, "the interrupt stays while the condition does"u8);
        Tap.Check(Gic.IsQuiet, Prefix, name, "no interrupt while masked"u8);
        Tap.Check(SystemRegister.Read(control) == (Enabled | Masked | Status), Prefix, name, "status while masked"u8);
        SystemRegister.Write(control, Enabled);
        Tap.Check(Gic.Takes(interrupt, comparator, ulong.MaxValue >> 1), Prefix, name, "the interrupt is back when unmasked"u8);
        Tap.Check(SystemRegister.Read(control) == Enabled, Prefix, name, "no status after a new comparator"u8);
        Tap.Check(Gic.IsQuiet, Prefix, name, "no interrupt after a new comparator"u8);
        SystemRegister.Write(comparator, 0);
        Tap.Check(Gic.Takes(interrupt, control, 0), Prefix, name, "a comparator in the past interrupts at once"u8);
        Tap.Check(Gic.IsQuiet, Prefix, name, "no interrupt when disabled"u8);
    }

    /// <summary>
    /// A line that goes down before its interrupt is acknowledged takes the interrupt with it. A hypervisor that lets the
    /// guest drive a timer must notice, so this is a group of its own.
    /// </summary>
    public static void Withdrawal()
    {
        Gic.Open();
        GicCpuInterface.Enable(Gic.Own, HypervisorTimer);
        GicCpuInterface.Enable(Gic.Own, VirtualTimer);
        GicCpuInterface.Enable(Gic.Own, HypervisorVirtualTimer);
        GicCpuInterface.Enable(Gic.Own, PhysicalTimer);
        Enter(false, Hcr.IMO);
        Withdrawn("CNTHP: "u8, Encoding.CNTHP_CTL_EL2, Encoding.CNTHP_CVAL_EL2, HypervisorTimer);
        Withdrawn("CNTHV: "u8, Encoding.CNTHV_CTL_EL2, Encoding.CNTHV_CVAL_EL2, HypervisorVirtualTimer);
        Withdrawn("CNTP: "u8, Encoding.CNTP_CTL_EL0, Encoding.CNTP_CVAL_EL0, PhysicalTimer);
        Withdrawn("CNTV: "u8, Encoding.CNTV_CTL_EL0, Encoding.CNTV_CVAL_EL0, VirtualTimer);
        Enter(true, Hcr.TGE);
        Withdrawn("CNTP is CNTHP: "u8, Encoding.CNTP_CTL_EL0, Encoding.CNTP_CVAL_EL0, HypervisorTimer);
        Withdrawn("CNTV is CNTHV: "u8, Encoding.CNTV_CTL_EL0, Encoding.CNTV_CVAL_EL0, HypervisorVirtualTimer);
        Cpu.ResetHcr(false);
    }

    private static void Withdrawn(ReadOnlySpan<byte> name, uint control, uint comparator, uint interrupt)
    {
        SystemRegister.Write(comparator, 0);
        SystemRegister.Write(control, Enabled);
        Tap.Check(SystemRegisters.ICC_HPPIR1_EL1 == interrupt, Prefix, name, "its interrupt is pending"u8);
        SystemRegister.Write(control, 0);
        Tap.Check(SystemRegisters.ICC_HPPIR1_EL1 == Gic.None, Prefix, name, "it is withdrawn with the condition"u8);
        Tap.Check(Gic.IsQuiet, Prefix, name, "it does not come"u8);
        while (Gic.Acknowledge() is < Gic.None and var late)
        {
            Gic.End(late);
        }
    }

    private static void Offset()
    {
        const ulong Offset = 1UL << 26;
        SystemRegisters.CNTVOFF_EL2 = Offset;
        Instructions.Isb();
        Code.Begin();
        Code.Mrs(0, Encoding.CNTPCT_EL0);
        Code.Isb();
        Code.Mrs(1, Encoding.CNTVCT_EL0);
        Code.Isb();
        Code.Mrs(2, Encoding.CNTPCT_EL0);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        end->Check(end->X[0] - Offset <= end->X[1] && end->X[1] <= end->X[2] - Offset, Prefix, "CNTVOFF_EL2 shifts CNTVCT at EL1"u8, default);
        end = Excursion.Run(Pstate.El2h);
        ulong at2 = s_e2h ? 0 : Offset;
        end->Check(end->X[0] - at2 <= end->X[1] && end->X[1] <= end->X[2] - at2, Prefix, "CNTVOFF_EL2 at EL2 depends on E2H"u8, default);

        SystemRegister.Write(El1.Name(Encoding.CNTV_CVAL_EL0), SystemRegister.Read(Encoding.CNTPCT_EL0) - Offset + Soon);
        SystemRegister.Write(El1.Name(Encoding.CNTV_CTL_EL0), Enabled);
        Tap.Check(SystemRegister.Read(El1.Name(Encoding.CNTV_CTL_EL0)) == Enabled, Prefix, "CNTVOFF_EL2 shifts the virtual timer"u8, default);
        end = Gic.Wait(Pstate.El1h);
        end->Check(end->Vector == Vector.LowerIrq, Prefix, "the virtual timer interrupts EL1 to EL2"u8, default);
        uint taken = Gic.Acknowledge();
        Tap.Check(taken == VirtualTimer, Prefix, "EL2 acknowledges the virtual timer"u8, default);
        SystemRegister.Write(El1.Name(Encoding.CNTV_CTL_EL0), 0);
        Gic.End(taken);
        SystemRegisters.CNTVOFF_EL2 = 0;
    }
}
