// Interrupts: taken, ended, sent to the other CPU, and how late a timer's comes.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class InterruptRows
{
    private const uint Sgi = 5;
    private const uint Ahead = 50_000;
    private const ulong SgiFrame = Gic.Redistributors + Gic.SgiFrame;

    private static uint Rounds => Benchmarks.Count / 5;

    // The timer that Linux uses at each level: the hypervisor's by its EL1 name, and the virtual one.
    private static uint TimerInterrupt => Cpu.IsAtEl2 ? 26u : 27u;

    private static uint TimerControl => Cpu.IsAtEl2 ? Encoding.CNTP_CTL_EL0 : Encoding.CNTV_CTL_EL0;

    private static uint TimerCompare => Cpu.IsAtEl2 ? Encoding.CNTP_CVAL_EL0 : Encoding.CNTV_CVAL_EL0;

    public static void Run(ReadOnlySpan<byte> name)
    {
        Open(0);
        if (Benchmarks.Is(name, "sgi-to-self"u8)) { SgiToSelf("sgi-to-self"u8); }
        if (Benchmarks.Is(name, "end-of-interrupt"u8)) { EndOfInterrupt("end-of-interrupt"u8); }
        if (Benchmarks.Is(name, "timer-latency"u8)) { TimerLatency("timer-latency"u8, wait: false); }
        if (Benchmarks.Is(name, "timer-wakes-wfi"u8)) { TimerLatency("timer-wakes-wfi"u8, wait: true); }
        if (Benchmarks.Is(name, "ipi"u8)) { Ipi("ipi"u8); }
        if (Text.Equal(name, "vcpu-switch"u8) && Benchmarks.Is(name, name)) { Turns(name); }
        if (Cpu.IsAtEl2) { Cpu.ResetHcr(true); }
    }

    /// <summary>
    /// What the second CPU does meanwhile: answers each SGI with one, and waits for a last one. Were it to spin instead, the
    /// first CPU would get the answer only at the end of a turn, where QEMU lets the CPUs take turns.
    /// </summary>
    public static void Answer()
    {
        Open(1);
        SecondCpu.Tell(1, 1);
        uint rounds = 1 + (Batches.Number * Batches.SizeOf(Rounds));
        for (uint i = 0; i < rounds; i++)
        {
            Take();
            Send(0);
        }

        Take();
    }

    /// <summary>What the second CPU does while turns are counted.</summary>
    public static void TakeTurns()
    {
        Open(1);
        Send(1);
        SecondCpu.Tell(1, 1);
        while (SecondCpu.Value(2) == 0)
        {
            GiveTurn();
        }

        Take();
    }

    private static void Open(uint cpu)
    {
        if (cpu == 0)
        {
            GicDistributor.Open(Gic.Distributor);
        }

        if (Cpu.IsAtEl2)
        {
            Cpu.ResetHcr(true);
            Cpu.SetHcr(SystemRegisters.HCR_EL2 | Hcr.IMO);
            Gic.OpenThisCpu();
        }

        ulong frame = SgiFrame + (cpu * 0x2_0000UL);
        Mmio.Write32(frame + 0x80, 0xffff_ffff);
        Mmio.Write32(frame + 0x100, 0xffff | (1u << 26) | (1u << 27));
        for (uint i = 0; i < 32; i += 4)
        {
            Mmio.Write32(frame + 0x400 + i, 0xa0a0a0a0);
        }

        SystemRegisters.ICC_PMR_EL1 = 0xff;
        SystemRegisters.ICC_IGRPEN1_EL1 = 1;
        Instructions.Isb();
    }

    /// <summary>Sent, taken, acknowledged, ended, and back; it waits for the handler's sign.</summary>
    private static void SgiToSelf(ReadOnlySpan<byte> name)
    {
        MeasuredLoop.Begin(true);
        Code.Unmask(2);
        MeasuredLoop.Start();
        Code.Msr(Encoding.ICC_SGI1R_EL1, 1);
        MeasuredLoop.BranchIfZero(3, Code.Offset);
        Code.MoveImmediate(3, 0);
        MeasuredLoop.Repeat();
        MeasuredLoop.End(true);
        MeasuredLoop.FillTo(MeasuredLoop.VectorOffset + 0x280);
        Code.Mrs(2, Encoding.ICC_IAR1_EL1);
        Code.Msr(Encoding.ICC_EOIR1_EL1, 2);
        Code.MoveImmediate(3, 1);
        Code.Eret();
        Code.Publish();
        MeasuredLoop.Values[1] = (Sgi << 24) | 1;
        Benchmarks.Measure(name, 1);
    }

    /// <summary>ICC_EOIR1_EL1 alone: the clock runs only around it.</summary>
    private static void EndOfInterrupt(ReadOnlySpan<byte> name)
    {
        uint size = Batches.SizeOf(Benchmarks.Count);
        EmitEnds(inside: false);
        bool isRun = MeasuredLoop.RunBatches(size, out ulong allWithout, out ulong quartileWithout);
        EmitEnds(inside: true);
        if (isRun && MeasuredLoop.RunBatches(size, out ulong all, out ulong quartile))
        {
            Benchmarks.Report(name, size, all, quartile, allWithout, quartileWithout);
        }
        else
        {
            Benchmarks.Fail(name);
        }
    }

    private static void EmitEnds(bool inside)
    {
        MeasuredLoop.Begin(false);
        Code.Msr(Encoding.ICC_SGI1R_EL1, 1);
        ulong again = Code.Offset;
        Code.Isb();
        Code.Mrs(2, Encoding.ICC_IAR1_EL1);
        Code.Emit(0xf10ffc5f);                          // cmp x2, #1023
        MeasuredLoop.BranchIf(MeasuredLoop.Equal, again);
        MeasuredLoop.ReadCounter(3);
        if (inside)
        {
            Code.Msr(Encoding.ICC_EOIR1_EL1, 2);
        }

        MeasuredLoop.ReadCounter(4);
        if (!inside)
        {
            Code.Msr(Encoding.ICC_EOIR1_EL1, 2);
        }

        MeasuredLoop.AddDifference(4, 3);
        MeasuredLoop.Repeat();
        MeasuredLoop.End(false, timed: false);
        MeasuredLoop.Values[1] = (Sgi << 24) | 1;
    }

    /// <summary>From the time that a timer is set to until the first instruction of the handler, or the one behind WFI.</summary>
    private static void TimerLatency(ReadOnlySpan<byte> name, bool wait)
    {
        MeasuredLoop.Begin(true);
        if (!wait)
        {
            Code.Unmask(2);
        }

        MeasuredLoop.Start();
        MeasuredLoop.ReadCounter(1);
        Code.Emit(0x8b060021);                          // add x1, x1, x6
        Code.Msr(TimerCompare, 1);
        Code.Msr(TimerControl, 5);
        Code.Isb();
        if (wait)
        {
            Code.Wfi();
            Code.Mrs(4, Encoding.CNTVCT_EL0);
            EmitTake();
        }
        else
        {
            MeasuredLoop.BranchIfZero(3, Code.Offset);
            Code.MoveImmediate(3, 0);
        }

        MeasuredLoop.AddDifference(4, 1);
        MeasuredLoop.Repeat();
        MeasuredLoop.End(true, timed: false);
        MeasuredLoop.FillTo(MeasuredLoop.VectorOffset + 0x280);
        Code.Mrs(4, Encoding.CNTVCT_EL0);
        EmitTake();
        Code.MoveImmediate(3, 1);
        Code.Eret();
        Code.Publish();
        MeasuredLoop.Values[5] = 1;
        MeasuredLoop.Values[6] = Ahead;

        // Those that nobody sleeps for one by one: below a guest hypervisor, several behind one another come sooner or later by
        // how they fall between its ticks.
        uint size = wait || Batches.Number == 1 ? Batches.SizeOf(Rounds) : 1;
        if (MeasuredLoop.RunBatches(size, out ulong all, out ulong quartile))
        {
            Benchmarks.Report(name, size, all, quartile, 0);
        }
        else
        {
            Benchmarks.Fail(name);
        }
    }

    private static void EmitTake()
    {
        Code.Mrs(2, Encoding.ICC_IAR1_EL1);
        Code.Msr(TimerControl, 31);
        Code.Msr(Encoding.ICC_EOIR1_EL1, 2);
    }

    /// <summary>To the other CPU, which waits in WFI, and back while this one waits in WFI: two interrupts a round.</summary>
    private static void Ipi(ReadOnlySpan<byte> name)
    {
        if (SecondCpu.TurnOn() != Psci.Success)
        {
            Benchmarks.Fail(name);
            return;
        }

        SecondCpu.Begin(SecondCpu.AnswerInterrupts);
        while (SecondCpu.Value(1) != 1)
        {
            Symbols.Yield();
        }

        uint size = Batches.SizeOf(Rounds);
        Exchange(1);
        ulong around = Exchange(0);
        Batches.Begin();
        for (uint i = 0; i < Batches.Number; i++)
        {
            Batches.Add(Exchange(size));
        }

        Send(1);
        if (SecondCpu.WaitForEnd() && SecondCpu.TurnOff())
        {
            Benchmarks.Report(name, 2 * size, Batches.All, Batches.Quartile, around);
        }
        else
        {
            // It would take its share of what the rows after this one count.
            Benchmarks.Fail(name);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Exchange(uint rounds)
    {
        Instructions.Isb();
        ulong start = SystemRegisters.CNTPCT_EL0;
        for (uint i = 0; i < rounds; i++)
        {
            Send(1);
            Take();
        }

        Instructions.Isb();
        return SystemRegisters.CNTPCT_EL0 - start;
    }

    /// <summary>
    /// CPU_SUSPEND with an interrupt pending, on both CPUs: each could go on at once, but where both are vCPUs of one CPU, the
    /// other's turn comes first. So a round is two switches. Of use on one CPU only, so it has to be asked for.
    /// </summary>
    private static void Turns(ReadOnlySpan<byte> name)
    {
        SecondCpu.Tell(1, 0);
        SecondCpu.Tell(2, 0);
        if (SecondCpu.TurnOn() != Psci.Success)
        {
            Benchmarks.Fail(name);
            return;
        }

        SecondCpu.Begin(SecondCpu.TakeTurns);
        while (SecondCpu.Value(1) != 1)
        {
            Symbols.Yield();
        }

        Send(0);
        GiveTurn();
        Instructions.Isb();
        ulong start = SystemRegisters.CNTPCT_EL0;
        for (uint i = 0; i < Rounds; i++)
        {
            GiveTurn();
        }

        Instructions.Isb();
        ulong ticks = SystemRegisters.CNTPCT_EL0 - start;
        Take();
        SecondCpu.Tell(2, 1);
        if (SecondCpu.WaitForEnd() && SecondCpu.TurnOff())
        {
            Benchmarks.Report(name, 2 * Rounds, ticks);
        }
        else
        {
            Benchmarks.Fail(name);
        }
    }

    private static void GiveTurn() => Cpu.Psci(Psci.CpuSuspend64, 0, 0, 0);

    private static void Send(int cpu) => SystemRegisters.ICC_SGI1R_EL1 = (Sgi << 24) | (1UL << cpu);

    private static void Take()
    {
        uint taken;
        while ((taken = Gic.Acknowledge()) == Gic.None)
        {
            Instructions.Wfi();
        }

        Gic.End(taken);
    }
}
