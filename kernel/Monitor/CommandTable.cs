// The one list of commands. Help, completion and the README's test are made from it; to add a command is to add a file and a
// line here. A switch rather than an array of functions: nothing that needs a constructor can be in the image.

using System;

namespace Nestor.Kernel;

/// <summary>The commands of the monitor.</summary>
public static unsafe class CommandTable
{
    private enum Ask
    {
        Name,
        Arguments,
        Summary,
        Run,
    }

    /// <summary>The name of a row; empty behind the last.</summary>
    public static ReadOnlySpan<byte> Name(uint row) => Row(row, Ask.Name, null);

    /// <summary>What may follow the name.</summary>
    public static ReadOnlySpan<byte> Arguments(uint row) => Row(row, Ask.Arguments, null);

    /// <summary>What it does.</summary>
    public static ReadOnlySpan<byte> Summary(uint row) => Row(row, Ask.Summary, null);

    /// <summary>Runs the command that the first word names.</summary>
    /// <returns>False when there is none of that name.</returns>
    public static bool Run(Words* words)
    {
        for (uint row = 0; !Name(row).IsEmpty; row++)
        {
            if (Letters.AreEqual(Words.At(words, 0), Name(row)))
            {
                Row(row, Ask.Run, words);
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a line has no more words than these, its first one counted; otherwise says so.</summary>
    public static bool IsEnd(Words* words, int most)
    {
        if (words->Count > most)
        {
            Output.Error("one word too many:"u8, Words.At(words, most));
        }

        return words->Count <= most;
    }

    // With the most words that make sense behind the name.
    private static ReadOnlySpan<byte> Row(uint row, Ask ask, Words* words) => row switch
    {
        0 => Of<HelpCommand>(ask, words, 1),
        1 => Of<VmCommand>(ask, words, 2),
        2 => Of<VcpuCommand>(ask, words, 2),
        3 => Of<StepCommand>(ask, words, 1),
        4 => Of<BreakCommand>(ask, words, 2),
        5 => Of<WatchCommand>(ask, words, 3),
        6 => Of<BtCommand>(ask, words, 0),
        7 => Of<RegCommand>(ask, words, 4),
        8 => Of<MemCommand>(ask, words, Words.Maximum - 1),
        9 => Of<WalkCommand>(ask, words, 1),
        10 => Of<ShadowCommand>(ask, words, 1),
        11 => Of<GicCommand>(ask, words, 1),
        12 => Of<TimerCommand>(ask, words, 0),
        13 => Of<TraceCommand>(ask, words, 5),
        14 => Of<StatsCommand>(ask, words, 1),
        15 => Of<TopCommand>(ask, words, 0),
        16 => Of<FocusCommand>(ask, words, 1),
        17 => Of<ConfigCommand>(ask, words, 0),
        18 => Of<LogCommand>(ask, words, 2),
        19 => Of<VersionCommand>(ask, words, 0),
        20 => Of<SaveCommand>(ask, words, 1),
        21 => Of<PanicCommand>(ask, words, 0),
        22 => Of<QuitCommand>(ask, words, 0),
        _ => default,
    };

    private static ReadOnlySpan<byte> Of<T>(Ask ask, Words* words, int most)
        where T : struct, IMonitorCommand
    {
        switch (ask)
        {
            case Ask.Name:
                return T.Name;
            case Ask.Arguments:
                return T.Arguments;
            case Ask.Summary:
                return T.Summary;
            default:
                if (IsEnd(words, most + 1))
                {
                    T.Run(words);
                }

                return default;
        }
    }
}
