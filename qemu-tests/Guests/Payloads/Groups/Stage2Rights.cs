// What stage 2 permits: to whom, for which access, and what hardware writes into its tables by itself; and stage 1's own
// tables as stage 2 sees them, which are read, and written too when hardware keeps the access flag.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Stage2Rights
{
    private const ulong Window = 0x8000_0000;
    private const ulong Translation = 4;
    private const ulong AccessFlag = 8;
    private const ulong Permission = 12;
    private const ulong OfWalk = 1UL << 7;
    private const ulong Write = 1UL << 6;
    private const ulong DirtyModifier = 1UL << 51;
    private const ulong KeepAccess = 1UL << 21;         // VTCR_EL2.HA
    private const ulong KeepDirty = 1UL << 22;          // VTCR_EL2.HD
    private const ulong ProtectWalks = 1UL << 2;        // HCR_EL2.PTW
    private const ulong Nowhere = 0x30_0000_0000;

    private static ulong Data => Symbols.DataArea;

    public static void Run()
    {
        El2.Enter(true);
        El2.Change(Hcr.VM);
        Build();
        Probe.CodeAt = Symbols.CodeArea;
        Stage2Tables.Use(Stage2Tables.Control, 1);
        Execution();
        OneWay();
        Updates();
        TablesOfStage1();
        Cpu.ResetHcr(true);
        El1.Reset();
        Cpu.ResetHcr(false);
    }

    /// <summary>RAM as it is, the image's 2 MiB in pages.</summary>
    private static void Build()
    {
        const ulong Ram = 0x4000_0000, TwoMiB = 0x20_0000, Image = Ram + TwoMiB;
        Stage2Tables.Reset();
        Stage2Tables.Begin(12, 39, 1);
        for (ulong at = Ram; at < Ram + (64 * TwoMiB); at += TwoMiB)
        {
            if (at != Image)
            {
                Stage2Tables.Map(at, at, 2, Stage2Tables.Plain);
            }
        }

        for (ulong at = Image; at < Image + TwoMiB; at += 0x1000)
        {
            Stage2Tables.Map(at, at, 3, Stage2Tables.Plain);
        }
    }

    private static ulong* Page(ulong index, ulong physical, ulong attributes)
    {
        ulong* entry = Stage2Tables.Entry(Window + (index << 12), 3);
        *entry = physical | attributes | 3;
        Instructions.DsbSy();
        return entry;
    }

    private static void Execution()
    {
        Executes(0, true, true, "XN=00"u8);
        Executes(1, false, true, "XN=01"u8);
        Executes(2, false, false, "XN=10"u8);
        Executes(3, true, false, "XN=11"u8);
    }

    private static void Executes(ulong never, bool atEl1, bool atEl0, ReadOnlySpan<byte> what)
    {
        ulong address = Window + (never << 12);
        Page(never, Symbols.CodeArea, Stage2Tables.Plain | (never << 53));
        Code.Begin();
        Code.Finish();
        bool good = atEl1
            ? Probe.Fetch(address, Pstate.El1h)->Finished && Excursion.Here->Pc == address + 4
            : Probe.FetchFaults(address, Pstate.El1h, Permission | 3);
        Excursion.Here->Check(good, what, ": a fetch at EL1 is "u8, atEl1 ? "permitted"u8 : "refused"u8);

        // HVC is undefined at EL0; EL1 is told and hands over.
        good = atEl0
            ? Probe.Fetch(address, Pstate.El0)->EndedBy(Vector.Lower, ExceptionClass.Hvc, 0x108)
            : Probe.FetchFaults(address, Pstate.El0, Permission | 3);
        Excursion.Here->Check(good, what, ": a fetch at EL0 is "u8, atEl0 ? "permitted"u8 : "refused"u8);
    }

    private static void OneWay()
    {
        const ulong ReadModifyWrite = 0xf8220023;       // ldadd x2, x3, [x1]
        const ulong Neither = Stage2Tables.Plain & ~(Stage2Tables.Readable | Stage2Tables.Writable);
        Page(4, Symbols.CodeArea, Neither);
        Code.Begin();
        Code.Finish();
        Probe.Check(Probe.Fetch(Window + 0x4000, Pstate.El1h)->Finished, "a page without rights but execution executes"u8);
        Probe.Check(Probe.LoadFaults(Window + 0x4000, Permission | 3), "and is not read"u8);
        Page(5, Data, Stage2Tables.Plain & ~Stage2Tables.Readable);
        Probe.Check(Probe.Store(Window + 0x5000, 0x99)->Finished && *(ulong*)Data == 0x99, "a write-only page is written"u8);
        Probe.Check(Probe.LoadFaults(Window + 0x5000, Permission | 3), "and not read"u8);
        Atomic((uint)ReadModifyWrite, Window + 0x5000, 0, "an atomic on it faults as a read"u8);
        Page(6, Data, Stage2Tables.Plain & ~Stage2Tables.Writable);
        Probe.Check(Probe.Reads(Window + 0x6000, 0x99), "a read-only page is read"u8);
        Atomic((uint)ReadModifyWrite, Window + 0x6000, Write, "an atomic on it faults as a write"u8);
        ulong* entry = Page(6, Data, Stage2Tables.Plain);
        Maintain.Ipa(Window + 0x6000);
        Code.Begin();
        Code.Emit((uint)ReadModifyWrite);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El1h);
        end->X[1] = Window + 0x6000;
        end->X[2] = 1;
        Excursion.Run();
        end->Check(end->Finished && *(ulong*)Data == 0x9a && end->X[3] == 0x99, "and works when it may"u8, default, default);
        *entry = 0;
        Maintain.Ipa(Window + 0x6000);
    }

    private static void Atomic(uint instruction, ulong address, ulong write, ReadOnlySpan<byte> what)
    {
        Code.Begin();
        Code.Emit(instruction);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El1h);
        end->X[1] = address;
        Excursion.Run();
        end->Check(
            end->Vector == Vector.Lower && end->Class == ExceptionClass.DataAbortLower && (end->Syndrome & (0x3f | Write)) == (Permission | 3 | write)
                && end->Far == address && end->Hpfar == address >> 12 << 4,
            what, default, default);
    }

    private static void Updates()
    {
        const ulong Untouched = Stage2Tables.Plain & ~Stage2Tables.Accessed;
        const ulong Clean = (Stage2Tables.Plain & ~Stage2Tables.Writable) | DirtyModifier;
        ulong* entry = Page(8, Data, Untouched);
        Probe.Check(Probe.LoadFaults(Window + 0x8000, AccessFlag | 3), "VTCR_EL2.HA=0: a page without its access flag faults"u8);
        Stage2Tables.Use(Stage2Tables.Control | KeepAccess, 1);
        Probe.Check(Probe.Load(Window + 0x8000)->Finished && (*entry & Stage2Tables.Accessed) != 0, "VTCR_EL2.HA=1: a load sets the access flag"u8);
        entry = Page(9, Symbols.CodeArea, Untouched);
        Code.Begin();
        Code.Finish();
        Probe.Check(Probe.Fetch(Window + 0x9000, Pstate.El1h)->Finished && (*entry & Stage2Tables.Accessed) != 0, "VTCR_EL2.HA=1: a fetch sets the access flag"u8);
        entry = Page(10, Data, Untouched & ~Stage2Tables.Readable);
        Probe.Check(Probe.LoadFaults(Window + 0xa000, Permission | 3) && (*entry & Stage2Tables.Accessed) == 0, "VTCR_EL2.HA=1: a load that is not permitted sets none"u8);

        entry = Page(11, Data, Clean);
        Probe.Check(Probe.StoreFaults(Window + 0xb000, Permission | 3), "VTCR_EL2.HD=0: a clean page is read-only"u8);
        Stage2Tables.Use(Stage2Tables.Control | KeepDirty, 1);
        Probe.Check(Probe.StoreFaults(Window + 0xb000, Permission | 3), "VTCR_EL2.HD=1, HA=0: a clean page is read-only"u8);
        Stage2Tables.Use(Stage2Tables.Control | KeepAccess | KeepDirty, 1);
        Probe.Check(Probe.Load(Window + 0xb000)->Finished && (*entry & Stage2Tables.Writable) == 0, "VTCR_EL2.HD=1: a load leaves a page clean"u8);
        Probe.Check(Probe.Store(Window + 0xb000, 0x77)->Finished && (*entry & Stage2Tables.Writable) != 0, "VTCR_EL2.HD=1: a store makes it dirty"u8);
        entry = Page(12, Data, Clean & ~DirtyModifier);
        Probe.Check(Probe.StoreFaults(Window + 0xc000, Permission | 3) && (*entry & Stage2Tables.Writable) == 0, "VTCR_EL2.HD=1: a page without DBM is read-only"u8);
    }

    private static void TablesOfStage1()
    {
        const ulong KeepAccess1 = 1UL << 39;            // TCR_EL1.HA
        ulong pages = Paging.Root + 0x2000;
        ulong* entry = Stage2Tables.Entry(pages, 3);
        Paging.Build(user: true);
        *Paging.Entry(Paging.Writable) = Paging.PageOf(Data, user: true);
        *(ulong*)Data = 0x4242;
        Stage2Tables.Use(Stage2Tables.Control, 1);
        El1.Translate();

        Permit(entry, pages, Stage2Tables.Plain & ~Stage2Tables.Writable);
        Probe.Check(Probe.Reads(Paging.Writable, 0x4242), "a stage 1 table may be read-only"u8);
        El1.Write(Encoding.TCR_EL1, Paging.ControlTwoHalves | KeepAccess1);
        Stage2Tables.Forget();
        WalkFaults(Probe.Load(Paging.NotAccessed), ExceptionClass.DataAbortLower, Permission, Paging.NotAccessed, pages, "but not when hardware is to set an access flag in it"u8);
        Permit(entry, pages, Stage2Tables.Plain);
        Probe.Check(Probe.Load(Paging.NotAccessed)->Finished && (*Paging.Entry(Paging.NotAccessed) & Stage2Tables.Accessed) != 0, "in a writable one it does"u8);
        *Paging.Entry(Paging.NotAccessed) &= ~Stage2Tables.Accessed;
        Stage2Tables.Use(Stage2Tables.Control | KeepAccess | KeepDirty, 1);
        Permit(entry, pages, (Stage2Tables.Plain & ~Stage2Tables.Writable) | DirtyModifier);
        Probe.Check(Probe.Reads(Paging.Writable, 0x4242) && (*entry & Stage2Tables.Writable) == 0, "VTCR_EL2.HD=1: a walk leaves a table clean"u8);
        Probe.Check(Probe.Load(Paging.NotAccessed)->Finished && (*entry & Stage2Tables.Writable) != 0, "VTCR_EL2.HD=1: an access flag makes it dirty"u8);
        Stage2Tables.Use(Stage2Tables.Control, 1);

        Permit(entry, pages, Stage2Tables.Plain & ~Stage2Tables.Normal);
        Probe.Check(Probe.Reads(Paging.Writable, 0x4242), "a stage 1 table may be in device memory"u8);
        Cpu.SetHcr(SystemRegisters.HCR_EL2 | ProtectWalks);
        Stage2Tables.Forget();
        WalkFaults(Probe.Load(Paging.Writable), ExceptionClass.DataAbortLower, Permission, Paging.Writable, pages, "but not with HCR_EL2.PTW"u8);
        Permit(entry, pages, Stage2Tables.Plain);
        Probe.Check(Probe.Reads(Paging.Writable, 0x4242), "HCR_EL2.PTW: one in normal memory is read"u8);
        Cpu.SetHcr(SystemRegisters.HCR_EL2 & ~ProtectWalks);

        Permit(entry, pages, 0);
        *entry = 0;
        Stage2Tables.Forget();
        WalkFaults(Probe.Load(Paging.Writable), ExceptionClass.DataAbortLower, Translation, Paging.Writable, pages, "a stage 1 table that is missing: a load faults"u8);
        WalkFaults(Probe.Fetch(Paging.Executable, Pstate.El1h), ExceptionClass.InstructionAbortLower, Translation, Paging.Executable, pages, "a stage 1 table that is missing: a fetch faults"u8);
        *entry = Nowhere | Stage2Tables.Plain | 3;
        Stage2Tables.Forget();
        Abroad(3, "the last stage 1 table is outside memory: EL1 has the external abort"u8);
        *entry = pages | Stage2Tables.Plain | 3;
        ((ulong*)Paging.Root)[Paging.Window >> 30] = Window | 0xd_0000 | 3;
        *Stage2Tables.Entry(Window | 0xd_0000, 3) = Nowhere | Stage2Tables.Plain | 3;
        Stage2Tables.Forget();
        Abroad(2, "the middle stage 1 table is outside memory: EL1 has the external abort"u8);
        El1.TranslateNoMore();
        El1.Write(Encoding.TCR_EL1, Paging.ControlTwoHalves);
        Stage2Tables.Forget();
    }

    private static void Permit(ulong* entry, ulong physical, ulong attributes)
    {
        *entry = physical | attributes | 3;
        Stage2Tables.Forget();
    }

    private static void WalkFaults(Excursion* end, ulong exceptionClass, ulong kind, ulong address, ulong table, ReadOnlySpan<byte> what) => end->Check(
        end->Vector == Vector.Lower && end->Class == exceptionClass && (end->Syndrome & (OfWalk | 0x3c)) == (OfWalk | kind)
            && end->Far == address && end->Hpfar == table >> 12 << 4,
        what, default, default);

    private static void Abroad(ulong level, ReadOnlySpan<byte> what)
    {
        Excursion* end = Probe.Load(Paging.Writable);
        bool told = end->EndedBy(Vector.Lower, ExceptionClass.Hvc, 0x104);
        ulong esr = El1.Read(Encoding.ESR_EL1);
        ulong far = El1.Read(Encoding.FAR_EL1);
        Tap.Check(told && esr >> 26 == ExceptionClass.DataAbort && (esr & 0x3f) == (0x14 | level) && far == Paging.Writable, what);
    }
}
