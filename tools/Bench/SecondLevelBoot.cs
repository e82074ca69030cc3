// How long the whole of nesting takes: Debian's kernel with KVM boots, its VMM starts a second one, that boots and switches itself off,
// and then the first does. On QEMU's own EL2 and at virtual EL2, the same files and the same words, in turn. A busy machine makes
// the wall clock worth little, so the processor time of QEMU stands beside it.
using System.Globalization;
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>Boots a Linux that boots a Linux.</summary>
/// <param name="qemu">QEMU.</param>
/// <param name="report">Where the figures go.</param>
/// <param name="log">What there is to say beside them.</param>
public sealed class SecondLevelBoot(string qemu, BenchReport report, BenchLog log)
{
    /// <summary>The row in the report.</summary>
    public const string Row = "second-level-boot";

    // The inner command must come without a space: it is a word of the second kernel's command line, within quotes of the first's.
    private const string Append = GuestResolver.DefaultAppend + " quiet run=\"vm 1 'quiet run=poweroff${IFS}-f'; poweroff -f\"";
    private const string End = "reboot: Power down";
    private const int Ends = 2;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(600);

    /// <summary>Measures on both machines.</summary>
    /// <param name="runs">How often.</param>
    public void Measure(int runs)
    {
        Dictionary<BenchColumn, List<MachineRun>> all = new() { [BenchColumn.Bare] = [], [BenchColumn.Nv2] = [] };
        for (int i = 0; i < runs; i++)
        {
            foreach ((BenchColumn column, List<MachineRun> done) in all)
            {
                report.Ran($"{Row}, {column.Name}", BenchFacts.CommandLine(qemu, Arguments(column)));
                Progress.Line(string.Create(CultureInfo.InvariantCulture, $"{column.Name}: Linux boots Linux, run {i + 1} of {runs}"));
                MachineRun run = Boot(column);
                if (run.Finished)
                {
                    done.Add(run);
                }
                else
                {
                    log.Failures.Add($"{column.Name}: Linux in Linux did not come to its end; {run.Complaint}");
                }
            }
        }

        foreach ((BenchColumn column, List<MachineRun> done) in all.Where(column => column.Value.Count > 0))
        {
            report.Put(Row, column.Name, figure => figure with
            {
                Nanoseconds = Spread.Of(done.Select(run => run.Lines[^1].Time.TotalNanoseconds)),
                ProcessorNanoseconds = Spread.Of(done.Select(run => run.ProcessorTime.TotalNanoseconds)),
            });
        }
    }

    private MachineRun Boot(BenchColumn column)
    {
        int ends = 0;
        return BenchMachine.Run(
            qemu,
            Arguments(column),
            line => line.Contains(End, StringComparison.Ordinal) && ++ends == Ends,
            s_deadline);
    }

    private static IReadOnlyList<string> Arguments(BenchColumn column) => column.Arguments(
        SecondLevelBench.Kernel, SecondLevelBench.Plain, Append, cpus: 1, hostCpus: 1, GuestDescription.DefaultMemory, icount: false);
}
