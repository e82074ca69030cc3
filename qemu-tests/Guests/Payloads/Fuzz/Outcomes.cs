// Which ways of ending each kind of step has had in this boot: a set of numbers, each said once. Behind the notes in memory.

namespace Nestor.Payloads;

internal static unsafe class Outcomes
{
    private const uint Slots = 1 << 17;
    private const uint MostUsed = Slots / 2;

    private static uint s_used;

    private static uint* Set => (uint*)0x4710_0000;

    /// <summary>Whether a kind of step ended in this way for the first time.</summary>
    /// <param name="kind">The kind, of 16 bits.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="outcome">Kind, exception class, vector, and the status of an abort: tools/Fuzz/Coverage.cs unpacks it.</param>
    public static bool IsNew(uint kind, Excursion* end, out uint outcome)
    {
        bool isAbort = end->Class is 0x20 or 0x21 or 0x24 or 0x25;
        outcome = (kind << 16) | ((uint)end->Class << 10) | ((uint)(end->Vector >> 7 & 0xf) << 6) | (isAbort ? (uint)end->Esr & 0x3f : 0);
        uint at = outcome * 0x9e37_79b9 >> 15;
        while (Set[at] != 0)
        {
            if (Set[at] == outcome + 1)
            {
                return false;
            }

            at = (at + 1) & (Slots - 1);
        }

        if (s_used == MostUsed)
        {
            return false;
        }

        s_used++;
        Set[at] = outcome + 1;
        return true;
    }
}
