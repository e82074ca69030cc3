// Nestor's own address space: the identity, with code, constants and data kept apart (W^X), devices uncached, and
// nothing mapped below each stack. Built once, with the MMU off, in sixteen pages of the image.

namespace Nestor.Hal;

/// <summary>The EL2 stage 1 translation (Arm ARM D8.3; 4 KiB granule, 39-bit addresses, start at level 1).</summary>
public static unsafe class Mmu
{
    private const uint TablePages = 16;                 // boot/kernel.ld
    private const ulong Table = 3;
    private const ulong Block = 1;
    private const ulong Page = 3;
    private const ulong AccessFlag = 1UL << 10;
    private const ulong InnerShareable = 3UL << 8;
    private const ulong ReadOnly = 1UL << 7;
    private const ulong ExecuteNever = 1UL << 54;
    private const ulong Reserved1 = 1UL << 6;           // AP[1] is RES1 where there is one privilege level
    private const ulong NormalMemory = Reserved1 | AccessFlag | InnerShareable | (0 << 2);
    private const ulong DeviceMemory = Reserved1 | AccessFlag | ExecuteNever | (1 << 2);

    private const ulong MemoryAttributes = 0x00ff;      // attribute 0: write-back; attribute 1: Device-nGnRnE
    private const ulong TranslationControl =
        (64 - 39)                                       // T0SZ
        | (1UL << 8) | (1UL << 10) | (3UL << 12)        // walks: write-back, inner shareable
        | (1UL << 23) | (1UL << 31);                    // RES1

    private const ulong SystemControl =
        0x30c50830                                      // RES1
        | (1 << 0)                                      // M
        | (1 << 2)                                      // C
        | (1 << 3)                                      // SA
        | (1 << 12)                                     // I
        | (1 << 19);                                    // WXN

    private const ulong WindowsGiB = 511;
    private const ulong ReadOnlyGiB = 256;

    private static uint s_nextTable;
    private static ulong* s_windows;

    /// <summary>How many windows there are.</summary>
    public const uint WindowCount = 512;

    /// <summary>Memory from here on is not mapped: 255 GiB.</summary>
    public const ulong MemoryLimit = (ReadOnlyGiB - 1) << 30;

    /// <summary>Fills the tables: devices in the first GiB, memory up to <paramref name="memoryEnd"/>.</summary>
    public static void BuildTables(ulong memoryEnd)
    {
        ulong* level1 = (ulong*)ImageLayout.PageTables;
        ulong* level2Image = level1 + 512;
        ulong imageGiB = ImageLayout.TextStart >> 30;
        level1[0] = DeviceMemory | Block;
        for (ulong gib = 1; gib << 30 < memoryEnd && gib << 30 < MemoryLimit; gib++)
        {
            level1[gib] = (gib << 30) | NormalMemory | ExecuteNever | Block;
            level1[ReadOnlyGiB + gib] = level1[gib] | ReadOnly;
        }

        level1[imageGiB] = (ulong)level2Image | Table;
        for (ulong i = 0; i < 512; i++)
        {
            level2Image[i] = (imageGiB << 30) | (i << 21) | NormalMemory | ExecuteNever | Block;
        }

        ulong* level3 = level2Image + 512;
        ulong first = ImageLayout.TextStart >> 21 & 511;
        ulong last = (ImageLayout.MemoryEnd - 1) >> 21 & 511;
        for (ulong block = first; block <= last && block < first + 4; block++, level3 += 512)
        {
            level2Image[block] = (ulong)level3 | Table;
            for (ulong i = 0; i < 512; i++)
            {
                level3[i] = PageOf((imageGiB << 30) | (block << 21) | (i << 12));
            }
        }

        level1[WindowsGiB] = (ulong)level3 | Table;
        s_windows = level3 + 512;
        level3[0] = (ulong)s_windows | Table;
        s_nextTable = (uint)((ulong)(s_windows + 512) - ImageLayout.PageTables) >> 12;
    }

