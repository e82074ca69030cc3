// `help`: the table of commands, as it is.

using System;

namespace Nestor.Kernel;

internal unsafe struct HelpCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "help"u8;

    public static ReadOnlySpan<byte> Arguments => "[COMMAND]"u8;

    public static ReadOnlySpan<byte> Summary => "the commands; Tab completes, json in front of a command is for scripts"u8;

    public static void Run(Words* words)
    {
        bool found = false;
        Output.List("commands"u8);
        for (uint row = 0; !CommandTable.Name(row).IsEmpty; row++)
        {
            if (words->Count < 2 || Words.Is(words, 1, CommandTable.Name(row)))
            {
                found = true;
                Show(row);
            }
        }

        if (!found)
        {
            Output.Error("unknown command:"u8, Words.At(words, 1));
        }
    }

    private static void Show(uint row)
    {
        Output.Row();
        Output.Cell("name"u8, CommandTable.Name(row));
        Output.Cell("arguments"u8, CommandTable.Arguments(row));
        Output.Line();
        Output.Indent(10);
        Output.Cell("summary"u8, CommandTable.Summary(row));
    }
}
