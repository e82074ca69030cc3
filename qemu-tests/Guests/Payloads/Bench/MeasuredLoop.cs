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
    public static void End(bool vectors)
    {
        ReadCounter(After);
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

    /// <summary>Runs the code that was made, first a little and then in earnest.</summary>
    /// <param name="count">Repetitions.</param>
    /// <returns>Where the excursion ended; null when it did not end as it should.</returns>
    public static Excursion* Run(uint count)
    {
        Excursion* end = RunOnce(WarmUp);
        return end == null ? null : RunOnce(count);
    }

    /// <summary>Ticks of the loop with nothing but so many instructions in it.</summary>
    public static ulong Empty(uint count, uint instructions)
    {
        Begin(false);
        for (uint i = 0; i < instructions; i++)
        {
            Code.Emit(Nop);
        }

        Repeat();
        End(false);
        Excursion* end = Run(count);
        return end == null ? 0 : end->X[After] - end->X[Before];
    }

    private static Excursion* RunOnce(uint count)
    {
        Excursion* here = Excursion.Prepare(Here);
        for (int i = 0; i < 8; i++)
        {
            here->X[i] = Values[i];
        }

        here->X[Counter] = count;
        here->X[24] = Symbols.CodeArea + VectorOffset;
        Excursion.Run();
        return here->Class is ExceptionClass.Hvc or ExceptionClass.Svc && here->Syndrome == Code.End ? here : null;
    }
}
