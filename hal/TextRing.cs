// The last of a text that goes on for ever, in a fixed place: what was printed, for somebody who asks afterwards.

using System.Runtime.CompilerServices;

namespace Nestor.Hal;

/// <summary>The last <see cref="Size"/> bytes of a text. Whoever adds holds a lock; who reads meanwhile may find newer text.</summary>
public unsafe struct TextRing
{
    /// <summary>How much is kept; a power of two.</summary>
    public const uint Size = 4096;

    /// <summary>Length of the whole text.</summary>
    public ulong End { get; private set; }

    private fixed byte _bytes[(int)Size];

    /// <summary>Adds a byte. A part of the way of each byte that a guest prints.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(byte value)
    {
        ulong end = End;
        End = end + 1;
        _bytes[end % Size] = value;
    }

    /// <summary>Adds a number in decimal, with at least so many digits.</summary>
    /// <param name="value">The number.</param>
    /// <param name="least">The smallest number with as many digits as there are to be: 10 for two.</param>
    public void AddDecimal(ulong value, ulong least)
    {
        ulong divisor = least;
        while (value / divisor >= 10)
        {
            divisor *= 10;
        }

        for (; divisor != 0; divisor /= 10)
        {
            Add((byte)('0' + (value / divisor % 10)));
        }
    }

    /// <summary>The byte at a place in the text, which is one of the last.</summary>
    public readonly byte At(ulong place) => _bytes[place % Size];

    /// <summary>Where the last lines begin, of those that are kept whole; a line longer than that begins where it is kept.</summary>
    /// <param name="end">The text's end.</param>
    /// <param name="lines">How many lines, 1 or more.</param>
    public readonly ulong Tail(ulong end, ulong lines)
    {
        ulong oldest = end < Size ? 0 : end - Size;
        ulong start = end;
        for (ulong at = end; at-- > oldest && lines != 0;)
        {
            if (at == 0 || (at > oldest && At(at - 1) == '\n'))
            {
                start = at;
                lines--;
            }
        }

        return start == end ? oldest : start;
    }
}
