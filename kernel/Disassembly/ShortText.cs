// A text that is put together before it is shown: an instruction, a name with an offset.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>A short text.</summary>
public unsafe struct ShortText
{
    /// <summary>Longer than any instruction; a longer name is cut.</summary>
    public const int Capacity = 96;

    /// <summary>How much there is.</summary>
    public int Length;

    /// <summary>The text.</summary>
    public fixed byte Bytes[Capacity];

    /// <summary>Adds a character; what is too much is lost.</summary>
    public static void Put(ShortText* text, byte value)
    {
        if (text->Length < Capacity)
        {
            text->Bytes[text->Length++] = value;
        }
    }

    /// <summary>Adds some.</summary>
    public static void Put(ShortText* text, ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            Put(text, value[i]);
        }
    }

    /// <summary>Adds a decimal number.</summary>
    public static void Decimal(ShortText* text, long value)
    {
        ulong left = (ulong)value;
        if (value < 0)
        {
            Put(text, (byte)'-');
            left = 0 - left;
        }

        ulong divisor = 1;
        while (left / divisor >= 10)
        {
            divisor *= 10;
        }

        for (; divisor != 0; divisor /= 10)
        {
            Put(text, (byte)('0' + (left / divisor % 10)));
        }
    }

    /// <summary>Adds 0x and a hexadecimal number of so many digits at least.</summary>
    public static void Hex(ShortText* text, ulong value, int digits = 1)
    {
        Put(text, (byte)'0');
        Put(text, (byte)'x');
        for (int shift = 60; shift >= 0; shift -= 4)
        {
            if (shift / 4 < digits || value >> shift != 0)
            {
                Put(text, HexDigit.Of(value >> shift));
            }
        }
    }
}
