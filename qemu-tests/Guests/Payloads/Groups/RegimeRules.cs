// Rules of the EL1&0 and EL2&0 regimes, tried at EL2 in each state of HCR_EL2.{E2H,TGE}: EL2 without an EL0 has most of them not, and
// an EL2 that runs at EL1 must not have them either (Arm ARM D1.3, D8.4, D8.11).

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class RegimeRules
{
    private const ulong Span = 1UL << 23;               // SCTLR_EL2
    private const ulong NoAlignmentFault = 1UL << 6;    // nAA
    private const ulong Sign = 1UL << 31;               // EnIA
    private const ulong BranchTargets = 1UL << 36;      // BT, or BT1

    private const ulong Pan = 1UL << 22;                // PSTATE
    private const ulong Uao = 1UL << 23;

    private const ulong Unprivileged = 1UL << 6;        // descriptors
    private const ulong ReadOnly = 1UL << 7;
    private const ulong NotGlobal = 1UL << 11;
    private const ulong Guarded = 1UL << 50;
    private const ulong Bit53 = 1UL << 53;              // PXN
    private const ulong Bit54 = 1UL << 54;              // UXN, or XN
    private const ulong Attributes = (3UL << 8) | (1UL << 10) | 3;

    private const ulong TablePrivilegedNever = 1UL << 59;
    private const ulong TableNever = 1UL << 60;
    private const ulong TableNoUser = 1UL << 61;
    private const ulong TableReadOnly = 1UL << 62;

    private const ulong PermissionFault = 0xf;          // of level 3
    private const ulong AlignmentFault = 0x21;
    private const ulong BranchTarget = 0x0d;

    private const uint LoadUnprivileged = 0xf8400822;   // ldtr x2, [x1]
    private const uint StoreUnprivileged = 0xf8000822;  // sttr x2, [x1]
    private const uint LoadAcquire = 0xc8dffc22;        // ldar x2, [x1]
    private const uint LoadPlain = 0xf9400022;          // ldr x2, [x1]
    private const uint SignX0 = 0xdac10020;             // pacia x0, x1
    private const uint AddressBehindBranch = 0x10000043; // adr x3, .+8
    private const uint SignReturn = 0xd503233f;         // paciasp

    private static bool s_tge;
    private static ulong s_control;

    private static bool HasUser => El2.IsE2h;

    private static bool IsHost => El2.IsE2h && s_tge;

    public static void Run()
    {
        InState(false, false);
        InState(false, true);
        InState(true, false);
        InState(true, true);
        El2.Enter(false);
    }

    private static void InState(bool e2h, bool tge)
    {
        s_tge = tge;
        El2.Enter(e2h);
        El2.Change(tge ? Hcr.TGE : 0, tge ? 0 : Hcr.TGE);
        s_control = SystemRegisters.SCTLR_EL2;
        PanOnEntry();
        Paging.EnableEl2(e2h);
        s_control = SystemRegisters.SCTLR_EL2;
        UserPages();
        UnprivilegedLoads();
        Execution();
        Tables();
        Controls();
        Signing();
        Tags();
        AddressSpaces();
        Control(0, 0);
        Paging.DisableEl2();
        El2.Change(0, Hcr.TGE);
    }

    // Each check says under Nestor as on hardware; QEMU 10.0 has no SCTLR_ELx.SA.
    private static void Check(bool condition, ReadOnlySpan<byte> what) =>
        Excursion.Here->Check(condition, El2.Prefix, s_tge ? "TGE=1: "u8 : "TGE=0: "u8, what);

    private static void Control(ulong set, ulong clear)
    {
        SystemRegisters.SCTLR_EL2 = (s_control & ~clear) | set;
        Instructions.Isb();
    }

    private static Excursion* Try(uint instruction, ulong address = 0, ulong pstate = 0)
    {
        Code.Begin();
        Code.Emit(instruction);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h | pstate);
        end->X[1] = address;
        Excursion.Run();
        SystemRegisters.PAN = 0;
        return end;
    }

    private static bool Works(uint instruction, ulong address, ulong pstate = 0) => Try(instruction, address, pstate)->Finished;

    private static bool Faults(uint instruction, ulong address, ulong status, ulong pstate = 0) =>
        Try(instruction, address, pstate)->EndedBy(Vector.Current, ExceptionClass.DataAbort, status) && Excursion.Here->Far == address;

    // The PAN that an exception's handler begins with.
    private static bool HandlerHasPan(uint instruction, ulong pstate)
    {
        Code.Begin();
        Code.Emit(instruction);
        Code.Finish();
        Excursion.Prepare(Pstate.El2h | pstate);
        Excursion.Run();
        bool hasPan = SystemRegisters.PAN != 0;
        SystemRegisters.PAN = 0;
        return hasPan;
    }

    private static void PanOnEntry()
    {
        const uint Brk = 0xd4200020, Hvc = 0xd4000022, Svc = 0xd4000021, Undefined = 0, UndefinedRegister = 0xd53bd0e0, Nop = 0xd503201f;
        Control(0, Span);
        Check(HandlerHasPan(Brk, 0) == IsHost, "SPAN=0: BRK sets PSTATE.PAN in the host alone"u8);
        Check(HandlerHasPan(Hvc, 0) == IsHost, "SPAN=0: so does HVC"u8);
        Check(HandlerHasPan(Svc, 0) == IsHost, "SPAN=0: so does SVC"u8);
        Check(HandlerHasPan(Undefined, 0) == IsHost, "SPAN=0: so does an undefined instruction"u8);
        Check(HandlerHasPan(UndefinedRegister, 0) == IsHost, "SPAN=0: so does a register that does not exist"u8);
        Check(HandlerHasPan(Nop, Pstate.Il) == IsHost, "SPAN=0: so does an illegal state"u8);
        Check(HandlerHasPan(Brk, Pan), "SPAN=0: BRK keeps PSTATE.PAN"u8);
        Check(HandlerHasPan(Hvc, Pan), "SPAN=0: HVC keeps PSTATE.PAN"u8);
        Check((SystemRegisters.SCTLR_EL2 & Span) == 0, "SPAN=0: it reads as it was written"u8);
        Control(Span, 0);
        Check(!HandlerHasPan(Brk, 0), "SPAN=1: BRK does not set it"u8);
        Check(!HandlerHasPan(Hvc, 0), "SPAN=1: HVC does not set it"u8);
        Check((SystemRegisters.SCTLR_EL2 & Span) != 0, "SPAN=1: it reads as it was written"u8);
    }

    private static void UserPages()
    {
        Check(Works(LoadPlain, Paging.User), "a load from a page with AP[1] set"u8);
        Check(HasUser ? Faults(LoadPlain, Paging.User, PermissionFault, Pan) : Works(LoadPlain, Paging.User, Pan), "PSTATE.PAN: the same"u8);
        Check(Works(LoadPlain, Paging.Writable, Pan), "PSTATE.PAN: a load from an ordinary page"u8);
    }

    // With E2H=1 and TGE=0 see the limits in README.md.
    private static void UnprivilegedLoads()
    {
        if (HasUser && !IsHost)
        {
            return;
        }

        Check(IsHost ? Faults(LoadUnprivileged, Paging.Writable, PermissionFault) : Works(LoadUnprivileged, Paging.Writable), "LDTR of an ordinary page"u8);
        Check(
            IsHost ? Faults(StoreUnprivileged, Paging.Writable, PermissionFault | (1 << 6)) : Works(StoreUnprivileged, Paging.Writable),
            "STTR to an ordinary page"u8);
        Check(Works(LoadUnprivileged, Paging.Writable, Uao), "PSTATE.UAO: LDTR of an ordinary page"u8);
        Check(Works(LoadUnprivileged, Paging.User), "LDTR of a page with AP[1] set"u8);
        Check(Works(LoadUnprivileged, Paging.User, Pan), "PSTATE.PAN: LDTR of a page with AP[1] set"u8);
    }

    private static void Forget()
    {
        Instructions.DsbSy();
        Instructions.TlbiAlle2();
        Instructions.DsbSy();
        Instructions.Isb();
    }

    private static void Page(ulong address, ulong physical, ulong attributes)
    {
        *Paging.Entry(address) = physical | attributes | Attributes;
        Forget();
    }

    private static bool Executes(ulong attributes)
    {
        Page(Paging.Executable, Symbols.CodeArea, attributes);
        Code.Begin();
        Code.Nop();
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->Pc = Paging.Executable;
        Excursion.Run();
        bool isFault = end->EndedBy(Vector.Current, ExceptionClass.InstructionAbort, PermissionFault) && end->Far == Paging.Executable;
        return end->Finished || (!isFault && Unexpected());
    }

    private static bool Unexpected()
    {
        Check(false, "a fetch ends like none of these"u8);
        return false;
    }

    private static void Execution()
    {
        ulong one = HasUser ? 0 : Unprivileged;
        Check(Executes(one), "a writable page is executed"u8);
        Check(Executes(one | Bit53) != HasUser, "bit 53 of a descriptor is PXN where there is an EL0, else nothing"u8);
        Check(Executes(one | Bit54) == HasUser, "bit 54 is UXN there, else XN"u8);
        Check(Executes(Unprivileged) != HasUser, "a page that EL0 may write is not executed where there is an EL0"u8);
        Check(Executes(Unprivileged | ReadOnly), "a page that EL0 may read is executed"u8);
        Check(Executes(ReadOnly), "AP[1] does not matter for it"u8);
        Page(Paging.Executable, Symbols.CodeArea, one | ReadOnly);
    }

    // Permissions of the table descriptor above the peculiar pages.
    private static void Tables()
    {
        ulong one = HasUser ? 0 : Unprivileged;
        ulong* table = (ulong*)Paging.Root + 512;
        ulong plain = *table;
        *table = plain | TablePrivilegedNever;
        Forget();
        Check(Executes(one | ReadOnly) != HasUser, "bit 59 of a table descriptor is PXNTable where there is an EL0, else nothing"u8);
        *table = plain | TableNever;
        Forget();
        Check(Executes(one | ReadOnly) == HasUser, "bit 60 is UXNTable there, else XNTable"u8);
        *table = plain | TableNoUser;
        Forget();
        Check(Works(LoadPlain, Paging.User, Pan), "APTable[0]: PSTATE.PAN allows a load from a page with AP[1] set"u8);
        *table = plain | TableReadOnly;
        Forget();
        Check(Faults(0xf9000022, Paging.Writable, PermissionFault | (1 << 6)), "APTable[1]: a store to a writable page"u8);
        *table = plain;
        Forget();
    }

    private static void Controls()
    {
        const ulong Crossing = 12;
        Control(0, NoAlignmentFault);
        Check(Faults(LoadAcquire, Paging.Writable + Crossing, AlignmentFault), "nAA=0: an LDAR across 16 bytes"u8);
        Control(NoAlignmentFault, 0);
        Check(Works(LoadAcquire, Paging.Writable + Crossing), "nAA=1: the same"u8);
        Control(0, 0);
        Check(Works(LoadPlain, Paging.Writable + 1), "A=0: an LDR that is not aligned"u8);
        Control(2, 0);
        Check(Faults(LoadPlain, Paging.Writable + 1, AlignmentFault), "A=1: the same"u8);
        Control(0, 0);
        ulong one = HasUser ? 0 : Unprivileged;
        Page(Paging.Executable, Symbols.CodeArea, one | ReadOnly | Guarded);
        Control(0, BranchTargets);
        Check(BranchesToPaciasp(), "BT=0: BR in a guarded page may end at a PACIASP"u8);
        Control(BranchTargets, 0);
        Check(!BranchesToPaciasp() && Excursion.Here->EndedBy(Vector.Current, BranchTarget, 3), "BT=1: it may not"u8);
        Control(0, 0);
        Page(Paging.Executable, Symbols.CodeArea, one | ReadOnly);
    }

    private static bool BranchesToPaciasp()
    {
        Code.Begin();
        Code.Emit(AddressBehindBranch);
        Code.Branch(3);
        Code.Emit(SignReturn);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->Pc = Paging.Executable;
        Excursion.Run();
        return end->Finished;
    }

    private static void Signing()
    {
        const ulong Pointer = 0x4000_1234;
        const ulong UpperPointer = 0xffff_ffff_c000_1234;
        SystemRegisters.APIAKeyLo_EL1 = 0x1234_5678_9abc_def0;
        SystemRegisters.APIAKeyHi_EL1 = 0x0fed_cba9_8765_4321;
        Control(0, Sign);
        Check(Signed(Pointer) == Pointer, "EnIA=0: PACIA does nothing"u8);
        Control(Sign, 0);
        Check(Signed(Pointer) != Pointer, "EnIA=1: PACIA signs"u8);
        Tap.Value("signed"u8, Signed(Pointer));
        Tap.Value("signed, of the upper half"u8, Signed(UpperPointer));
        Control(0, 0);
    }

    private static ulong Signed(ulong pointer)
    {
        Code.Begin();
        Code.Emit(SignX0);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[0] = pointer;
        end->X[1] = 7;
        Excursion.Run();
        return end->X[0];
    }

    private static void Tags()
    {
        const ulong Tag = 0x5aUL << 56;
        const ulong Upper = 1UL << 55;
        ulong ignore = HasUser ? 3UL << 37 : 1UL << 20;     // TCR_EL2.{TBI0, TBI1}, or TBI
        ulong control = SystemRegisters.TCR_EL2;
        Check(Faults(LoadPlain, Paging.Writable | Tag, 4), "TBI=0: a load with a tag in its address"u8);
        Check(Faults(LoadPlain, Paging.Writable | Upper, 4), "TBI=0: a load with bit 55 set"u8);
        SystemRegisters.TCR_EL2 = control | ignore;
        Forget();
        Check(Works(LoadPlain, Paging.Writable | Tag), "TBI=1: a load with a tag in its address"u8);
        Check(Faults(LoadPlain, Paging.Writable | Tag | Upper, 4), "TBI=1: a load with a tag and bit 55"u8);
        Check(Faults(LoadPlain, Paging.Missing | Tag, 7), "TBI=1: a fault's address has the tag"u8);
        Control(Sign, 0);
        Tap.Value("signed with a tag"u8, Signed(0x4000_1234 | Tag));
        Tap.Value("signed with a tag, of the upper half"u8, Signed(0x80_0000_4000_1234 | Tag));
        Control(0, 0);
        SystemRegisters.TCR_EL2 = control;
        Forget();
    }

    // Where there is one privilege level there is no ASID: the bits in TTBR0_EL2 mean nothing, nor does nG.
    private static void AddressSpaces()
    {
        ulong one = HasUser ? 0 : Unprivileged;
        ulong data = Symbols.DataArea;
        *(ulong*)data = 1;
        *(ulong*)(data + 0x1000) = 2;
        SystemRegisters.TTBR0_EL2 = Paging.Root | (5UL << 48);
        Instructions.Isb();
        Page(Paging.Missing, data, one | NotGlobal | Bit54 | (HasUser ? Bit53 : 0));
        Check(Try(LoadPlain, Paging.Missing)->X[2] == 1, "a page that is not global"u8);
        *Paging.Entry(Paging.Missing) += 0x1000;
        Instructions.DsbSy();
        Code.Begin();
        Code.Sys(4, 8, 7, 1, 0);                        // TLBI VAE2
        Code.Dsb();
        Code.Isb();
        Code.Finish();
        Excursion.Prepare(Pstate.El2h)->X[0] = (Paging.Missing >> 12) | (HasUser ? 5UL << 48 : 0);
        Excursion.Run();
        Check(Try(LoadPlain, Paging.Missing)->X[2] == 2, "TLBI VAE2 makes a change of it seen"u8);
        SystemRegisters.TTBR0_EL2 = Paging.Root;
        *Paging.Entry(Paging.Missing) = 0;
        Forget();
    }
}
