// `timer`: the timers of the chosen vCPU, what the counters say, and what each timer waits for.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

internal unsafe struct TimerCommand : IMonitorCommand
{
    private const ulong Enable = 1;
    private const ulong Mask = 2;

    public static ReadOnlySpan<byte> Name => "timer"u8;

    public static ReadOnlySpan<byte> Arguments => ""u8;

    public static ReadOnlySpan<byte> Summary => "the four timers: control, compare value, when they fire, and why an interrupt does not come"u8;

    public static void Run(Words* words)
    {
        VirtualCpu* vcpu = Session.Hold();
        Session.Warn();
        Output.Hex("CNTPCT"u8, SystemRegisters.CNTPCT_EL0 - vcpu->CounterOffset);
        Output.Hex("CNTVOFF_EL2"u8, VcpuView.Get(vcpu, Register.CNTVOFF_EL2));
        Output.Number("frequency"u8, SystemRegisters.CNTFRQ_EL0);
        Output.List("timers"u8);
        Show(vcpu, "CNTV"u8, Register.CNTV_CTL_EL0, 0);
        Show(vcpu, "CNTP"u8, Register.CNTP_CTL_EL0, 1);
        if (vcpu->Machine->HasVirtualEl2)
        {
            Show(vcpu, "CNTHV"u8, Register.CNTHV_CTL_EL2, 2);
            Show(vcpu, "CNTHP"u8, Register.CNTHP_CTL_EL2, 3);
        }

        Session.Release();
    }

    private static void Show(VirtualCpu* vcpu, ReadOnlySpan<byte> name, Register control, uint timer)
    {
        ulong count = SystemRegisters.CNTPCT_EL0 - VirtualTimers.Offset(vcpu, timer);
        ulong value = VcpuView.Get(vcpu, control);
        ulong compare = VcpuView.Get(vcpu, control + 1);
        Output.Row();
        Output.Cell("name"u8, name, 5);
        Output.Number("intid"u8, timer switch { 0 => InterruptIds.VirtualTimer, 1 => InterruptIds.PhysicalTimer, 2 => InterruptIds.HypervisorVirtualTimer, _ => InterruptIds.HypervisorTimer });
        Output.Hex("ctl"u8, value & 3, 1);
        Output.Hex("cval"u8, compare);
        Output.Flag("line"u8, (vcpu->TimerLines >> (int)timer & 1) != 0);
        if ((value & Enable) != 0 && count < compare)
        {
            Output.Number("microseconds"u8, Microseconds(compare - count));
        }

        Output.Cell("waits"u8, Why(value, count >= compare));
    }

    private static ulong Microseconds(ulong ticks)
    {
        ulong perMicrosecond = SystemRegisters.CNTFRQ_EL0 / 1_000_000;
        return perMicrosecond == 0 ? 0 : ticks / perMicrosecond;
    }

    private static ReadOnlySpan<byte> Why(ulong control, bool isMet)
    {
        if ((control & Enable) == 0)
        {
            return "off"u8;
        }

        if (!isMet)
        {
            return (control & Mask) != 0 ? "not yet, and masked"u8 : "not yet"u8;
        }

        return (control & Mask) != 0 ? "met, but masked"u8 : "met: see gic"u8;
    }
}
