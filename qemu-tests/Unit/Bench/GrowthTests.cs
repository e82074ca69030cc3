// How cost grows: what guests say while others speak too, and the picture that is made of it.
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using Nestor.Tools.Bench;
using Xunit;

namespace Nestor.Tests.Unit.Bench;

public sealed class GrowthTests
{
    [Theory]
    [InlineData("bench busy-call 4000 480000")]
    [InlineData("[g3] bench busy-call 4000 480000\r")]
    public void A_row_is_found_behind_the_name_of_its_guest(string line)
    {
        Assert.Equal(new BenchLine("busy-call", 4000, 480000, ""), Growth.Row(line));
    }

    [Fact]
    public void A_guest_that_is_done_says_so_behind_its_name()
    {
        Assert.True(Growth.IsEnd("[g0] bench end\r"));
        Assert.False(Growth.IsEnd("[g0] bench endless"));
    }

    [Fact]
    public void The_picture_has_a_panel_a_series_and_a_point_a_value_higher_for_more()
    {
        BenchReport report = new();
        report.Grow("calls <each>", 1, 120);
        report.Grow("calls <each>", 8, 240);
        report.Grow("memory", 1, 100);
        XElement svg = XElement.Parse(GrowthPlot.Svg(report.Growth!));
        XNamespace space = svg.Name.Namespace;
        Assert.Equal(["calls <each>", "memory"], svg.Elements(space + "text").Where(text => text.Attribute("text-anchor") is null).Select(text => text.Value));
        IReadOnlyList<double> heights = [.. svg.Elements(space + "circle").Select(point => double.Parse(point.Attribute("cy")!.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(3, heights.Count);
        Assert.True(heights[1] < heights[0]);
    }

    [Fact]
    public void Growth_is_no_part_of_the_reference()
    {
        BenchReport report = new();
        report.Grow("memory", 1, 100);
        Assert.Null(report.OnlyInstructions().Growth);
    }
}
