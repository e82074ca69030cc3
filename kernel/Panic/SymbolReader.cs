// A cursor in the symbol table that cannot leave it, whatever the table says.

namespace Nestor.Kernel;

/// <summary>Reads LEB128 numbers and texts.</summary>
public unsafe struct SymbolReader
{
    private readonly byte* _end;

    /// <summary>Reads <paramref name="size"/> bytes at most.</summary>
    public SymbolReader(byte* start, ulong size)
    {
        At = start;
        _end = start + size;
    }

    /// <summary>What is read next.</summary>
    public byte* At { get; private set; }

    /// <summary>Nothing is left.</summary>
    public readonly bool IsAtEnd => At >= _end;

    /// <summary>The next number; 0 at the end.</summary>
    public ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && !IsAtEnd; shift += 7)
        {
            byte part = *At++;
            value |= (ulong)(part & 0x7f) << shift;
            if ((part & 0x80) == 0)
            {
                break;
            }
        }

        return value;
    }

    /// <summary>Passes over bytes, of which there may be fewer than asked for.</summary>
    /// <returns>The first of them.</returns>
    public byte* Take(ref ulong length)
    {
        byte* start = At;
        ulong left = (ulong)(_end - At);
        length = length < left ? length : left;
        At += length;
        return start;
    }
}
