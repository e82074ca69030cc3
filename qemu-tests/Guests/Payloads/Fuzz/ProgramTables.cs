// The translation tables that programs of the group fuzz use and change: of EL1 and of stage 2 for each granule, and of EL2. All cover
// 39 bits and have the first 2 GiB as they are and a window of pages that lead to the data. The generator on the host knows their
// addresses (tools/Fuzz/TableSet.cs).

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class ProgramTables
{
    public const ulong Stage1Root = Arena;
    public const ulong Stage2Root = Arena + 0x3000;

    private const ulong Arena = 0x4600_0000;
    private const ulong Data = Arena + 0x1_0000;
    private const ulong DataPages = 8;
    private const ulong SmallSize = 0x6000;                 // those of 4 KiB, of EL1, then of stage 2
    private const ulong Pristine = Arena + 0x2_0000;
    private const ulong OfEl2 = Arena + 0xd_0000;

    private const ulong Stage2Plain = 0x7fd;                // a block of Normal memory, all rights
    private const ulong Window = 0x8000_0000;
    private const ulong WindowPages = 16;
    private const ulong Page = 3;
    private const ulong Table = 3;
    private const ulong Unprivileged = 1UL << 6;

    private static ulong* Window1Of16 => (ulong*)(Arena + 0xb_8000);

    private static ulong* Window2Of16 => (ulong*)(Arena + 0xc_4000);

    private static ulong* Window1Of64 => (ulong*)(Arena + 0x9_0000);

    private static ulong* Window2Of64 => (ulong*)(Arena + 0xa_0000);

    private static ulong* WindowOfEl2 => (ulong*)(OfEl2 + 0x2000);

    /// <summary>Fills them all.</summary>
    public static void Build()
    {
        BuildSmall();
        BuildMiddle((ulong*)(Arena + 0xb_0000), (ulong*)(Arena + 0xb_4000), (ulong)Window1Of16, stage2: false);
        BuildMiddle((ulong*)(Arena + 0xb_c000), (ulong*)(Arena + 0xc_0000), (ulong)Window2Of16, stage2: true);
        BuildLarge((ulong*)(Arena + 0x8_0000), (ulong)Window1Of64, stage2: false);
        BuildLarge((ulong*)(Arena + 0x8_2000), (ulong)Window2Of64, stage2: true);
        BuildOfEl2();
        FillWindows();
        Copy(Pristine, Arena);
    }

    /// <summary>As they were built. Programs change the window's entries, and those above them only with 4 KiB.</summary>
    public static void Restore()
    {
        Copy(Arena, Pristine);
        FillWindows();
        *(ulong*)(OfEl2 + 0x1000) = (ulong)WindowOfEl2 | Table;
    }

    private static void BuildSmall()
    {
        Paging.Build(user: true);
        ulong* first = (ulong*)Arena;
        for (ulong i = 0; i < 3 * 512; i++)
        {
            first[i] = ((ulong*)Paging.Root)[i];
        }

        first[Window >> 30] = (first[Window >> 30] & 0xfff) | (Arena + 0x1000);
        first[512] = (first[512] & 0xfff) | (Arena + 0x2000);
        ulong* second = (ulong*)Stage2Root;
        Instructions.ZeroWords(second, 0x3000);
        second[0] = Stage2Plain;
        second[1] = (1UL << 30) | Stage2Plain;
        second[Window >> 30] = (Stage2Root + 0x1000) | Table;
        second[512] = (Stage2Root + 0x2000) | Table;
        for (ulong i = 0; i < WindowPages; i++)
        {
            first[1024 + i] = Small(i, user: true);
            second[1024 + i] = (Data + ((i % DataPages) << 12)) | Stage2Plain | Page;
        }
    }

    // 16 KiB: level 1 has 8 entries of 64 GiB, level 2 blocks of 32 MiB.
    private static void BuildMiddle(ulong* root, ulong* middle, ulong window, bool stage2)
    {
        Instructions.ZeroWords(root, 0x4000);
        Instructions.ZeroWords(middle, 0x4000);
        Instructions.ZeroWords((void*)window, 0x4000);
        root[0] = (ulong)middle | Table;
        for (ulong at = 0; at < Window; at += 1UL << 25)
        {
            middle[at >> 25] = Plain(at, stage2);
        }

        middle[Window >> 25] = window | Table;
    }

    // 64 KiB: level 2 first, with blocks of 512 MiB.
    private static void BuildLarge(ulong* root, ulong window, bool stage2)
    {
        Instructions.ZeroWords(root, 0x2000);
        Instructions.ZeroWords((void*)window, 0x1_0000);
        for (ulong at = 0; at < Window; at += 1UL << 29)
        {
            root[at >> 29] = Plain(at, stage2);
        }

        root[Window >> 29] = window | Table;
    }

    private static void BuildOfEl2()
    {
        Instructions.ZeroWords((void*)OfEl2, 0x3000);
        Paging.Build(user: false);
        for (ulong i = 0; i < 2; i++)
        {
            ((ulong*)OfEl2)[i] = ((ulong*)Paging.Root)[i];
        }

        ((ulong*)OfEl2)[Window >> 30] = (OfEl2 + 0x1000) | Table;
        *(ulong*)(OfEl2 + 0x1000) = (ulong)WindowOfEl2 | Table;
    }

    private static void FillWindows()
    {
        for (ulong i = 0; i < WindowPages; i++)
        {
            Window1Of16[i] = Small(i & 4, user: true) & ~0x3000UL;
            Window2Of16[i] = (Data + ((i & 1) << 14)) | Stage2Plain | Page;
            Window1Of64[i] = Small(0, user: true);
            Window2Of64[i] = Data | Stage2Plain | Page;
            WindowOfEl2[i] = Small(i, user: false) | Unprivileged;
        }
    }

    private static ulong Small(ulong i, bool user) => Paging.PageOf(Data + ((i % DataPages) << 12), user);

    // A block of Normal memory, or of Device memory in the first GiB of stage 1.
    private static ulong Plain(ulong at, bool stage2) =>
        at | (stage2 ? Stage2Plain : ((ulong*)Paging.Root)[at >> 30] & 0x0060_0000_0000_0fff);

    private static void Copy(ulong to, ulong from)
    {
        for (ulong at = 0; at < SmallSize; at += 8)
        {
            *(ulong*)(to + at) = *(ulong*)(from + at);
        }
    }
}
