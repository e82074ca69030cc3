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
    /// <summary>The lines of the runs that take longer, or of all the others.</summary>
    public static IEnumerable<object[]> Lines(bool longer) =>
        from run in Runs(longer)
        from line in PayloadRuns.Expected(run.Group).Results
        select new object[] { run.Setting.Name, run.Group, line.Number, line.Text };

    public static IEnumerable<object[]> RunsUnderNestor(bool longer) =>
        from run in Runs(longer) where !run.Setting.IsHardware select new object[] { run.Setting.Name, run.Group };

    public static IEnumerable<object[]> RunsOfHardware(bool longer) =>
        from run in Runs(longer) where run.Setting.IsHardware select new object[] { run.Setting.Name, run.Group };

    [Theory]
    [MemberData(nameof(Lines), false)]
    public Task Line(string setting, string group, int number, string text) => CheckAsync(setting, group, number, text);

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Lines), true)]
    public Task Line_of_a_longer_run(string setting, string group, int number, string text) => CheckAsync(setting, group, number, text);

    [Theory]
    [MemberData(nameof(RunsOfHardware), false)]
    public Task Expected_lines_are_those_of_the_hardware(string setting, string group) => CheckExpectedAsync(setting, group);

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(RunsOfHardware), true)]
    public Task Expected_lines_are_those_of_the_hardware_in_a_longer_run(string setting, string group) => CheckExpectedAsync(setting, group);

    [Theory]
    [MemberData(nameof(RunsUnderNestor), false)]
    public Task The_transcript_is_that_of_the_hardware(string setting, string group) => CompareAsync(setting, group);

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(RunsUnderNestor), true)]
    public Task The_transcript_of_a_longer_run_is_that_of_the_hardware(string setting, string group) => CompareAsync(setting, group);

    [Fact]
    public void Every_register_of_a_vCPU_has_a_line()
    {
        string[] named = [.. PayloadRuns.Expected("registers").Results.Select(line => line.Text.Split(' ')[1])];
        Assert.Empty(RegisterTable.Read(RepositoryRoot.Path).Where(row => row.HasStorage).Select(row => row.Name).Except(named));
    }

    private static IEnumerable<(PayloadSetting Setting, string Group)> Runs(bool longer) =>
        from setting in PayloadSetting.All
        from groupName in setting.Groups
        where setting.TakesLong(groupName) == longer
        select (setting, groupName);

    private static async Task CheckAsync(string setting, string group, int number, string text)
    {
        TapReport report = await PayloadRuns.Get(setting, group);
        TapResult? line = report.Results.ElementAtOrDefault(number - 1);
        Assert.Equal(text, line?.Text);
        Assert.True(line!.Passed, $"not ok {number} - {text}");
    }

    private static async Task CheckExpectedAsync(string setting, string group)
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

    private static async Task CompareAsync(string setting, string group)
    {
        TapReport report = await PayloadRuns.Get(setting, group);
        string oracle = PayloadSetting.All.Single(one => one.Name == setting).Oracle;
        TapReport hardware = await PayloadRuns.Get(oracle, group);
        Assert.Equal(Transcript(hardware), Transcript(report));
    }

    private static string[] Transcript(TapReport report) =>
        [.. report.Comments.Select(comment => "# " + comment), .. report.Results.Select(line => $"{(line.Passed ? "ok" : "not ok")} {line.Number} - {line.Text}")];
}
