// A line of a console, and when it came.
namespace Nestor.Tools.Bench;

/// <summary>A line of the console and when it was complete, counted from QEMU's start.</summary>
public sealed record TimedLine(TimeSpan Time, string Text);
