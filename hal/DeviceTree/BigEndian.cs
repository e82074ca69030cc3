// Device trees are big-endian and this machine is not. Values are put together byte by byte, because the
// first reader runs before the MMU is on, when an unaligned load faults, and a blob's alignment is only a promise.

namespace Nestor.Hal;

/// <summary>Big-endian loads and stores at any alignment. The caller has checked the bounds.</summary>
internal static unsafe class BigEndian
{
    /// <summary>Reads 32 bits.</summary>
    public static uint Read32(byte* from) =>
        ((uint)from[0] << 24) | ((uint)from[1] << 16) | ((uint)from[2] << 8) | from[3];

    /// <summary>Reads 64 bits.</summary>
    public static ulong Read64(byte* from) => ((ulong)Read32(from) << 32) | Read32(from + 4);

    /// <summary>Writes 32 bits.</summary>
    public static void Write32(byte* to, uint value)
    {
        to[0] = (byte)(value >> 24);
        to[1] = (byte)(value >> 16);
        to[2] = (byte)(value >> 8);
        to[3] = (byte)value;
    }
}
