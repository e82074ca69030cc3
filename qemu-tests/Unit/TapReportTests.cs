// What counts as a complete report of a payload, and what does not.
using System.Linq;
using Nestor.Tests.Harness;
using Xunit;

namespace Nestor.Tests.Unit;

public sealed class TapReportTests
{
    [Theory]
    [InlineData("TAP version 13|1..2|ok 1 - a|ok 2 - b")]
    [InlineData("TAP version 13|ok 1 - a|# a comment|ok 2 - b|1..2")]
    [InlineData("noise|1..2|ok 1|nestor: something else|ok 2 b \t")]
    [InlineData("1..1|ok 1 - a # SKIP no such CPU")]
    public void A_complete_report_passes(string lines)
    {
        TapReport report = TapReport.Parse(lines.Split('|'));
        Assert.True(report.Passed, report.Complaint);
        Assert.NotEmpty(report.Results);
    }

    [Theory]
    [InlineData("", "no plan")]
    [InlineData("ok 1 - a", "no plan")]
    [InlineData("1..2|ok 1 - a", "2 tests planned, 1 reported")]
    [InlineData("1..1|ok 1 - a|ok 2 - b", "1 tests planned, 2 reported")]
    [InlineData("1..2|ok 1 - a|ok 3 - c", "number 2 is missing before: ok 3 - c")]
    [InlineData("1..2|ok 1 - a|ok 1 - a", "number 2 is missing before: ok 1 - a")]
    [InlineData("1..1|ok 1 - a|1..1", "a second plan: 1..1")]
    [InlineData("1..1|ok 1 - a|Bail out! tired", "Bail out! tired")]
    public void An_incomplete_report_says_why(string lines, string problem)
    {
        TapReport report = TapReport.Parse(lines.Split('|'));
        Assert.False(report.Passed);
        Assert.Contains(problem, report.Problems);
    }

    [Fact]
    public void A_failed_line_fails_the_report_and_is_named()
    {
        TapReport report = TapReport.Parse(["1..2", "ok 1 - a", "not ok 2 - HCR_EL2.TGE is kept"]);
        Assert.False(report.Passed);
        Assert.Empty(report.Problems);
        Assert.Equal("not ok 2 - HCR_EL2.TGE is kept", report.Complaint);
    }

    [Fact]
    public void Lines_that_only_begin_like_a_test_are_passed_over()
    {
        TapReport report = TapReport.Parse(["1..1", "okay 1", "ok then", "not okay", " ok 1", "ok 1 - a"]);
        Assert.True(report.Passed, report.Complaint);
        Assert.Equal(new TapResult(1, true, "a", null), Assert.Single(report.Results));
    }

    [Fact]
    public void Skips_and_comments_are_kept_apart()
    {
        TapReport report = TapReport.Parse(["1..1", "#  hello ", "ok 1 - needs SME # SKIP  no SME here"]);
        Assert.Equal(new TapResult(1, true, "needs SME", "no SME here"), report.Results.Single());
        Assert.Equal(["hello"], report.Comments);
    }
}
