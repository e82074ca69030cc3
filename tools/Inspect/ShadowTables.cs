// The shadow stage 2 tables of a guest as text: what each stands for, and what it maps.

using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Nestor.Tools.Inspect;

/// <summary>Writes shadow tables.</summary>
public static class ShadowTables
{
    // As kernel/Nested/ShadowStage2.cs and kernel/Memory/Stage2.cs have them: 4 KiB granule, a root of two tables.
    private const int Shadows = 16;
    private const int MostTables = 1024;
    private const int PageSize = 4096;
    private const int WideAddressBits = 48;
    private const ulong AddressMask = 0xffff_ffff_f000;

    /// <summary>The shadows of a guest that stand for something.</summary>
    public static async Task<string> WriteAsync(MachineMemory memory, Guest guest)
    {
        StringBuilder text = new();
        ulong address = guest.Data.U64("Shadows");
        int size = guest.Data.Layout.Size("Shadow");
        for (int i = 0; address != 0 && i < Shadows; i++)
        {
            KernelObject shadow = await KernelObject.ReadAsync(memory, guest.Data.Layout, "Shadow", address + (ulong)(i * size)).ConfigureAwait(false);
            if (shadow.U8("IsUsed") == 0)
            {
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"{guest.Name}, shadow {i}: VTTBR_EL2 {shadow.U64("Vttbr"):x16}, VTCR_EL2 {shadow.U64("Vtcr"):x}; hardware's VMID {shadow.U32("Vmid")}; ");
            text.Append(CultureInfo.InvariantCulture, $"vCPUs on it {shadow.U32("Users")}, taken {shadow.U64("Taken")}, filled {shadow.U64("Filled")}\n");
            await WalkAsync(memory, text, shadow).ConfigureAwait(false);
        }

        return text.ToString();
    }

    private static async Task WalkAsync(MachineMemory memory, StringBuilder text, KernelObject shadow)
    {
        int shift = shadow.U32("AddressBits") == WideAddressBits ? 39 : 30;
        int left = MostTables;
        List<(ulong Ipa, ulong Pa, ulong Size, ulong Attributes)> leaves = [];

        // A list of tables to read instead of recursion: the tables of a broken machine may refer to themselves.
        Queue<(ulong Table, int Size, ulong Ipa, int Shift)> tables = new([(shadow.U64("Root"), 2 * PageSize, 0, shift)]);
        while (tables.TryDequeue(out var table) && left-- > 0)
        {
            byte[] bytes = await memory.ReadAsync(table.Table, table.Size).ConfigureAwait(false);
            for (int i = 0; i < bytes.Length; i += sizeof(ulong))
            {
                ulong descriptor = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i));
                ulong ipa = table.Ipa + ((ulong)(i / sizeof(ulong)) << table.Shift);
                if ((descriptor & 3) == 3 && table.Shift > 12)
                {
                    tables.Enqueue((descriptor & AddressMask, PageSize, ipa, table.Shift - 9));
                }
                else if ((descriptor & 1) != 0)
                {
                    leaves.Add((ipa, descriptor & AddressMask, 1UL << table.Shift, descriptor & ~AddressMask));
                }
            }
        }

        if (left < 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  more than {MostTables} tables; the rest is left out\n");
        }

        // Neighbours that continue each other are one line.
        leaves.Sort();
        for (int i = 0; i < leaves.Count;)
        {
            (ulong ipa, ulong pa, ulong size, ulong attributes) = leaves[i++];
            ulong length = size;
            while (i < leaves.Count && leaves[i].Ipa == ipa + length && leaves[i].Pa == pa + length && leaves[i].Attributes == attributes && leaves[i].Size == size)
            {
                length += size;
                i++;
            }

            string rights = ((attributes >> 6 & 1) != 0 ? "r" : "-") + ((attributes >> 7 & 1) != 0 ? "w" : "-");
            text.Append(CultureInfo.InvariantCulture, $"  {ipa:x12} to {ipa + length - 1:x12} -> {pa:x12} {rights} XN={attributes >> 53 & 3} MemAttr={attributes >> 2 & 15:x}, {length / size} of {size >> 10} KiB\n");
        }
    }
}
