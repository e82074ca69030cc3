// Memory attributes of both stages together (Arm ARM D8.6), in the format of MAIR_ELx and PAR_EL1: the upper four bits are
// the outer, the lower four the inner attributes of Normal memory; Device memory is 0b0000xx00.

namespace Nestor.Kernel;

/// <summary>Combination of stage 1 and stage 2 attributes.</summary>
public static class MemoryAttributes
{
    private const uint NonCacheable = 4;
    private const uint AllAllocate = 3;
    private const ulong OuterShareable = 2;
    private const ulong InnerShareable = 3;

    /// <summary>PAR_EL1 of a translation by both stages.</summary>
    /// <param name="hcr">The guest hypervisor's HCR_EL2: FWB and CD.</param>
    /// <param name="stage1">PAR_EL1 of stage 1 alone.</param>
    /// <param name="descriptor">The page or block of stage 2.</param>
    /// <param name="output">Where it leads.</param>
    public static ulong Combine(ulong hcr, ulong stage1, ulong descriptor, ulong output)
    {
        const ulong AddressMask = 0xffff_ffff_f000;
        const ulong Replaced = (0xffUL << 56) | AddressMask | (3UL << 7);
        uint first = (uint)(stage1 >> 56);
        uint second = (uint)(descriptor >> 2) & 0xf;
        uint attributes = (hcr & Hcr.FWB) != 0 ? Forced(first, second) : Weaker(first, second, (hcr & Hcr.CD) != 0);
        ulong shareability = Shareability(attributes, stage1 >> 7 & 3, descriptor >> 8 & 3);
        return (stage1 & ~Replaced) | ((ulong)attributes << 56) | (output & AddressMask) | (shareability << 7);
    }

    private static bool IsDevice(uint attributes) => (attributes & 0xf0) == 0;

    private static ulong Shareability(uint attributes, ulong first, ulong second)
    {
        if (IsDevice(attributes) || attributes == ((NonCacheable << 4) | NonCacheable)
            || first == OuterShareable || second == OuterShareable)
        {
            return OuterShareable;
        }

        return first == InnerShareable || second == InnerShareable ? InnerShareable : 0;
    }

    // Without FEAT_S2FWB, or with it switched off, the stage that allows less wins.
    private static uint Weaker(uint first, uint second, bool cachesOff)
    {
        uint outer = second >> 2;
        uint inner = second & 3;
        if (outer == 0 || IsDevice(first))
        {
            // nGnRnE, nGnRE, nGRE, GRE in this order, and Normal memory is above them.
            uint one = IsDevice(first) ? first >> 2 & 3 : 3;
            uint two = outer == 0 ? inner : 3;
            return (one < two ? one : two) << 2;
        }

        if (cachesOff)
        {
            outer = 1;
            inner = 1;
        }

        return (WeakerHalf(first >> 4, outer) << 4) | WeakerHalf(first & 0xf, inner);
    }

    // Stage 2: 1 non-cacheable, 2 write-through, 3 write-back. The hints for allocation are those of stage 1.
    private static uint WeakerHalf(uint first, uint second)
    {
        if (first == NonCacheable || second == 1)
        {
            return NonCacheable;
        }

        bool isWriteThrough = (first & 4) == 0;
        return second == 2 && !isWriteThrough ? (2 << 2) | (first & 3) : first;
    }

    // FEAT_S2FWB: stage 2 says which stage decides.
    private static uint Forced(uint first, uint second) => second switch
    {
        <= 3 => second << 2,
        5 => IsDevice(first) ? first : (NonCacheable << 4) | NonCacheable,
        6 => IsDevice(first) ? 0xffu : (WriteBack(first >> 4) << 4) | WriteBack(first & 0xf),
        7 => first,
        _ => 0,
    };

    private static uint WriteBack(uint first) => first is NonCacheable or 0 ? (3 << 2) | AllAllocate : first | 4;
}
