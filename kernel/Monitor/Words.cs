// A command line as words. A word ends at a space; inside double quotes a space is part of it.

using System;
using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>The words of a line. They point into the line, which must stay.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct Words
{
    /// <summary>Most words; what follows is ignored.</summary>
    public const int Maximum = 16;

    /// <summary>How many there are.</summary>
    public int Count;

    private byte* _line;
    private int _end;
    private uint _quoted;
    private fixed int _start[Maximum];
    private fixed int _length[Maximum];

    /// <summary>Splits a line.</summary>
    public static void Split(Words* words, byte* line, int length)
    {
        words->_line = line;
        words->_end = length;
        words->_quoted = 0;
        words->Count = 0;
        int at = 0;
        while (words->Count < Maximum)
        {
            while (at < length && line[at] == ' ')
            {
                at++;
            }

            if (at == length)
            {
                return;
            }

            bool quoted = line[at] == '"';
            int start = quoted ? ++at : at;
            while (at < length && line[at] != (quoted ? '"' : ' '))
            {
                at++;
            }

            words->_quoted |= (quoted ? 1u : 0) << words->Count;
            words->_start[words->Count] = start;
            words->_length[words->Count++] = at - start;
            at += quoted && at < length ? 1 : 0;
        }
    }

    /// <summary>A word; empty behind the last.</summary>
    public static ReadOnlySpan<byte> At(Words* words, int index) =>
        index < words->Count ? new ReadOnlySpan<byte>(words->_line + words->_start[index], words->_length[index]) : default;

    /// <summary>A word was in double quotes.</summary>
    public static bool IsQuoted(Words* words, int index) => (words->_quoted >> index & 1) != 0;

    /// <summary>A word in double quotes, or a word and all that was typed behind it, other than spaces at the end.</summary>
    public static ReadOnlySpan<byte> Rest(Words* words, int index)
    {
        if (index >= words->Count || IsQuoted(words, index))
        {
            return At(words, index);
        }

        int end = words->_end;
        while (words->_line[end - 1] == ' ')
        {
            end--;
        }

        return new ReadOnlySpan<byte>(words->_line + words->_start[index], end - words->_start[index]);
    }

    /// <summary>Whether a word is this, whatever the case of its letters.</summary>
    public static bool Is(Words* words, int index, ReadOnlySpan<byte> text) => index < words->Count && Letters.AreEqual(At(words, index), text);

    /// <summary>Forgets the first word.</summary>
    public static void Shift(Words* words)
    {
        for (int i = 1; i < words->Count; i++)
        {
            words->_start[i - 1] = words->_start[i];
            words->_length[i - 1] = words->_length[i];
        }

        words->_quoted >>= 1;
        words->Count -= words->Count != 0 ? 1 : 0;
    }
}
