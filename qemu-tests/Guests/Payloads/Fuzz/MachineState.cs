// The state that every program of the group fuzz starts from: the registers of the list, and an arena of tables and data behind them.
// The generator on the host knows the arena's addresses (tools/Fuzz/Arena.cs).

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class MachineState
{
    private const ulong Arena = 0x4600_0000;
    private const ulong Tables = Arena;                     // of EL1, then of stage 2
    private const ulong TablesSize = 0x6000;
    private const ulong Data = Arena + 0x1_0000;
    private const ulong DataPages = 8;
    private const ulong CheckedOfPage = 0x100;              // bytes
    private const ulong Nested = Arena + 0x1_f000;          // the page that programs give VNCR_EL2
    private const ulong NestedSize = 0x1000;
    private const ulong Pristine = Arena + 0x2_0000;
    private const ulong ReadingCode = Arena + 0x3_0000;
    private const ulong Values = Arena + 0x4_0000;          // of each row now, with its exception
    private const ulong Initial = Arena + 0x5_0000;         // at the start
    private const ulong Different = Arena + 0x6_0000;

    private const ulong Stage2Root = Tables + 0x3000;
    private const ulong Stage2Control = 0x8004_3559;        // VTCR_EL2: 39 bits, 4 KiB, from level 1, 44-bit output, cached walks
    private const ulong Stage2Plain = 0x7fd;                // a block of Normal memory, all rights
    private const ulong Window = 0x8000_0000;
    private const ulong WindowPages = 16;

    private const ulong SetEnable = 0x100;                  // GICR_ISENABLER0
    private const ulong SetActive = 0x300;
    private const ulong ClearActive = 0x380;
    private const uint Timers = (1u << 26) | (1u << 27) | (1u << 28) | (1u << 30);

    private static ulong* s_rows;
    private static uint s_count;

    /// <summary>Takes the list, builds the arena and notes the state.</summary>
    public static void Open(ulong* rows, uint count)
    {
        s_rows = rows;
        s_count = count;
        BuildTables();
        Copy(Pristine, Tables);
        ZeroData();
        Gic.Open();
        Mmio.Write32(Gic.Own + Gic.SgiFrame + SetEnable, Timers);
        ResetInterface();
        SystemRegister.Write(Encoding.OSLAR_EL1, 0);
        El2.Enter(false);
        El1.Translate();
        El1.Write(Encoding.TTBR0_EL1, Tables);
        El1.TranslateNoMore();
        SystemRegisters.VTTBR_EL2 = Stage2Root;
        SystemRegisters.VTCR_EL2 = Stage2Control;
        Code.BeginAt(ReadingCode);
        for (uint i = 0; i < count; i++)
        {
            const uint StoreBoth = 0xa88131e9;              // stp x9, x12, [x15], #16
            Code.MoveImmediate(12, 0);
            Code.Mrs(9, (uint)rows[2 * i]);
            Code.Emit(StoreBoth);
        }

        Code.Svc((uint)Code.End);
        Code.PublishFrom(ReadingCode);
        Read(Initial);
    }

    /// <summary>Adds everything that the last program left to the digest.</summary>
    public static void Report()
    {
        Programs.Add("hcr"u8, SystemRegisters.HCR_EL2);
        Cpu.ResetHcr(false);
        Read(Values);
        for (uint i = 0; i < s_count; i++)
        {
            ulong mask = s_rows[(2 * i) + 1];
            Programs.Add("register "u8, s_rows[2 * i], Value(Values, i) & mask, Value(Initial, i) & mask);
        }

        for (ulong page = 0; page < DataPages; page++)
        {
            ReportMemory(Data + (page << 12), CheckedOfPage);
        }

        ReportMemory(Nested, NestedSize);
    }

    private static void ReportMemory(ulong start, ulong size)
    {
        for (ulong at = start; at < start + size; at += 8)
        {
            Programs.Add("memory "u8, at, *(ulong*)at, 0);
        }
    }

    /// <summary>Makes everything as it was at the start.</summary>
    public static void Restore()
    {
        ulong* value = (ulong*)Different;
        Code.Begin();
        for (uint i = 0; i < s_count; i++)
        {
            if (Value(Values, i) != Value(Initial, i))
            {
                const uint LoadNext = 0xf84085e9;           // ldr x9, [x15], #8
                *value++ = Value(Initial, i);
                Code.Emit(LoadNext);
                Code.Msr((uint)s_rows[2 * i], 9);
            }
        }

        Code.Emit(0xd503467f);                              // smstop
        Code.Svc((uint)Code.End);
        Code.Publish();
        Symbols.TryRun(Symbols.CodeArea, Pstate.El2h, (void*)Different, 0);
        Cpu.ResetHcr(false);
        ResetInterface();
        Copy(Tables, Pristine);
        ZeroData();
        Instructions.DsbSy();
        Instructions.TlbiAlle1();
        Instructions.TlbiAlle2();
        Instructions.DsbSy();
        Instructions.Isb();
    }

    // The machine's own interface: all priorities, both groups off.
    private static void ResetInterface()
    {
        SystemRegisters.ICC_PMR_EL1 = 0xff;
        SystemRegisters.ICC_BPR0_EL1 = 0;
        SystemRegisters.ICC_BPR1_EL1 = 0;
        SystemRegisters.ICC_IGRPEN0_EL1 = 0;
        SystemRegisters.ICC_IGRPEN1_EL1 = 0;
        SystemRegisters.ICC_CTLR_EL1 = 0;
        SystemRegisters.ICC_AP0R0_EL1 = 0;
        SystemRegisters.ICC_AP1R0_EL1 = 0;
        if (Mmio.Read32(Gic.Own + Gic.SgiFrame + SetActive) is var active and not 0)
        {
            Mmio.Write32(Gic.Own + Gic.SgiFrame + ClearActive, active);
        }
    }

    private static ulong Value(ulong values, uint row) => ((ulong*)values)[2 * row];

    private static void Read(ulong into) => Symbols.TryRun(ReadingCode, Pstate.El2h, (void*)into, 0);

    // Everything where it is, and a window of pages that lead to the data.
    private static void BuildTables()
    {
        Paging.Build(user: true);
        ulong* first = (ulong*)Tables;
        for (ulong i = 0; i < 3 * 512; i++)
        {
            first[i] = ((ulong*)Paging.Root)[i];
        }

        first[Window >> 30] = (first[Window >> 30] & 0xfff) | (Tables + 0x1000);
        first[512] = (first[512] & 0xfff) | (Tables + 0x2000);
        ulong* second = (ulong*)Stage2Root;
        for (ulong i = 0; i < 3 * 512; i++)
        {
            second[i] = 0;
        }

        second[0] = Stage2Plain;
        second[1] = (1UL << 30) | Stage2Plain;
        second[Window >> 30] = (Stage2Root + 0x1000) | 3;
        second[512] = (Stage2Root + 0x2000) | 3;
        for (ulong i = 0; i < WindowPages; i++)
        {
            first[1024 + i] = Paging.PageOf(Data + ((i % DataPages) << 12), user: true);
            second[1024 + i] = (Data + ((i % DataPages) << 12)) | Stage2Plain | 3;
        }
    }

    private static void Copy(ulong to, ulong from)
    {
        for (ulong at = 0; at < TablesSize; at += 8)
        {
            *(ulong*)(to + at) = *(ulong*)(from + at);
        }
    }

    private static void ZeroData()
    {
        for (ulong page = 0; page < DataPages; page++)
        {
            Instructions.ZeroWords((void*)(Data + (page << 12)), CheckedOfPage);
        }

        Instructions.ZeroWords((void*)Nested, NestedSize);
    }
}
