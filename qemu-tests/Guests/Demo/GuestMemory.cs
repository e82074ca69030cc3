// The guest's memory: 4 MiB that it sees at another address than they have, and one spare page for what it touches beside
// them. Its stage 2 has a table at each of the levels 1, 2 and 3 (Arm ARM D8.2, 4 KiB pages, 32-bit guest addresses).
//
//   guest-physical                     here
//   0x40000000  program and data       0x41800000  two blocks of 2 MiB
//   0x40400000  nothing at first       0x41c00000  the spare page, where the guest touches

using Nestor.Hal;

namespace Nestor.Demo;

/// <summary>Stage 2 tables and guest-physical addresses.</summary>
internal static unsafe class GuestMemory
{
    public const ulong Start = 0x4000_0000;
    public const ulong Size = 0x40_0000;
    public const ulong At = 0x4180_0000;
    public const ulong SparePage = At + Size;

    private const ulong PageSize = 0x1000;
    private const ulong BlockSize = 0x20_0000;
    private const ulong Block = 1;
    private const ulong TableOrPage = 3;

    // Normal write-back, readable and writable, inner shareable, accessed.
    private const ulong Attributes = (1UL << 10) | (3UL << 8) | (3UL << 6) | (0xfUL << 2);

    // 40-bit output, inner shareable write-back walks, start at level 1, 32-bit input.
    private const ulong Control = (1UL << 31) | (2UL << 16) | (3UL << 12) | (1UL << 10) | (1UL << 8) | (1UL << 6) | 32;
    private const ulong Vmid = 1UL << 48;

    private static ulong* Level1 => (ulong*)Layout.PageTables;

    private static ulong* Level2 => Level1 + 512;

    private static ulong* Level3 => Level2 + 512;

    /// <summary>Where the tables begin.</summary>
    public static ulong FirstTable => (ulong)Level1;

    /// <summary>Copies the program and sets its translation up.</summary>
    public static void Create()
    {
        Instructions.CopyWords((void*)At, (void*)Layout.GuestImage, Layout.GuestImageEnd - Layout.GuestImage);
        Level1[Start >> 30] = (ulong)Level2 | TableOrPage;
        for (ulong offset = 0; offset < Size; offset += BlockSize)
        {
            Level2[(Start + offset) >> 21 & 511] = (At + offset) | Attributes | Block;
        }

        SystemRegisters.VTCR_EL2 = Control;
        SystemRegisters.VTTBR_EL2 = Vmid | (ulong)(PlantedBug.HasWrongTable ? Level3 : Level1);
        Instructions.DsbSy();
        Instructions.Isb();
        Instructions.TlbiVmalls12e1is();
        Instructions.IcIalluis();
        Instructions.DsbSy();
        Instructions.Isb();
    }

    /// <summary>Whether the tables say where an address of the guest's memory is.</summary>
    public static bool IsMapped(ulong address) => address - Start < Size && Level2[address >> 21 & 511] != 0;

    /// <summary>Maps the spare page where the guest touched; false when that is not beside its memory or the page is taken.</summary>
    public static bool TryMapSparePage(ulong address)
    {
        ulong* block = Level2 + (address >> 21 & 511);
        if (address >> 30 != Start >> 30 || address < Start + Size || *block != 0 || Level3[511] != 0)
        {
            return false;
        }

        Level3[address >> 12 & 511] = SparePage | Attributes | TableOrPage;
        *block = (ulong)Level3 | TableOrPage;
        Instructions.DsbIshst();
        Instructions.Isb();
        return true;
    }

    /// <summary>A byte of the guest's memory; zero where it has none.</summary>
    public static byte Read(ulong address) => address - Start < Size ? *(byte*)(address - Start + At) : (byte)0;
}
