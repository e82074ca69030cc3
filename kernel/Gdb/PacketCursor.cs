// Reading the text of a packet from its start.

using System;
using System.Runtime.InteropServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Where in a text the reading is.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct PacketCursor
{
    /// <summary>The next byte.</summary>
    public byte* At;

    /// <summary>Behind the last.</summary>
    public byte* End;

    /// <summary>Whether nothing is left.</summary>
    public static bool IsAtEnd(PacketCursor* cursor) => cursor->At == cursor->End;

    /// <summary>Passes over a text if it is what comes next.</summary>
    public static bool Skip(PacketCursor* cursor, ReadOnlySpan<byte> text)
    {
        if (cursor->End - cursor->At < text.Length)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (cursor->At[i] != text[i])
            {
                return false;
            }
        }

        cursor->At += text.Length;
        return true;
    }

    /// <summary>Reads a hexadecimal number of 1 to 16 digits.</summary>
    public static bool TryNumber(PacketCursor* cursor, out ulong value)
    {
        const int MostDigits = 16;
        value = 0;
        int digits = 0;
        while (cursor->At < cursor->End && HexDigit.Value(*cursor->At) >= 0)
        {
            value = (value << 4) | (uint)HexDigit.Value(*cursor->At++);
            digits++;
        }

        return digits is > 0 and <= MostDigits;
    }

    /// <summary>Reads a byte of two digits.</summary>
    public static bool TryByte(PacketCursor* cursor, out byte value)
    {
        value = 0;
        if (cursor->End - cursor->At < 2)
        {
            return false;
        }

        int high = HexDigit.Value(cursor->At[0]);
        int low = HexDigit.Value(cursor->At[1]);
        cursor->At += 2;
        value = (byte)((high << 4) | (low & 0xf));
        return high >= 0 && low >= 0;
    }

    /// <summary>Reads the bytes of a value in the machine's order.</summary>
    public static bool TryValue(PacketCursor* cursor, int bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < bytes; i++)
        {
            if (!TryByte(cursor, out byte part))
            {
                return false;
            }

            value |= (ulong)part << (8 * i);
        }

        return true;
    }

    /// <summary>Reads a byte of binary data, which may be escaped.</summary>
    public static bool TryBinary(PacketCursor* cursor, out byte value)
    {
        value = 0;
        if (IsAtEnd(cursor))
        {
            return false;
        }

        value = *cursor->At++;
        if (value != '}')
        {
            return true;
        }

        if (IsAtEnd(cursor))
        {
            return false;
        }

        value = (byte)(*cursor->At++ ^ 0x20);
        return true;
    }
}