    /// <summary>Another address of the same memory, at which it cannot be written.</summary>
    public static ulong ReadOnlyView(ulong address) => address | (ReadOnlyGiB << 30);

    /// <summary>The address of a window: one page that can show any page of memory. Empty until <see cref="SetWindow"/>.</summary>
    /// <param name="index">Below <see cref="WindowCount"/>.</param>
    public static ulong Window(uint index) => (WindowsGiB << 30) | ((ulong)index << 12);

    /// <summary>Shows a page of memory in a window. No CPU sees the former page afterwards.</summary>
    /// <param name="index">Below <see cref="WindowCount"/>.</param>
    /// <param name="page">A page of normal memory.</param>
    /// <param name="isWritable">It may be written through the window.</param>
    public static void SetWindow(uint index, ulong page, bool isWritable)
    {
        ClearWindow(index);
        s_windows[index] = page | NormalMemory | ExecuteNever | (isWritable ? 0 : ReadOnly) | Page;
        Instructions.DsbIsh();
        Instructions.Isb();
    }

    /// <summary>Empties a window. No CPU sees the former page afterwards.</summary>
    /// <param name="index">Below <see cref="WindowCount"/>.</param>
    public static void ClearWindow(uint index)
    {
        if (s_windows[index] != 0)
        {
            s_windows[index] = 0;
            Instructions.DsbIshst();
            Instructions.TlbiVae2is(Window(index) >> 12);
            Instructions.DsbIsh();
        }
    }

    /// <summary>
    /// Takes one page of memory out of the map: the guard page of a stack. Splits the blocks above it, with tables from the
    /// spare pages of the image; when those are used up the page stays mapped.
    /// </summary>
    public static void Unmap(ulong address)
    {
        ulong* level1 = (ulong*)ImageLayout.PageTables;
        ulong* level2 = Split(level1 + (address >> 30), 21);
        ulong* level3 = level2 == null ? null : Split(level2 + (address >> 21 & 511), 12);
        if (level3 != null)
        {
            level3[address >> 12 & 511] = 0;
            Instructions.DsbIsh();
            Instructions.TlbiAlle2();
            Instructions.DsbIsh();
            Instructions.Isb();
        }
    }

    private static ulong* Split(ulong* entry, int shift)
    {
        ulong value = *entry;
        if ((value & Table) == Table)
        {
            return (ulong*)(value & 0xffff_ffff_f000);
        }

        if (s_nextTable >= TablePages)
        {
            return null;
        }

        ulong* table = (ulong*)ImageLayout.PageTables + (512 * s_nextTable++);
        ulong kind = shift == 12 ? Page : Block;
        for (ulong i = 0; i < 512; i++)
        {
            table[i] = ((value & ~3UL) + (i << shift)) | kind;
        }

        Instructions.DsbIsh();
        *entry = (ulong)table | Table;
        return table;
    }

    /// <summary>Turns translation and caches on for this CPU.</summary>
    public static void Enable()
    {
        SystemRegisters.MAIR_EL2 = MemoryAttributes;
        SystemRegisters.TCR_EL2 = TranslationControl | ((ulong)(Features.PhysicalRange > 5 ? 5 : Features.PhysicalRange) << 16);
        SystemRegisters.TTBR0_EL2 = ImageLayout.PageTables;
        Instructions.DsbSy();
        Instructions.Isb();
        Instructions.TlbiAlle2();
        Instructions.DsbSy();
        Instructions.Isb();
        SystemRegisters.SCTLR_EL2 = SystemControl;
        Instructions.Isb();
    }

    private static ulong PageOf(ulong address)
    {
        if (address == ImageLayout.BootStackGuard || address == ImageLayout.BootPanicStackGuard)
        {
            return 0;
        }

        ulong entry = address | NormalMemory | Page;
        if (address >= ImageLayout.TextStart && address < ImageLayout.TextEnd)
        {
            return entry | ReadOnly;
        }

        return address >= ImageLayout.TextEnd && address < ImageLayout.ConstantsEnd
            ? entry | ReadOnly | ExecuteNever
            : entry | ExecuteNever;
    }
}
