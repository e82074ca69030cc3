// How cost grows: with the vCPUs of one VM and with the number of VMs, while all of them are busy, in instructions; and the
// memory that they take of Nestor's. The clock of icount counts the instructions of all CPUs, so a figure is that of all calls.
using System.Globalization;
using System.Text.RegularExpressions;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>Measures growth.</summary>
/// <param name="qemu">QEMU.</param>
/// <param name="payload">The benchmark payload.</param>
/// <param name="report">Where the figures go.</param>
/// <param name="log">What there is to say beside them.</param>
public sealed partial class Growth(string qemu, string payload, BenchReport report, BenchLog log)
{
    /// <summary>The series, as the report names them.</summary>
    public const string CallsByVcpus = "instructions per hypercall, by vCPUs of a VM that all make them";

    /// <summary>VMs of two vCPUs each, on the same two CPUs.</summary>
    public const string InterruptsByVms = "instructions per IPI, by VMs that share two CPUs";

    /// <summary>On a machine that stays the same.</summary>
    public const string MemoryByVcpus = "KiB of Nestor's own memory, by vCPUs of a VM";

    /// <summary>The same VMs.</summary>
    public const string MemoryByVms = "KiB of Nestor's own memory, by VMs of two vCPUs";

    private const int MostCpus = 8;
    private const int MostVms = 4;
    private const int Calls = 400_000;
    private const int Interrupts = 5_000;
    private const string Call = "busy-call";

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(300);

    /// <summary>Measures all series.</summary>
    public void Measure()
    {
        foreach (int vcpus in (int[])[1, 2, 4, MostCpus])
        {
            Run(CallsByVcpus, MemoryByVcpus, vcpus, 1, vcpus, MostCpus, Words(Call, Calls) + string.Create(CultureInfo.InvariantCulture, $" busy={vcpus}"));
        }

        for (int vms = 1; vms <= MostVms; vms++)
        {
            Run(InterruptsByVms, MemoryByVms, vms, vms, 2, 2, Words(PayloadRun.Ipi, Interrupts));
        }
    }

    /// <summary>A row of the payload's, in a line that may have a guest's name in front.</summary>
    public static BenchLine? Row(string line) => BenchLine.Parse(Prefix().Replace(line, ""));

    /// <summary>Whether a guest is done.</summary>
    public static bool IsEnd(string line) => BenchLine.IsEnd(Prefix().Replace(line, ""));

    private static string Words(string row, int count) => string.Create(CultureInfo.InvariantCulture, $"group=bench row={row} count={count}");

    private void Run(string cost, string memory, int size, int vms, int vcpus, int hostCpus, string words)
    {
        Progress.Line($"growth: {cost}: {size}");
        GuestDescription[] guests = [.. Enumerable.Range(0, vms).Select(i => BenchColumn.Nv2.Guest($"g{i}", payload, null, words, vcpus))];
        int ended = 0;
        report.Ran($"{cost}: {size}", BenchFacts.CommandLine(qemu, BenchColumn.WithNestor(guests, hostCpus, icount: false)));
        MachineRun run = BenchMachine.Run(
            qemu, BenchColumn.WithNestor(guests, hostCpus, icount: true), line => IsEnd(line) && ++ended == vms, s_deadline);
        BenchLine[] rows = [.. run.Lines.Select(line => Row(line.Text)).OfType<BenchLine>()];
        if (!run.Finished || rows.Length != vms || rows.Any(row => row.Ticks is null))
        {
            log.Failures.Add($"growth, {cost}, {size}: {rows.Length} of {vms} rows; {run.Complaint}");
            return;
        }

        // Each guest waited for all others, so that each has the whole time of all.
        report.Grow(cost, size, rows.Average(row => row.Mean) / vms);
        if (run.Lines.Select(line => BenchLine.OwnKibibytes(line.Text)).FirstOrDefault(own => own is not null) is { } kibibytes)
        {
            report.Grow(memory, size, kibibytes);
        }
    }

    [GeneratedRegex(@"^\[g\d\] ")]
    private static partial Regex Prefix();
}
