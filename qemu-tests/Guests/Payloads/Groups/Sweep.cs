// Every encoding of MRS, MSR, SYS and SYSL at each level, as a list of those that do not end in an undefined instruction. It says
// nothing about right or wrong: the test compares the list with the hardware's, and with the tables.

using System;

namespace Nestor.Payloads;

internal static unsafe class Sweep
{
    private const uint Block = 128;                     // encodings that share op0, op1 and CRn
    private const uint FirstBlock = 0x4000 / Block;     // op0 = 1
    private const uint BlockCount = 0x10000 / Block;
    private const byte Undefined = 1;                   // class 0 at the level itself

    private static ulong Results => Symbols.DataArea;

    /// <summary>What instructions that take an address work on.</summary>
    private static ulong Scratch => Symbols.DataArea + 0x2000;

    public static void Run() => El2.InBothFormats(&AtEachLevel);

    public static void RunAtEl1()
    {
        At(Pstate.El1h, "EL1"u8, default);
        At(Pstate.El0, "EL0"u8, default);
        Tap.Check(true, "EL1 and EL0 have tried every encoding"u8);
    }

    private static void AtEachLevel()
    {
        El1.Write(Encoding.VBAR_EL1, Symbols.TryVectors);
        At(Pstate.El2h, "EL2"u8, El2.Prefix);
        At(Pstate.El1h, "EL1"u8, El2.Prefix);
        At(Pstate.El0, "EL0"u8, El2.Prefix);
        Tap.Check(true, El2.Prefix, "EL2, EL1 and EL0 have tried every encoding"u8, default);
    }

    private static void At(ulong pstate, ReadOnlySpan<byte> level, ReadOnlySpan<byte> format)
    {
        for (uint block = FirstBlock; block < BlockCount; block++)
        {
            Code.Begin();
            for (uint i = 0; i < Block; i++)
            {
                Try((block * Block) + i);
            }

            Code.Svc((uint)Code.End);
            Code.Publish();
            Symbols.TryRun(Symbols.CodeArea, pstate, (void*)Results, Scratch);
            Show(block, level, format);
        }
    }

    // A read, and a write of what was read; of a system instruction the address.
    private static void Try(uint encoding)
    {
        const uint Instruction = 1;                     // op0
        const uint StoreResult = 0x380015ec;            // strb w12, [x15], #1
        Code.Move(9, encoding >> 14 == Instruction ? 17u : 31);
        Code.MoveImmediate(12, 0);
        Code.Mrs(9, encoding);
        Code.Emit(StoreResult);
        Code.MoveImmediate(12, 0);
        Code.Msr(encoding, 9);
        Code.Emit(StoreResult);
    }

    private static void Show(uint block, ReadOnlySpan<byte> level, ReadOnlySpan<byte> format)
    {
        bool isOpen = false;
        for (uint i = 0; i < Block; i++)
        {
            byte read = ((byte*)Results)[2 * i];
            byte write = ((byte*)Results)[(2 * i) + 1];
            if (read == Undefined && write == Undefined)
            {
                continue;
            }

            if (!isOpen)
            {
                isOpen = true;
                Hal.Console.Write("# "u8);
                Hal.Console.Write(format);
                Hal.Console.Write(level);
                Hal.Console.Write(" "u8);
                Number(block >> 7, ":"u8);
                Number(block >> 4 & 7, ":"u8);
                Number(block & 15, ":"u8);
            }

            Hal.Console.Write(" "u8);
            Number(i >> 3, ":"u8);
            Number(i & 7, "="u8);
            Outcome(read);
            Outcome(write);
        }

        if (isOpen)
        {
            Hal.Console.WriteLine();
        }
    }

    private static void Number(uint value, ReadOnlySpan<byte> behind)
    {
        Hal.Console.WriteDecimal(value);
        Hal.Console.Write(behind);
    }

    // `k` for done, `-` for undefined, else the exception class, behind `^` if EL2 took it.
    private static void Outcome(byte outcome)
    {
        const byte AtEl2 = 0x80;
        if (outcome is 0 or Undefined)
        {
            Hal.Console.Write(outcome == 0 ? "k"u8 : "-"u8);
            return;
        }

        Hal.Console.Write((outcome & AtEl2) != 0 ? "^"u8 : "!"u8);
        uint number = (uint)(outcome & ~AtEl2) - 1;
        Hal.Console.Write("0123456789abcdef"u8.Slice((int)(number >> 4), 1));
        Hal.Console.Write("0123456789abcdef"u8.Slice((int)(number & 15), 1));
    }
}
