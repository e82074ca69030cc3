// A call of the firmware while the guest's other CPUs make the same call without end: how the cost of one grows with the
// number of vCPUs. `busy=N` says how many CPUs. Under icount the clock counts the instructions of all CPUs, so what is
// reported are the calls of all of them. Of use for that alone, so it has to be asked for.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class BusyRow
{
    private const uint OthersOffset = 0x800;
    private const uint SlotSize = 64;
    private const int Patience = 100_000_000;

    // Of a CPU's slot: calls so far, and whether it is to end.
    private static ulong Slot(uint cpu) => Symbols.DataArea + 0x3800 + (cpu * SlotSize);

    public static void Run(ReadOnlySpan<byte> name)
    {
        if (Text.Equal(name, "busy-call"u8) && Benchmarks.Is(name, name))
        {
            Measure(name, Benchmarks.Number(BootArguments.Value("busy="u8), 1));
        }
    }

    private static void Measure(ReadOnlySpan<byte> name, uint cpus)
    {
        MeasuredLoop.Begin(false);
        Code.Move(0, 7);
        Call();
        MeasuredLoop.Repeat();
        MeasuredLoop.End(false);
        MeasuredLoop.FillTo(OthersOffset);
        EmitOthers();
        MeasuredLoop.Values[7] = Psci.Version;
        for (uint cpu = 1; cpu < cpus; cpu++)
        {
            Mmio.Write64(Slot(cpu), 0);
            Mmio.Write64(Slot(cpu) + 8, 0);
            if (Cpu.Psci(Psci.CpuOn64, cpu, Symbols.CodeArea + OthersOffset, Slot(cpu)) != Psci.Success || !WaitFor(cpu))
            {
                Benchmarks.Fail(name);
                return;
            }
        }

        ulong before = Calls(cpus);
        bool isRun = MeasuredLoop.Run(Benchmarks.Count, out ulong ticks);
        ulong calls = Benchmarks.Count + Calls(cpus) - before;
        for (uint cpu = 1; cpu < cpus; cpu++)
        {
            Mmio.Write64(Slot(cpu) + 8, 1);
        }

        if (!isRun)
        {
            Benchmarks.Fail(name);
            return;
        }

        Benchmarks.Report(name, (uint)calls, ticks);
    }

    // What the other CPUs run, from CPU_ON on: x0 is their slot.
    private static void EmitOthers()
    {
        Code.Move(19, 0);
        ulong again = Code.Offset;
        Code.Emit(0xf9400661);                          // ldr x1, [x19, #8]
        Code.Emit(0xb50000e1);                          // cbnz x1, behind the branch back
        Code.Emit(0xd2b08000);                          // movz x0, #0x8400, lsl #16: PSCI_VERSION
        Call();
        Code.Load(1, 19);
        Code.Add(1, 1, 1);
        Code.Store(1, 19);
        MeasuredLoop.BranchTo(again);
        Code.Emit(0xd2b08000);
        Code.Emit(0xf2800040);                          // movk x0, #2: CPU_OFF
        Call();
        Code.Publish();
    }

    private static void Call()
    {
        if (Cpu.IsAtEl2)
        {
            Code.Smc(0);
        }
        else
        {
            Code.Hvc(0);
        }
    }

    private static bool WaitFor(uint cpu)
    {
        for (int i = 0; i < Patience; i++)
        {
            if (Mmio.Read64(Slot(cpu)) != 0)
            {
                return true;
            }

            Symbols.Yield();
        }

        return false;
    }

    private static ulong Calls(uint cpus)
    {
        ulong sum = 0;
        for (uint cpu = 1; cpu < cpus; cpu++)
        {
            sum += Mmio.Read64(Slot(cpu));
        }

        return sum;
    }
}
