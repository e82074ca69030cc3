// The lines of the benchmark payload, as they come over the console among others.
using Nestor.Tools.Bench;
using Xunit;

namespace Nestor.Tests.Unit.Bench;

public sealed class BenchLineTests
{
    [Fact]
    public void A_row_has_a_name_a_count_and_ticks() =>
        Assert.Equal(new BenchLine("gic-read", 1000, 262_000, ""), BenchLine.Parse("bench gic-read 1000 262000\r"));

    [Fact]
    public void Instructions_are_the_quartile_of_the_batches_and_the_clock_has_the_mean_of_all()
    {
        BenchLine? line = BenchLine.Parse("bench hypercall 1000 5200000 quartile 237000 of 50\r");
        Assert.Equal(4740, line?.Instructions);
        Assert.Equal(5200, line?.Mean);
        Assert.Equal(262, BenchLine.Parse("bench gic-read 1000 262000")?.Instructions);
    }

    [Fact]
    public void A_row_that_failed_says_why()
    {
        BenchLine? line = BenchLine.Parse("bench ipi failed: vector 0x400 esr 0x2000000 offset 0x8");
        Assert.Equal("ipi", line?.Name);
        Assert.Null(line?.Ticks);
        Assert.Equal("vector 0x400 esr 0x2000000 offset 0x8", line?.Failure);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bench end")]
    [InlineData("bench psci-version 1000")]
    [InlineData("bench psci-version 0 1000")]
    [InlineData("bench psci-version 1000 -5")]
    [InlineData("bench psci-version 1000 5 quartile 3 of 0")]
    [InlineData("bench psci-version 1000 5 quartile 3")]
    [InlineData("bench psci-version 99999999999999999999 5")]
    [InlineData("[guest] bench psci-version 1000 5")]
    public void Anything_else_is_no_row(string line) => Assert.Null(BenchLine.Parse(line));

    [Theory]
    [InlineData("bench end\r", true)]
    [InlineData("bench ending", false)]
    public void The_last_line_is_known(string line, bool expected) => Assert.Equal(expected, BenchLine.IsEnd(line));

    [Fact]
    public void Nestor_says_how_much_memory_is_its_own()
    {
        Assert.Equal(228, BenchLine.OwnKibibytes("nestor: 2 CPUs, 228 KiB of its own, guests: guest (EL2, 2 vCPUs, 256 MiB)"));
        Assert.Null(BenchLine.OwnKibibytes("nestor: guest: powered off"));
    }

    [Theory]
    [InlineData("[    0.931234] Run /init as init process", 931_234_000L)]
    [InlineData("[   12.000001] Run /init as init process\r", 12_000_001_000L)]
    [InlineData("[    0.931234] Freeing unused kernel memory: 1024K", null)]
    public void Linux_says_when_it_runs_init(string line, long? nanoseconds) => Assert.Equal(nanoseconds, LinuxBoot.InitTime(line));
}
