// Reads a flattened device tree where it lies. The blob comes from outside, so nothing in it is believed: TryOpen
// walks all of it once, and every later load goes through Word or Text, which check their bounds again. There is
// no tree in memory: a node is the offset of its token, so the reader needs no allocator and runs first of all.

using System;

namespace Nestor.Hal;

/// <summary>
/// A view of a flattened device tree. A node is the offset of its token in the blob, and so is a property; 0 is none.
/// Passing an offset that this type did not give out is a mistake with a wrong answer, never with a wild load.
/// </summary>
public readonly unsafe partial struct DeviceTree
{
    private readonly byte* _blob;
    private readonly uint _size;
    private readonly uint _root;

    private DeviceTree(byte* blob, uint size, uint root)
    {
        _blob = blob;
        _size = size;
        _root = root;
    }

    /// <summary>The root node.</summary>
    public uint Root => _root;

    /// <summary>The size of the blob in bytes, as its header says and TryOpen has checked.</summary>
    public uint TotalSize => _size;

    /// <summary>The first byte of the blob.</summary>
    public byte* Blob => _blob;

    /// <summary>
    /// Opens the blob at an address when it is a whole and well-formed device tree of at most maximumSize bytes.
    /// Memory beyond maximumSize is never touched.
    /// </summary>
    public static bool TryOpen(byte* blob, uint maximumSize, out DeviceTree tree)
    {
        tree = default;
        if (blob == null || maximumSize < DeviceTreeFormat.HeaderSize)
        {
            return false;
        }

        uint size = BigEndian.Read32(blob + DeviceTreeFormat.TotalSizeAt);
        if (BigEndian.Read32(blob + DeviceTreeFormat.MagicAt) != DeviceTreeFormat.Magic
            || size < DeviceTreeFormat.HeaderSize || size > maximumSize || size > DeviceTreeFormat.MaximumSize)
        {
            return false;
        }

        DeviceTree whole = new(blob, size, 0);
        uint root = whole.Validate();
        if (root == 0)
        {
            return false;
        }

        tree = new DeviceTree(blob, size, root);
        return true;
    }

    /// <summary>The word at an offset, or 0, which is no token, when it does not lie within the blob.</summary>
    private uint Word(uint offset) =>
        offset <= _size - 4 ? BigEndian.Read32(_blob + offset) : 0;

    /// <summary>The bytes from an offset to the next NUL before limit; false when there is no NUL.</summary>
    private bool TryText(uint offset, uint limit, out ReadOnlySpan<byte> text)
    {
        if (limit > _size)
        {
            limit = _size;
        }

        for (uint at = offset; at < limit; at++)
        {
            if (_blob[at] == 0)
            {
                text = new ReadOnlySpan<byte>(_blob + offset, (int)(at - offset));
                return true;
            }
        }

        text = default;
        return false;
    }
}
