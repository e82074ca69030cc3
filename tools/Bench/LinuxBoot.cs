// How long Debian's kernel takes to its init: on QEMU's own EL2 and in Nestor at each level, the same files and the same command line,
// in turn, so that all have the same share of what else the machine does. Instructions are those of the kernel's own clock,
// which under icount counts them, and idle time with them: from where that clock starts, early in the boot, to where it runs
// init. The self-tests of the kernel's cryptography are left out of that count, and are in the clock's: the boot waits for them,
// they for ticks, and where ticks fall moves the count by up to 3% with anything that changes.
using System.Globalization;
using System.Text.RegularExpressions;
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>Boots Linux.</summary>
public sealed partial class LinuxBoot
{
    /// <summary>The row in the report.</summary>
    public const string Row = "linux-boot";

    /// <summary>
    /// On the kernel's command line: without the self-tests of its cryptography, which go on beside user space for a second. Under
    /// icount all CPUs share one clock, so they would be in whatever is counted meanwhile.
    /// </summary>
    public const string WithoutSelfTests = "cryptomgr.notests";

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(300);

    private readonly string _qemu;
    private readonly BenchReport _report;
    private readonly BenchLog _log;
    private readonly string _kernel;
    private readonly string _initramfs;

    /// <summary>Fetches the guest when it is not there.</summary>
    /// <param name="qemu">QEMU.</param>
    /// <param name="report">Where the figures go.</param>
    /// <param name="log">What there is to say beside them.</param>
    public LinuxBoot(string qemu, BenchReport report, BenchLog log)
    {
        (_qemu, _report, _log) = (qemu, report, log);
        GuestStore store = new();
        _kernel = store.Ensure(GuestKind.Linux612);
        _initramfs = store.Ensure(GuestKind.Initramfs);
    }

    /// <summary>Boots at each level.</summary>
    /// <param name="wallClockRuns">How often by the clock.</param>
    public void Measure(int wallClockRuns)
    {
        BenchColumn[] columns = [.. BenchColumn.FirstLevel];
        foreach (BenchColumn column in columns)
        {
            Progress.Line($"{column.Name}: booting Linux, counting instructions");
            _report.Ran($"{Row}, {column.Name}", BenchFacts.CommandLine(_qemu, Arguments(column, icount: false)));
            (double? one, double? two) = (Instructions(column), Instructions(column));
            if (one != two)
            {
                _log.Remarks.Add($"{column.Name}, {Row}: two runs counted {one} and {two} instructions");
            }

            _report.Put(Row, column.Name, figure => figure with { Instructions = one, SecondRun = one == two ? null : two });
        }

        Dictionary<BenchColumn, List<MachineRun>> runs = columns.ToDictionary(column => column, _ => new List<MachineRun>());
        for (int i = 0; i < wallClockRuns; i++)
        {
            foreach (BenchColumn column in columns)
            {
                Progress.Line($"{column.Name}: booting Linux, wall clock, run {i + 1} of {wallClockRuns}");
                if (Boot(column, icount: false) is { Finished: true } run)
                {
                    runs[column].Add(run);
                }
            }
        }

        foreach ((BenchColumn column, List<MachineRun> booted) in runs.Where(column => column.Value.Count > 0))
        {
            _report.Put(Row, column.Name, figure => figure with
            {
                Nanoseconds = Spread.Of(booted.Select(run => run.Lines[^1].Time.TotalNanoseconds)),
                ProcessorNanoseconds = Spread.Of(booted.Select(run => run.ProcessorTime.TotalNanoseconds)),
            });
        }
    }

    /// <summary>Nanoseconds on the kernel's clock when it starts init; null in any other line.</summary>
    public static long? InitTime(string line)
    {
        Match match = RunsInit().Match(line);
        return match.Success
            ? (long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * 1_000_000_000) + (long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) * 1000)
            : null;
    }

    private double? Instructions(BenchColumn column) =>
        Boot(column, icount: true).Lines.Select(line => InitTime(line.Text)).FirstOrDefault(time => time is not null);

    private MachineRun Boot(BenchColumn column, bool icount)
    {
        MachineRun run = BenchMachine.Run(_qemu, Arguments(column, icount), line => line.StartsWith("nestor-init: ", StringComparison.Ordinal), s_deadline);
        if (!run.Finished)
        {
            _log.Failures.Add($"{column.Name}: Linux did not come up; {run.Complaint}");
        }

        return run;
    }

    private IReadOnlyList<string> Arguments(BenchColumn column, bool icount) => column.Arguments(
        _kernel, _initramfs, GuestResolver.DefaultAppend + (icount ? " " + WithoutSelfTests : ""), cpus: 1, hostCpus: 1, GuestDescription.DefaultMemory, icount);

    [GeneratedRegex(@"^\[ *(\d{1,9})\.(\d{6})\] Run /init as init process")]
    private static partial Regex RunsInit();
}
