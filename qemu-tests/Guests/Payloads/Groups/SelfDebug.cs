// EL1 debugs itself, or EL2 debugs it (MDCR_EL2.TDE): breakpoints, watchpoints and single steps, at EL1 and at EL0. The debug
// registers are one set for all levels.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class SelfDebug
{
    internal const ulong Step = 1;                      // MDSCR_EL1.SS
    internal const ulong KernelToo = 1 << 13;           // KDE
    internal const ulong Points = 1 << 15;              // MDE
    internal const ulong ByEl2 = 1 << 8;                // MDCR_EL2.TDE
    internal const ulong Counters = 6;                  // MDCR_EL2.HPMN
    private const ulong AtEl1 = 1 | (1 << 1) | (0xf << 5);
    private const ulong AtEl0 = 1 | (2 << 1) | (0xf << 5);
    private const ulong Loads = 1 | (1 << 1) | (1 << 3) | (0xff << 5);

    internal const ulong Breakpoint = 0x30;             // from a lower level; one more from the same
    internal const ulong StepClass = 0x32;
    internal const ulong Watchpoint = 0x34;

    private const ulong OwnSynchronous = 0x104;
    private const ulong FromBelow = 0x108;
    private const ulong Open = Pstate.El1h & ~0x200UL;  // PSTATE.D clear

    internal static ulong Datum => Symbols.CodeArea + 0x800;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        SystemRegister.Write(Encoding.OSLAR_EL1, 0);
        Breakpoints();
        Watchpoints();
        Steps();
        Debug(0, 0);
        El2.Reset();
    }

    private static void Check(bool condition, ReadOnlySpan<byte> what) => Excursion.Here->Check(condition, El2.Prefix, what, default);

    /// <summary>MDSCR_EL1, and MDCR_EL2's traps.</summary>
    internal static void Debug(ulong own, ulong el2)
    {
        SystemRegisters.MDSCR_EL1 = own;
        SystemRegisters.MDCR_EL2 = Counters | el2;
        Instructions.Isb();
    }

    /// <summary>Four instructions, of which the third loads <see cref="Datum"/>.</summary>
    internal static Excursion* Go(ulong pstate)
    {
        Code.Begin();
        Code.Nop();
        Code.Nop();
        Code.Load(3, 2);
        Code.Nop();
        Code.Finish();
        Excursion* start = Excursion.Prepare(pstate);
        start->X[2] = Datum;
        Excursion.Run();
        return start;
    }

    private static bool IsOwn(ulong where, ulong kind, ulong offset) =>
        Excursion.Here->EndedBy(Vector.Lower, ExceptionClass.Hvc, where) && El1.Read(Encoding.ESR_EL1) >> 26 == kind
        && El1.Read(Encoding.ELR_EL1) == Symbols.CodeArea + offset;

    private static bool IsEl2s(ulong kind, ulong offset) =>
        Excursion.Here->Vector == Vector.Lower && Excursion.Here->Class == kind && Excursion.Here->Offset == offset;

    private static void Breakpoints()
    {
        SystemRegister.Write(Encoding.DBGBVR0_EL1, Symbols.CodeArea + 4);
        SystemRegister.Write(Encoding.DBGBCR0_EL1, AtEl1);
        Debug(0, 0);
        Check(Go(Open)->Finished, "a breakpoint does nothing without MDSCR_EL1.MDE"u8);
        Debug(Points, 0);
        Check(Go(Open)->Finished, "nor at EL1 without KDE"u8);
        Debug(Points | KernelToo, 0);
        Check(Go(Pstate.El1h)->Finished, "nor with PSTATE.D"u8);
        Go(Open);
        Check(IsOwn(OwnSynchronous, Breakpoint + 1, 4), "with all of them it is EL1's exception"u8);
        Check(Go(Pstate.El0)->Vector == Vector.Lower && IsOwn(FromBelow, 0, 16), "one for EL1 does nothing at EL0"u8);
        SystemRegister.Write(Encoding.DBGBCR0_EL1, AtEl0);
        Go(Pstate.El0);
        Check(IsOwn(FromBelow, Breakpoint, 4), "one for EL0 is EL1's exception, whatever PSTATE.D says"u8);
        Debug(Points, ByEl2);
        Go(Pstate.El0);
        Check(IsEl2s(Breakpoint, 4), "MDCR_EL2.TDE: it is EL2's"u8);
        SystemRegister.Write(Encoding.DBGBCR0_EL1, AtEl1);
        Go(Pstate.El1h);
        Check(IsEl2s(Breakpoint, 4), "MDCR_EL2.TDE: so is one at EL1, without KDE and with PSTATE.D"u8);
        SystemRegister.Write(Encoding.DBGBCR0_EL1, 0);
        Check(Go(Pstate.El1h)->Finished, "switched off it does nothing"u8);
    }

    private static void Watchpoints()
    {
        SystemRegister.Write(Encoding.DBGWVR0_EL1, Datum);
        SystemRegister.Write(Encoding.DBGWCR0_EL1, Loads);
        Debug(Points | KernelToo, 0);
        Go(Open);
        Check(IsOwn(OwnSynchronous, Watchpoint + 1, 8) && El1.Read(Encoding.FAR_EL1) == Datum, "a watchpoint is EL1's exception"u8);
        Debug(Points, ByEl2);
        Go(Pstate.El1h);
        Check(IsEl2s(Watchpoint, 8) && Excursion.Here->Far == Datum, "MDCR_EL2.TDE: it is EL2's"u8);
        SystemRegister.Write(Encoding.DBGWVR0_EL1, Datum + 8);
        Check(Go(Pstate.El1h)->Finished, "one elsewhere does nothing"u8);
        SystemRegister.Write(Encoding.DBGWCR0_EL1, 0);
    }

    private static void Steps()
    {
        Debug(Step | KernelToo, 0);
        Go(Open | Pstate.Ss);
        Check(IsOwn(OwnSynchronous, StepClass + 1, 4), "a step is EL1's exception, after one instruction"u8);
        Go(Open);
        Check(IsOwn(OwnSynchronous, StepClass + 1, 0), "PSTATE.SS=0: before the first"u8);
        Go(Pstate.El0 | Pstate.Ss);
        Check(IsOwn(FromBelow, StepClass, 4), "a step at EL0, too"u8);
        Debug(Step, ByEl2);
        Go(Pstate.El1h | Pstate.Ss);
        Check(IsEl2s(StepClass, 4), "MDCR_EL2.TDE: a step is EL2's"u8);
        Go(Pstate.El1h);
        Check(IsEl2s(StepClass, 0), "MDCR_EL2.TDE: PSTATE.SS=0: before the first"u8);
        Go(Pstate.El0 | Pstate.Ss);
        Check(IsEl2s(StepClass, 4), "MDCR_EL2.TDE: a step at EL0, too"u8);
        Code.Begin();
        Code.Svc(1);
        Code.Finish();
        Excursion.Run(Pstate.El1h | Pstate.Ss);
        Check(
            Excursion.Here->Vector == Vector.Lower && Excursion.Here->Class == StepClass && Excursion.Here->Pc != Symbols.CodeArea + 4,
            "MDCR_EL2.TDE: the step over an SVC ends at EL1's vector"u8);
    }
}
