// Hexadecimal digits, which numbers on the console and gdb's packets are made of.

namespace Nestor.Hal;

/// <summary>One hexadecimal digit.</summary>
public static class HexDigit
{
    /// <summary>What a digit stands for; negative for what is none.</summary>
    public static int Value(byte letter) =>
        letter >= '0' && letter <= '9' ? letter - '0'
        : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10
        : letter >= 'A' && letter <= 'F' ? letter - 'A' + 10
        : -1;

    /// <summary>The digit of the low four bits.</summary>
    public static byte Of(ulong value)
    {
        int digit = (int)value & 0xf;
        return (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
}
