// Nestor's own command line: words separated by spaces, `key=value` or a bare key.

using System;

namespace Nestor.Kernel;

/// <summary>Reading words of the command line, one after the other.</summary>
public static class BootWords
{
    /// <summary>The word that starts at or after <paramref name="position"/>; empty at the end.</summary>
    public static ReadOnlySpan<byte> Next(ReadOnlySpan<byte> text, ref int position)
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        int start = position;
        while (position < text.Length && text[position] != ' ' && text[position] != 0)
        {
            position++;
        }

        return text.Slice(start, position - start);
    }

    /// <summary>Whether a word is <c>key=...</c>; then what follows.</summary>
    public static bool TryValue(ReadOnlySpan<byte> word, ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (word.Length <= key.Length || word[key.Length] != '=')
        {
            return false;
        }

        for (int i = 0; i < key.Length; i++)
        {
            if (word[i] != key[i])
            {
                return false;
            }
        }

        value = word.Slice(key.Length + 1);
        return true;
    }

    /// <summary>Whether a word is exactly this.</summary>
    public static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> text)
    {
        if (word.Length != text.Length)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (word[i] != text[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A decimal number with an optional K, M or G; false when it is anything else or too large.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out ulong number)
    {
        number = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            int shift = i != text.Length - 1 || i == 0 ? 0 : c switch { (byte)'K' => 10, (byte)'M' => 20, (byte)'G' => 30, _ => 0 };
            if (shift != 0)
            {
                number <<= shift;
                return true;
            }

            if (c < '0' || c > '9' || number > 1UL << 40)
            {
                return false;
            }

            number = (number * 10) + c - '0';
        }

        return text.Length != 0;
    }
}
