// Decisions out of a random array of bytes, which FsCheck can shorten and simplify: when it is at its end every die shows 0.
namespace Nestor.Tests.Unit.Memory;

internal sealed class Dice(byte[] program)
{
    private int _at;

    /// <summary>Whether all bytes are used.</summary>
    public bool IsEmpty => _at >= program.Length;

    /// <summary>0 to limit - 1, of at most 256.</summary>
    public int Below(int limit) => _at < program.Length ? program[_at++] % limit : 0;

    /// <summary>True so many times of a hundred.</summary>
    public bool Percent(int chance) => Below(100) >= 100 - chance;

    /// <summary>A number of so many bits.</summary>
    public ulong Bits(int count)
    {
        ulong value = 0;
        for (int have = 0; have < count; have += 8)
        {
            value = (value << 8) | (uint)Below(256);
        }

        return count >= 64 ? value : value & ((1UL << count) - 1);
    }

    /// <summary>One of some.</summary>
    public T One<T>(params System.ReadOnlySpan<T> choices) => choices[Below(choices.Length)];
}
