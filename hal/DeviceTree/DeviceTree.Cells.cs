// Numbers made of cells, and "reg", whose shape the parent decides.

using System;

namespace Nestor.Hal;

public readonly unsafe partial struct DeviceTree
{
    private const uint DefaultAddressCells = 2;
    private const uint DefaultSizeCells = 1;

    /// <summary>How many cells of 32 bits a value has.</summary>
    public static uint CellCount(ReadOnlySpan<byte> value) => (uint)value.Length / 4;

    /// <summary>The number in count cells (0, 1 or 2) from an index on; false when the value is too short.</summary>
    public static bool TryReadCells(ReadOnlySpan<byte> value, uint index, uint count, out ulong number)
    {
        number = 0;
        uint cells = CellCount(value);
        if (count > 2 || index > cells || count > cells - index)
        {
            return false;
        }

        int end = (int)(index + count) * 4;
        for (int at = (int)index * 4; at < end; at++)
        {
            number = (number << 8) | value[at];
        }

        return true;
    }

    /// <summary>One cell of a value, or 0 when the value is too short.</summary>
    public static uint ReadCell(ReadOnlySpan<byte> value, uint index)
    {
        _ = TryReadCells(value, index, 1, out ulong number);
        return (uint)number;
    }

    /// <summary>
    /// Entry number index of a node's "reg", in its parent's address space: "ranges" of buses are not applied.
    /// False when there is no such entry or the parent's cells are more than two.
    /// </summary>
    public bool TryGetReg(uint node, uint index, out ulong address, out ulong size)
    {
        address = 0;
        size = 0;
        uint parent = Parent(node);
        if (parent == 0
            || !TryGetProperty(node, "reg"u8, out ReadOnlySpan<byte> value)
            || !TryGetCellCount(parent, "#address-cells"u8, DefaultAddressCells, out uint addressCells)
            || !TryGetCellCount(parent, "#size-cells"u8, DefaultSizeCells, out uint sizeCells)
            || addressCells == 0
            || index > CellCount(value))
        {
            return false;
        }

        uint first = index * (addressCells + sizeCells);
        return TryReadCells(value, first, addressCells, out address)
            && TryReadCells(value, first + addressCells, sizeCells, out size);
    }

    /// <summary>Entry number index of the memory that the blob says is taken; false behind the last one.</summary>
    public bool TryGetReservation(uint index, out ulong address, out ulong size)
    {
        address = 0;
        size = 0;
        uint start = Word(DeviceTreeFormat.ReservationsOffsetAt);
        if (start > _size || index >= (_size - start) / DeviceTreeFormat.ReservationSize)
        {
            return false;
        }

        // An empty entry ends the list, so the ones before must be looked at too.
        for (uint entry = 0; entry <= index; entry++)
        {
            uint at = start + (entry * DeviceTreeFormat.ReservationSize);
            address = ((ulong)Word(at) << 32) | Word(at + 4);
            size = ((ulong)Word(at + 8) << 32) | Word(at + 12);
            if ((address | size) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A parent's count of cells, or the specification's default; false when it is more than two.</summary>
    private bool TryGetCellCount(uint node, ReadOnlySpan<byte> name, uint fallback, out uint count)
    {
        count = fallback;
        if (TryGetProperty(node, name, out ReadOnlySpan<byte> value))
        {
            count = value.Length == 4 ? ReadCell(value, 0) : uint.MaxValue;
        }

        return count <= 2;
    }
}
