// A guest's symbols as the launcher hands them over, in a boot module (tools/Symbols/SymbolIndexFile.cs writes it):
//   64 bits: magic, count, anchor; the addresses, ascending, 64 bits each; where each name ends, 32 bits each; the names
// The anchor is the linked address of the kernel's vectors, which tell where the kernel is in truth; 0: where it was linked.

using System;

namespace Nestor.Kernel;

/// <summary>Looking up names and addresses. Whatever the module says, nothing outside of it is read.</summary>
public static unsafe class SymbolIndex
{
    private const ulong Magic = 0x3159_5352_4f54_534e;  // NSTORSY1
    private const ulong MostSymbols = 1 << 20;
    private const ulong HeaderSize = 3 * sizeof(ulong);
    private const ulong EntrySize = sizeof(ulong) + sizeof(uint);

    /// <summary>Whether a module is an index that can be used.</summary>
    public static bool IsSane(byte* module, ulong size)
    {
        if (((ulong)module & (sizeof(ulong) - 1)) != 0 || size < HeaderSize || *(ulong*)module != Magic)
        {
            return false;
        }

        ulong count = Count(module);
        return count - 1 < MostSymbols && size - HeaderSize >= count * EntrySize && Ends(module)[count - 1] <= size - HeaderSize - (count * EntrySize);
    }

    /// <summary>The anchor.</summary>
    public static ulong Anchor(byte* index) => ((ulong*)index)[2];

    /// <summary>The last symbol at or in front of an address, other than the last of all, which is an end.</summary>
    /// <param name="index">An index that is sane.</param>
    /// <param name="address">The address, as if the program were where it was linked.</param>
    /// <param name="name">The symbol's name.</param>
    /// <param name="length">Its length.</param>
    /// <param name="offset">How far behind it the address is.</param>
    public static bool TryName(byte* index, ulong address, out byte* name, out int length, out ulong offset)
    {
        ulong* addresses = Addresses(index);
        ulong low = 0;
        ulong high = Count(index);
        while (low < high)
        {
            ulong middle = low + ((high - low) / 2);
            if (addresses[middle] <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        name = null;
        length = 0;
        offset = 0;
        if (low == 0 || (low == Count(index) && addresses[low - 1] != address))
        {
            return false;
        }

        name = Name(index, low - 1, out length);
        offset = address - addresses[low - 1];
        return length != 0;
    }

    /// <summary>The linked address of a name; the first when several are called so.</summary>
    public static bool TryAddress(byte* index, ReadOnlySpan<byte> wanted, out ulong address)
    {
        address = 0;
        for (ulong i = 0; i < Count(index); i++)
        {
            byte* name = Name(index, i, out int length);
            int same = 0;
            while (same < length && length == wanted.Length && name[same] == wanted[same])
            {
                same++;
            }

            if (same == wanted.Length && length == same)
            {
                address = Addresses(index)[i];
                return true;
            }
        }

        return false;
    }

    private static byte* Name(byte* index, ulong i, out int length)
    {
        uint* ends = Ends(index);
        uint start = i == 0 ? 0 : ends[i - 1];
        length = start <= ends[i] && ends[i] <= ends[Count(index) - 1] ? (int)(ends[i] - start) : 0;
        return (byte*)(ends + Count(index)) + start;
    }

    private static ulong Count(byte* index) => ((ulong*)index)[1];

    private static ulong* Addresses(byte* index) => (ulong*)(index + HeaderSize);

    private static uint* Ends(byte* index) => (uint*)(Addresses(index) + Count(index));
}
