// `bench`: measures what a trap costs in each setting, prints it and writes it to out/bench. Instruction counts are the same
// on every machine, so they can be held to a reference; to renew it after a change that was meant, copy
// out/bench/instructions.json to tools/Bench/reference.json and commit it with the change.
using System.CommandLine;
using Nestor.Tools.Bench;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

internal sealed class BenchCommand : Command
{
    private const int DefaultRuns = 5;
    private const int MostRuns = 100;
    private const int MostBoots = 3;

    private readonly Option<bool> _quick = new("--quick") { Description = "only instruction counts of the first level, and no Linux" };

    private readonly Option<int?> _runs = NumberOption.Create("--runs", "N", "runs by the clock (default: 5)");

    private readonly Option<string?> _compare = new("--compare")
    {
        HelpName = "FILE",
        Description = "print what changed since this JSON; status 1 when an instruction count grew by more than 2%",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        HelpName = "ROW",
        Description = "instead: the functions that the instructions of one row go to",
    };

    private readonly Option<string?> _column = new("--column")
    {
        HelpName = "NAME",
        Description = "only this column, and no Linux; the one to profile (default: 'el=2 nv=2')",
    };

    private readonly Option<bool> _boot = new("--boot") { Description = "instead: how long Linux takes to its init at each level" };

    private readonly Option<bool> _growth = new("--growth") { Description = "instead: how cost and memory grow with vCPUs and VMs, as a plot" };

    private readonly Option<string?> _qemu = new("--qemu") { HelpName = "PATH", Description = "the QEMU to use" };

