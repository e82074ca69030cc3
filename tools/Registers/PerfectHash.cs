// Encodings are looked up in a trap, where nothing may be searched: hash and displace finds an entry in one step.

using Nestor.Tools.Build;

namespace Nestor.Tools.Registers;

/// <summary>A perfect hash from packed encodings to 16-bit entries.</summary>
/// <param name="Displacements">By bucket, the upper seven bits of the mixed encoding.</param>
/// <param name="Slots">The entries; 0xffff where none is.</param>
internal sealed record PerfectHash(IReadOnlyList<ushort> Displacements, IReadOnlyList<ushort> Slots)
{
    public const uint Multiplier = 0x9e3779b1;

    private const int Buckets = 128;
    private const int SlotCount = 512;
    private const ushort Empty = 0xffff;

    /// <summary>Buckets, largest first, each get the displacement that puts all their entries in free slots.</summary>
    /// <exception cref="BuildException">The entries do not fit.</exception>
    public static PerfectHash Of(IReadOnlyList<(uint Encoding, ushort Entry)> entries)
    {
        var displacements = new ushort[Buckets];
        var slots = new ushort[SlotCount];
        Array.Fill(slots, Empty);
        foreach (var bucket in entries.GroupBy(e => Mix(e.Encoding) >> 25).OrderByDescending(b => b.Count()))
        {
            int displacement = Enumerable.Range(0, SlotCount).FirstOrDefault(
                d => bucket.Select(e => Slot(e.Encoding, d)).Where(s => slots[s] == Empty).Distinct().Count() == bucket.Count(), -1);
            if (displacement < 0)
            {
                throw new BuildException("no perfect hash for the encodings: enlarge PerfectHash.SlotCount");
            }

            displacements[bucket.Key] = (ushort)displacement;
            foreach ((uint encoding, ushort entry) in bucket)
            {
                slots[Slot(encoding, displacement)] = entry;
            }
        }

        return new PerfectHash(displacements, slots);
    }

    private static uint Mix(uint encoding) => unchecked(encoding * Multiplier);

    private static uint Slot(uint encoding, int displacement) => ((Mix(encoding) >> 8) ^ (uint)displacement) & (SlotCount - 1);
}
