// The benchmark on a real machine: what it counts is the same twice, and within what was promised. By the clock nothing is
// judged here.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nestor.Tools.Bench;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class BenchTests
{
    private const double MostForPsciVersion = 300;
    private const double MostToFirstInstruction = 20_000_000;
    private const long MostOwnKibibytes = 8 * 1024;
    private const double MostToBootTwice = 3;
    private const long MostImageBytes = 512 * 1024;
    private const int MostForTracing = 15;
    private const long MostShadowKibibytes = 3 * 1024;

    // QEMU's counter is not quite free of its host's clock where a CPU waits.
    private static readonly string[] s_waiting = ["timer-wakes-wfi", PayloadRun.Ipi];

    private static readonly string s_qemu = ToolFinder.Require(RequiredProgram.Qemu);

    [Fact]
    public void Each_row_is_counted_twice_alike_and_within_its_promise()
    {
        string payload = Payload();
        BenchReport report = BenchFacts.Begin(s_qemu, payload, BenchColumn.Nv2);
        BenchLog log = new();
        new MicroBenchmarks(s_qemu, payload, report, log).Measure(BenchColumn.Nv2, wallClockRuns: 0);
        Assert.Empty(log.Failures);
        Assert.DoesNotContain(log.Remarks, remark => !s_waiting.Any(remark.Contains));
        Assert.InRange(Instructions(report, "psci-version"), 2, MostForPsciVersion);
        Assert.InRange(Instructions(report, "first-instruction"), 2, MostToFirstInstruction);
        Assert.InRange(report.OwnKibibytes![BenchColumn.Nv2.Name], 1, MostOwnKibibytes);
        Assert.InRange(report.ImageBytes!.Value, 1, MostImageBytes);
        Assert.InRange(report.TracingInstructions!.Value, 2, MostForTracing);

        BenchReport reference = BenchReport.Read(Path.Combine(RepositoryRoot.Path, "tools", "Bench", "reference.json"));
        Assert.Empty(reference.Rows.Keys.Except(report.Rows.Keys).Except([LinuxBoot.Row]));
    }

    [Fact]
    public void On_the_hardware_each_row_can_be_counted_as_well()
    {
        string payload = Payload();
        BenchReport report = BenchFacts.Begin(s_qemu, payload, BenchColumn.Bare);
        BenchLog log = new();
        new MicroBenchmarks(s_qemu, payload, report, log).Measure(BenchColumn.Bare, wallClockRuns: 1);
        Assert.Empty(log.Failures);
        Figure call = report.Rows["psci-version"][BenchColumn.Bare.Name];
        Assert.Equal(1, call.Instructions);
        Assert.NotNull(call.Nanoseconds);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_shadow_takes_no_more_than_its_bound()
    {
        BenchLog log = new();
        long? kibibytes = ShadowMemory.Measure(s_qemu, Payload(), log);
        Assert.Empty(log.Failures);
        Assert.InRange(kibibytes!.Value, 1, MostShadowKibibytes);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Linux_boots_Linux_within_its_promise()
    {
        BenchReport report = new();
        BenchLog log = new();
        new SecondLevelBoot(s_qemu, report, log).Measure(runs: 1);
        Assert.Empty(log.Failures);
        Dictionary<string, Figure> boots = report.Rows[SecondLevelBoot.Row];
        double ratio = boots[BenchColumn.Nv2.Name].ProcessorNanoseconds!.Median / boots[BenchColumn.Bare.Name].ProcessorNanoseconds!.Median;
        Assert.InRange(ratio, 0.5, MostToBootTwice);
    }

    [Fact]
    public void A_profile_names_the_functions_that_a_row_goes_through()
    {
        Payload();
        Profile profile = Profiler.Run(s_qemu, BenchColumn.Nv2, "psci-version");
        IReadOnlyList<ProfileEntry> entries = profile.Entries();
        Assert.Contains(entries, entry => entry.Function == "VirtualPsci.Call");
        Assert.InRange(profile.Count, 100, int.MaxValue);
        Assert.Throws<UsageException>(() => Profiler.Run(s_qemu, BenchColumn.Nv2, "no-such-row"));
        Assert.Throws<UsageException>(() => Profiler.Run(s_qemu, BenchColumn.Nv2, "counter"));
    }

    private static double Instructions(BenchReport report, string row) => report.Rows[row][BenchColumn.Nv2.Name].Instructions!.Value;

    private static string Payload()
    {
        PayloadBuild.Run(RepositoryRoot.Path);
        return RepositoryRoot.Out("payload");
    }
}
