// A VM's stage 2 translation: guest physical to host physical, in the largest blocks that both addresses allow.
// 4 KiB granule; 40-bit guest addresses with two concatenated level 1 tables, or 48-bit ones with a table of level 0
// (Arm ARM D8.2.9), which only a shadow of so large a guest has.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Stage 2 tables of one VM.</summary>
public static unsafe class Stage2
{
    /// <summary>Input addresses of a VM's own tables have this many bits.</summary>
    public const int AddressBits = 40;

    /// <summary>The same of tables that start at level 0.</summary>
    public const int WideAddressBits = 48;

    /// <summary>VTCR_EL2 for tables of <see cref="AddressBits"/>.</summary>
    public const ulong VTCR_EL2 = Common | (64 - AddressBits) | (1UL << 6);             // T0SZ, SL0: start at level 1

    /// <summary>VTCR_EL2 for tables of <see cref="WideAddressBits"/>.</summary>
    public const ulong WideControl = Common | (64 - WideAddressBits) | (2UL << 6);      // T0SZ, SL0: start at level 0

    private const ulong Common =
        (1UL << 8) | (1UL << 10) | (3UL << 12)          // walks: write-back, inner shareable
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
            if (!MapLeaf(root, AddressBits, ipa, pa, shift, permissions | NormalMemory | InnerShareable, &pages))
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
    /// <param name="bits"><see cref="AddressBits"/> or <see cref="WideAddressBits"/>.</param>
    /// <param name="ipa">Guest physical.</param>
    /// <param name="pa">Host physical of the same offset within the page or block.</param>
    /// <param name="shift">12, 21 or 30, to which both are rounded down.</param>
    /// <param name="attributes">Permissions, memory type and shareability as the descriptor has them.</param>
    /// <param name="pages">Counts the tables that were added.</param>
    /// <returns>False when there is no memory for a table, or the address is beyond the address space.</returns>
    public static bool MapLeaf(ulong* root, int bits, ulong ipa, ulong pa, int shift, ulong attributes, uint* pages)
    {
        if (ipa >> bits != 0)
        {
            return false;
        }

        int at = TopShift(bits);
        ulong* entry = root + (ipa >> at);
        for (; at > shift || (at > 12 && IsTable(*entry)); at -= 9)
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

            entry = Below(*entry, ipa, at);
        }

        *entry = Leaf(pa, at, attributes);
        Instructions.DsbIshst();
        return true;
    }

    /// <summary>The descriptor of a page or block.</summary>
    public static ulong Leaf(ulong pa, int shift, ulong attributes) =>
        (pa & ~((1UL << shift) - 1)) | attributes | AccessFlag | Valid | (shift == 12 ? TableOrPage : 0);

    /// <summary>The last entry on the way to an address, which is no table, and log2 of the size that it stands for.</summary>
    /// <param name="root">The tables.</param>
    /// <param name="bits"><see cref="AddressBits"/> or <see cref="WideAddressBits"/>; the address has no more.</param>
    /// <param name="ipa">Guest physical.</param>
    /// <param name="smallest">Where to stop, at a table too: 12, 21 or 30.</param>
    /// <param name="shift">The size.</param>
    public static ulong* Find(ulong* root, int bits, ulong ipa, int smallest, int* shift)
    {
        int at = TopShift(bits);
        ulong* entry = root + (ipa >> at);
        for (; at > smallest && IsTable(*entry); at -= 9)
        {
            entry = Below(*entry, ipa, at);
        }

        *shift = at;
        return entry;
    }

    /// <summary>Unmaps a range, and the rest of a block of which a part is in it. Tables stay, empty; TLB maintenance is the caller's.</summary>
    /// <returns>Whether there was anything.</returns>
    public static bool Unmap(ulong* root, int bits, ulong start, ulong size)
    {
        const ulong OfTable = 1UL << 21;
        bool any = false;
        ulong end = start + size;
        if (end > 1UL << bits || end < start)
        {
            end = 1UL << bits;
        }

        while (start < end)
        {
            int shift;
            ulong* entry = Find(root, bits, start, 12, &shift);
            if (shift == 12 && (start & (OfTable - 1)) == 0 && end - start >= OfTable)
            {
                Instructions.ZeroWords(entry, PageAllocator.PageSize);
                start += OfTable;
                any = true;
                continue;
            }

            any |= *entry != 0;
            *entry = 0;
            start = ((start >> shift) + 1) << shift;
        }

        return any;
    }

    /// <summary>Empties the root; the tables below hang together through their first entries until <see cref="FreeDetached"/>.</summary>
    public static ulong* Detach(ulong* root, int bits)
    {
        ulong* list = null;
        for (uint i = 0; i < RootSize / 8; i++)
        {
            ulong entry = root[i];
            root[i] = 0;
            if (!IsTable(entry))
            {
                continue;
            }

            ulong* table = (ulong*)(entry & AddressMask);
            if (bits == AddressBits)
            {
                list = LinkTwo(table, list);
                continue;
            }

            for (uint j = 0; j < 512; j++)
            {
                if (IsTable(table[j]))
                {
                    list = LinkTwo((ulong*)(table[j] & AddressMask), list);
                }
            }

            list = Link(table, list);
        }

        return list;
    }

    /// <summary>Empties an entry that <see cref="Find"/> found; the tables below it are linked for <see cref="FreeDetached"/>.</summary>
    public static ulong* DetachEntry(ulong* entry, int shift)
    {
        ulong old = *entry;
        *entry = 0;
        if (shift == 12 || !IsTable(old))
        {
            return null;
        }

        ulong* table = (ulong*)(old & AddressMask);
        return shift == 21 ? Link(table, null) : LinkTwo(table, null);
    }

    /// <summary>Gives the memory of detached tables back, after TLB maintenance.</summary>
    /// <returns>How many there were.</returns>
    public static uint FreeDetached(ulong* list)
    {
        uint count = 0;
        while (list != null)
        {
            ulong* next = (ulong*)list[0];
            PageAllocator.Release((byte*)list, PageAllocator.PageSize);
            list = next;
            count++;
        }

        return count;
    }

    private static ulong* Link(ulong* table, ulong* list)
    {
        table[0] = (ulong)list;
        return table;
    }

    // A table of level 2, and before it those that it points to.
    private static ulong* LinkTwo(ulong* table, ulong* list)
    {
        for (uint i = 0; i < 512; i++)
        {
            if (IsTable(table[i]))
            {
                list = Link((ulong*)(table[i] & AddressMask), list);
            }
        }

        return Link(table, list);
    }

    private static int TopShift(int bits) => bits > AddressBits ? 39 : 30;

    private static ulong* Below(ulong entry, ulong ipa, int shift) => (ulong*)(entry & AddressMask) + (ipa >> (shift - 9) & 511);

    private static bool IsTable(ulong entry) => (entry & (Valid | TableOrPage)) == (Valid | TableOrPage);

    private static bool Fits(ulong ipa, ulong pa, ulong size, int shift) =>
        ((ipa | pa) & ((1UL << shift) - 1)) == 0 && size >= 1UL << shift;
}
