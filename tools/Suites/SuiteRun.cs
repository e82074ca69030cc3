// One test on one machine, and what it said.
using System.Globalization;
using Nestor.Tools.Bench;
using Nestor.Tools.Launch;

namespace Nestor.Tools.Suites;

/// <summary>How a test went.</summary>
/// <param name="Test">The test.</param>
/// <param name="Setting">The machine.</param>
/// <param name="Subtests">Its checks.</param>
/// <param name="HasEnded">Whether the test came to its end.</param>
/// <param name="Lines">Everything that the machine said.</param>
/// <param name="Time">How long it took.</param>
public sealed record SuiteRun(
    SuiteTest Test, SuiteSetting Setting, IReadOnlyList<Subtest> Subtests, bool HasEnded, IReadOnlyList<string> Lines, TimeSpan Time)
{
    private const string End = "EXIT: STATUS=";

    // A test that is to be migrated waits for a key; to go on here is no migration, and must work.
    private const string AsksForKey = "Now migrate the VM";

    /// <summary>In a cell of the table.</summary>
    public string Summary => string.Join(", ", Parts());

    /// <summary>Boots the machine and reads what the test says.</summary>
    public static SuiteRun Of(string qemu, SuiteTest test, SuiteSetting setting, string initrd, TimeSpan deadline)
    {
        MachineRun run = BenchMachine.Run(
            qemu, setting.Arguments(test, initrd), line => TimedLine.PlainOf(line).StartsWith(End, StringComparison.Ordinal), deadline,
            reply: line => line.Contains(AsksForKey, StringComparison.Ordinal) ? "\n" : null);
        string[] lines = [.. run.Lines.Select(line => line.Plain)];
        return new SuiteRun(
            test, setting, [.. lines.Select(Subtest.Parse).OfType<Subtest>()], run.Finished, lines, run.Lines.Count == 0 ? deadline : run.Lines[^1].Time);
    }

    /// <summary>What passes on bare QEMU and does not here.</summary>
    public IReadOnlyList<string> Missing(SuiteRun oracle)
    {
        List<Subtest> left = [.. Subtests];
        List<string> missing = [.. oracle.Subtests.Where(subtest => subtest.HasPassed && !left.Remove(subtest)).Select(subtest => subtest.Text)];
        if (oracle.HasEnded && !HasEnded)
        {
            missing.Add("its end");
        }

        return missing;
    }

    private IEnumerable<string> Parts()
    {
        foreach (IGrouping<string, Subtest> group in Subtests.GroupBy(subtest => subtest.Verdict))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}");
        }

        if (!HasEnded)
        {
            yield return "no end";
        }
        else if (Subtests.Count == 0)
        {
            yield return "ended";
        }
    }
}
