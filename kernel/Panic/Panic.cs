// The end of Nestor: a mistake of its own, found by the hardware or by itself, or a start that makes no sense. Says
// what there is to say, never takes a lock, trusts nothing, and ends the machine with a status that a test can see.

using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Ends that nobody asked for. Nothing here returns.</summary>
public static unsafe class Panic
{
    /// <summary>Number of the CPU that panics, plus 1; 0 while none does.</summary>
    private static int s_owner;

    private static int s_depth;

    /// <summary>Stops with a reason and the way that led here: for what cannot happen.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Stop(ReadOnlySpan<byte> reason)
    {
        Begin(0);
        Console.WriteLine(reason);
        Where();
        BackTrace.Write(Instructions.FramePointer());
        TraceRing.Write(PerCpu.Current);
        Shutdown.End(failed: true);
    }

    /// <summary>Refuses to start: one line, for the user to put right.</summary>
    public static void Refuse(ReadOnlySpan<byte> reason) => RefuseWord(reason, default);

    /// <summary>Refuses to start because of a word that the user wrote.</summary>
    public static void RefuseWord(ReadOnlySpan<byte> reason, ReadOnlySpan<byte> word)
    {
        Console.Write("nestor: "u8);
        Console.Write(reason);
        Console.WriteLine(word);
        Shutdown.End(failed: true);
    }

    /// <summary>An exception taken from EL2, from boot/Vectors.S.</summary>
    /// <param name="frame">The state at the exception.</param>
    /// <param name="vector">Which of the eight vectors for the current exception level.</param>
    [RuntimeExport("nestor_broken")]
    private static void Broken(PanicFrame* frame, ulong vector)
    {
        Begin(frame->Pc);
        PanicReason.Write(frame, vector);
        Console.WriteLine();
        Where();
        PanicRegisters.Write(frame);
        BackTrace.Write(frame);
        TraceRing.Write(PerCpu.Current);
        Shutdown.End(failed: true);
    }

    /// <summary>Returns once, on the first CPU that panics. A panic of the report itself ends the machine at once.</summary>
    private static void Begin(ulong pc)
    {
        PerCpu* cpu = PerCpu.Current;
        int self = cpu == null ? 1 : (int)cpu->Index + 1;
        int owner = Interlocked.CompareExchange(ref s_owner, self, 0);
        if (owner != 0 && owner != self)
        {
            Halt();
        }

        s_depth++;
        if (s_depth == 1)
        {
            Console.Exclusive = (ulong)cpu;
            Console.WriteLine();
            Console.Write("nestor: panic: "u8);
            return;
        }

        if (s_depth == 2)
        {
            Console.WriteLine();
            Console.Write("nestor: panic: and another while reporting it, at "u8);
            Console.WriteHex(pc, 16);
            Console.WriteLine();
            Shutdown.End(failed: true);
        }

        Psci.Reset();
    }

    private static void Where()
    {
        PerCpu* cpu = PerCpu.Current;
        Console.Write("  CPU "u8);
        Console.WriteDecimal(cpu == null ? 0 : cpu->Index);
        if (cpu != null && cpu->Loaded != null)
        {
            Console.Write(", guest "u8);
            Console.Write(VirtualMachine.NameOf(cpu->Loaded->Machine));
            Console.Write(", vCPU "u8);
            Console.WriteDecimal(cpu->Loaded->Index);
            Console.Write(" at "u8);
            Console.WriteHex(cpu->Loaded->Pc, 16);
        }

        Console.WriteLine();
    }

    private static void Halt()
    {
        while (true)
        {
            Instructions.Wfi();
        }
    }
}
