// Takes away from a failing input what its fault does not need.

namespace Nestor.Tools.Fuzz.Inputs;

/// <summary>Shortens inputs.</summary>
public static class InputShrinker
{
    /// <summary>A shorter input with the same fault: pieces left out, halves first, and then bytes made zero.</summary>
    /// <param name="input">The input.</param>
    /// <param name="fails">Whether an input has the fault.</param>
    /// <param name="most">How often to ask at most.</param>
    public static byte[] Shrink(byte[] input, Func<byte[], bool> fails, int most)
    {
        for (int piece = Math.Max(1, input.Length / 2); piece > 0; piece /= 2)
        {
            for (int at = 0; at < input.Length && most > 0;)
            {
                byte[] shorter = [.. input[..at], .. input[Math.Min(input.Length, at + piece)..]];
                most--;
                if (fails(shorter))
                {
                    input = shorter;
                }
                else
                {
                    at += piece;
                }
            }
        }

        for (int at = 0; at < input.Length && most > 0; at++)
        {
            byte[] simpler = [.. input];
            simpler[at] = 0;
            most--;
            if (input[at] != 0 && fails(simpler))
            {
                input = simpler;
            }
        }

        return input;
    }
}
