// A report on its way to a file and back, and as people read it.
using System;
using System.IO;
using Nestor.Tools.Bench;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Bench;

public sealed class BenchReportTests
{
    private static BenchReport Sample()
    {
        BenchReport report = new() { Qemu = "QEMU emulator version 10.0.2", Commit = "abc", ImageBytes = 1536, OwnKibibytes = new() { ["el=1"] = 228 } };
        report.Put("psci-version", "bare EL2", figure => figure with { Instructions = 1 });
        report.Put("psci-version", "el=2 nv=2", figure => figure with { Instructions = 131, Nanoseconds = Spread.Of([3000, 1500, 2000]) });
        report.Put("ipi", "el=2 nv=2", figure => figure with { Instructions = 1485.4, SecondRun = 1490 });
        report.Put("by-the-clock-only", "el=2 nv=2", figure => figure with { Nanoseconds = Spread.Of([12]) });
        return report;
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Sample().ToJson());
            Assert.Equal(Sample().ToJson(), BenchReport.Read(path).ToJson());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"rows\":null}")]
    [InlineData("{\"rows\":{\"hypercall\":null}}")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Anything_else_is_refused_in_one_line(string content)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            UsageException refusal = Assert.Throws<UsageException>(() => BenchReport.Read(path));
            Assert.DoesNotContain('\n', refusal.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_reference_holds_nothing_that_changes_by_itself()
    {
        string json = Sample().OnlyInstructions().ToJson();
        Assert.Contains("131", json, StringComparison.Ordinal);
        Assert.DoesNotContain("nanoseconds", json, StringComparison.Ordinal);
        Assert.DoesNotContain("commit", json, StringComparison.Ordinal);
        Assert.DoesNotContain("by-the-clock-only", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_has_a_table_for_each_way_to_measure()
    {
        string text = BenchText.Markdown(Sample());
        Assert.Contains("| psci-version | 1 | 131 |", text, StringComparison.Ordinal);
        Assert.Contains("| psci-version | – | 2.0 µs (1.5 µs to 3.0 µs) |", text, StringComparison.Ordinal);
        Assert.Contains("| ipi | – | 1,485.4 (then 1,490) |", text, StringComparison.Ordinal);
        Assert.Contains("- image size: 1.5 KiB", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_are_set_side_by_side()
    {
        BenchReport report = Sample();
        Assert.Empty(NestingTable.Rows(report));
        report.Put("psci-version", BenchColumn.KvmNv2.Name, figure => figure with { Instructions = 8089.1, Traps = new() { ["eret"] = 1, ["hvc"] = 1 } });
        Assert.Equal(["–", "–", "8,089 (2)", "–"], Assert.Single(NestingTable.Rows(report)).Cells);
        Assert.Contains("| hypercall | – | – | 8,089 (2) | – |", BenchText.Markdown(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Traps_are_summed_and_named()
    {
        Assert.Equal("3: eret, register 2; 4 TLB", BenchText.Traps(new Figure { Traps = new() { ["eret"] = 1, ["register"] = 2 }, TlbDrops = 4 }));
        Assert.Equal("0", BenchText.Traps(new Figure { Traps = [], TlbDrops = 0 }));
        Assert.Equal("–", BenchText.Traps(new Figure()));
    }

    [Fact]
    public void The_median_of_an_even_number_lies_in_the_middle() => Assert.Equal(new Spread(2.5, 1, 4), Spread.Of([4, 1, 2, 3]));

    [Fact]
    public void The_committed_reference_is_one() =>
        Assert.Contains("psci-version", BenchReport.Read(Path.Combine(RepositoryRoot.Path, "tools", "Bench", "reference.json")).Rows.Keys);
}
