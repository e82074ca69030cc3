// Traps of EL1 and EL0 that have a class of their own, which the table of traps (registers and system instructions) has not:
// with the control EL2 is told, in the place and with the syndrome of the manual; without it EL1 does what it does.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class TrapClasses
{
    private const ulong Always = 0x1e0_0000;            // COND is AL, and valid
    private const ulong OwnSynchronous = 0x104;         // what EL1's vectors call EL2 with: from EL1h
    private const ulong FromBelow = 0x108;              // from EL0
    private const ulong FromBelow32 = 0x10c;

    private const uint ReturnA = 0xd69f0bff;
    private const uint ReturnB = 0xd69f0fff;
    private const uint Return = 0xd69f03e0;
    private const uint Sign = 0xdac10020;               // pacia x0, x1
    private const uint SignGeneric = 0x9ac23020;        // pacga x0, x1, x2
    private const uint Authenticate = 0xdac11420;       // autib x0, x1
    private const uint VectorLength = 0x04bf5020;       // rdvl x0, #1
    private const uint StreamingLength = 0x04bf5820;    // rdsvl x0, #1
    private const uint StartStreaming = 0xd503437f;     // smstart sm
    private const uint StopStreaming = 0xd503427f;      // smstop sm
    private const uint FillFirst = 0x19c20420;          // setp [x0]!, x1!, x2
    private const uint FillRest = 0x19c24420;           // setm [x0]!, x1!, x2
    private const uint Wait = 0xd503207f;               // wfi
    private const uint WaitEvent = 0xd503205f;          // wfe
    private const int Waits = 100;

    private const ulong ReturnTrap = 1UL << 51;         // HFGITR_EL2
    private const ulong CallTrap0 = 1UL << 52;
    private const ulong CallTrap1 = 1UL << 53;

    private const ulong CopyEnable = 1UL << 11;         // HCRX_EL2.MSCEn
    private const ulong CopyTrap = 1UL << 10;           // HCRX_EL2.MCE2
    private const ulong SignEnable = (1UL << 31) | (1UL << 30); // SCTLR_EL1.EnIA, EnIB
    private const ulong Trap13 = 1UL << 13;             // HSTR_EL2.T13
    private const ulong User32 = Pstate.Daif | 0x10;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Returns();
        Calls();
        Signing();
        Vectors();
        Copies();
        WaitForInterrupt();
        Coprocessor();
        El2.Reset();
    }

    private static void Check(bool condition, ReadOnlySpan<byte> what) => Excursion.Here->Check(condition, El2.Prefix, what, default);

    private static Excursion* Try(uint instruction, ulong pstate = Pstate.El1h)
    {
        Code.Begin();
        Code.Nop();
        Code.Emit(instruction);
        Code.Finish();
        return Excursion.Run(pstate);
    }

    // A wait that is over at once need not trap, and below Nestor the machine's own interrupts can have that effect: so again.
    private static bool WaitTraps(ulong pstate)
    {
        bool traps = false;
        for (int i = 0; i < Waits && !traps; i++)
        {
            traps = Try(Wait, pstate)->EndedBy(Vector.Lower, ExceptionClass.Wfx, Always) && Excursion.Here->Offset == 4;
        }

        return traps;
    }

    private static bool WaitIsOwn()
    {
        bool isOwn = false;
        for (int i = 0; i < Waits && !isOwn; i++)
        {
            Try(Wait, Pstate.El0);
            isOwn = IsOwn(FromBelow, ExceptionClass.Wfx);
        }

        return isOwn;
    }

    private static void Traps(uint instruction, ulong kind, ulong syndrome, ReadOnlySpan<byte> what)
    {
        Excursion* end = Try(instruction);
        Check(end->EndedBy(Vector.Lower, kind, syndrome) && end->Offset == 4, what);
    }

    private static void Passes(uint instruction, ReadOnlySpan<byte> what) => Check(Try(instruction)->Finished, what);

    // EL1 has the exception, by its vectors; what its syndrome was.
    private static bool IsOwn(ulong where, ulong kind)
    {
        bool arrived = Excursion.Here->EndedBy(Vector.Lower, ExceptionClass.Hvc, where);
        return arrived && El1.Read(Encoding.ESR_EL1) >> 26 == kind;
    }

    private static void Returns()
    {
        SystemRegisters.HFGITR_EL2 = ReturnTrap;
        Instructions.Isb();
        Traps(Return, ExceptionClass.Eret, 0, "HFGITR_EL2.ERET: ERET"u8);
        Traps(ReturnA, ExceptionClass.Eret, 2, "HFGITR_EL2.ERET: ERETAA"u8);
        Traps(ReturnB, ExceptionClass.Eret, 3, "HFGITR_EL2.ERET: ERETAB"u8);
        SystemRegisters.HFGITR_EL2 = 0;
        Instructions.Isb();
        El1.Write(Encoding.ELR_EL1, Symbols.CodeArea + 8);
        El1.Write(Encoding.SPSR_EL1, Pstate.El1h);
        Passes(Return, "without it ERET returns"u8);
    }

    private static void Calls()
    {
        const uint Call = 0xd4000001 | (0x155 << 5);
        SystemRegisters.HFGITR_EL2 = CallTrap1;
        Instructions.Isb();
        Traps(Call, ExceptionClass.Svc, 0x155, "HFGITR_EL2.SVC_EL1: SVC at EL1"u8);
        Try(Call, Pstate.El0);
        Check(IsOwn(FromBelow, ExceptionClass.Svc), "HFGITR_EL2.SVC_EL1: but not at EL0"u8);
        SystemRegisters.HFGITR_EL2 = CallTrap0;
        Instructions.Isb();
        Try(Call);
        Check(IsOwn(OwnSynchronous, ExceptionClass.Svc), "HFGITR_EL2.SVC_EL0: not SVC at EL1"u8);
        Excursion* end = Try(Call, Pstate.El0);
        Check(end->EndedBy(Vector.Lower, ExceptionClass.Svc, 0x155) && end->Offset == 4, "HFGITR_EL2.SVC_EL0: but at EL0"u8);
        SystemRegisters.HFGITR_EL2 = 0;
        Instructions.Isb();
    }

    private static void Signing()
    {
        const ulong Class = 9;
        ulong before = El1.Read(Encoding.SCTLR_EL1);
        El1.Write(Encoding.SCTLR_EL1, before | SignEnable);
        Passes(Sign, "HCR_EL2.API=1: PACIA executes"u8);
        El2.Change(0, Hcr.API);
        Traps(Sign, Class, 0, "HCR_EL2.API=0: PACIA"u8);
        Traps(Authenticate, Class, 0, "HCR_EL2.API=0: AUTIB"u8);
        Traps(SignGeneric, Class, 0, "HCR_EL2.API=0: PACGA"u8);
        El1.Write(Encoding.SCTLR_EL1, before);
        Passes(Sign, "HCR_EL2.API=0: not where EL1 has it off"u8);
        El2.Change(Hcr.API);

        // Keys and instructions of EL1 are its own: what it signs it can check, and EL2 signs the same when it has the keys.
        El1.Write(Encoding.SCTLR_EL1, before | SignEnable);
        Code.Begin();
        Code.MoveImmediate(0, 0x1234);
        Code.Msr(Encoding.APIAKeyLo_EL1, 0);
        Code.MoveImmediate(0, 0x7650);
        Code.PacIA(0, 1);
        Code.Move(2, 0);
        Code.Emit(0xdac11020);                          // autia x0, x1
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        Check(end->Finished && end->X[0] == 0x7650 && end->X[2] != 0x7650, "EL1 signs a pointer, and takes its signature"u8);
        Code.Begin();
        Code.MoveImmediate(0, 0x7650);
        Code.Emit(0xdac11020);                          // autia x0, x1
        Code.Finish();
        Excursion.Run(Pstate.El1h);
        Check(IsOwn(OwnSynchronous, ExceptionClass.PointerAuthentication), "a forged one is EL1's exception"u8);
        El1.Write(Encoding.SCTLR_EL1, before);
    }

    private static void Vectors()
    {
        const ulong Sve = 0x19;
        const ulong Sme = 0x1d;
        ulong open = El2.IsE2h ? 0x0333_0000UL : 0x22ff;
        Passes(VectorLength, "CPTR_EL2 open: an SVE instruction executes"u8);
        Passes(StreamingLength, "CPTR_EL2 open: an SME instruction executes"u8);
        Cptr(open, El2.IsE2h ? 3UL << 16 : 0, El2.IsE2h ? 0 : 1UL << 8);
        Traps(VectorLength, Sve, 0, "CPTR_EL2 without SVE: an SVE instruction"u8);
        Passes(StreamingLength, "CPTR_EL2 without SVE: an SME instruction executes"u8);
        Cptr(open, El2.IsE2h ? 3UL << 24 : 0, El2.IsE2h ? 0 : 1UL << 12);
        Traps(StreamingLength, Sme, 0, "CPTR_EL2 without SME: an SME instruction"u8);
        Traps(StartStreaming, Sme, 0, "CPTR_EL2 without SME: SMSTART"u8);
        Passes(VectorLength, "CPTR_EL2 without SME: an SVE instruction executes"u8);
        Cptr(open, El2.IsE2h ? 3UL << 20 : 0, El2.IsE2h ? 0 : 1UL << 10);
        Traps(VectorLength, ExceptionClass.FpAccess, Always, "CPTR_EL2 without FP: an SVE instruction"u8);
        Cptr(open, 0, 0);
        El1.Write(Encoding.CPACR_EL1, 0x0030_0000);
        Try(VectorLength);
        Check(IsOwn(OwnSynchronous, Sve), "CPACR_EL1 without SVE: an SVE instruction is EL1's exception"u8);
        Try(StreamingLength);
        Check(IsOwn(OwnSynchronous, Sme), "CPACR_EL1 without SME: an SME instruction is EL1's exception"u8);
        Cptr(open, El2.IsE2h ? 3UL << 16 : 0, El2.IsE2h ? 0 : 1UL << 8);
        Try(VectorLength);
        Check(IsOwn(OwnSynchronous, Sve), "both without SVE: EL1's comes first"u8);
        Cptr(open, 0, 0);
        El1.Write(Encoding.CPACR_EL1, 0x0333_0000);
        Try(StartStreaming);
        Excursion* end = Try(VectorLength);
        ulong streaming = end->X[0];
        Try(StopStreaming);
        Check(end->Finished && streaming == Try(StreamingLength)->X[0], "streaming mode lasts through EL2"u8);
    }

    private static void Cptr(ulong open, ulong clear, ulong set)
    {
        SystemRegisters.CPTR_EL2 = (open & ~clear) | set;
        Instructions.Isb();
    }

    private static void Copies()
    {
        const ulong Class = 0x27;
        const ulong Carry = 1UL << 29;
        SystemRegisters.HCRX_EL2 = CopyEnable;
        Instructions.Isb();
        Passes(FillFirst, "HCRX_EL2.MSCEn=1: SETP executes"u8);
        Fill(Carry);
        Check(IsOwn(OwnSynchronous, Class), "HCRX_EL2.MCE2=0: SETM in the wrong order is EL1's exception"u8);
        SystemRegisters.HCRX_EL2 = CopyEnable | CopyTrap;
        Instructions.Isb();
        Fill(Carry);
        Check(Excursion.Here->Vector == Vector.Lower && Excursion.Here->Class == Class && Excursion.Here->Offset == 4, "HCRX_EL2.MCE2=1: it is EL2's"u8);
        SystemRegisters.HCRX_EL2 = 0;
        Instructions.Isb();
        Try(FillFirst);
        Check(IsOwn(OwnSynchronous, ExceptionClass.Unknown), "HCRX_EL2.MSCEn=0: SETP is undefined at EL1"u8);
    }

    private static void Fill(ulong flags)
    {
        Code.Begin();
        Code.Nop();
        Code.Emit(FillRest);
        Code.Finish();
        Excursion* start = Excursion.Prepare(Pstate.El1h | flags);
        start->X[0] = Symbols.CodeArea + 0x800;
        start->X[1] = 64;
        Excursion.Run();
    }

    private static void WaitForInterrupt()
    {
        El2.Change(Hcr.TWI | Hcr.TWE);
        Check(WaitTraps(Pstate.El1h), "HCR_EL2.TWI: WFI"u8);
        Code.Begin();
        Code.Emit(0x92800001);                          // mov x1, #-1
        Code.Emit(0xd5031021);                          // wfit x1
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        Check(end->Vector == Vector.Lower && end->Class == ExceptionClass.Wfx && end->Offset == 4, "HCR_EL2.TWI: WFIT"u8);
        El1.Write(Encoding.SCTLR_EL1, El1.Read(Encoding.SCTLR_EL1) & ~(1UL << 16));
        Check(WaitIsOwn(), "SCTLR_EL1.nTWI=0: WFI at EL0 is EL1's exception, whatever HCR_EL2.TWI says"u8);
        El1.Write(Encoding.SCTLR_EL1, El1.Read(Encoding.SCTLR_EL1) | (1UL << 16));
        Check(WaitTraps(Pstate.El0), "SCTLR_EL1.nTWI=1: it is EL2's"u8);
        WaitForEvent();
        El2.Change(0, Hcr.TWI | Hcr.TWE);
    }

    // A WFE that does not wait need not trap, and QEMU 10.0's never waits: it goes on, or EL2 hears of a WFE at its place.
    private static void WaitForEvent()
    {
        const ulong NoTrapBelow = 1UL << 18;            // SCTLR_EL1.nTWE
        Check(GoesOnOrTraps(Pstate.El1h), "HCR_EL2.TWE: WFE goes on, or traps as one"u8);
        El1.Write(Encoding.SCTLR_EL1, El1.Read(Encoding.SCTLR_EL1) | NoTrapBelow);
        Check(GoesOnOrTraps(Pstate.El0), "SCTLR_EL1.nTWE=1: so it does at EL0"u8);
        El1.Write(Encoding.SCTLR_EL1, El1.Read(Encoding.SCTLR_EL1) & ~NoTrapBelow);
        El1.Write(Encoding.ELR_EL1, 0);
        Try(WaitEvent, Pstate.El0);
        Check(WentOn || IsOwnAt(4, ExceptionClass.Wfx), "SCTLR_EL1.nTWE=0: there it goes on, or is EL1's exception"u8);
        El2.Change(0, Hcr.TWE);
        Check(Try(WaitEvent)->Finished, "HCR_EL2.TWE=0: WFE goes on"u8);
    }

    private static bool GoesOnOrTraps(ulong pstate)
    {
        const ulong Event = 1;                          // ISS.TI
        El1.Write(Encoding.ELR_EL1, 0);
        Excursion* end = Try(WaitEvent, pstate);
        return end->Finished || (end->EndedBy(Vector.Lower, ExceptionClass.Wfx, Always | Event) && end->Offset == 4) || WentOn;
    }

    // At EL0 the HVC at the end of the code is undefined.
    private static bool WentOn => IsOwnAt(8, ExceptionClass.Unknown);

    private static bool IsOwnAt(ulong offset, ulong kind) =>
        El1.Read(Encoding.ELR_EL1) == Symbols.CodeArea + offset && El1.Read(Encoding.ESR_EL1) >> 26 == kind;

    /// <summary>A 32-bit program at EL0: reading TPIDRURO, which is c13 of the coprocessor.</summary>
    private static void Coprocessor()
    {
        SystemRegisters.HSTR_EL2 = 0;
        Instructions.Isb();
        Run32();
        Check(IsOwn(FromBelow32, 0x11), "HSTR_EL2=0: a 32-bit program reads c13"u8);
        SystemRegisters.HSTR_EL2 = Trap13;
        Instructions.Isb();
        Run32();
        Check(Excursion.Here->Vector == Vector.Lower && Excursion.Here->Class == 3 && Excursion.Here->Syndrome == 0x1e6_3461, "HSTR_EL2.T13: it traps"u8);
        SystemRegisters.HSTR_EL2 = 0;
        Instructions.Isb();
    }

    private static void Run32()
    {
        Code.Begin();
        Code.Emit(0xee1d3f70);                          // mrc p15, 0, r3, c13, c0, 3
        Code.Emit(0xef000077);                          // svc #0x77
        Code.Publish();
        Excursion.Run(User32);
    }
}
