// Every register that EL2 can reach holds what is written to it, with E2H=0 and E2H=1. The bits that are tried are ones
// that the architecture makes storable and that change nothing about this code.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class Registers
{
    private const ulong Pattern = 0x5a69_a596_3cc3_5aa5;

    private static bool s_e2h;

    public static void Run()
    {
        Enter(e2h: false);
        El1Rows();
        CommonRows();
        El2Rows();
        TimerRows();
        InterfaceRows();
        StackPointers();
        AliasesAreUndefined();

        Enter(e2h: true);
        CommonRows();
        El2Rows();
        TimerRows();
        InterfaceRows();
        StackPointers();
        NamesReachEl2();
        AliasesReachEl1();
        Enter(e2h: false);
    }

    private static ReadOnlySpan<byte> Prefix => !Cpu.IsAtEl2 ? "EL1: "u8 : s_e2h ? "E2H=1: "u8 : "E2H=0: "u8;

    private static void Enter(bool e2h)
    {
        s_e2h = e2h;
        Cpu.ResetHcr(e2h);
        Cpu.OpenVectors(e2h);
    }

    /// <summary>Two patterns and their complement in the bits of the mask come back, and nothing traps.</summary>
    public static void Row(ReadOnlySpan<byte> name, uint register, ulong mask) =>
        Pair(name, " holds what is written"u8, register, register, mask);

    /// <summary>What is written through one name is read through another.</summary>
    private static void Pair(ReadOnlySpan<byte> name, ReadOnlySpan<byte> what, uint write, uint read, ulong mask)
    {
        Code.Begin();
        Code.Mrs(4, write);
        Emit(0x8a200085);               // bic x5, x4, x0
        for (uint i = 0; i < 2; i++)
        {
            Emit(0xaa0100a6 + (i << 16)); // orr x6, x5, x1 (x2)
            Code.Msr(write, 6);
            Code.Isb();
            Code.Mrs(7 + i, read);
        }

        Code.Msr(write, 4);
        Code.Isb();
        Code.Finish();
        Excursion* end = Excursion.Prepare(Cpu.Level);
        end->X[0] = mask;
        end->X[1] = Pattern & mask;
        end->X[2] = ~Pattern & mask;
        Excursion.Run();
        bool good = end->Finished && (end->X[7] & mask) == (Pattern & mask) && (end->X[8] & mask) == (~Pattern & mask);
        end->Check(good, Prefix, name, what);
    }

    /// <summary>Reading and writing back does not trap; what the value is may differ from CPU to CPU.</summary>
    private static void Access(ReadOnlySpan<byte> name, uint register)
    {
        Code.Begin();
        Code.Mrs(0, register);
        Code.Msr(register, 0);
        Code.Isb();
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El2h);
        end->Check(end->Finished, Prefix, name, " can be read and written"u8);
    }

    /// <summary>Reading does not trap, writing is undefined.</summary>
    private static void ReadOnly(ReadOnlySpan<byte> name, uint register)
    {
        Code.Begin();
        Code.Mrs(0, register);
        Code.Msr(register, 0);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El2h);
        bool good = end->EndedBy(Vector.Current, ExceptionClass.Unknown, 0) && end->Offset == 4;
        end->Check(good, Prefix, name, " can be read, not written"u8);
    }

    private static void Undefined(ReadOnlySpan<byte> name, uint register)
    {
        Code.Begin();
        Code.Mrs(0, register);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El2h);
        bool good = end->EndedBy(Vector.Current, ExceptionClass.Unknown, 0) && end->Offset == 0;
        end->Check(good, Prefix, name, " is undefined"u8);
    }

    /// <summary>A timer value is a view of its comparator: one second from now is what is left of it.</summary>
    private static void TimerValue(ReadOnlySpan<byte> name, uint value, uint comparator, uint counter)
    {
        const ulong Second = 1_000_000_000;
        Code.Begin();
        Code.Msr(value, 0);
        Code.Isb();
        Code.Mrs(1, comparator);
        Code.Mrs(2, counter);
        Code.Mrs(3, value);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[0] = Second;
        Excursion.Run();
        bool good = end->Finished && end->X[1] - end->X[2] <= Second && end->X[3] <= Second;
        end->Check(good, Prefix, name, " moves its comparator"u8);
    }

    private static void Emit(uint instruction) => Code.Emit(instruction);

    private static void StackPointers()
    {
        Code.Begin();
        Code.MoveFromSp(0);
        Emit(0xd50040bf);               // msr spsel, #0
        Code.MoveFromSp(1);
        Code.MoveToSp(2);
        Emit(0xd50041bf);               // msr spsel, #1
        Code.MoveFromSp(3);
        Code.Mrs(4, Encoding.SP_EL0);
        Code.Mrs(5, Encoding.SPSel);
        Code.Mrs(6, Encoding.CurrentEL);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[2] = 0x1234_5670;
        Excursion.Run();
        end->Check(end->X[0] == (ulong)end && end->X[3] == (ulong)end, Prefix, "SP_EL2 is the stack of EL2h"u8, default);
        end->Check(end->X[4] == 0x1234_5670, Prefix, "SP_EL0 is the stack of EL2t"u8, default);
        end->Check(end->X[5] == 1, Prefix, "SPSel says which"u8, default);
        end->Check(end->X[6] == 8, Prefix, "CurrentEL is 2"u8, default);
        Undefined("SP_EL2"u8, Encoding.SP_EL2);
    }
}
