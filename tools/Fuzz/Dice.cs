// Random numbers that are the same on every machine and with every version of .NET (SplitMix64).
namespace Nestor.Tools.Fuzz;

/// <summary>A source of random numbers.</summary>
public sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        _state += 0x9e37_79b9_7f4a_7c15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xbf58_476d_1ce4_e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d0_49bb_1331_11eb;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int count) => Below(count) == 0;

    /// <summary>One of some things.</summary>
    public T Of<T>(IReadOnlyList<T> things) => things[Below(things.Count)];

    /// <summary>Each of these bits or not.</summary>
    public ulong Bits(ulong mask) => Next() & mask;

    /// <summary>A value that registers are apt to get wrong: none, all, one or few bits, an address, anything.</summary>
    public ulong Value() => Below(8) switch
    {
        0 => 0,
        1 => ulong.MaxValue,
        2 or 3 => 1UL << Below(64),
        4 => Next() & Next() & Next(),
        5 => Arena.Data + (Next() & 0x7ff8),
        6 => Next() & 0xffff_ffff,
        _ => Next(),
    };
}
