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

    /// <summary>Inner shareable.</summary>
    public const ulong InnerShareable = 3UL << 8;

    /// <summary>MemAttr[3:0].</summary>
    public const ulong AttributeMask = 0xfUL << 2;

    /// <summary>XN[1:0].</summary>
    public const ulong ExecuteNeverMask = 3UL << 53;

    private const ulong Valid = 1;
    private const ulong TableOrPage = 2;
    private const ulong NormalMemory = 0xfUL << 2;
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

    /// <summary>Maps a range of normal memory; all three multiples of 4 KiB.</summary>
    /// <returns>False when there is no memory for a table, or the range is beyond the address space.</returns>
    public static bool Map(ulong* root, Ipa from, Pa to, ulong size, ulong permissions)
    {
        ulong ipa = from.Value;
        ulong pa = to.Value;
        uint pages = 0;
        if (from.Value + size > 1UL << AddressBits || from.Value + size < size)
        {
            return false;
        }

        while (size != 0)
        {
            int shift = Fits(ipa, pa, size, 30) ? 30 : Fits(ipa, pa, size, 21) ? 21 : 12;
            if (!MapLeaf(root, ipa, pa, shift, permissions | NormalMemory | InnerShareable, &pages))
            {
                return false;
            }

            ipa += 1UL << shift;
            pa += 1UL << shift;
            size -= 1UL << shift;
        }

        return true;
    }

    /// <summary>Maps one page or block. Where a table of smaller ones is already, one of those.</summary>
    /// <param name="root">The tables.</param>
    /// <param name="ipa">Guest physical.</param>
    /// <param name="pa">Host physical of the same offset within the page or block.</param>
    /// <param name="shift">12, 21 or 30, to which both are rounded down.</param>
    /// <param name="attributes">Permissions, memory type and shareability as the descriptor has them.</param>
    /// <param name="pages">Counts the tables that were added.</param>
    public static bool MapLeaf(ulong* root, ulong ipa, ulong pa, int shift, ulong attributes, uint* pages)
    {
        if (ipa >> AddressBits != 0)
        {
            return false;
        }

        ulong* entry = root + (ipa >> 30);
        for (int at = 30; at > shift || (at > 12 && IsTable(*entry)); at -= 9)
        {
            if (!IsTable(*entry))
            {
                byte* table = PageAllocator.Allocate(PageAllocator.PageSize);
                if (table == null)
                {
                    return false;
                }

                // A block that was here is no more: its addresses fault and are mapped again.
                (*pages)++;
                *entry = 0;
                Instructions.DsbIshst();
                *entry = (ulong)table | Valid | TableOrPage;
            }

            entry = (ulong*)(*entry & AddressMask) + (ipa >> (at - 9) & 511);
            if (at - 9 < shift)
            {
                shift = at - 9;
            }
        }

        *entry = (pa & ~((1UL << shift) - 1)) | attributes | AccessFlag | Valid | (shift == 12 ? TableOrPage : 0);
        Instructions.DsbIshst();
        return true;
    }

    /// <summary>Unmaps a range. Tables stay, empty; TLB maintenance is the caller's.</summary>
    public static void Unmap(ulong* root, ulong start, ulong size)
    {
        ulong end = start + size;
        if (end > 1UL << AddressBits || end < start)
        {
            end = 1UL << AddressBits;
        }

        while (start < end)
        {
            ulong* entry = root + (start >> 30);
            int shift = 30;
            for (; shift > 12 && IsTable(*entry); shift -= 9)
            {
                entry = (ulong*)(*entry & AddressMask) + (start >> (shift - 9) & 511);
            }

            *entry = 0;
            start = ((start >> shift) + 1) << shift;
        }
    }

    /// <summary>Empties the root; the tables below hang together through their first entries until <see cref="FreeDetached"/>.</summary>
    public static ulong* Detach(ulong* root)
    {
        ulong* list = null;
        for (uint i = 0; i < RootSize / 8; i++)
        {
            ulong entry = root[i];
            root[i] = 0;
            if (IsTable(entry))
            {
                ulong* table = (ulong*)(entry & AddressMask);
                for (uint j = 0; j < 512; j++)
                {
                    if (IsTable(table[j]))
                    {
                        ulong* below = (ulong*)(table[j] & AddressMask);
                        below[0] = (ulong)list;
                        list = below;
                    }
                }

                table[0] = (ulong)list;
                list = table;
            }
        }

        return list;
    }

    /// <summary>Gives the memory of detached tables back, after TLB maintenance.</summary>
    public static void FreeDetached(ulong* root, ulong* list)
    {
        while (list != null)
        {
            ulong* next = (ulong*)list[0];
            PageAllocator.Release((byte*)list, PageAllocator.PageSize);
            list = next;
        }
    }

    private static bool IsTable(ulong entry) => (entry & (Valid | TableOrPage)) == (Valid | TableOrPage);

    private static bool Fits(ulong ipa, ulong pa, ulong size, int shift) =>
        ((ipa | pa) & ((1UL << shift) - 1)) == 0 && size >= 1UL << shift;
}
