// What a shadow stage 2 takes: the monitor is asked for it while a guest of KVM runs.
using System.Text.Json;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>Measures the memory of a shadow.</summary>
public static class ShadowMemory
{
    private const string Question = "\x1djson shadow\r";
    private const string Answer = "{\"command\":\"shadow\",";
    private const long PageKibibytes = 4;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(300);

    /// <summary>KiB of the tables below the root of the largest shadow of a VM whose KVM runs the benchmark payload with 256 MiB.</summary>
    /// <param name="qemu">QEMU.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="log">Where a failure goes.</param>
    /// <returns>Null when it failed.</returns>
    public static long? Measure(string qemu, string payload, BenchLog log)
    {
        Progress.Line("memory of a shadow");
        bool isAsked = false;
        MachineRun run = BenchMachine.Run(
            qemu,
            BenchColumn.KvmNv2.Payload(payload, null, icount: false),
            line => line.StartsWith(Answer, StringComparison.Ordinal),
            s_deadline,
            reply: line => !isAsked && (isAsked = BenchLine.Parse(line) is not null) ? Question : null);
        if (!run.Finished)
        {
            log.Failures.Add($"memory of a shadow: the monitor did not answer; {run.Complaint}");
            return null;
        }

        using JsonDocument answer = JsonDocument.Parse(run.Lines[^1].Text);
        return PageKibibytes * answer.RootElement.GetProperty("shadows").EnumerateArray().Max(shadow => shadow.GetProperty("pages").GetInt64());
    }
}
