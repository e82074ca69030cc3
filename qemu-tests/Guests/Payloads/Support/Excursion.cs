// The way to try something that may end in an exception: put code into Code, say where it is to run and with which
// registers, and look at the exception that ended it. C# itself never takes one.

using System;
using System.Runtime.InteropServices;

namespace Nestor.Payloads;

/// <summary>What a piece of test code starts with, and after it what it ended with. Offsets: Payload.S.</summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal unsafe struct Excursion
{
    public const int Size = 512;

    /// <summary>x0 to x30.</summary>
    [FieldOffset(0)] public fixed ulong X[31];

    /// <summary>Where it starts; ELR_ELx of the exception that ended it.</summary>
    [FieldOffset(256)] public ulong Pc;

    /// <summary>PSTATE at the start; SPSR_ELx of the exception.</summary>
    [FieldOffset(264)] public ulong Pstate;

    [FieldOffset(272)] public ulong Esr;

    [FieldOffset(280)] public ulong Far;

    [FieldOffset(288)] public ulong Hpfar;

    /// <summary>Offset in the vector table.</summary>
    [FieldOffset(296)] public ulong Vector;

    [FieldOffset(304)] public ulong Stack;

    /// <summary>Exception class of the exception that ended it.</summary>
    public readonly ulong Class => Esr >> 26;

    /// <summary>Its syndrome without class and instruction length.</summary>
    public readonly ulong Syndrome => Esr & 0x1ffffff;

    /// <summary>The place in the code where it ended.</summary>
    public readonly ulong Offset => Pc - Symbols.CodeArea;

    /// <summary>The first CPU's.</summary>
    public static Excursion* Here => (Excursion*)Symbols.Excursions;

    /// <summary>All general registers zero; starts at the code with this PSTATE.</summary>
    public static Excursion* Prepare(ulong pstate)
    {
        Excursion* here = Here;
        for (int i = 0; i < 31; i++)
        {
            here->X[i] = 0;
        }

        here->Pc = Symbols.CodeArea;
        here->Pstate = pstate;
        here->Vector = 0xfff;
        return here;
    }

    /// <summary>Runs what was prepared.</summary>
    public static void Run()
    {
        if (Cpu.IsAtEl2)
        {
            Symbols.RunAtEl2(Here);
        }
        else
        {
            Symbols.RunAtEl1(Here);
        }
    }

    /// <summary>Prepares and runs.</summary>
    public static Excursion* Run(ulong pstate)
    {
        Excursion* here = Prepare(pstate);
        Run();
        return here;
    }

    /// <summary>Whether it ended as expected: in this vector, with this class and syndrome.</summary>
    public readonly bool EndedBy(ulong vector, ulong exceptionClass, ulong syndrome) =>
        Vector == vector && Class == exceptionClass && Syndrome == syndrome;

    /// <summary>Whether it ran to the call that <see cref="Code.Finish"/> puts at the end.</summary>
    public readonly bool Finished => IsSynchronous && Class is (ExceptionClass.Hvc or ExceptionClass.Svc) && Syndrome == Code.End;

    // An interrupt leaves ESR as it was.
    private readonly bool IsSynchronous => (Vector & 0x180) == 0;

    /// <summary>One test line about how it ended; when it failed, the values that say why.</summary>
    public readonly void Check(bool condition, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        Tap.Check(condition, first, second, third);
        if (condition)
        {
            return;
        }

        Tap.Value("vector"u8, Vector);
        Tap.Value("esr"u8, Esr);
        Tap.Value("pc"u8, Offset);
        Tap.Value("spsr"u8, Pstate);
        Tap.Value("far"u8, Far);
        Tap.Value("hpfar"u8, Hpfar);
        for (int i = 0; i < 10; i++)
        {
            if (X[i] != 0)
            {
                Tap.Value("x0 x1 x2 x3 x4 x5 x6 x7 x8 x9 "u8.Slice(i * 3, 2), X[i]);
            }
        }
    }
}
