// Bit counting that the JIT turns into one or two instructions. (No population count: it would use a vector register.)

using System.Runtime.CompilerServices;

namespace System.Numerics;

public static class BitOperations
{
    [Intrinsic]
    public static int LeadingZeroCount(uint value) => LeadingZeroCount(value);

    [Intrinsic]
    public static int LeadingZeroCount(ulong value) => LeadingZeroCount(value);

    [Intrinsic]
    public static int TrailingZeroCount(uint value) => TrailingZeroCount(value);

    [Intrinsic]
    public static int TrailingZeroCount(ulong value) => TrailingZeroCount(value);
}
