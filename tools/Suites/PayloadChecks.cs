// Nestor's own checks of the architecture: one group of them is a test, its lines are TAP. A group runs at EL2, or, if its name says so,
// at EL1; each check that passes on the bare machine must pass under Nestor.
using Nestor.Tools.Bench;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Suites;

/// <summary>Runs the groups of the payload.</summary>
public static class PayloadChecks
{
    /// <summary>The suite's name on the command line.</summary>
    public const string Name = "payloads";

    private const int Cpus = 2;
    private const long Memory = 256 * MemorySize.MiB;
    private const string AtEl1 = "el1-";

    // Of registers that memory redirection keeps in memory, where CPTR_EL2 does not trap them (the README's limits).
    private const string NotRedirected = "-redirected";

    // The plan is the last line of TAP.
    private const string Plan = "1..";

    /// <summary>The groups: each has a file with the lines of the bare machine.</summary>
    /// <param name="filter">Only those whose names contain this; null for all.</param>
    /// <exception cref="UsageException">There is none.</exception>
    public static IReadOnlyList<SuiteTest> Find(string? filter)
    {
        string[] names =
        [
            .. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "qemu-tests", "Guests", "Expected"), "*.tap")
                .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
        ];
        SuiteTest[] tests =
        [
            .. from name in names
               where filter is null || name.Contains(filter, StringComparison.Ordinal)
               select new SuiteTest(name, RepositoryRoot.Out("payload"), Cpus, Memory, "group=" + name, [], null),
        ];
        return tests.Length > 0 ? tests : throw new UsageException($"--filter: no group has '{filter}' in its name; they are {string.Join(", ", names)}");
    }

    /// <summary>Runs groups on all machines of their level.</summary>
    /// <param name="qemu">QEMU.</param>
    /// <param name="tests">The groups.</param>
    /// <param name="deadline">For each run.</param>
    public static SuiteReport Run(string qemu, IReadOnlyList<SuiteTest> tests, TimeSpan deadline)
    {
        (SuiteTest Test, SuiteSetting Setting)[] wanted =
        [
            .. from test in tests
               from setting in SuiteSetting.All
               where SuiteSetting.WithEl2.Contains(setting) != test.Name.StartsWith(AtEl1, StringComparison.Ordinal)
               where setting.Name != BenchColumn.Nv2.Name || !test.Name.EndsWith(NotRedirected, StringComparison.Ordinal)
               select (test, setting),
        ];
        SuiteRun[] runs = new SuiteRun[wanted.Length];

        // A group may have both CPUs at work.
        for (int i = 0; i < wanted.Length; i++)
        {
            runs[i] = RunOne(qemu, wanted[i].Test, wanted[i].Setting, deadline);
            Progress.Line($"{runs[i].Test.Name}, {runs[i].Setting.Name}: {runs[i].Summary}");
        }

        return new SuiteReport(Name, SuiteSetting.All, tests, runs);
    }

    private static SuiteRun RunOne(string qemu, SuiteTest test, SuiteSetting setting, TimeSpan deadline)
    {
        MachineRun run = BenchMachine.Run(
            qemu, setting.Arguments(test, null), line => TimedLine.PlainOf(line).StartsWith(Plan, StringComparison.Ordinal), deadline);
        string[] lines = [.. run.Lines.Select(line => line.Plain)];
        return new SuiteRun(
            test, setting, [.. lines.Select(Selftest.Part).OfType<Subtest>()], run.Finished ? "" : null, lines, run.Lines.Count == 0 ? deadline : run.Lines[^1].Time);
    }
}
