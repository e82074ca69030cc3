// The test guest of Payloads/ in every setting: each line that it prints is a test, and under Nestor it must print what it
// prints on the hardware. To renew the expected lines after a change of the guest: look at what the failing test of the
// hardware's transcript says, and copy the file that it names.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Guests;

public sealed class PayloadTests
{
    public static IEnumerable<object[]> Runs =>
        from setting in PayloadSetting.All
        from groupName in setting.Groups
        select new object[] { setting.Name, groupName };

    public static IEnumerable<object[]> RunsUnderNestor =>
        Runs.Where(run => PayloadSetting.All.Single(setting => setting.Name == (string)run[0]) is var setting && setting.Name != setting.Oracle);

    public static IEnumerable<object[]> RunsOfHardware =>
        Runs.Where(run => PayloadSetting.All.Any(setting => setting.Name == (string)run[0] && setting.Name == setting.Oracle));

    public static IEnumerable<object[]> Lines =>
        from run in Runs
        from line in PayloadRuns.Expected((string)run[1]).Results
        select new object[] { run[0], run[1], line.Number, line.Text };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Line(string setting, string group, int number, string text)
    {
        TapReport report = await PayloadRuns.Get(setting, group);
        TapResult? line = report.Results.ElementAtOrDefault(number - 1);
        Assert.Equal(text, line?.Text);
        Assert.True(line!.Passed, $"not ok {number} - {text}");
    }

    [Theory]
    [MemberData(nameof(RunsOfHardware))]
    public async Task Expected_lines_are_those_of_the_hardware(string setting, string group)
    {
        TapReport report = await PayloadRuns.Get(setting, group);
        string[] actual = Transcript(report);
        string[] expected = File.Exists(PayloadRuns.ExpectedFile(group)) ? Transcript(PayloadRuns.Expected(group)) : [];
        if (!actual.SequenceEqual(expected))
        {
            string file = RepositoryRoot.Out("payloads", group + ".tap");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllLines(file, [.. actual, $"1..{report.Results.Count}"]);
            Assert.Fail($"the hardware prints other lines than {PayloadRuns.ExpectedFile(group)}; they are in {file}");
        }
    }

    [Theory]
    [MemberData(nameof(RunsUnderNestor))]
    public async Task The_transcript_is_that_of_the_hardware(string setting, string group)
    {
        TapReport report = await PayloadRuns.Get(setting, group);
        string oracle = PayloadSetting.All.Single(one => one.Name == setting).Oracle;
        TapReport hardware = await PayloadRuns.Get(oracle, group);
        Assert.Equal(Transcript(hardware), Transcript(report));
    }

    [Fact]
    public void Every_register_of_a_vCPU_has_a_line()
    {
        string[] named = [.. PayloadRuns.Expected("registers").Results.Select(line => line.Text.Split(' ')[1])];
        Assert.Empty(RegisterTable.Read(RepositoryRoot.Path).Where(row => row.HasStorage).Select(row => row.Name).Except(named));
    }

    private static string[] Transcript(TapReport report) =>
        [.. report.Comments.Select(comment => "# " + comment), .. report.Results.Select(line => $"{(line.Passed ? "ok" : "not ok")} {line.Number} - {line.Text}")];
}
