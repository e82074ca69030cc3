// The buffer under the writer: the only file that stores into it, so the only one to read for "can it write outside".

using System;

namespace Nestor.Hal;

public unsafe partial struct DeviceTreeWriter
{
    /// <summary>Fails the writer unless a condition holds and it has not failed before; whether to go on.</summary>
    private bool Expect(bool condition)
    {
        if (!condition)
        {
            _capacity = 0;
        }

        return !IsClosed;
    }

    /// <summary>Whether so many bytes are free between tokens and names; fails the writer when not.</summary>
    private bool Reach(uint size) =>
        Expect(!IsClosed && size <= _capacity - Noted(StringsSizeAt) - _position);

    /// <summary>A word that was written before: a note in the header, or one of a property.</summary>
    private readonly uint Noted(uint at) => BigEndian.Read32(_buffer + at);

    /// <summary>Changes a word within what has been written already.</summary>
    private readonly void Note(uint at, uint value) => BigEndian.Write32(_buffer + at, value);

    private void PutByte(byte value)
    {
        if (Reach(1))
        {
            _buffer[_position++] = value;
        }
    }

    private void Put32(uint value)
    {
        if (Reach(4))
        {
            BigEndian.Write32(_buffer + _position, value);
            _position += 4;
        }
    }

    private void Put64(ulong value)
    {
        Put32((uint)(value >> 32));
        Put32((uint)value);
    }

    private void PutBytes(ReadOnlySpan<byte> value)
    {
        if (Reach((uint)value.Length))
        {
            for (int index = 0; index < value.Length; index++)
            {
                _buffer[_position++] = value[index];
            }
        }
    }

    private void PutText(ReadOnlySpan<byte> text)
    {
        PutBytes(text);
        PutByte(0);
    }

    private void PutPadding()
    {
        while (!IsClosed && (_position & 3) != 0)
        {
            PutByte(0);
        }
    }

    /// <summary>
    /// Puts a property's name among the names unless it is there, and answers its distance from the buffer's end,
    /// which later names do not change.
    /// </summary>
    private uint PutName(ReadOnlySpan<byte> name)
    {
        if (IsClosed)
        {
            return 0;
        }

        uint used = Noted(StringsSizeAt);
        uint start = _capacity - used;
        for (uint at = start; at < _capacity;)
        {
            uint end = at;
            while (_buffer[end] != 0)
            {
                end++;
            }

            if (Bytes.Equal(new ReadOnlySpan<byte>(_buffer + at, (int)(end - at)), name))
            {
                return _capacity - at;
            }

            at = end + 1;
        }

        uint size = (uint)name.Length + 1;
        if (!Reach(size))
        {
            return 0;
        }

        start -= size;
        for (int index = 0; index < name.Length; index++)
        {
            _buffer[start + (uint)index] = name[index];
        }

        _buffer[start + (uint)name.Length] = 0;
        Note(StringsSizeAt, used + size);
        return _capacity - start;
    }

    /// <summary>Gives a finished tree memory behind it to grow in: its header's total size.</summary>
    public static void SetRoom(byte* tree, uint size) => BigEndian.Write32(tree + DeviceTreeFormat.TotalSizeAt, size);

    /// <summary>Moves the names behind the tokens, turns distances into offsets and writes the header.</summary>
    private uint Seal()
    {
        uint structure = Noted(StructureStartAt);
        uint strings = _position;
        uint stringsSize = Noted(StringsSizeAt);
        uint size = strings + stringsSize;
        CountNamesFromTheirStart(structure, stringsSize);
        for (uint index = 0; index < stringsSize; index++)
        {
            _buffer[strings + index] = _buffer[_capacity - stringsSize + index];
        }

        Note(DeviceTreeFormat.TotalSizeAt, size);
        Note(DeviceTreeFormat.StringsOffsetAt, strings);
        Note(DeviceTreeFormat.ReservationsOffsetAt, DeviceTreeFormat.HeaderSize);
        Note(DeviceTreeFormat.VersionAt, DeviceTreeFormat.Version);
        Note(DeviceTreeFormat.LastCompatibleVersionAt, DeviceTreeFormat.LastCompatibleVersion);
        Note(DeviceTreeFormat.BootCpuAt, 0);
        Note(DeviceTreeFormat.StructureSizeAt, strings - structure);
        Note(DeviceTreeFormat.MagicAt, DeviceTreeFormat.Magic);

        // The buffer is the tree's now: whatever is called next must not find notes where the header is.
        _capacity = 0;
        _position = 0;
        return size;
    }

    /// <summary>Walks over our own tokens, which are well-formed, and rewrites the name of each property.</summary>
    private readonly void CountNamesFromTheirStart(uint structure, uint stringsSize)
    {
        for (uint at = structure; at < _position;)
        {
            switch (Noted(at))
            {
                case DeviceTreeFormat.BeginNode:
                    at += 4;
                    while (_buffer[at] != 0)
                    {
                        at++;
                    }

                    at = DeviceTreeFormat.Align(at + 1);
                    break;

                case DeviceTreeFormat.Property:
                    Note(at + 8, stringsSize - Noted(at + 8));
                    at = DeviceTreeFormat.Align(at + DeviceTreeFormat.PropertyHeaderSize + Noted(at + 4));
                    break;

                default:
                    at += 4;
                    break;
            }
        }
    }
}
