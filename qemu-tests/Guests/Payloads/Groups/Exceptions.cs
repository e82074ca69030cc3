// Exceptions taken from EL2 to EL2: which vector, what the syndrome says, and where it says it happened.

using System;

namespace Nestor.Payloads;

internal static unsafe class Exceptions
{
    public static void Run()
    {
        Level(false, "E2H=0: "u8);
        Level(true, "E2H=1: "u8);
    }

    private static void Level(bool e2h, ReadOnlySpan<byte> prefix)
    {
        Cpu.ResetHcr(e2h);
        From(Pstate.El2h, Vector.Current, prefix, "EL2h: "u8);
        From(Pstate.El2t, Vector.CurrentSp0, prefix, "EL2t: "u8);
        Cpu.ResetHcr(false);
    }

    private static void From(ulong pstate, ulong vector, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> mode)
    {
        Code.Begin();
        Code.Nop();
        Code.Svc(0x1234);
        Code.Publish();
        Excursion* end = Excursion.Run(pstate);
        Tap.Check(end->EndedBy(vector, ExceptionClass.Svc, 0x1234), prefix, mode, "SVC arrives with its number"u8);
        Tap.Check(end->Offset == 8, prefix, mode, "SVC returns behind itself"u8);
        Tap.Check(end->Pstate == pstate, prefix, mode, "SVC saves PSTATE"u8);
    }
}
