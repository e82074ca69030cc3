// Has inputs taken one after the other, in this process. What ends the process, or does not come back, is for the one that started it.
using System.Diagnostics;

namespace Nestor.Tools.Fuzz.Inputs;

/// <summary>Inputs of one kind, in the order of their numbers.</summary>
/// <param name="kind">The kind.</param>
/// <param name="seed">Which inputs.</param>
/// <param name="journal">Where to begin; it is kept up to date.</param>
public sealed class InputSession(FuzzedInput kind, ulong seed, InputJournal journal)
{
    /// <summary>An input that takes longer hangs. A thousand times what the slowest needs, for the machine may be busy.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private const int MostShrinking = 3000;

    private readonly HashSet<string> _seen = [];

    /// <summary>Goes on until so many have been taken or the time is over.</summary>
    /// <param name="count">How many inputs in all, those before the journal's number included.</param>
    /// <param name="end">When to end.</param>
    /// <param name="found">Is told each fault once: the words, the shortened input and its number.</param>
    public void Run(long count, DateTime end, Action<string, byte[], long> found)
    {
        using Timer watchdog = Watch();
        for (; journal.Number < count && DateTime.UtcNow < end; journal.Number++)
        {
            byte[] input = InputMutation.Make(kind.Valid, seed, journal.Number);
            if (kind.FaultOf(input, out bool isTaken) is { } fault && _seen.Add(fault))
            {
                found(fault, InputShrinker.Shrink(input, shorter => kind.FaultOf(shorter, out _) == fault, MostShrinking), journal.Number);
            }

            journal.Taken += isTaken ? 1 : 0;
        }
    }

    // No exception reaches a thread in an endless loop.
    private Timer Watch()
    {
        long last = -1;
        return new Timer(
            _ =>
            {
                if (journal.Number == last)
                {
                    Process.GetCurrentProcess().Kill();
                }

                last = journal.Number;
            },
            null,
            Deadline,
            Deadline);
    }
}
