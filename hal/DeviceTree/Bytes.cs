// The freestanding corelib has spans but none of their helpers; this is the one that device trees need.

using System;

namespace Nestor.Hal;

/// <summary>Comparison of byte strings.</summary>
internal static class Bytes
{
    /// <summary>Whether two byte strings are the same.</summary>
    public static bool Equal(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int index = 0; index < left.Length; index++)
        {
            if (left[index] != right[index])
            {
                return false;
            }
        }

        return true;
    }
}