    public BenchCommand()
        : base("bench", "Measure what traps cost, in instructions and by the clock.")
    {
        foreach (Option option in (Option[])[_quick, _runs, _compare, _profile, _column, _boot, _growth, _qemu])
        {
            Add(option);
        }

        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        int runs = parsed.GetValue(_runs) ?? DefaultRuns;
        if (runs is < 1 or > MostRuns)
        {
            throw new UsageException($"--runs is {runs}; it must be 1 to {MostRuns}");
        }

        BenchColumn? only = Column(parsed.GetValue(_column));
        BenchReport? old = parsed.GetValue(_compare) is { } file ? BenchReport.Read(file) : null;
        RefuseTogether(parsed);
        string qemu = Requirements.Ensure([Purpose.Build, Purpose.Run], parsed.GetValue(_qemu));
        KernelBuild.Run(RepositoryRoot.Path);
        PayloadBuild.Run(RepositoryRoot.Path);
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_profile) is { } row)
        {
            BenchColumn column = only ?? BenchColumn.Nv2;
            Profile profile = Profiler.Run(qemu, column, row);
            BenchTable.Write(output, $"{row}, {column.Name}", profile);
            Directory.CreateDirectory(RepositoryRoot.Out("bench"));
            string picture = RepositoryRoot.Out("bench", $"{row}.svg");
            File.WriteAllText(picture, FlameGraph.Svg($"{row}, {column.Name}", profile.Stacks()));
            output.WriteLine($"flame graph: {picture}");
            return ExitStatus.Success;
        }

        BenchLog log = new();
        if (parsed.GetValue(_boot) || parsed.GetValue(_growth))
        {
            return RunAlone(output, qemu, parsed.GetValue(_boot), parsed.GetValue(_growth), runs, old, log);
        }

        bool quick = parsed.GetValue(_quick);
        IReadOnlyList<BenchColumn> columns = only is not null ? [only] : quick ? BenchColumn.FirstLevel : BenchColumn.All;
        bool withLinux = !quick && only is null;
        BenchReport report = Measure(qemu, columns, quick ? 0 : runs, withLinux, log);
        Write(output, report, "bench");
        log.Remarks.ForEach(Progress.Line);
        log.Failures.ForEach(Progress.Line);
        bool worse = old is not null
            && Compare(output, old, report, [.. withLinux ? [] : (string[])[LinuxBoot.Row], .. BenchColumn.All.Except(columns).Select(column => column.Name)]);
        return worse || log.Failures.Count > 0 ? ExitStatus.Failure : ExitStatus.Success;
    }

    private static int RunAlone(TextWriter output, string qemu, bool boot, bool growth, int runs, BenchReport? old, BenchLog log)
    {
        string payload = RepositoryRoot.Out("payload");
        BenchReport report = BenchFacts.Begin(qemu, payload, []);
        if (boot)
        {
            new LinuxBoot(qemu, report, log).Measure(Math.Min(runs, MostBoots));
        }

        if (growth)
        {
            Memory(qemu, payload, report, log);
        }

        Write(output, report, boot ? "boot" : "growth");
        log.Remarks.ForEach(Progress.Line);
        log.Failures.ForEach(Progress.Line);
        bool worse = boot && old is not null && Compare(output, old, report, [.. old.Rows.Keys.Where(name => name != LinuxBoot.Row)]);
        return worse || log.Failures.Count > 0 ? ExitStatus.Failure : ExitStatus.Success;
    }

    // What would be left out without a word.
    private void RefuseTogether(ParseResult parsed)
    {
        bool alone = parsed.GetValue(_boot) || parsed.GetValue(_growth);
        (bool Both, string Words)[] refused =
        [
            (alone && parsed.GetValue(_quick), "--quick with --boot or --growth"),
            (alone && parsed.GetValue(_column) is not null, "--column with --boot or --growth"),
            (alone && parsed.GetValue(_profile) is not null, "--profile with --boot or --growth"),
            (parsed.GetValue(_profile) is not null && parsed.GetValue(_quick), "--profile with --quick"),
            (parsed.GetValue(_compare) is not null && !parsed.GetValue(_boot) && (alone || parsed.GetValue(_profile) is not null), "--compare with --growth or --profile"),
        ];
        if (refused.FirstOrDefault(pair => pair.Both) is { Both: true } pair)
        {
            throw new UsageException($"{pair.Words} does not go together");
        }
    }

    // Without runs by the clock it is to be quick, and traps are not counted either.
    private static BenchReport Measure(string qemu, IReadOnlyList<BenchColumn> columns, int runs, bool withLinux, BenchLog log)
    {
        string payload = RepositoryRoot.Out("payload");
        BenchReport report = BenchFacts.Begin(qemu, payload, columns);
        MicroBenchmarks rows = new(qemu, payload, report, log);
        foreach (BenchColumn column in columns)
        {
            rows.Measure(column, column.IsSecondLevel ? Math.Min(runs, MostBoots) : runs);
        }

        if (runs > 0)
        {
            TrapCounts traps = new(qemu, payload, report, log);
            foreach (BenchColumn column in columns.Where(column => column.El != 0))
            {
                traps.Measure(column);
            }
        }

        if (withLinux)
        {
            new LinuxBoot(qemu, report, log).Measure(Math.Min(runs, MostBoots));
            Memory(qemu, payload, report, log);
            new SecondLevelBoot(qemu, report, log).Measure(Math.Min(runs, MostBoots));
        }

        return report;
    }

    private static void Memory(string qemu, string payload, BenchReport report, BenchLog log)
    {
        new Growth(qemu, payload, report, log).Measure();
        report.ShadowKibibytes = ShadowMemory.Measure(qemu, payload, log);
    }

    private static void Write(TextWriter output, BenchReport report, string name)
    {
        Directory.CreateDirectory(RepositoryRoot.Out("bench"));
        File.WriteAllText(RepositoryRoot.Out("bench", $"{name}.json"), report.ToJson());
        File.WriteAllText(RepositoryRoot.Out("bench", $"{name}.md"), BenchText.Markdown(report));
        if (report.Rows.Count > 0)
        {
            File.WriteAllText(RepositoryRoot.Out("bench", name == "bench" ? "instructions.json" : $"{name}-instructions.json"), report.OnlyInstructions().ToJson());
        }

        BenchTable.Write(output, report);

        if (report.Growth is { } growth)
        {
            string picture = RepositoryRoot.Out("bench", "growth.svg");
            File.WriteAllText(picture, GrowthPlot.Svg(growth));
            output.WriteLine($"growth: {picture}");
        }
    }

    private static bool Compare(TextWriter output, BenchReport old, BenchReport report, IReadOnlyCollection<string> leftOut)
    {
        IReadOnlyList<BenchChange> changes = BenchComparison.Changes(old, report, leftOut);
        foreach (BenchChange change in changes)
        {
            output.WriteLine(change);
        }

        output.WriteLine(FormattableString.Invariant($"{changes.Count} changed, {changes.Count(change => change.IsWorse)} worse"));
        return changes.Any(change => change.IsWorse);
    }

    private static BenchColumn? Column(string? name) =>
        name is null ? null
        : BenchColumn.All.FirstOrDefault(column => column.Name == name)
            ?? throw new UsageException($"--column: '{name}' is none of {string.Join(", ", BenchColumn.All.Select(column => $"'{column.Name}'"))}");
}
