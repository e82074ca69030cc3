// An instruction beside the line of the table that it fits: what its fields say.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>A word of code, its address, and its bits as the table names them.</summary>
public unsafe struct InstructionFields
{
    /// <summary>The instruction.</summary>
    public uint Word;

    /// <summary>Where it is.</summary>
    public ulong Address;

    /// <summary>The bits' names, from bit 31 down, with spaces between.</summary>
    public byte* Bits;

    // Not inlined, this and its like: so many widths in one method would be zeroed with a vector register.

    /// <summary>Whether its registers have 64 bits: all do that have no bit for it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool IsWide(InstructionFields* fields) => Gather(fields, (byte)'x', out int width) != 0 || width == 0;

    /// <summary>A field: a register by its place, any other by its letter.</summary>
    public static uint Get(InstructionFields* fields, byte name)
    {
        switch (name)
        {
            case (byte)'d' or (byte)'t': return fields->Word & 31;
            case (byte)'n': return fields->Word >> 5 & 31;
            case (byte)'a': return fields->Word >> 10 & 31;
            case (byte)'m': return fields->Word >> 16 & 31;
            default: return Gather(fields, name, out _);
        }
    }

    /// <summary>A field whose highest bit is its sign.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long GetSigned(InstructionFields* fields, byte name)
    {
        long value = Gather(fields, name, out int width);
        return value << (64 - width) >> (64 - width);
    }

    private static uint Gather(InstructionFields* fields, byte name, out int width)
    {
        uint value = 0;
        width = 0;
        byte* at = fields->Bits;
        for (int bit = 31; bit >= 0; at++)
        {
            if (*at == name)
            {
                value = (value << 1) | (fields->Word >> bit & 1);
                width++;
            }

            bit -= *at == ' ' ? 0 : 1;
        }

        return value;
    }
}
