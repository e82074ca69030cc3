// Constants that an instruction has in a code of its own: masks, moved halves, and the bit fields of SBFM, BFM and UBFM.

namespace Nestor.Kernel;

internal static unsafe class Immediate
{
    /// <summary>Writes a constant of a kind. False when the value is not one of the kind.</summary>
    internal static bool Write(ShortText* text, InstructionFields* fields, byte kind, uint value)
    {
        bool isWide = InstructionFields.IsWide(fields);
        uint size = isWide ? 64u : 32;
        uint rotation = value >> 6 & 63;
        uint last = value & 63;
        switch (kind)
        {
            case (byte)'L':
                ShortText.Put(text, (byte)'#');
                return TryMask(value, isWide, out ulong mask) && Hexadecimal(text, mask);
            case (byte)'l':
                return TryMask(value, isWide, out mask) && !IsHalf(mask, size) && !IsHalf(Cut(~mask, size), size) && Signed(text, mask, size);
            case (byte)'Z':
                return ((value & 0xffff) != 0 || value == 0) && Signed(text, Half(value), size);
            case (byte)'N':
                mask = Cut(~Half(value), size);
                return ((value & 0xffff) != 0 || value == 0) && !(size == 32 && IsHalf(mask, size)) && Signed(text, mask, size);
            case (byte)'K':
                return last + 1 == rotation && last != size - 1 && Signed(text, size - 1 - last, 64);
            case (byte)'k':
                return last < rotation && Two(text, size - rotation, last + 1);
            case (byte)'e':
                return last >= rotation && Two(text, rotation, last - rotation + 1);
            default:
                return false;
        }
    }

    private static bool Hexadecimal(ShortText* text, ulong value)
    {
        ShortText.Hex(text, value);
        return true;
    }

    private static bool Signed(ShortText* text, ulong value, uint size)
    {
        ShortText.Put(text, (byte)'#');
        ShortText.Decimal(text, (long)(value << (int)(64 - size)) >> (int)(64 - size));
        return true;
    }

    private static bool Two(ShortText* text, uint first, uint second)
    {
        Signed(text, first, 64);
        ShortText.Put(text, (byte)',');
        ShortText.Put(text, (byte)' ');
        return Signed(text, second, 64);
    }

    private static ulong Half(uint value) => (ulong)(value & 0xffff) << (int)((value >> 16) * 16);

    private static ulong Cut(ulong value, uint size) => value & (ulong.MaxValue >> (int)(64 - size));

    // Whether MOVZ can make it, which is then its proper name.
    private static bool IsHalf(ulong value, uint size)
    {
        for (int shift = 0; shift < (int)size; shift += 16)
        {
            if ((value & ~(0xffffUL << shift)) == 0)
            {
                return true;
            }
        }

        return false;
    }

    // N, immr and imms (DecodeBitMasks in the Arm ARM): imms + 1 ones, rotated, repeated in each element.
    private static bool TryMask(uint value, bool isWide, out ulong mask)
    {
        mask = 0;
        uint code = (value >> 6 & 64) | (~value & 63);
        int length = 6;
        while (length > 0 && code >> length == 0)
        {
            length--;
        }

        int size = 1 << length;
        int ones = (int)(value & (uint)(size - 1)) + 1;
        int rotation = (int)(value >> 6) & (size - 1);
        if (length == 0 || ones == size || (size == 64 && !isWide))
        {
            return false;
        }

        ulong element = (1UL << ones) - 1;
        if (rotation != 0)
        {
            element = (element >> rotation) | (element << (size - rotation));
        }

        element &= ulong.MaxValue >> (64 - size);
        for (int at = 0; at < (isWide ? 64 : 32); at += size)
        {
            mask |= element << at;
        }

        return true;
    }
}
