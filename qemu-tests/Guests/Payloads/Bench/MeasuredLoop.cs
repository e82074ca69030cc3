// The measuring loop. The code of a row is made at run time, so that nothing stands in the loop that C# put there:
//
//     read the counter; N times { what is measured }; read the counter; back to C#
//
// The same loop with nothing in it is run, too, and its ticks are taken off. A row is run once to warm up: the first time
// fills translations and page tables, which is another cost than the one the row is about.

using Nestor.Hal;

namespace Nestor.Payloads;

/// <summary>Builds, runs and reports one measured loop.</summary>
internal static unsafe class MeasuredLoop
{
    /// <summary>Registers that the loop needs; what is measured may use the others, of which x0 to x7 begin with <see cref="Values"/>.</summary>
    public const uint Counter = 19, Before = 20, After = 21, Vectors = 22, Sum = 23;

    /// <summary>Offset in the code area of the vectors that a row may bring.</summary>
    public const uint VectorOffset = 0x800;

    private const int WarmUp = 2;
    private const uint Nop = 0xd503201f;

    private static ulong s_top;

    /// <summary>What x0 to x7 begin with. Zero unless the row says otherwise after <see cref="Begin"/>.</summary>
    public static ulong* Values => (ulong*)Symbols.DataArea;

    /// <summary>The level of C#, everything masked.</summary>
    public static ulong Here => Cpu.IsAtEl2 ? Pstate.El2h : Pstate.El1h;

    /// <summary>Starts a row's code: the vectors of the row are put in place when it has some.</summary>
    public static void Begin(bool vectors)
    {
        for (int i = 0; i < 8; i++)
        {
            Values[i] = 0;
        }

        Code.Begin();
        if (vectors)
        {
            Code.Mrs(Vectors, Encoding.VBAR_EL1);
            Code.Msr(Encoding.VBAR_EL1, 24);
        }

        Start();
    }

    /// <summary>The clock runs and the loop begins here, not where it was begun before: behind what a row needs only once.</summary>
    public static void Start()
    {
        ReadCounter(Before);
        s_top = Code.Offset;
    }

    /// <summary>Ends the loop's body: once more unless it was the last time.</summary>
    public static void Repeat()
    {
        Code.Emit(0xf1000400 | (Counter << 5) | Counter);                               // subs x19, x19, #1
        BranchIf(NotEqual, s_top);
    }

    /// <summary>Ends a row's code.</summary>
    /// <param name="vectors">Whether the row brought vectors.</param>
    /// <param name="timed">Whether the ticks are the loop's; else the row has added its own to <see cref="Sum"/>.</param>
    public static void End(bool vectors, bool timed = true)
    {
        if (timed)
        {
            ReadCounter(After);
            AddDifference(After, Before);
        }

        if (vectors)
        {
            Code.Msr(Encoding.VBAR_EL1, Vectors);
            Code.Isb();
        }

        Code.Finish();
    }

    public const uint Equal = 0, NotEqual = 1;

    /// <summary>B.cond to an offset in the code.</summary>
    public static void BranchIf(uint condition, ulong offset) =>
        Code.Emit(0x54000000 | (((uint)(offset - Code.Offset) >> 2 & 0x7ffff) << 5) | condition);

    /// <summary>B to an offset in the code.</summary>
    public static void BranchTo(ulong offset) => Code.Emit(0x14000000 | ((uint)(offset - Code.Offset) >> 2 & 0x3ffffff));

    /// <summary>CBZ Xt, to an offset in the code.</summary>
    public static void BranchIfZero(uint register, ulong offset) =>
        Code.Emit(0xb4000000 | (((uint)(offset - Code.Offset) >> 2 & 0x7ffff) << 5) | register);

    /// <summary>Fills up to an offset.</summary>
    public static void FillTo(uint offset)
    {
        while (Code.Offset < offset)
        {
            Code.Nop();
        }
    }

    /// <summary>The counter as it was at this instruction.</summary>
    public static void ReadCounter(uint register)
    {
        Code.Isb();
        Code.Mrs(register, Encoding.CNTVCT_EL0);
    }

    /// <summary>Adds what lies between two readings of the counter to the row's ticks. The later one is lost.</summary>
    public static void AddDifference(uint late, uint early)
    {
        Code.Emit(0xcb000000 | (early << 16) | (late << 5) | late);                     // sub
        Code.Emit(0x8b000000 | (late << 16) | (Sum << 5) | Sum);                        // add
    }

    /// <summary>Runs the code that was made, first a little and then in earnest.</summary>
    /// <param name="count">Repetitions.</param>
    /// <param name="ticks">What they took.</param>
    /// <returns>Whether it ended as it should.</returns>
    public static bool Run(uint count, out ulong ticks) => RunOnce(WarmUp, out ticks) && RunOnce(count, out ticks);

    /// <summary>Runs the code that was made in batches, after a little of it.</summary>
    /// <param name="size">Repetitions of a batch.</param>
    /// <param name="all">What all batches took.</param>
    /// <param name="quartile">What their quartile took.</param>
    /// <returns>Whether all ended as they should.</returns>
    public static bool RunBatches(uint size, out ulong all, out ulong quartile)
    {
        Batches.Begin();
        bool isRun = RunOnce(WarmUp, out _);
        for (uint i = 0; i < Batches.Number && isRun; i++)
        {
            isRun = RunOnce(size, out ulong ticks);
            Batches.Add(ticks);
        }

        all = Batches.All;
        quartile = Batches.Quartile;
        return isRun;
    }

    /// <summary>Ticks of a batch with nothing but so many instructions in the loop.</summary>
    public static ulong Empty(uint size, uint instructions)
    {
        Begin(false);
        for (uint i = 0; i < instructions; i++)
        {
            Code.Emit(Nop);
        }

        Repeat();
        End(false);
        return RunBatches(size, out _, out ulong quartile) ? quartile : 0;
    }

    private static bool RunOnce(uint count, out ulong ticks)
    {
        Excursion* here = Excursion.Prepare(Here);
        for (int i = 0; i < 8; i++)
        {
            here->X[i] = Values[i];
        }

        here->X[Counter] = count;
        here->X[Sum] = 0;
        here->X[24] = Symbols.CodeArea + VectorOffset;
        Excursion.Run();
        ticks = here->X[Sum];
        return here->Class is ExceptionClass.Hvc or ExceptionClass.Svc && here->Syndrome == Code.End;
    }
}
