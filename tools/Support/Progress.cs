// Tells the user what takes time: a spinner on a terminal, plain lines elsewhere. All of it on
// standard error, because standard output belongs to the guest's console.
using Spectre.Console;

namespace Nestor.Tools.Support;

public static class Progress
{
    private static readonly Lazy<IAnsiConsole> s_console = new(() =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));

    public static void Line(string text) => StandardStream.Error.WriteLine($"nestor: {text}");

    /// <summary>Runs the work under a spinner; what it prints must not go to the terminal meanwhile.</summary>
    public static void Step(string text, Action work)
    {
        if (Console.IsErrorRedirected || !s_console.Value.Profile.Capabilities.Interactive)
        {
            Line(text);
            work();
            return;
        }

        s_console.Value.Status().Start(Markup.Escape(text), _ => work());
        Line(text + ": done");
    }
}
