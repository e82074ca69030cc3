// Stage 2 tables of any granule and size, made at run time in a piece of RAM behind the image that nothing else uses. A page
// of test code and the data area can be put anywhere in them: code that is made at run time runs at any address.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

/// <summary>One stage 2 translation under construction.</summary>
internal static unsafe class Stage2Tables
{
    public const ulong Readable = 1UL << 6;
    public const ulong Writable = 1UL << 7;
    public const ulong InnerShareable = 3UL << 8;
    public const ulong Accessed = 1UL << 10;
    public const ulong Normal = 0xfUL << 2;
    public const ulong Contiguous = 1UL << 52;

    /// <summary>VTCR_EL2.PS: 48 bits.</summary>
    public const ulong LargestOutput = 5;

    /// <summary>Normal memory, all rights.</summary>
    public const ulong Plain = Normal | Readable | Writable | InnerShareable | Accessed;

    // Between the image and the device tree, in the first 128 MiB of RAM.
    private const ulong Area = 0x4400_0000;
    private const ulong AreaSize = 0x0200_0000;
    private const ulong LargestStart = 0x10_0000;       // sixteen tables of 64 KiB

    private static ulong s_next;
    private static ulong s_root;
    private static int s_granule;
    private static int s_inputSize;
    private static int s_startLevel;

    /// <summary>Where the tables are.</summary>
    public static ulong Root => s_root;

    /// <summary>VTCR_EL2 for them, with an output size of 48 bits.</summary>
    public static ulong Control => ControlFor(LargestOutput);

    /// <summary>Forgets all tables that were made.</summary>
    public static void Reset() => s_next = Area;

    /// <summary>Begins new tables, empty.</summary>
    /// <param name="granule">log2 of the granule: 12, 14 or 16.</param>
    /// <param name="inputSize">Bits of the addresses.</param>
    /// <param name="startLevel">0 to 3.</param>
    public static void Begin(int granule, int inputSize, int startLevel)
    {
        s_granule = granule;
        s_inputSize = inputSize;
        s_startLevel = startLevel;
        s_root = Take(8UL << (inputSize - Shift(startLevel)));
    }

    /// <summary>Begins new tables of 39 bits, in which RAM is where it is and EL1's code runs in its place.</summary>
    public static void BeginWithRam()
    {
        const ulong Ram = 0x4000_0000;
        Begin(12, 39, 1);
        Map(Ram, Ram, 1, Plain);
        Probe.CodeAt = Symbols.CodeArea;
    }

    /// <summary>Turns the bytes of every entry round.</summary>
    public static void TurnBytes()
    {
        for (ulong at = Area; at < s_next; at += 8)
        {
            *(ulong*)at = ByteOrder.Turned(*(ulong*)at);
        }

        Instructions.DsbSy();
    }

    /// <summary>VTCR_EL2 with another output size.</summary>
    public static ulong ControlFor(ulong outputSize)
    {
        ulong granule = s_granule == 12 ? 0UL : s_granule == 14 ? 2UL : 1UL;
        uint start = s_granule != 12 ? 3u - (uint)s_startLevel : s_startLevel == 3 ? 3 : 2u - (uint)s_startLevel;
        return (1UL << 31) | (outputSize << 16) | (granule << 14) | (3UL << 12) | (1UL << 10) | (1UL << 8) | ((ulong)start << 6) | (uint)(64 - s_inputSize);
    }

    /// <summary>Bits of an address below a level's index.</summary>
    public static int Shift(int level) => s_granule + ((3 - level) * (s_granule - 3));

    /// <summary>The entry for an address at a level, with the tables above it.</summary>
    public static ulong* Entry(ulong address, int level)
    {
        ulong* entry = (ulong*)s_root + (address >> Shift(s_startLevel));
        for (int at = s_startLevel; at < level; at++)
        {
            if ((*entry & 3) != 3)
            {
                *entry = Take(1UL << s_granule) | 3;
            }

            ulong* table = (ulong*)(*entry & 0x0000_ffff_ffff_f000 & ~((1UL << s_granule) - 1));
            entry = table + (address >> Shift(at + 1) & ((1UL << (s_granule - 3)) - 1));
        }

        return entry;
    }

    /// <summary>Maps what is around a physical address, a page or a block.</summary>
    public static void Map(ulong address, ulong physical, int level, ulong attributes) =>
        *Entry(address, level) = (physical & ~((1UL << Shift(level)) - 1)) | attributes | (level == 3 ? 3UL : 1);

    /// <summary>The same offset in a page or block as a physical address has.</summary>
    public static ulong Within(ulong address, ulong physical, int level) =>
        address + (physical & ((1UL << Shift(level)) - 1));

    /// <summary>Puts the tables into force for EL1, under a VMID, after maintenance for all.</summary>
    public static void Use(ulong control, ulong vmid)
    {
        Instructions.DsbSy();
        Switch(control, vmid);
        Forget();
    }

    /// <summary>Puts them into force without maintenance.</summary>
    public static void Switch(ulong control, ulong vmid)
    {
        Instructions.DsbSy();
        SystemRegisters.VTCR_EL2 = control;
        SystemRegisters.VTTBR_EL2 = s_root | (vmid << 48);
        Instructions.Isb();
    }

    /// <summary>TLBI ALLE1.</summary>
    public static void Forget()
    {
        Instructions.DsbSy();
        Instructions.TlbiAlle1();
        Instructions.DsbSy();
        Instructions.Isb();
    }

    /// <summary>Zeroed memory, aligned to its size.</summary>
    public static ulong Take(ulong size)
    {
        size = size < 4096 ? 4096 : size;
        ulong at = (s_next + size - 1) & ~(size - 1);
        s_next = at + size;
        if (size > LargestStart || s_next > Area + AreaSize)
        {
            Tap.Check(false, "the test guest has room for its tables"u8);
            Cpu.PowerOff();
        }

        Instructions.ZeroWords((void*)at, size);
        return at;
    }
}
