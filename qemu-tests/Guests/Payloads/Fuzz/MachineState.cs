// The state that every program of the group fuzz starts from: the registers of the list, and an arena of tables and data behind them.
// The generator on the host knows the arena's addresses (tools/Fuzz/Arena.cs).

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class MachineState
{
    private const ulong Arena = 0x4600_0000;
    private const ulong Data = Arena + 0x1_0000;
    private const ulong DataPages = 8;
    private const ulong CheckedOfPage = 0x100;              // bytes
    private const ulong BlockData = Arena + 0x40_0000;      // where a block may lead to
    private const ulong Nested = Arena + 0x1_f000;          // the page that programs give VNCR_EL2
    private const ulong NestedSize = 0x1000;
    private const ulong ReadingCode = Arena + 0x3_0000;
    private const ulong Values = Arena + 0x4_0000;          // of each row now, with its exception
    private const ulong Initial = Arena + 0x5_0000;         // at the start
    private const ulong Different = Arena + 0x6_0000;

    private const ulong Stage2Control = 0x8004_3559;        // VTCR_EL2: 39 bits, 4 KiB, from level 1, 44-bit output, cached walks

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
        ProgramTables.Build();
        ZeroData();
        Gic.Open();
        Mmio.Write32(Gic.Own + Gic.SgiFrame + SetEnable, Timers);
        ResetInterface();
        SystemRegister.Write(Encoding.OSLAR_EL1, 0);
        El2.Enter(false);
        El1.Translate();
        El1.Write(Encoding.TTBR0_EL1, ProgramTables.Stage1Root);
        El1.TranslateNoMore();
        SystemRegisters.VTTBR_EL2 = ProgramTables.Stage2Root;
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

        for (ulong page = 0; page < DataPages; page++)
        {
            ReportMemory(BlockData + (page << 12), CheckedOfPage);
        }

        ReportMemory(Nested, NestedSize);
    }

    /// <summary>EL2's translation off, as C# wants it.</summary>
    public static void TranslateNoMore()
    {
        SystemRegisters.SCTLR_EL2 &= ~1UL;
        Instructions.Isb();
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
        ProgramTables.Restore();
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

    private static void ZeroData()
    {
        for (ulong page = 0; page < DataPages; page++)
        {
            Instructions.ZeroWords((void*)(Data + (page << 12)), CheckedOfPage);
            Instructions.ZeroWords((void*)(BlockData + (page << 12)), CheckedOfPage);
        }

        Instructions.ZeroWords((void*)Nested, NestedSize);
    }
}
