// Puts device trees together token by token, well-formed or not. It shares nothing with the writer under test, so the
// reader is not tested against its own reading of the format.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Nestor.Tests.Unit.DeviceTrees;

/// <summary>A flattened device tree in the making: header, reservations, structure, strings.</summary>
internal sealed class RawTree
{
    public const int TotalSizeAt = 4;
    public const int StructureOffsetAt = 8;
    public const int StringsOffsetAt = 12;
    public const int ReservationsOffsetAt = 16;
    public const int VersionAt = 20;
    public const int LastCompatibleVersionAt = 24;
    public const int StringsSizeAt = 32;
    public const int StructureSizeAt = 36;

    private const uint Magic = 0xD00DFEED;
    private const int HeaderSize = 40;

    private readonly MemoryStream _structure = new();
    private readonly MemoryStream _strings = new();
    private readonly List<(ulong Address, ulong Size)> _reservations = [];

    public RawTree Reserve(ulong address, ulong size)
    {
        _reservations.Add((address, size));
        return this;
    }

    public RawTree Token(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        _structure.Write(bytes);
        return this;
    }

    public RawTree Begin(string name)
    {
        Token(1);
        return Padded(Encoding.Latin1.GetBytes(name + "\0"));
    }

    public RawTree End() => Token(2);

    public RawTree Nop() => Token(4);

    public RawTree Property(string name, params byte[] value)
    {
        Token(3).Token((uint)value.Length).Token((uint)_strings.Length);
        _strings.Write(Encoding.Latin1.GetBytes(name + "\0"));
        return Padded(value);
    }

    public RawTree Text(string name, string value) => Property(name, Encoding.Latin1.GetBytes(value + "\0"));

    public RawTree Cells(string name, params uint[] cells)
    {
        byte[] value = new byte[cells.Length * 4];
        for (int index = 0; index < cells.Length; index++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(value.AsSpan(index * 4), cells[index]);
        }

        return Property(name, value);
    }

    /// <summary>Closes the structure and lays out the blob.</summary>
    public byte[] Finish()
    {
        Token(9);
        return Layout();
    }

    /// <summary>Lays out the blob as it is, without the END token.</summary>
    public byte[] Layout()
    {
        int reservations = HeaderSize;
        int structure = reservations + ((_reservations.Count + 1) * 16);
        int strings = structure + (int)_structure.Length;
        byte[] blob = new byte[strings + (int)_strings.Length];
        Poke(blob, 0, Magic);
        Poke(blob, TotalSizeAt, (uint)blob.Length);
        Poke(blob, StructureOffsetAt, (uint)structure);
        Poke(blob, StringsOffsetAt, (uint)strings);
        Poke(blob, ReservationsOffsetAt, (uint)reservations);
        Poke(blob, VersionAt, 17);
        Poke(blob, LastCompatibleVersionAt, 16);
        Poke(blob, StringsSizeAt, (uint)_strings.Length);
        Poke(blob, StructureSizeAt, (uint)_structure.Length);
        int at = reservations;
        foreach ((ulong address, ulong size) in _reservations)
        {
            BinaryPrimitives.WriteUInt64BigEndian(blob.AsSpan(at), address);
            BinaryPrimitives.WriteUInt64BigEndian(blob.AsSpan(at + 8), size);
            at += 16;
        }

        _structure.ToArray().CopyTo(blob, structure);
        _strings.ToArray().CopyTo(blob, strings);
        return blob;
    }

    /// <summary>Changes one big-endian word of a finished blob.</summary>
    public static void Poke(Span<byte> blob, int offset, uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(blob[offset..], value);

    /// <summary>Reads one big-endian word of a finished blob.</summary>
    public static uint Peek(ReadOnlySpan<byte> blob, int offset) =>
        BinaryPrimitives.ReadUInt32BigEndian(blob[offset..]);

    private RawTree Padded(byte[] bytes)
    {
        _structure.Write(bytes);
        while (_structure.Length % 4 != 0)
        {
            _structure.WriteByte(0);
        }

        return this;
    }
}
