// How a run of QEMU for the benchmark went.
namespace Nestor.Tools.Bench;

/// <summary>What a machine said.</summary>
/// <param name="Lines">The console.</param>
/// <param name="Finished">Whether the last line was the expected one; false when QEMU ended without it or ran out of time.</param>
/// <param name="ProcessorTime">What QEMU had used of the processors when that line came.</param>
public sealed record MachineRun(IReadOnlyList<TimedLine> Lines, bool Finished, TimeSpan ProcessorTime)
{
    /// <summary>Why it did not finish, for people.</summary>
    public string Complaint => Lines.Count == 0 ? "it said nothing" : $"its last line: {Lines[^1].Text.Trim()}";
}
