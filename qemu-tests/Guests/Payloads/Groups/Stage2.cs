// Stage 2 translation that EL2 makes for EL1: what is mapped, what faults and how the fault is described, and that
// changes take effect with the TLB maintenance that the architecture asks for, no more.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Stage2
{
    private const ulong Window = 0x8000_0000;
    private const ulong MemoryNormal = 0xf << 2;
    private const ulong Readable = 1UL << 6;
    private const ulong Writable = 1UL << 7;
    private const ulong Shareable = 3UL << 8;
    private const ulong Accessed = 1UL << 10;
    private const ulong ExecuteNever = 1UL << 54;
    private const ulong TableOrPage = 3;
    private const ulong Page = MemoryNormal | Readable | Writable | Shareable | Accessed | TableOrPage;
    private const ulong Control = (1UL << 31) | (2UL << 16) | (3UL << 12) | (1UL << 10) | (1UL << 8) | (1UL << 6) | 25;
    private const ulong Valid = 1UL << 24;
    private const ulong DoubleWord = (3UL << 22) | (1UL << 15);
    private const ulong Write = 1UL << 6;
    private const ulong OfWalk = 1UL << 7;
    private const ulong Translation = 4;
    private const ulong AccessFlag = 8;
    private const ulong Permission = 12;

    private static ulong* First => (ulong*)(Symbols.PageTables + 0x3000);

    private static ulong* Second => First + 512;

    private static ulong* Third => First + 1024;

    private static ulong Data => Symbols.DataArea;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Build();
        SystemRegisters.VTCR_EL2 = Control;
        SystemRegisters.VTTBR_EL2 = (ulong)First | (1UL << 48);
        El2.Change(Hcr.VM);
        Forget();
        Accesses();
        Changes();
        Identifiers();
        BothStages();
    }

    private static void Build()
    {
        for (int i = 0; i < 3 * 512; i++)
        {
            First[i] = 0;
        }

        First[0] = Readable | Writable | Accessed | 1;
        First[1] = (1UL << 30) | MemoryNormal | Readable | Writable | Shareable | Accessed | 1;
        First[2] = (ulong)Second | TableOrPage;
        Second[0] = (ulong)Third | TableOrPage;
        Third[0] = Data | Page;
        Third[1] = (Data + 0x1000) | (Page & ~Writable);
        Third[3] = Data | (Page & ~Accessed);
        Third[4] = Symbols.CodeArea | (Page & ~Writable);
        Third[5] = Symbols.CodeArea | (Page & ~Writable) | ExecuteNever;
        Third[6] = Data | (Page & ~Readable);
        *(ulong*)Data = 0x1111;
        *(ulong*)(Data + 0x1000) = 0x2222;
        *(ulong*)(Data + 0x2000) = 0x3333;
        Instructions.DsbSy();
    }

    private static void Forget()
    {
        Instructions.DsbSy();
        Instructions.TlbiAlle1();
        Instructions.DsbSy();
        Instructions.Isb();
    }

    private static Excursion* Load(ulong address, bool store = false)
    {
        Code.Begin();
        if (store)
        {
            Code.Store(2, 1);
        }
        else
        {
            Code.Load(2, 1);
        }

        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El1h);
        end->X[1] = address;
        end->X[2] = 0x5555;
        Excursion.Run();
        return end;
    }

    private static void Reads(ulong address, ulong value, ReadOnlySpan<byte> what)
    {
        Excursion* end = Load(address);
        end->Check(end->Finished && end->X[2] == value, El2.Prefix, what, default);
    }

    private static void Faults(ulong address, bool store, ulong status, ReadOnlySpan<byte> what)
    {
        Excursion* end = Load(address, store);
        ulong syndrome = Valid | DoubleWord | (2 << 16) | (store ? Write : 0) | status;
        end->Check(
            end->EndedBy(Vector.Lower, ExceptionClass.DataAbortLower, syndrome) && end->Far == address
                && end->Hpfar == address >> 12 << 4 && end->Offset == 0,
            El2.Prefix, what, default);
    }

    private static void Accesses()
    {
        Reads(Window + 8, *(ulong*)(Data + 8), "a load goes where stage 2 says"u8);
        Reads(Window + 0x1000, 0x2222, "a read-only page can be read"u8);
        Excursion* end = Load(Window, true);
        end->Check(end->Finished && *(ulong*)Data == 0x5555, El2.Prefix, "a store goes where stage 2 says"u8, default);
        Faults(Window + 0x1008, true, Permission | 3, "a store to a read-only page faults"u8);
        Faults(Window + 0x2010, false, Translation | 3, "a load from a missing page faults"u8);
        Faults(Window + 0x2018, true, Translation | 3, "a store to a missing page faults"u8);
        Faults(Window + 0x3000, false, AccessFlag | 3, "a page without its access flag faults"u8);
        Faults(Window + 0x6000, false, Permission | 3, "a load from a write-only page faults"u8);
        Faults(Window + 0x20_0000, false, Translation | 2, "a missing table faults at level 2"u8);
        Faults(0xc000_0000, false, Translation | 1, "a missing block faults at level 1"u8);

        Code.Begin();
        Code.Branch(1);
        Code.Finish();
        end = Excursion.Prepare(Pstate.El1h);
        end->X[1] = Window + 0x4004;
        Excursion.Run();
        end->Check(end->Finished && end->Pc == Window + 0x4008, El2.Prefix, "code runs where stage 2 says"u8, default);
        Fetch(Window + 0x5004, Permission | 3, "a fetch from an execute-never page faults"u8);
        Fetch(Window + 0x2004, Translation | 3, "a fetch from a missing page faults"u8);
    }

    private static void Fetch(ulong address, ulong status, ReadOnlySpan<byte> what)
    {
        Excursion* end = Excursion.Prepare(Pstate.El1h);
        end->X[1] = address;
        Excursion.Run();
        end->Check(
            end->EndedBy(Vector.Lower, ExceptionClass.InstructionAbortLower, status) && end->Far == address
                && end->Hpfar == address >> 12 << 4 && end->Pc == address,
            El2.Prefix, what, default);
    }

    private static void Changes()
    {
        Third[2] = (Data + 0x2000) | Page;
        Instructions.DsbSy();
        Reads(Window + 0x2000, 0x3333, "a page that is added is there without maintenance"u8);
        Third[2] = 0;
        Forget();
        Faults(Window + 0x2000, false, Translation | 3, "a page that is taken away is gone after TLBI ALLE1"u8);

        Third[2] = (Data + 0x1000) | Page;
        Instructions.DsbSy();
        Reads(Window + 0x2000, 0x2222, "a page that is put back is there"u8);
        Third[2] = 0;
        Instructions.DsbSy();
        TlbiIpas2e1is((Window + 0x2000) >> 12);
        Instructions.DsbSy();
        Instructions.TlbiVmalle1is();
        Instructions.DsbSy();
        Instructions.Isb();
        Faults(Window + 0x2000, false, Translation | 3, "a page is gone after TLBI IPAS2E1IS and VMALLE1IS"u8);

        Third[0] = 0;
        Instructions.DsbSy();
        Instructions.TlbiVmalls12e1is();
        Instructions.DsbSy();
        Third[0] = (Data + 0x2000) | Page;
        Instructions.DsbSy();
        Instructions.Isb();
        Reads(Window, 0x3333, "a page that is replaced is the new one after TLBI VMALLS12E1IS"u8);

        Third[0] = (Data + 0x2000) | (Page & ~Writable);
        Forget();
        Faults(Window, true, Permission | 3, "a page that became read-only faults on a store"u8);
        Third[0] = (Data + 0x2000) | Page;
        Forget();
        Excursion* end = Load(Window, true);
        end->Check(end->Finished, El2.Prefix, "a page that became writable takes the store"u8, default);
        Third[0] = Data | Page;
        *(ulong*)Data = 0x1111;
        *(ulong*)(Data + 0x2000) = 0x3333;
        Forget();
    }

    private static void Identifiers()
    {
        // A second root with another page under another VMID, back and forth without maintenance.
        ulong* other = (ulong*)(Symbols.PageTables + 0x6000);
        for (int i = 0; i < 1024; i++)
        {
            other[i] = 0;
        }

        // Its second level is in its own second half: level 2 with one block would map 2 MiB, which is enough here.
        other[0] = First[0];
        other[1] = First[1];
        other[2] = (ulong)(other + 512) | TableOrPage;
        other[512] = (Data & ~0x1f_ffffUL) | (Page & ~2UL);
        Instructions.DsbSy();
        SystemRegisters.VTTBR_EL2 = (ulong)other | (2UL << 48);
        Instructions.Isb();
        Reads(Window + (Data & 0x1f_ffff) + 0x1000, 0x2222, "another VMID has its own translation"u8);
        Faults(Window + 0x20_0000, false, Translation | 2, "another VMID has its own faults"u8);
        SystemRegisters.VTTBR_EL2 = (ulong)First | (1UL << 48);
        Instructions.Isb();
        Reads(Window, 0x1111, "the first VMID has its translation back"u8);
        Faults(Window + 0x2000, false, Translation | 3, "the first VMID has its faults back"u8);
    }

    private static void BothStages()
    {
        Paging.Build(user: true);
        *Paging.Entry(Paging.User) = Paging.PageOf(Window + 0x2000, user: true);
        *Paging.Entry(Paging.Device) = Paging.PageOf(Window + 0x1000, user: true);
        Instructions.DsbSy();
        Forget();
        El1.Translate();
        Reads(Paging.Writable, 0x1111, "both stages: a load goes through both"u8);
        Reads(Paging.Device, 0x2222, "both stages: a page behind a page"u8);

        Excursion* end = Load(Paging.User + 0x10);
        end->Check(
            end->Vector == Vector.Lower && end->Class == ExceptionClass.DataAbortLower && (end->Syndrome & 0x3f) == (Translation | 3)
                && end->Far == Paging.User + 0x10 && end->Hpfar == (Window + 0x2000) >> 12 << 4,
            El2.Prefix, "both stages: a fault of stage 2 has the virtual and the intermediate address"u8, default);
        end = Load(Paging.Missing + 0x10);
        bool toEl1 = end->EndedBy(Vector.Lower, ExceptionClass.Hvc, 0x104);
        ulong esr = El1.Read(Encoding.ESR_EL1);
        ulong far = El1.Read(Encoding.FAR_EL1);
        Tap.Check(toEl1 && (esr >> 26) == ExceptionClass.DataAbort && (esr & 0x3f) == (Translation | 3), El2.Prefix, "both stages: a fault of stage 1 goes to EL1"u8, default);
        Tap.Check(far == Paging.Missing + 0x10, El2.Prefix, "both stages: FAR_EL1 is its address"u8, default);
        AtS12(Paging.Writable, Data, "AT S12E1R goes through both stages"u8);

        // A table of EL1's that stage 2 does not map.
        ulong* root = (ulong*)Paging.Root;
        root[3] = (Window + 0x2000) | TableOrPage;
        Instructions.DsbSy();
        end = Load(0xc000_0000);
        end->Check(
            end->Vector == Vector.Lower && end->Class == ExceptionClass.DataAbortLower && (end->Syndrome & 0x1ff_ffff & ~0x3fUL & ~Write) == OfWalk
                && (end->Syndrome & 0x3f) == (Translation | 3) && end->Far == 0xc000_0000 && end->Hpfar == (Window + 0x2000) >> 12 << 4,
            El2.Prefix, "both stages: a fault on EL1's own table says so"u8, default);
        El1.TranslateNoMore();
        Forget();
    }

    private static void AtS12(ulong address, ulong physical, ReadOnlySpan<byte> what)
    {
        Code.Begin();
        Code.Sys(4, 7, 8, 4, 0);
        Code.Isb();
        Code.Mrs(1, Encoding.PAR_EL1);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[0] = address;
        Excursion.Run();
        end->Check(end->Finished && (end->X[1] & 0x0000_ffff_ffff_f001) == physical, El2.Prefix, what, default);
    }

    private static void TlbiIpas2e1is(ulong page)
    {
        Code.Begin();
        Code.Sys(4, 8, 0, 1, 0);
        Code.Finish();
        Excursion.Prepare(Pstate.El2h)->X[0] = page;
        Excursion.Run();
    }
}
