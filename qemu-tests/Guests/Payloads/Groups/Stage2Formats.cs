// Every format of stage 2 tables: granules, start levels with concatenated tables, sizes of the input, blocks and contiguous
// entries; what each level's faults say; outputs that are too large, tables that are nowhere, controls that mean nothing.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Stage2Formats
{
    private const ulong AddressSize = 0;
    private const ulong Translation = 4;
    private const ulong External = 0x14;
    private const ulong Nowhere = 0x30_0000_0000;
    private const ulong Value = 0x0123_4567_89ab_cdef;

    private static ulong Data => Symbols.DataArea;

    public static void Run()
    {
        El2.Enter(true);
        El2.Change(Hcr.VM);
        *(ulong*)Data = Value;
        Instructions.DsbSy();
        Sizes();
        Blocks();
        Levels();
        Outputs();
        Controls();
        Nowheres();
        Loops();
        Cpu.ResetHcr(false);
        El1.Reset();
    }

    private static void Sizes()
    {
        Size(12, 3, 16, "4 KiB granule, start level 3, 16 bits"u8);
        Size(12, 3, 25, "4 KiB granule, start level 3, 25 bits: sixteen tables"u8);
        Size(12, 2, 22, "4 KiB granule, start level 2, 22 bits"u8);
        Size(12, 2, 32, "4 KiB granule, start level 2, 32 bits: four tables"u8);
        Size(12, 2, 34, "4 KiB granule, start level 2, 34 bits: sixteen tables"u8);
        Size(12, 1, 31, "4 KiB granule, start level 1, 31 bits"u8);
        Size(12, 1, 39, "4 KiB granule, start level 1, 39 bits"u8);
        Size(12, 1, 40, "4 KiB granule, start level 1, 40 bits: two tables"u8);
        Size(12, 1, 43, "4 KiB granule, start level 1, 43 bits: sixteen tables"u8);
        Size(12, 0, 40, "4 KiB granule, start level 0, 40 bits"u8);
        Size(12, 0, 48, "4 KiB granule, start level 0, 48 bits"u8);
        Size(14, 3, 16, "16 KiB granule, start level 3, 16 bits"u8);
        Size(14, 3, 29, "16 KiB granule, start level 3, 29 bits: sixteen tables"u8);
        Size(14, 2, 26, "16 KiB granule, start level 2, 26 bits"u8);
        Size(14, 2, 40, "16 KiB granule, start level 2, 40 bits: sixteen tables"u8);
        Size(14, 1, 37, "16 KiB granule, start level 1, 37 bits"u8);
        Size(14, 1, 48, "16 KiB granule, start level 1, 48 bits: two tables"u8);
        Size(16, 3, 17, "64 KiB granule, start level 3, 17 bits"u8);
        Size(16, 3, 33, "64 KiB granule, start level 3, 33 bits: sixteen tables"u8);
        Size(16, 2, 30, "64 KiB granule, start level 2, 30 bits"u8);
        Size(16, 2, 42, "64 KiB granule, start level 2, 42 bits"u8);
        Size(16, 2, 46, "64 KiB granule, start level 2, 46 bits: sixteen tables"u8);
        Size(16, 1, 48, "64 KiB granule, start level 1, 48 bits"u8);
    }

    /// <summary>The last page of the input leads to the data, the first to the code; the page behind the last leads nowhere.</summary>
    private static void Size(int granule, int startLevel, int inputSize, ReadOnlySpan<byte> what)
    {
        Stage2Tables.Reset();
        Stage2Tables.Begin(granule, inputSize, startLevel);
        ulong last = (1UL << inputSize) - (1UL << granule);
        Stage2Tables.Map(0, Symbols.CodeArea, 3, Stage2Tables.Plain);
        Stage2Tables.Map(last, Data, 3, Stage2Tables.Plain);
        Probe.CodeAt = Stage2Tables.Within(0, Symbols.CodeArea, 3);
        Stage2Tables.Use(Stage2Tables.Control, 1);
        ulong address = Stage2Tables.Within(last, Data, 3);
        bool good = Probe.Reads(address, Value);
        Excursion.Here->Check(good, what, ": the last page is read"u8, default);
        good = Probe.LoadFaults((1UL << inputSize) + 8, Translation);
        Excursion.Here->Check(good, what, ": what lies behind it faults at level 0"u8, default);
    }

    private static void Blocks()
    {
        Block(12, 40, 1, 1, "a block of 1 GiB"u8);
        Block(12, 40, 1, 2, "a block of 2 MiB"u8);
        Block(14, 40, 2, 2, "a block of 32 MiB"u8);
        Block(16, 40, 2, 2, "a block of 512 MiB"u8);

        Usual();
        const ulong Run = 0x8000_0000;
        const ulong Alignment = 0x20_0000;
        ulong image = Data & ~(Alignment - 1);          // code and constants: nothing there changes meanwhile
        for (ulong i = 0; i < 16; i++)
        {
            Stage2Tables.Map(Run + (i << 12), image + (i << 12), 3, Stage2Tables.Plain | Stage2Tables.Contiguous);
        }

        Stage2Tables.Use(Stage2Tables.Control, 1);
        bool good = true;
        for (ulong i = 0; i < 16; i++)
        {
            ulong physical = image + (i << 12) + 0x10;
            good &= Probe.Reads(Run + (i << 12) + 0x10, *(ulong*)physical);
        }

        Probe.Check(good, "sixteen contiguous pages are read"u8);
    }

    private static void Block(int granule, int inputSize, int startLevel, int level, ReadOnlySpan<byte> what)
    {
        Stage2Tables.Reset();
        Stage2Tables.Begin(granule, inputSize, startLevel);
        ulong at = 1UL << (inputSize - 1);
        Stage2Tables.Map(0, Symbols.CodeArea, 3, Stage2Tables.Plain);
        Stage2Tables.Map(at, Data, level, Stage2Tables.Plain);
        Probe.CodeAt = Stage2Tables.Within(0, Symbols.CodeArea, 3);
        Stage2Tables.Use(Stage2Tables.Control, 1);
        ulong address = Stage2Tables.Within(at, Data, level);
        bool good = Probe.Reads(address, Value);
        Excursion.Here->Check(good, what, " is read"u8, default);
        *(ulong*)(Data + 0x1000) = 0;
        Excursion* end = Probe.Store(address + 0x1000, 0x77);
        end->Check(end->Finished && *(ulong*)(Data + 0x1000) == 0x77, what, " is written"u8, default);

        // All of it goes by the address of any of it.
        *Stage2Tables.Entry(at, level) = 0;
        Instructions.DsbSy();
        Maintain.Ipa(address + 0x1000);
        good = Probe.LoadFaults(address, Translation | (uint)level);
        Excursion.Here->Check(good, what, " is gone after TLBI IPAS2E1IS of another page in it"u8, default);
    }

    /// <summary>4 KiB, 48 bits, the code at the start.</summary>
    private static void Usual()
    {
        Stage2Tables.Reset();
        Stage2Tables.Begin(12, 48, 0);
        Stage2Tables.Map(0, Symbols.CodeArea, 3, Stage2Tables.Plain);
        Probe.CodeAt = Stage2Tables.Within(0, Symbols.CodeArea, 3);
    }

    private static void Levels()
    {
        const ulong At = 0x4321_8765_4000;
        Usual();
        Stage2Tables.Use(Stage2Tables.Control, 1);
        Faults(At, Translation, "nothing at level 0"u8);
        *Stage2Tables.Entry(At, 0) = Data | Stage2Tables.Plain | 1;
        Stage2Tables.Forget();
        Faults(At, Translation, "a block at level 0 is none"u8);
        *Stage2Tables.Entry(At, 0) = 0;
        _ = Stage2Tables.Entry(At, 1);
        Stage2Tables.Forget();
        Faults(At, Translation | 1, "nothing at level 1"u8);
        _ = Stage2Tables.Entry(At, 2);
        Stage2Tables.Forget();
        Faults(At, Translation | 2, "nothing at level 2"u8);
        *Stage2Tables.Entry(At, 3) = Data | Stage2Tables.Plain | 2;
        Stage2Tables.Forget();
        Faults(At, Translation | 3, "nothing at level 3"u8);
        *Stage2Tables.Entry(At, 3) = Data | Stage2Tables.Plain | 1;
        Stage2Tables.Forget();
        Faults(At, Translation | 3, "a block at level 3 is none"u8);
        Stage2Tables.Map(At, Data, 3, Stage2Tables.Plain);
        Stage2Tables.Forget();
        Probe.Check(Probe.Reads(At, Value), "and a page is one"u8);

        Stage2Tables.Reset();
        Stage2Tables.Begin(14, 47, 1);
        Stage2Tables.Map(0, Symbols.CodeArea, 3, Stage2Tables.Plain);
        Probe.CodeAt = Stage2Tables.Within(0, Symbols.CodeArea, 3);
        *Stage2Tables.Entry(At, 1) = Stage2Tables.Plain | 1;
        Stage2Tables.Use(Stage2Tables.Control, 1);
        Faults(At, Translation | 1, "16 KiB granule: a block at level 1 is none"u8);
    }

    private static void Faults(ulong address, ulong status, ReadOnlySpan<byte> what)
    {
        bool good = Probe.LoadFaults(address + 8, status);
        Excursion.Here->Check(good, what, ": a load faults"u8, default);
        good = Probe.StoreFaults(address + 16, status);
        Excursion.Here->Check(good, what, ": a store faults"u8, default);
        good = Probe.FetchFaults(address + 4, Pstate.El1h, status);
        Excursion.Here->Check(good, what, ": a fetch faults"u8, default);
    }

    private static void Outputs()
    {
        const ulong At = 0x80_0000_0000;
        const ulong Small = 0;                          // VTCR_EL2.PS: 32 bits
        Usual();
        Stage2Tables.Map(At, 0x1_0000_0000, 3, Stage2Tables.Plain);
        Stage2Tables.Use(Stage2Tables.ControlFor(Small), 1);
        Faults(At, AddressSize | 3, "a page beyond VTCR_EL2.PS"u8);
        *Stage2Tables.Entry(At, 2) = 0x1_0000_0000 | 3;
        Stage2Tables.Forget();
        Faults(At, AddressSize | 2, "a table beyond VTCR_EL2.PS"u8);
        *Stage2Tables.Entry(At, 1) = 0x40_4000_0000 | Stage2Tables.Plain | 1;
        Stage2Tables.Forget();
        Faults(At, AddressSize | 1, "a block beyond VTCR_EL2.PS"u8);
        Stage2Tables.Use(Stage2Tables.ControlFor(Small), 1);
        SystemRegisters.VTTBR_EL2 = Nowhere | (1UL << 48);
        Instructions.Isb();
        Stage2Tables.Forget();
        bool good = Probe.FetchFaults(Probe.CodeAt, Pstate.El1h, AddressSize);
        Probe.Check(good, "VTTBR_EL2 beyond VTCR_EL2.PS: a fetch faults at level 0"u8);
    }

    private static void Controls()
    {
        Usual();
        ulong good = Stage2Tables.Control & ~0xffUL;
        Unusable(good | (1 << 6) | 16, "48 bits from level 1"u8);
        Unusable(good | 16, "48 bits from level 2"u8);
        Unusable(good | (2 << 6) | 25, "39 bits from level 0"u8);
        Unusable(good | (1 << 6) | 34, "30 bits from level 1"u8);
        Unusable(good | (3 << 6) | 49, "15 bits"u8);
        Unusable(good | (1 << 14) | (3 << 6) | 20, "64 KiB granule, a start level that is none"u8);
        Unusable(good | (1 << 14) | (1 << 6) | 16, "64 KiB granule, 48 bits from level 2"u8);
        Unusable(good | (2 << 14) | (1 << 6) | 16, "16 KiB granule, 48 bits from level 2"u8);
        Stage2Tables.Use(Stage2Tables.Control, 1);
        Probe.Check(Probe.Load(Probe.CodeAt)->Finished, "and a control that means something is one again"u8);
    }

    private static void Unusable(ulong control, ReadOnlySpan<byte> what)
    {
        Stage2Tables.Use(control, 1);
        bool good = Probe.FetchFaults(Probe.CodeAt, Pstate.El1h, Translation);
        Excursion.Here->Check(good, what, ": a fetch faults at level 0"u8, default);
    }

    private static void Nowheres()
    {
        const ulong At = 0x80_0000_0000;
        Usual();
        *Stage2Tables.Entry(At, 2) = Nowhere | 3;
        Stage2Tables.Use(Stage2Tables.Control, 1);
        Faults(At, External | 3, "a table of level 3 outside memory"u8);
        *Stage2Tables.Entry(At, 1) = Nowhere | 3;
        Stage2Tables.Forget();
        Faults(At, External | 2, "a table of level 2 outside memory"u8);
        *Stage2Tables.Entry(At, 0) = Nowhere | 3;
        Stage2Tables.Forget();
        Faults(At, External | 1, "a table of level 1 outside memory"u8);
        SystemRegisters.VTTBR_EL2 = Nowhere | (1UL << 48);
        Instructions.Isb();
        Stage2Tables.Forget();
        Probe.Check(Probe.FetchFaults(Probe.CodeAt, Pstate.El1h, External), "the root outside memory: a fetch faults at level 0"u8);

        // A page that leads outside memory: the access is EL1's to be told of.
        Usual();
        ulong vectors = Symbols.NestedVectors & ~0xfffUL;
        Stage2Tables.Map(vectors, vectors, 3, Stage2Tables.Plain);
        Stage2Tables.Map(At, Nowhere, 3, Stage2Tables.Plain);
        Stage2Tables.Use(Stage2Tables.Control, 1);
        Excursion* end = Probe.Load(At + 8);
        bool told = end->EndedBy(Vector.Lower, ExceptionClass.Hvc, 0x104);
        ulong esr = El1.Read(Encoding.ESR_EL1);
        ulong far = El1.Read(Encoding.FAR_EL1);
        Tap.Check(told && esr >> 26 == ExceptionClass.DataAbort && (esr & 0x3f) == 0x10 && far == At + 8, "a page outside memory: EL1 has the external abort"u8);
    }

    /// <summary>A table that is its own table of the next level, and so on to the last: the page is the table itself.</summary>
    private static void Loops()
    {
        Stage2Tables.Reset();
        Stage2Tables.Begin(12, 39, 1);
        Stage2Tables.Map(0, Symbols.CodeArea, 3, Stage2Tables.Plain);
        Probe.CodeAt = Stage2Tables.Within(0, Symbols.CodeArea, 3);
        const ulong Index = 0x55;
        ulong descriptor = Stage2Tables.Root | Stage2Tables.Plain | 3;
        ((ulong*)Stage2Tables.Root)[Index] = descriptor;
        Stage2Tables.Use(Stage2Tables.Control, 1);
        ulong at = (Index << 30) | (Index << 21) | (Index << 12);
        bool good = Probe.Reads(at + (Index * 8), descriptor);
        Probe.Check(good, "a table that points to itself is read through itself"u8);
        Excursion* end = Probe.Store(at + (Index * 8), 0);
        end->Check(end->Finished, "and written"u8, default, default);
        Stage2Tables.Forget();
        Probe.Check(Probe.LoadFaults(at, Translation | 1), "and gone when it wrote itself away"u8);
    }
}
