// An answer to gdb, kept whole until the next one: gdb may ask for it again.

using System;
using System.Runtime.InteropServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>A packet that is being written. What does not fit is left out, so what may not fit asks for <see cref="Room"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct PacketWriter
{
    /// <summary>Longest packet, with its frame.</summary>
    public const int Capacity = PacketReader.Capacity;

    // # and two digits.
    private const int Tail = 3;

    /// <summary>The packet with its frame, once it is finished.</summary>
    public fixed byte Bytes[Capacity];

    /// <summary>Its length.</summary>
    public int Length;

    /// <summary>Bytes that still fit.</summary>
    public static int Room(PacketWriter* writer) => Capacity - Tail - writer->Length;

    /// <summary>Begins with an empty text.</summary>
    public static void Begin(PacketWriter* writer)
    {
        writer->Bytes[0] = (byte)'$';
        writer->Length = 1;
    }

    /// <summary>Adds the sum.</summary>
    public static void Finish(PacketWriter* writer)
    {
        uint sum = 0;
        for (int i = 1; i < writer->Length; i++)
        {
            sum += writer->Bytes[i];
        }

        writer->Bytes[writer->Length++] = (byte)'#';
        writer->Bytes[writer->Length++] = HexDigit.Of(sum >> 4);
        writer->Bytes[writer->Length++] = HexDigit.Of(sum);
    }

    /// <summary>A character.</summary>
    public static void Put(PacketWriter* writer, byte value)
    {
        if (Room(writer) > 0)
        {
            writer->Bytes[writer->Length++] = value;
        }
    }

    /// <summary>A text.</summary>
    public static void Put(PacketWriter* writer, ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Put(writer, text[i]);
        }
    }

    /// <summary>A number in as few digits as it needs.</summary>
    public static void Number(PacketWriter* writer, ulong value)
    {
        for (int shift = 60; shift >= 0; shift -= 4)
        {
            if (shift == 0 || value >> shift != 0)
            {
                Put(writer, HexDigit.Of(value >> shift));
            }
        }
    }

    /// <summary>A byte in two digits.</summary>
    public static void Byte(PacketWriter* writer, byte value)
    {
        Put(writer, HexDigit.Of((ulong)value >> 4));
        Put(writer, HexDigit.Of(value));
    }

    /// <summary>The bytes of a value in the machine's order, the lowest first.</summary>
    public static void Value(PacketWriter* writer, ulong value, int bytes)
    {
        for (int i = 0; i < bytes; i++)
        {
            Byte(writer, (byte)(value >> (8 * i)));
        }
    }

    /// <summary>A text in two digits a byte.</summary>
    public static void Hexadecimal(PacketWriter* writer, ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Byte(writer, text[i]);
        }
    }

    /// <summary>A byte as it is, or escaped where it would mean something else.</summary>
    public static void Binary(PacketWriter* writer, byte value)
    {
        if (value is (byte)'$' or (byte)'#' or (byte)'}' or (byte)'*')
        {
            Put(writer, (byte)'}');
            value ^= 0x20;
        }

        Put(writer, value);
    }
}
