// The registers at an exception that Nestor took.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The registers of a panic.</summary>
public static unsafe class PanicRegisters
{
    /// <summary>Writes them all.</summary>
    public static void Write(PanicFrame* frame)
    {
        One("PC"u8, frame->Pc);
        One("SP"u8, frame->Sp);
        One("PSTATE"u8, frame->Pstate);
        Console.WriteLine();
        One("ESR"u8, frame->Syndrome);
        One("FAR"u8, frame->FaultAddress);
        Console.WriteLine();
        for (uint i = 0; i < 31; i++)
        {
            Console.Write("  x"u8);
            Console.WriteDecimal(i);
            Console.Write(i < 10 ? "  "u8 : " "u8);
            Console.WriteHex(frame->X[i], 16);
            if (i % 4 == 3 || i == 30)
            {
                Console.WriteLine();
            }
        }
    }

    private static void One(ReadOnlySpan<byte> name, ulong value)
    {
        Console.Write("  "u8);
        Console.Write(name);
        Console.Write((byte)' ');
        Console.WriteHex(value, 16);
    }
}
