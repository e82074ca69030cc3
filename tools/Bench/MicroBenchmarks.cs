// The rows of the benchmark payload: twice with counted instructions, which must give the same numbers, and several times
// by the clock.
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>Measures every row in every column.</summary>
/// <param name="qemu">QEMU.</param>
/// <param name="payload">The benchmark payload.</param>
/// <param name="report">Where the figures go.</param>
/// <param name="log">What there is to say beside them.</param>
public sealed class MicroBenchmarks(string qemu, string payload, BenchReport report, BenchLog log)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(300);

    /// <summary>Measures a column.</summary>
    /// <param name="column">Which.</param>
    /// <param name="wallClockRuns">Runs by the clock; may be 0.</param>
    public void Measure(BenchColumn column, int wallClockRuns)
    {
        Progress.Line($"{column.Name}: counting instructions");
        Count(column, Run(column, icount: true), Run(column, icount: true));
        if (wallClockRuns > 0)
        {
            Progress.Line($"{column.Name}: wall clock, {wallClockRuns} runs");
            Dictionary<string, List<double>> times = [];
            for (int i = 0; i < wallClockRuns; i++)
            {
                foreach (BenchLine line in Run(column, icount: false))
                {
                    Collect(times, line);
                }
            }

            foreach ((string row, List<double> values) in times)
            {
                report.Put(row, column.Name, figure => figure with { Nanoseconds = Spread.Of(values) });
            }
        }
    }

    private static void Collect(Dictionary<string, List<double>> times, BenchLine line)
    {
        if (!times.TryGetValue(line.Name, out List<double>? values))
        {
            times[line.Name] = values = [];
        }

        values.Add(line.Mean);
    }

    private void Count(BenchColumn column, IReadOnlyList<BenchLine> first, IReadOnlyList<BenchLine> second)
    {
        foreach (BenchLine line in first)
        {
            BenchLine? again = second.FirstOrDefault(other => other.Name == line.Name);
            bool same = again?.Instructions == line.Instructions;
            if (!same)
            {
                log.Remarks.Add($"{column.Name}, {line.Name}: two runs counted {line.Instructions} and {(again is null ? "nothing" : again.Instructions)} instructions");
            }

            report.Put(line.Name, column.Name, figure => figure with
            {
                Instructions = line.Instructions,
                SecondRun = same ? null : again?.Instructions,
            });
        }
    }

    private List<BenchLine> Run(BenchColumn column, bool icount) =>
        [.. PayloadRun.Of(column).SelectMany(run => Run(column, run, icount))];

    private List<BenchLine> Run(BenchColumn column, PayloadRun payloadRun, bool icount)
    {
        MachineRun run = BenchMachine.Run(
            qemu, column.Payload(payload, payloadRun.Row, icount, payloadRun.HostCpus), BenchLine.IsEnd, s_deadline);
        if (!run.Finished)
        {
            log.Failures.Add($"{column.Name}: the payload did not finish; {run.Complaint}");
        }

        if (run.Lines.Select(line => BenchLine.OwnKibibytes(line.Text)).FirstOrDefault(own => own is not null) is { } kibibytes && !column.IsSecondLevel)
        {
            report.OwnKibibytes!.TryAdd(column.Name, kibibytes);
        }

        List<BenchLine> rows = [.. payloadRun.Rows(column, run.Lines)];
        foreach (BenchLine row in rows.Where(row => row.Ticks is null))
        {
            log.Failures.Add($"{column.Name}, {row.Name}{(icount ? " under icount" : "")}: {row.Failure}");
        }

        return [.. rows.Where(row => row.Ticks is not null)];
    }
}
