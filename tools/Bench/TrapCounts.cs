// How often a repetition of a row traps into Nestor, by class, and makes QEMU drop its TLB. The payload runs twice with
// different numbers of repetitions; what the two runs differ by is the repetitions' own, whatever lies around them.
using Nestor.Tools.Build;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>Counts traps.</summary>
/// <param name="qemu">QEMU.</param>
/// <param name="payload">The benchmark payload.</param>
/// <param name="report">Where the figures go.</param>
/// <param name="log">What there is to say beside them.</param>
public sealed class TrapCounts(string qemu, string payload, BenchReport report, BenchLog log)
{
    private const int Fewer = 200;
    private const int More = 400;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(400);

    private readonly IReadOnlyDictionary<ulong, TlbWrite> _writes =
        TlbWrite.Find(new ElfObject(File.ReadAllBytes(RepositoryRoot.Out("nestor.elf")), "nestor.elf"));

    /// <summary>Counts in a column that has Nestor in it.</summary>
    public void Measure(BenchColumn column)
    {
        Progress.Line($"{column.Name}: counting traps");
        foreach (PayloadRun run in PayloadRun.Of(column))
        {
            IReadOnlyList<(BenchLine Row, RowTraps Traps)> fewer = Run(column, run, Fewer);
            IReadOnlyList<(BenchLine Row, RowTraps Traps)> more = Run(column, run, More);
            foreach (((BenchLine few, RowTraps fewTraps), (BenchLine many, RowTraps manyTraps)) in fewer.Zip(more))
            {
                double repetitions = many.Count - few.Count;
                if (few.Name == many.Name && repetitions > 0)
                {
                    report.Put(many.Name, column.Name, figure => figure with
                    {
                        Traps = Difference(fewTraps.Traps, manyTraps.Traps, repetitions),
                        TlbDrops = Rounded((manyTraps.TlbDrops - fewTraps.TlbDrops) / repetitions),
                    });
                }
            }
        }
    }

    /// <summary>The classes of which there were more, a repetition's share of each.</summary>
    public static SortedDictionary<string, double> Difference(IDictionary<string, int> fewer, IDictionary<string, int> more, double repetitions)
    {
        SortedDictionary<string, double> difference = [];
        foreach ((string name, int count) in more)
        {
            double each = Rounded((count - (fewer.TryGetValue(name, out int before) ? before : 0)) / repetitions);
            if (each > 0)
            {
                difference[name] = each;
            }
        }

        return difference;
    }

    // A tick of a clock that fell into one run and not into the other is no repetition's.
    private static double Rounded(double each) => Math.Abs(each - Math.Round(each)) < 0.05 ? Math.Round(each) : Math.Round(each, 1);

    private List<(BenchLine Row, RowTraps Traps)> Run(BenchColumn column, PayloadRun run, int count)
    {
        TrapLog traps = new(_writes);
        MachineRun machine = BenchMachine.Run(
            qemu,
            [.. column.Payload(payload, run.Row, icount: true, run.HostCpus, count, inBatches: false), .. TlbWrite.LogArguments(_writes.Keys)],
            BenchLine.IsEnd,
            s_deadline,
            traps.Add);
        List<BenchLine> rows = [.. (run with { Name = null }).Rows(column with { IsSecondLevel = false }, machine.Lines)];
        if (!machine.Finished || rows.Count != traps.Rows.Count)
        {
            log.Failures.Add($"{column.Name}: {rows.Count} rows, {traps.Rows.Count} in the log of traps; {machine.Complaint}");
            return [];
        }

        return [.. rows.Zip(traps.Rows).Where(pair => pair.First.Ticks is not null).Select(pair => (pair.First with { Name = run.Name ?? pair.First.Name }, pair.Second))];
    }
}
