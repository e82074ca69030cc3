// Nobody's registers are another's: every register that an access reaches without an exception, and that keeps what is written, gets
// a value of this vCPU's own, and must have it after another vCPU has done the same. The other one is the second CPU of this VM,
// or, where there is none, that of another VM with another pattern on the same CPU.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Leak
{
    private const uint Block = 128;
    private const uint FirstBlock = 0x8000 / Block;     // op0 = 2
    private const uint BlockCount = 0x10000 / Block;
    private const ulong Kept = 0x4700_0000;             // beyond all that other groups use: two words an encoding, and a table for each CPU
    private const ulong KeptSize = 0x20_0000;
    private const ulong First = 0x5555_5555_5555_5555;
    private const ulong Second = 0xaaaa_aaaa_aaaa_aaaa;
    private const int Rounds = 3;

    /// <summary>The group.</summary>
    public static void Run()
    {
        El2.InBothFormats(&AtEl2);
        Tap.Check(!s_hasSecond || SecondCpu.TurnOff(), "the second CPU goes off"u8);
    }

    public static void RunAtEl1()
    {
        Checks(default);
        Tap.Check(!s_hasSecond || SecondCpu.TurnOff(), "the second CPU goes off"u8);
    }

    private static bool s_hasSecond;

    /// <summary>What the second CPU does for the first.</summary>
    public static void WriteOnSecond()
    {
        Enter();
        SecondCpu.Tell(0, Write(1, Second));
    }

    /// <summary>The same, later.</summary>
    public static void CheckOnSecond() => SecondCpu.Tell(0, Lost(1));

    private static void AtEl2() => Checks(El2.Prefix);

    private static void Checks(ReadOnlySpan<byte> format)
    {
        s_hasSecond |= BootArguments.Value("pattern="u8).Length == 0 && SecondCpu.TurnOn() == Psci.Success;
        bool isOther = Text.Equal(BootArguments.Value("pattern="u8), "second"u8);
        for (int round = 0; round < Rounds; round++)
        {
            Enter();
            bool good = Write(0, isOther ? Second : First) > 50;
            if (s_hasSecond)
            {
                good &= Do(SecondCpu.WriteEverything) && SecondCpu.Value(0) > 50;
            }
            else
            {
                Spin();
            }

            Tap.Check(good, format, "the vCPU has written everything that it can"u8, default);
            Tap.Check(Lost(0) == 0, format, "the vCPU has what it wrote"u8, default);
            if (s_hasSecond)
            {
                Tap.Check(Do(SecondCpu.CheckEverything) && SecondCpu.Value(0) == 0, format, "so has the other one"u8, default);
            }
        }
    }

    // Both use one area for code, so one waits for the other, however long that takes.
    private static bool Do(uint command)
    {
        SecondCpu.Begin(command);
        bool isDone = false;
        for (int i = 0; i < 100 && !isDone; i++)
        {
            isDone = SecondCpu.WaitForEnd();
        }

        return isDone;
    }

    private static void Enter()
    {
        if (Cpu.IsAtEl2)
        {
            Cpu.ResetHcr(El2.IsE2h);
            Cpu.OpenVectors(El2.IsE2h);
        }
    }

    // Long enough for some turns of others.
    private static void Spin()
    {
        for (uint i = 0; i < 3_000_000; i++)
        {
            Symbols.Yield();
        }
    }

    // Writes what can be read and keeps its value, and tells how many registers that are.
    private static ulong Write(uint cpu, ulong pattern)
    {
        ulong count = 0;
        for (uint block = FirstBlock; block < BlockCount; block++)
        {
            Values* values = Of(cpu, block);
            Read(block, values);            // IsKept: the exception
            bool hasAny = false;
            Code.Begin();
            for (uint i = 0; i < Block; i++)
            {
                uint encoding = (block * Block) + i;
                bool isWritten = values[i].IsKept == 0 && !IsSpared(encoding);
                values[i].IsKept = isWritten ? 1UL : 0;
                if (isWritten)
                {
                    const uint Flip = 0xca110129;       // eor x9, x9, x17
                    hasAny = true;
                    Code.Mrs(9, encoding);
                    Code.Emit(Flip);
                    Code.Msr(encoding, 9);
                }
            }

            if (hasAny)
            {
                Run(null, pattern);
            }
        }

        // Two passes: what a write to one register does to another, and what counts or stays as it was, is not to be expected.
        for (uint block = FirstBlock; block < BlockCount; block++)
        {
            ReadAgain(block, Of(cpu, block), ref count);
        }

        return count;
    }

    private static void ReadAgain(uint block, Values* values, ref ulong count)
    {
        if (!HasAny(values))
        {
            return;
        }

        Values* now = (Values*)(Kept + (2 * KeptSize));
        Read(block, now);
        for (uint i = 0; i < Block; i++)
        {
            // It has changed, so it can be written.
            bool isKept = values[i].IsKept != 0 && now[i].IsKept == 0 && now[i].Value != values[i].Value;
            values[i].IsKept = isKept ? 1UL : 0;
            values[i].Value = now[i].Value;
        }

        Read(block, now);
        for (uint i = 0; i < Block; i++)
        {
            values[i].IsKept &= now[i].Value == values[i].Value ? 1UL : 0;
            count += values[i].IsKept;
        }
    }

    private static ulong Lost(uint cpu)
    {
        Values* now = (Values*)(Kept + (2 * KeptSize));
        ulong lost = 0;
        for (uint block = FirstBlock; block < BlockCount; block++)
        {
            Values* values = Of(cpu, block);
            if (!HasAny(values))
            {
                continue;
            }

            Read(block, now);
            for (uint i = 0; i < Block; i++)
            {
                if (values[i].IsKept != 0 && (now[i].IsKept != 0 || now[i].Value != values[i].Value))
                {
                    lost++;
                    Tap.Value("encoding"u8, (block * Block) + i);
                    Tap.Value("had"u8, values[i].Value);
                    Tap.Value("has"u8, now[i].Value);
                }
            }
        }

        return lost;
    }

    private static bool HasAny(Values* values)
    {
        ulong any = 0;
        for (uint i = 0; i < Block; i++)
        {
            any |= values[i].IsKept;
        }

        return any != 0;
    }

    // The values of a block; IsKept is the exception.
    private static void Read(uint block, Values* into)
    {
        const uint StoreBoth = 0xa88131e9;              // stp x9, x12, [x15], #16
        Code.Begin();
        for (uint i = 0; i < Block; i++)
        {
            Code.MoveImmediate(12, 0);
            Code.Mrs(9, (block * Block) + i);
            Code.Emit(StoreBoth);
        }

        Run(into, 0);
    }

    private static void Run(void* results, ulong value)
    {
        Code.Svc((uint)Code.End);
        Code.Publish();
        Symbols.TryRun(Symbols.CodeArea, Cpu.Level, results, value);
    }

    private static Values* Of(uint cpu, uint block) => (Values*)(Kept + (cpu * KeptSize) + (block * Block * (uint)sizeof(Values)));

    // What decides how the CPU goes on: translation and byte order, vectors, traps of its own level, stack, masks, reset. And TVAL:
    // it sets a timer to some seconds from now, and when it goes off, CTL has another value.
    private static bool IsSpared(uint encoding)
    {
        const uint AnyLevel = 0xc7ff;
        const uint Sctlr = 0xc080;                      // 3 x 1 0 0
        const uint Sctlr2 = 0xc083;
        const uint Cpacr = 0xc082;
        const uint Vbar = 0xc600;
        const uint Rmr = 0xc602;
        const uint Gcscr = 0xc128;
        const uint PhysicalTval = 0xc710;
        const uint VirtualTval = 0xc718;
        return (encoding & AnyLevel) is Sctlr or Sctlr2 or Cpacr or Vbar or Rmr or Gcscr or PhysicalTval or VirtualTval
            || encoding is Encoding.HCR_EL2 or Encoding.CPTR_EL2 or Encoding.MDCR_EL2 or Encoding.SPSel or Encoding.DAIF or Encoding.MDSCR_EL1;
    }

    private struct Values
    {
        public ulong Value;
        public ulong IsKept;
    }
}
