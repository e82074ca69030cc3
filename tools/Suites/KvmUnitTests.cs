// kvm-unit-tests: small kernels, each of which tests one part of a machine. The user has built them.
using Nestor.Tools.Bench;
using Nestor.Tools.Support;

namespace Nestor.Tools.Suites;

/// <summary>Runs kvm-unit-tests.</summary>
public static class KvmUnitTests
{
    /// <summary>The suite's name on the command line.</summary>
    public const string Name = "kvm-unit-tests";

    private const string Config = "unittests.cfg";
    private const string End = "EXIT: STATUS=";

    // A test that is to be migrated waits for a key; to go on here is no migration, and must work.
    private const string AsksForKey = "Now migrate the VM";

    // The suite hands its tests the host's kernel and which errata it has fixed, in a RAM disk. The oracle has no Linux: say 6.12.
    private static readonly string[] s_environment =
    [
        "KERNEL_VERSION_STRING=6.12.0", "KERNEL_VERSION=6", "KERNEL_PATCHLEVEL=12", "KERNEL_SUBLEVEL=0", "KERNEL_EXTRAVERSION=0",
        "ERRATA_9e3f7a296940=y", "ERRATA_7b6b46311a85=y", "ERRATA_6c7a5dce22b3=y", "ERRATA_8c58be34494b=y",
    ];

    /// <summary>Reads what there is to run.</summary>
    /// <param name="directory">Where the images are: the directory `arm` of a build.</param>
    /// <param name="config">The list of tests; null for the one beside the images.</param>
    /// <param name="filter">Only tests whose names contain this; null for all.</param>
    /// <exception cref="UsageException">There is nothing to run.</exception>
    public static IReadOnlyList<SuiteTest> Find(string directory, string? config, string? filter)
    {
        if (!Directory.Exists(directory))
        {
            throw new UsageException($"{directory} is no directory; give `arm` of a kvm-unit-tests that you have built");
        }

        string file = config ?? Path.Combine(directory, Config);
        if (!File.Exists(file))
        {
            throw new UsageException($"there is no {file}; give `arm` of a kvm-unit-tests that you have built, or the list with --config");
        }

        SuiteTest[] tests =
        [
            .. from test in UnitTestsConfig.Parse(file, File.ReadLines(file), directory)
               where filter is null || test.Name.Contains(filter, StringComparison.Ordinal)
               select test with { WhyNot = test.WhyNot ?? (File.Exists(test.Image) ? null : $"no {Path.GetFileName(test.Image)}") },
        ];
        return tests.Any(test => test.WhyNot is null)
            ? tests
            : throw new UsageException($"{file}: no test{(filter is null ? "" : $" with '{filter}' in its name")} can run: {tests.FirstOrDefault()?.WhyNot ?? "there is none"}");
    }

    /// <summary>Runs tests on all machines.</summary>
    /// <param name="qemu">QEMU.</param>
    /// <param name="tests">The tests.</param>
    /// <param name="deadline">For each run.</param>
    /// <param name="scratch">A directory for files.</param>
    public static SuiteReport Run(string qemu, IReadOnlyList<SuiteTest> tests, TimeSpan deadline, string scratch)
    {
        string initrd = Path.Combine(scratch, "environment");
        File.WriteAllLines(initrd, s_environment);
        (SuiteTest Test, SuiteSetting Setting)[] wanted = [.. from test in tests where test.WhyNot is null from setting in SuiteSetting.All select (test, setting)];
        SuiteRun[] runs = new SuiteRun[wanted.Length];
        Parallel.For(0, wanted.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            (SuiteTest test, SuiteSetting setting) = wanted[i];
            runs[i] = RunOne(qemu, test, setting, initrd, deadline);
            Progress.Line($"{test.Name}, {setting.Name}: {runs[i].Summary}");
        });
        return new SuiteReport(Name, SuiteSetting.All, tests, runs);
    }

    private static SuiteRun RunOne(string qemu, SuiteTest test, SuiteSetting setting, string initrd, TimeSpan deadline)
    {
        MachineRun run = BenchMachine.Run(
            qemu, setting.Arguments(test, initrd), line => TimedLine.PlainOf(line).StartsWith(End, StringComparison.Ordinal), deadline,
            reply: line => line.Contains(AsksForKey, StringComparison.Ordinal) ? "\n" : null);
        string[] lines = [.. run.Lines.Select(line => line.Plain)];
        return new SuiteRun(
            test, setting, [.. lines.Select(Subtest.Parse).OfType<Subtest>()], run.Finished ? "" : null, lines, run.Lines.Count == 0 ? deadline : run.Lines[^1].Time);
    }
}
