// What counts as a regression: more than two per cent and a whole instruction more, or a figure that is gone.
using System.Collections.Generic;
using System.Linq;
using Nestor.Tools.Bench;
using Xunit;

namespace Nestor.Tests.Unit.Bench;

public sealed class BenchComparisonTests
{
    private const string Row = "psci-version";
    private const string Column = "el=2 nv=2";

    [Theory]
    [InlineData(131, 131, false)]
    [InlineData(131, 120, false)]
    [InlineData(100, 102, false)]
    [InlineData(100, 102.5, true)]
    [InlineData(1, 1.5, false)]
    [InlineData(1, 2, true)]
    public void Two_per_cent_are_tolerated(double before, double after, bool worse)
    {
        IReadOnlyList<BenchChange> changes = BenchComparison.Changes(Report(before), Report(after), []);
        Assert.Equal(before == after ? 0 : 1, changes.Count);
        Assert.Equal(worse, changes.Any(change => change.IsWorse));
    }

    [Fact]
    public void A_figure_that_is_gone_is_worse() =>
        Assert.True(Assert.Single(BenchComparison.Changes(Report(131), new BenchReport(), [])).IsWorse);

    [Fact]
    public void A_row_that_was_left_out_is_not_missed() =>
        Assert.Empty(BenchComparison.Changes(Report(131), new BenchReport(), [Row]));

    [Fact]
    public void A_new_figure_is_a_change_and_not_worse() =>
        Assert.False(Assert.Single(BenchComparison.Changes(new BenchReport(), Report(131), [])).IsWorse);

    [Fact]
    public void A_change_says_how_much()
    {
        Assert.Equal("worse psci-version, el=2 nv=2: 100 -> 1,150 (+1050.0%)", new BenchChange(Row, Column, 100, 1150).ToString());
        Assert.Equal("psci-version, el=2 nv=2: 131 -> 120.5 (-8.0%)", new BenchChange(Row, Column, 131, 120.5).ToString());
        Assert.Equal("psci-version, el=2 nv=2: 9,663 -> 9,659 (+0.0%)", new BenchChange(Row, Column, 9663, 9659).ToString());
        Assert.Equal("worse psci-version, el=2 nv=2: 131 -> not measured", new BenchChange(Row, Column, 131, null).ToString());
    }

    private static BenchReport Report(double instructions)
    {
        BenchReport report = new();
        report.Put(Row, Column, figure => figure with { Instructions = instructions });
        return report;
    }
}
