// A VM's stage 2 translation: guest physical to host physical, in the largest blocks that both addresses allow.
// 4 KiB granule, 40-bit guest addresses, two concatenated level 1 tables (Arm ARM D8.2.9).

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Stage 2 tables of one VM.</summary>
public static unsafe class Stage2
{
    /// <summary>Guest physical addresses have this many bits.</summary>
    public const int AddressBits = 40;

    /// <summary>VTCR_EL2 for these tables.</summary>
    public const ulong VTCR_EL2 =
        (64 - AddressBits)                              // T0SZ
        | (1UL << 6)                                    // SL0: start at level 1
        | (1UL << 8) | (1UL << 10) | (3UL << 12)        // walks: write-back, inner shareable
        | (2UL << 16)                                   // PS: 40 bits
        | (1UL << 19)                                   // VS: 16-bit VMID
        | (1UL << 31);                                  // RES1

    /// <summary>Guest may read.</summary>
    public const ulong Read = 1UL << 6;

    /// <summary>Guest may write.</summary>
    public const ulong Write = 1UL << 7;

    private const ulong Valid = 1;
    private const ulong TableOrPage = 2;
    private const ulong NormalMemory = 0xfUL << 2;
    private const ulong InnerShareable = 3UL << 8;
    private const ulong AccessFlag = 1UL << 10;
    private const ulong AddressMask = 0xffff_ffff_f000;

    /// <summary>Bytes of the root: two tables of level 1.</summary>
    public const ulong RootSize = 2 * PageAllocator.PageSize;

    /// <summary>A new empty root, 8 KiB aligned; null when there is no memory.</summary>
    public static ulong* CreateRoot()
    {
        Pa at = PageAllocator.AllocateGuest(RootSize, RootSize);
        if (at.Value != 0)
        {
            Instructions.ZeroWords(at.Pointer, RootSize);
        }

        return (ulong*)at.Value;
    }

    /// <summary>Maps a range; all three multiples of 4 KiB.</summary>
    /// <returns>False when there is no memory for a table, or the range is beyond the address space.</returns>
    public static bool Map(ulong* root, Ipa from, Pa to, ulong size, ulong permissions)
    {
        ulong ipa = from.Value;
        ulong pa = to.Value;
        if (from.Value + size > 1UL << AddressBits || from.Value + size < size)
        {
            return false;
        }

        while (size != 0)
        {
            int shift = Fits(ipa, pa, size, 30) ? 30 : Fits(ipa, pa, size, 21) ? 21 : 12;
            ulong* entry = Descend(root, ipa, shift);
            if (entry == null)
            {
                return false;
            }

            *entry = pa | permissions | NormalMemory | InnerShareable | AccessFlag | Valid | (shift == 12 ? TableOrPage : 0);
            ipa += 1UL << shift;
            pa += 1UL << shift;
            size -= 1UL << shift;
        }

        return true;
    }

    private static bool Fits(ulong ipa, ulong pa, ulong size, int shift) =>
        ((ipa | pa) & ((1UL << shift) - 1)) == 0 && size >= 1UL << shift;

    private static ulong* Descend(ulong* root, ulong ipa, int leafShift)
    {
        ulong* entry = root + (ipa >> 30);
        for (int shift = 30; shift > leafShift; shift -= 9)
        {
            if ((*entry & Valid) == 0)
            {
                byte* table = PageAllocator.Allocate(PageAllocator.PageSize);
                if (table == null)
                {
                    return null;
                }

                *entry = (ulong)table | Valid | TableOrPage;
            }

            entry = (ulong*)(*entry & AddressMask) + (ipa >> (shift - 9) & 511);
        }

        return entry;
    }
}
