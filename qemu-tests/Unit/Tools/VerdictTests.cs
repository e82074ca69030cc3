using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class VerdictTests
{
    [Theory]
    [InlineData("guest-shutdown", 0, 0)]
    [InlineData("guest-shutdown", 1, 1)]
    [InlineData("guest-reset", 0, 1)]
    [InlineData("guest-panic", 0, 1)]
    [InlineData("host-qmp-quit", 0, 130)]
    [InlineData("host-signal", 0, 130)]
    [InlineData("subsystem-reset", 0, 1)]
    [InlineData(null, 0, 1)]
    [InlineData(null, 134, 1)]
    public void The_reason_decides(string? reason, int qemuStatus, int expected)
    {
        Verdict verdict = Verdict.Of(reason, qemuStatus);
        Assert.Equal(expected, verdict.Status);
        Assert.Equal(expected == 0, verdict.Message is null);
    }

    [Fact]
    public void Time_that_ran_out_has_its_own_status() =>
        Assert.Equal(new Verdict(3, "timed out after 7 s"), Verdict.TimedOut(7));
}
