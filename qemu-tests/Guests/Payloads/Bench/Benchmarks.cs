// The list of what is measured. Each row prints `bench NAME COUNT TICKS`: how often it was done and how many ticks of the
// counter all of them took, without the loop around them; and behind it, when it was done in batches, ` quartile TICKS of COUNT`:
// their quartile, and a batch's size. A tick is a nanosecond, and with QEMU's `-icount shift=0` an instruction. A row that cannot
// be measured prints `bench NAME failed` and how it ended. A call with an immediate of its own stands at both ends of a row, so
// that QEMU's log of exceptions can be cut into rows; `count=N` changes the repetitions, and
// `batches=1` has all of them in one batch, so that the difference of two runs is that of the repetitions alone.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Benchmarks
{
    /// <summary>Immediates of the calls in front of a row and behind it. See tools/Bench/TrapLog.cs.</summary>
    private const uint RowBegins = 0x78;
    private const uint RowEnds = 0x79;

    private const uint DefaultCount = 1000;

    /// <summary>Repetitions of a row.</summary>
    public static uint Count;

    /// <summary>CNTPCT_EL0 at the first instruction.</summary>
    public static ulong FirstInstruction;

    /// <summary>Runs the row of this name, or all when it is empty.</summary>
    public static void Run(ReadOnlySpan<byte> name)
    {
        Count = Number(BootArguments.Value("count="u8), DefaultCount);
        Batches.Prepare();
        Prepare();
        if (Is(name, "first-instruction"u8)) { Report("first-instruction"u8, 1, FirstInstruction); }
        CallRows.Run(name);
        RegisterRows.Run(name);
        DeviceRows.Run(name);
        BusyRow.Run(name);
        InterruptRows.Run(name);
        if (Cpu.IsAtEl2) { NestedRows.Run(name); }
        Hal.Console.WriteLine("bench end"u8);
    }

    /// <summary>Whether a row is wanted; then it begins here.</summary>
    public static bool Is(ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> row)
    {
        if (wanted.Length != 0 && !Text.Equal(wanted, row))
        {
            return false;
        }

        Mark(RowBegins);
        return true;
    }

    /// <summary>EL2 as Linux uses it: with the EL1 names for its own registers (E2H).</summary>
    public static void Prepare()
    {
        if (Cpu.IsAtEl2)
        {
            Cpu.ResetHcr(true);
            Cpu.OpenVectors(true);
            SystemRegisters.CNTHCTL_EL2 = 0xc03;
            El1.Reset();
            Instructions.Isb();
            RunProgram();
        }
    }

    // A host that has run a program: until then Nestor traps each write to the VNCR page.
    private static void RunProgram()
    {
        Code.Begin();
        Code.Svc(0);
        Code.Publish();
        El2.Change(Hcr.TGE);
        Excursion.Run(Pstate.El0);
        El2.Change(0, Hcr.TGE);
    }

    /// <summary>Measures the loop that was made.</summary>
    /// <param name="name">The row.</param>
    /// <param name="around">Instructions in the loop that are not the row's.</param>
    /// <param name="prints">What is measured prints: that line is ended before the result.</param>
    public static void Measure(ReadOnlySpan<byte> name, uint around, bool prints = false)
    {
        uint size = Batches.SizeOf(Count);
        if (!MeasuredLoop.RunBatches(size, out ulong all, out ulong quartile))
        {
            Fail(name);
            return;
        }

        if (prints)
        {
            Hal.Console.WriteLine();
        }

        Report(name, size, all, quartile, MeasuredLoop.Empty(size, around));
    }

    /// <summary>Prints the result of batches.</summary>
    /// <param name="name">The row.</param>
    /// <param name="size">Repetitions of a batch.</param>
    /// <param name="all">Ticks of all batches.</param>
    /// <param name="quartile">Ticks of their quartile.</param>
    /// <param name="around">Ticks of a batch that are not the row's.</param>
    public static void Report(ReadOnlySpan<byte> name, uint size, ulong all, ulong quartile, ulong around) =>
        Report(name, size, all, quartile, around * Batches.Number, around);

    /// <summary>The same where what is not the row's differs from batch to batch, too.</summary>
    public static void Report(ReadOnlySpan<byte> name, uint size, ulong all, ulong quartile, ulong allAround, ulong quartileAround)
    {
        Begin(name, size * Batches.Number, all > allAround ? all - allAround : 0);
        Hal.Console.Write(" quartile "u8);
        Hal.Console.WriteDecimal(quartile > quartileAround ? quartile - quartileAround : 0);
        Hal.Console.Write(" of "u8);
        Hal.Console.WriteDecimal(size);
        Hal.Console.WriteLine();
    }

    /// <summary>Prints a result.</summary>
    public static void Report(ReadOnlySpan<byte> name, uint count, ulong ticks)
    {
        Begin(name, count, ticks);
        Hal.Console.WriteLine();
    }

    private static void Begin(ReadOnlySpan<byte> name, uint count, ulong ticks)
    {
        Mark(RowEnds);
        Hal.Console.Write("bench "u8);
        Hal.Console.Write(name);
        Hal.Console.Write(" "u8);
        Hal.Console.WriteDecimal(count);
        Hal.Console.Write(" "u8);
        Hal.Console.WriteDecimal(ticks);
    }

    /// <summary>Says that a row could not be measured, and where it ended.</summary>
    public static void Fail(ReadOnlySpan<byte> name)
    {
        Mark(RowEnds);
        Hal.Console.Write("bench "u8);
        Hal.Console.Write(name);
        Hal.Console.Write(" failed: vector "u8);
        Hal.Console.WriteHex(Excursion.Here->Vector);
        Hal.Console.Write(" esr "u8);
        Hal.Console.WriteHex(Excursion.Here->Esr);
        Hal.Console.Write(" offset "u8);
        Hal.Console.WriteHex(Excursion.Here->Offset);
        Hal.Console.WriteLine();
    }

    private static void Mark(uint immediate)
    {
        Code.Begin();
        if (Cpu.IsAtEl2)
        {
            Code.Hvc(immediate);
        }
        else
        {
            Code.Svc(immediate);
        }

        Code.Publish();
        Excursion.Run(MeasuredLoop.Here);
    }

    /// <summary>A number of the command line.</summary>
    public static uint Number(ReadOnlySpan<byte> digits, uint otherwise)
    {
        uint value = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            value = (value * 10) + digits[i] - '0';
        }

        return value == 0 ? otherwise : value;
    }
}
