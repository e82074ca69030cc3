// Where tables go: wide enough for all their columns, and without colours unless a person is there.
using Spectre.Console;

namespace Nestor.Tools.Support;

/// <summary>Makes consoles for tables.</summary>
public static class TableConsole
{
    private const int NarrowestOutput = 180;

    /// <summary>One that writes to an output, at least 180 columns wide.</summary>
    public static IAnsiConsole On(TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        });
        console.Profile.Width = Math.Max(console.Profile.Width, NarrowestOutput);
        return console;
    }
}
