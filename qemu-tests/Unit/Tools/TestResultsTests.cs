using System.IO;
using System.Xml.Linq;
using Nestor.Tools.Commands;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class TestResultsTests
{
    [Theory]
    [InlineData("<testcase classname='A' name='b'/>", "1 passed, 0 failed, 0 skipped\n", 0)]
    [InlineData(
        "<testcase classname='A' name='b'/><testcase classname='A' name='c'><failure/></testcase><testcase classname='A' name='d'><skipped/></testcase>",
        "FAILED A.c\n1 passed, 1 failed, 1 skipped\n",
        1)]
    [InlineData("<testcase classname='A' name='d'><skipped/></testcase>", "0 passed, 0 failed, 1 skipped\n", 1)]
    [InlineData("", "0 passed, 0 failed, 0 skipped\n", 1)]
    public void The_last_line_and_the_status_agree(string cases, string expected, int status)
    {
        TestResults results = TestResults.Parse(XDocument.Parse($"<testsuites><testsuite>{cases}</testsuite></testsuites>"));
        StringWriter output = new() { NewLine = "\n" };
        Assert.Equal(status, results.Report(output));
        Assert.Equal(expected, output.ToString());
    }

    [Fact]
    public void Runs_add_up() => Assert.Equivalent(new TestResults(3, 1, ["a"]), new TestResults(1, 1, []).With(new TestResults(2, 0, ["a"])), strict: true);

    [Fact]
    public void No_file_is_no_result() => Assert.Null(TestResults.Read("/none.xml"));

    [Theory]
    [InlineData(false, false, null, "Category!=Long")]
    [InlineData(true, false, null, "Category!=Slow&Category!=Long")]
    [InlineData(false, true, null, "")]
    [InlineData(false, true, "A.b", "DisplayName~A.b")]
    [InlineData(true, false, "x(y)", "Category!=Slow&Category!=Long&DisplayName~x\\(y\\)")]
    [InlineData(false, true, "x(a: \"b\", c: 1)", "DisplayName~x\\(a: %22b%22%2C c: 1\\)")]
    public void Filters_are_those_of_dotnet_test(bool fast, bool longToo, string? text, string expected) =>
        Assert.Equal(expected, TestFilter.Build(fast, longToo, text));
}
