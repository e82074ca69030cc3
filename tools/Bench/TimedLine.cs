// A line of a console, and when it came.
using System.Text.RegularExpressions;

namespace Nestor.Tools.Bench;

/// <summary>A line of the console and when it was complete, counted from QEMU's start.</summary>
public sealed partial record TimedLine(TimeSpan Time, string Text)
{
    /// <summary>The text as the guest printed it.</summary>
    public string Plain => PlainOf(Text);

    /// <summary>A line as the guest printed it.</summary>
    public static string PlainOf(string line) => Times().Replace(line.Trim(), "");

    // Nestor puts the time before each line of a guest, and Nestor in Nestor does so twice.
    [GeneratedRegex(@"^(\[ *[0-9.]+\] )+")]
    private static partial Regex Times();
}
