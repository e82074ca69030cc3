// Accesses of EL1 and EL0 to addresses where the machine has nothing, with and without a stage 2 that leads there: synchronous
// external aborts, and whose they are. HCR_EL2.TEA makes them EL2's by the manual; QEMU 10.0 keeps the bit and gives them to EL1
// all the same, so that is what a guest hypervisor finds.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class ExternalAborts
{
    private const ulong Nothing = 0x0bf0_0000;
    private const ulong Window = 0x8000_0000;
    private const ulong RouteToEl2 = 1UL << 37;         // HCR_EL2.TEA
    private const ulong OwnSynchronous = 0x104;         // what EL1's vectors call EL2 with: from EL1h
    private const ulong FromBelow = 0x108;              // from EL0
    private const ulong Write = 1UL << 6;
    private const ulong External = 0x10;
    private const ulong ExternalOnWalk = 0x14;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Accesses(Nothing, "no stage 2"u8);
        Stage2Tables.Reset();
        Stage2Tables.BeginWithRam();
        Stage2Tables.Map(Window, Nothing, 3, Stage2Tables.Plain);
        Stage2Tables.Map(Window + 0x1000, Nothing, 3, Stage2Tables.Plain & ~Stage2Tables.Normal);
        Stage2Tables.Map(Window + 0x2000, Nothing, 3, Stage2Tables.Plain & ~Stage2Tables.Accessed);
        Stage2Tables.Use(Stage2Tables.Control, 1);
        El2.Change(Hcr.VM);
        Accesses(Window, "stage 2"u8);
        Accesses(Window + 0x1000, "stage 2, a device"u8);
        El2.Change(RouteToEl2);
        Accesses(Window, "HCR_EL2.TEA=1"u8);
        Check(Probe.LoadFaults(Window + 0x2000, 0xb), "a page without its access flag"u8, ": EL2's, whatever lies behind"u8);
        Check(Probe.LoadFaults(Window + 0x3000, 7), "a page that stage 2 has not"u8, ": EL2's"u8);
        El2.Reset();
    }

    private static void Check(bool condition, ReadOnlySpan<byte> name, ReadOnlySpan<byte> what) =>
        Excursion.Here->Check(condition, El2.Prefix, name, what);

    private static void Accesses(ulong at, ReadOnlySpan<byte> name)
    {
        Run(at, Pstate.El1h, 0xf9400022);               // ldr x2, [x1]
        Check(IsOwn(OwnSynchronous, ExceptionClass.DataAbort, External, at), name, ": a load of EL1"u8);
        Run(at + 8, Pstate.El1h, 0xf9000022);           // str x2, [x1]
        Check(IsOwn(OwnSynchronous, ExceptionClass.DataAbort, Write | External, at + 8), name, ": a store of EL1"u8);
        Run(at + 16, Pstate.El1h, 0xa9400c22);          // ldp x2, x3, [x1]
        Check(IsOwn(OwnSynchronous, ExceptionClass.DataAbort, External, at + 16), name, ": a load of a pair"u8);
        Run(at, Pstate.El1h, 0xd61f0020);               // br x1
        Check(IsOwn(OwnSynchronous, ExceptionClass.InstructionAbort, External, at), name, ": a fetch of EL1"u8);
        Run(at, Pstate.El0, 0xf9400022);
        Check(IsOwn(FromBelow, ExceptionClass.DataAbortLower, External, at), name, ": a load of EL0"u8);
        Run(at, Pstate.El0, 0xd61f0020);
        Check(IsOwn(FromBelow, ExceptionClass.InstructionAbortLower, External, at), name, ": a fetch of EL0"u8);
        Walk(at, name);
    }

    private static void Run(ulong at, ulong pstate, uint instruction)
    {
        Code.Begin();
        Code.Emit(instruction);
        Code.Finish();
        Excursion.Prepare(pstate)->X[1] = at;
        Excursion.Run();
    }

    private static bool IsOwn(ulong where, ulong kind, ulong syndrome, ulong address)
    {
        const ulong Il = 1UL << 25;
        bool arrived = Excursion.Here->EndedBy(Vector.Lower, ExceptionClass.Hvc, where);
        return arrived && El1.Read(Encoding.ESR_EL1) == ((kind << 26) | Il | syndrome) && El1.Read(Encoding.FAR_EL1) == address;
    }

    // A table of EL1's stage 1 lies there: of level 2, below a first one that is in RAM.
    private static void Walk(ulong at, ReadOnlySpan<byte> name)
    {
        const ulong Table = 3;
        Paging.Build(user: true);
        *((ulong*)Paging.Root + (Paging.MissingBlock >> 30)) = (at & ~0xfffUL) | Table;
        Instructions.DsbSy();
        El1.Translate();
        Run(Paging.MissingBlock, Pstate.El1h, 0xf9400022);
        Check(IsOwn(OwnSynchronous, ExceptionClass.DataAbort, ExternalOnWalk | 2, Paging.MissingBlock), name, ": a table of stage 1"u8);
        El1.TranslateNoMore();
        Instructions.TlbiAlle1();
        Instructions.DsbSy();
    }
}
