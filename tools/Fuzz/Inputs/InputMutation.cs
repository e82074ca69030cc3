// Damaged inputs from valid ones. The number of an input decides all of it, so a process that dies has said enough with a number.

namespace Nestor.Tools.Fuzz.Inputs;

/// <summary>Makes inputs.</summary>
public static class InputMutation
{
    private const int Longest = 1 << 16;

    // What lengths, counts and offsets are apt to get wrong.
    private static readonly ulong[] s_values =
        [0, 1, 2, 7, 8, 0x7f, 0x80, 0xff, 0x100, 0xfff, 0x1000, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff, long.MaxValue, 1UL << 63, ulong.MaxValue - 7, ulong.MaxValue];

    /// <summary>An input. 0 to the number of valid ones - 1 are these.</summary>
    public static byte[] Make(IReadOnlyList<byte[]> valid, ulong seed, long number)
    {
        if (number < valid.Count)
        {
            return [.. valid[(int)number]];
        }

        // The two are apart by more than a step of the dice, or one seed's inputs would be the next one's.
        Dice dice = new((seed * 0xd134_2543_de82_ef95) ^ ((ulong)number * 0xa24b_aed4_963e_e407));
        List<byte> bytes = [.. dice.Of(valid)];
        for (int left = 1 << dice.Below(4); left > 0; left--)
        {
            Damage(bytes, valid, dice);
        }

        return [.. bytes.Count > Longest ? bytes[..Longest] : bytes];
    }

    private static void Damage(List<byte> bytes, IReadOnlyList<byte[]> valid, Dice dice)
    {
        int at = dice.Below(bytes.Count + 1);
        int length = Math.Min(dice.Below(1 << dice.Below(9)), bytes.Count - at);
        switch (dice.Below(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << dice.Below(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)dice.Next();
                break;
            case 2 or 3:
                Put(bytes, at, dice);
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(Math.Min(dice.Below(bytes.Count + 1), bytes.Count - length), length));
                break;
            case 6:
                // From another, or from elsewhere in the same.
                byte[] other = dice.Of(valid);
                int from = dice.Below(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(dice.Below(64), other.Length - from)));
                break;
            case 7 when dice.OneIn(4):
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 8:
                bytes.InsertRange(at, Enumerable.Repeat(at < bytes.Count ? bytes[at] : (byte)dice.Next(), dice.Below(64)));
                break;
            default:
                break;
        }
    }

    // Numbers in files lie at multiples of their size, mostly.
    private static void Put(List<byte> bytes, int at, Dice dice)
    {
        int size = 1 << dice.Below(4);
        at = dice.OneIn(8) ? at : at / size * size;
        ulong value = dice.OneIn(3) ? (ulong)dice.Below(bytes.Count + 64) : dice.Of(s_values);
        bool isBigEndian = dice.OneIn(2);
        for (int i = 0; i < size && at + i < bytes.Count; i++)
        {
            bytes[at + i] = (byte)(value >> (8 * (isBigEndian ? size - 1 - i : i)));
        }
    }
}
