// One test on one machine, and what it said.
using System.Globalization;

namespace Nestor.Tools.Suites;

/// <summary>How a test went.</summary>
/// <param name="Test">The test.</param>
/// <param name="Setting">The machine.</param>
/// <param name="Subtests">Its checks.</param>
/// <param name="Outcome">What the test said at its end: empty where that says no more than that it ended; null for no end.</param>
/// <param name="Lines">Everything that the machine said.</param>
/// <param name="Time">How long it took.</param>
public sealed record SuiteRun(
    SuiteTest Test, SuiteSetting Setting, IReadOnlyList<Subtest> Subtests, string? Outcome, IReadOnlyList<string> Lines, TimeSpan Time)
{
    /// <summary>In a cell of the table.</summary>
    public string Summary => string.Join(", ", Parts());

    /// <summary>What passes on bare QEMU and does not here, and an outcome that is another one.</summary>
    public IReadOnlyList<string> Missing(SuiteRun oracle)
    {
        List<Subtest> left = [.. Subtests];
        List<string> missing = [.. oracle.Subtests.Where(subtest => subtest.HasPassed && !left.Remove(subtest)).Select(subtest => subtest.Text)];
        if (oracle.Outcome is { } wanted && Outcome != wanted)
        {
            missing.Add(Outcome is null ? "its end" : $"{wanted}; it is {Outcome}");
        }

        return missing;
    }

    private IEnumerable<string> Parts()
    {
        if (Outcome is { Length: > 0 })
        {
            yield return Outcome;
        }

        foreach (IGrouping<string, Subtest> group in Subtests.GroupBy(subtest => subtest.Verdict))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}");
        }

        if (Outcome is null)
        {
            yield return "no end";
        }
        else if (Outcome.Length == 0 && Subtests.Count == 0)
        {
            yield return "ended";
        }
    }
}
