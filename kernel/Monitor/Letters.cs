// Comparing what was typed with what there is. Names are the Arm ARM's, in capitals; nobody types them so.

using System;

namespace Nestor.Kernel;

/// <summary>Comparison of ASCII text, whatever the case of its letters.</summary>
public static class Letters
{
    /// <summary>Whether two texts are the same.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> two) => one.Length == two.Length && IsStart(one, two);

    /// <summary>Whether a text begins with another.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start, ReadOnlySpan<byte> text)
    {
        if (start.Length > text.Length)
        {
            return false;
        }

        for (int i = 0; i < start.Length; i++)
        {
            if (Lower(start[i]) != Lower(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text matches a pattern, in which * is any number of characters and ? is one.</summary>
    public static bool Match(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text)
    {
        int p = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || Lower(pattern[p]) == Lower(text[t])))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The last star takes one more character.
                p = star + 1;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    /// <summary>Whether a text is a pattern rather than a name.</summary>
    public static bool IsPattern(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is (byte)'*' or (byte)'?')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A number: decimal, or hexadecimal behind 0x; underscores between digits are passed over. False for anything else.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out ulong value)
    {
        bool isHex = text.Length > 2 && text[0] == '0' && Lower(text[1]) == 'x';
        ulong radix = isHex ? 16UL : 10;
        value = 0;
        for (int i = isHex ? 2 : 0; i < text.Length; i++)
        {
            byte letter = Lower(text[i]);
            if (letter == '_' && i != 0)
            {
                continue;
            }

            ulong digit = letter <= '9' ? letter - (ulong)'0' : letter - (ulong)'a' + 10;
            if (letter < '0' || (letter > '9' && letter < 'a') || digit >= radix || value > (ulong.MaxValue - digit) / radix)
            {
                return false;
            }

            value = (value * radix) + digit;
        }

        return text.Length != 0;
    }

    private static byte Lower(byte letter) => letter >= 'A' && letter <= 'Z' ? (byte)(letter + 32) : letter;
}
