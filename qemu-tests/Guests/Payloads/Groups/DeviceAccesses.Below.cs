// The same below EL2: by EL1 and EL0 without a stage 2, and through a stage 2 that has the device as Normal or as Device memory.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class DeviceAccesses
{
    private const ulong Window = 0x8000_0000;           // the distributor as Normal memory
    private const ulong WindowOfDevice = Window + 0x1000;
    private const ulong WindowOfRam = Window + 0x2000;
    private const ulong WindowOfUart = Window + 0x3000;
    private const ulong Missing = Window + 0x4000;
    private const ulong OfPriorities = 0x420;
    private const ulong OwnSynchronous = 0x104;         // EL1's vectors call EL2 with it: from EL1h
    private const ulong FromEl0 = 0x108;
    private const ulong HostOfEl0 = 1UL << 27;          // HCR_EL2.TGE
    private const ulong UserBigEndian = 1UL << 24;      // SCTLR_ELx.E0E

    private static void Below()
    {
        Levels(Pstate.El1h, Priorities, "EL1: "u8);
        Levels(Pstate.El0, Priorities, "EL0: "u8);
        DoBelow(Pstate.El1h, 0xb8404422, Priorities + 2);
        Check(IsOwn(OwnSynchronous, ExceptionClass.DataAbort, Alignment, Priorities + 2), "EL1: the MMU is off: LDR is aligned"u8);
        DoBelow(Pstate.El0, 0xb9400022, Priorities + 2);
        Check(IsOwn(FromEl0, ExceptionClass.DataAbortLower, Alignment, Priorities + 2), "EL0: the MMU is off: LDR is aligned"u8);
        Orders();
        El2.Change(HostOfEl0);
        if (El2.IsE2h)
        {
            Levels(Pstate.El0, Priorities, "EL0 of a host: "u8);
            SystemRegisters.SCTLR_EL2 |= UserBigEndian;
            Instructions.Isb();
            DoBelow(Pstate.El0, 0xb8404422, Priorities);
            Check(Has(Priorities + 4, 0x2018_1008), "EL0 of a host: SCTLR_EL2.E0E: LDR, post-index"u8);
            DoBelow(Pstate.El0, 0xb9400022, Priorities);
            Check(Has(Priorities, 0x2018_1008), "EL0 of a host: SCTLR_EL2.E0E: LDR"u8);
            SystemRegisters.SCTLR_EL2 &= ~UserBigEndian;
            Instructions.Isb();
        }

        El2.Change(0, HostOfEl0);
        ThroughStage2();
        Fill();
    }

    private static void Levels(ulong level, ulong address, ReadOnlySpan<byte> name)
    {
        DoBelow(level, 0xb8404422, address);
        CheckBelow(Has(address + 4, Word0), name, "LDR, post-index"u8);
        DoBelow(level, 0x38401422, address + 1);
        CheckBelow(Has(address + 2, 0x18), name, "LDRB, post-index"u8);
        DoBelow(level, 0xb8004422, address, 0x1020_3040);
        CheckBelow(IsReached && Here->X[1] == address + 4 && Holds(0x1020_3040, Word1), name, "STR, post-index"u8);
        DoBelow(level, 0xb8e28023, address, 0x1020_3040);
        CheckBelow(IsReached && Here->X[3] == Word0 && Holds(0x1020_3040, Word1), name, "SWPAL"u8);
        DoBelow(level, 0x2d400420, address);
        CheckBelow(HasPair(address, Word0, Word1), name, "LDP of vectors"u8);
        DoBelow(level, 0x885f7c22, address);
        CheckBelow(Has(address, Word0), name, "LDXR"u8);
    }

    private static void CheckBelow(bool condition, ReadOnlySpan<byte> name, ReadOnlySpan<byte> what) => Here->Check(condition, Prefix, name, what);

    // The halves of V0 and V1 are in x2 and x3 for a load of vectors.
    private static void DoBelow(ulong level, uint instruction, ulong address, ulong x2 = 0)
    {
        Fill();
        Code.Begin();
        Code.Emit(instruction);
        if ((instruction & 0x0e00_0000) == 0x0c00_0000)
        {
            Code.Emit(0x4e083c02);                      // mov x2, v0.d[0]
            Code.Emit(0x4e083c23);                      // mov x3, v1.d[0]
        }

        if (level == Pstate.El0)
        {
            Code.Svc((uint)Code.End);
        }

        Go(level, address, x2, 0);
    }

    private static bool IsOwn(ulong where, ulong kind, ulong syndrome, ulong address)
    {
        const ulong Il = 1UL << 25;
        return Here->EndedBy(Vector.Lower, ExceptionClass.Hvc, where) && El1.Read(Encoding.ESR_EL1) == ((kind << 26) | Il | syndrome)
            && El1.Read(Encoding.FAR_EL1) == address;
    }

    private static void Orders()
    {
        ulong control = El1.Read(Encoding.SCTLR_EL1);
        El1.Write(Encoding.SCTLR_EL1, control | BigEndian);
        DoBelow(Pstate.El1h, 0xb8404422, Priorities);
        Check(Has(Priorities + 4, 0x2018_1008), "SCTLR_EL1.EE: LDR of EL1, post-index"u8);
        DoBelow(Pstate.El1h, 0xb9400022, Priorities);
        Check(Has(Priorities, 0x2018_1008), "SCTLR_EL1.EE: LDR of EL1"u8);
        DoBelow(Pstate.El0, 0xb8404422, Priorities);
        Check(Has(Priorities + 4, Word0), "SCTLR_EL1.EE: LDR of EL0, post-index, is in little endian"u8);
        El1.Write(Encoding.SCTLR_EL1, control | UserBigEndian);
        DoBelow(Pstate.El1h, 0xb9400022, Priorities);
        Check(Has(Priorities, Word0), "SCTLR_EL1.E0E: LDR of EL1 is in little endian"u8);
        DoBelow(Pstate.El0, 0xb8404422, Priorities);
        Check(Has(Priorities + 4, 0x2018_1008), "SCTLR_EL1.E0E: LDR of EL0, post-index"u8);
        DoBelow(Pstate.El0, 0xb9000022, Priorities, 0x1020_3040);
        Check(IsReached && Holds(0x4030_2010, Word1), "SCTLR_EL1.E0E: STR of EL0"u8);
        El1.Write(Encoding.SCTLR_EL1, control);
    }

    private static void ThroughStage2()
    {
        Stage2Tables.Reset();
        Stage2Tables.BeginWithRam();
        Stage2Tables.Map(Window, Gic.Distributor, 3, Stage2Tables.Plain);
        Stage2Tables.Map(WindowOfDevice, Gic.Distributor, 3, Stage2Tables.Plain & ~Stage2Tables.Normal);
        Stage2Tables.Map(WindowOfRam, Symbols.DataArea, 3, Stage2Tables.Plain);
        Stage2Tables.Map(WindowOfUart, Uart, 3, Stage2Tables.Plain);
        Stage2Tables.Use(Stage2Tables.Control, 5);
        El2.Change(Hcr.VM);

        // Before any other access to the page: QEMU gives the fault of a page that is in its TLB to EL1.
        DoBelow(Pstate.El1h, 0xb9400022, WindowOfDevice + OfPriorities + 2);
        Check(
            IsStage2Fault((1UL << 24) | (2UL << 22) | (2UL << 16) | Alignment, WindowOfDevice + OfPriorities + 2),
            "stage 2, a device: LDR is aligned, which EL2 sees with a valid syndrome"u8);
        Stage2Tables.Forget();
        DoBelow(Pstate.El1h, 0xb8404422, WindowOfDevice + OfPriorities + 2);
        Check(IsStage2Fault(Alignment, WindowOfDevice + OfPriorities + 2), "stage 2, a device: LDR with post-index, without"u8);
        Levels(Pstate.El1h, Window + OfPriorities, "stage 2: EL1: "u8);
        Levels(Pstate.El0, Window + OfPriorities, "stage 2: EL0: "u8);
        Levels(Pstate.El1h, WindowOfDevice + OfPriorities, "stage 2, a device: EL1: "u8);
        DoBelow(Pstate.El1h, 0xb8404422, Window + OfPriorities + 3);
        Check(Has(Window + OfPriorities + 7, 0x3038_4008), "stage 2: an unaligned LDR, post-index"u8);
        DoBelow(Pstate.El1h, 0xb8404422, Missing);
        Check(IsStage2Fault(TranslationOfPage, Missing), "stage 2: LDR with post-index of a page that is not mapped"u8);
        DoBelow(Pstate.El1h, 0xb8004422, Missing);
        Check(IsStage2Fault(TranslationOfPage | WriteNotRead, Missing), "stage 2: STR with post-index of a page that is not mapped"u8);
        DoBelow(Pstate.El1h, 0xf9400022, WindowOfUart + 0xffc);
        Check(
            IsStage2Fault((1UL << 24) | (3UL << 22) | (2UL << 16) | (1 << 15) | TranslationOfPage, Missing),
            "stage 2: LDR, four bytes of a device and a page that is not mapped"u8);
        *(ulong*)(Symbols.DataArea + 0xff8) = InMemory;
        *(ulong*)Symbols.DataArea = InMemory;
        Instructions.DsbSy();
        DoBelow(Pstate.El1h, 0xf8408422, WindowOfRam + 0xffc);
        Check(Here->Finished && (uint)Here->X[2] == InMemory >> 32, "stage 2: LDR with post-index, four bytes of RAM and four of a device"u8);
        Fetches();
        El2.Reset();
        Stage2Tables.Forget();
    }

    // EL1's own tables above that stage 2, and code that EL0 may execute and not read; PSTATE.PAN.
    private static void Fetches()
    {
        const ulong NoWrite = 1UL << 7;
        const ulong Unprivileged = 1UL << 6;
        const ulong PrivilegedExecuteNever = 1UL << 53;
        const ulong ExecuteNever = 1UL << 54;
        const ulong Pan = 1UL << 22;
        const ulong CodeOfEl0 = Paging.Window + 0x2_0000;
        const ulong UserDevice = Paging.Window + 0x2_1000;
        const ulong Privileged = Paging.Window + 0x2_2000;
        Paging.Build(user: true);
        *Paging.Entry(CodeOfEl0) = Paging.PageOf(Symbols.CodeArea, user: true) & ~ExecuteNever;
        *Paging.Entry(UserDevice) = Paging.PageOf(Window, user: true) | Unprivileged;
        *Paging.Entry(Privileged) = Paging.PageOf(Window, user: true);
        El1.Translate();
        Stage2Tables.Forget();
        Fill();
        Code.Begin();
        Code.Emit(0xb8404422);
        Code.Svc((uint)Code.End);
        Code.Publish();
        Excursion* start = Excursion.Prepare(Pstate.El0);
        start->Pc = CodeOfEl0;
        start->X[1] = UserDevice + OfPriorities;
        Excursion.Run();
        Check(Has(UserDevice + OfPriorities + 4, Word0), "stage 1 and 2: LDR of EL0, post-index, in code that EL0 cannot read"u8);
        *Paging.Entry(CodeOfEl0) = (Paging.PageOf(Symbols.CodeArea, user: true) & ~(ExecuteNever | PrivilegedExecuteNever)) | NoWrite | Unprivileged;
        Stage2Tables.Forget();
        Fill();
        Code.Begin();
        Code.Emit(0xb8404422);
        Code.Finish();
        start = Excursion.Prepare(Pstate.El1h | Pan);
        start->Pc = CodeOfEl0;
        start->X[1] = Privileged + OfPriorities;
        Excursion.Run();
        Check(Has(Privileged + OfPriorities + 4, Word0), "stage 1 and 2: LDR of EL1 with PSTATE.PAN, post-index, in code that EL0 can read"u8);
        El1.TranslateNoMore();
        Instructions.TlbiAlle1();
        Instructions.DsbSy();
    }

    private static bool IsStage2Fault(ulong syndrome, ulong address) =>
        Here->EndedBy(Vector.Lower, ExceptionClass.DataAbortLower, syndrome) && Here->Far == address && Here->Hpfar == address >> 12 << 4;
}
