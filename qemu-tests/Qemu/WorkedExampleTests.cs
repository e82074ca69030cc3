// The README's worked example: three planted bugs in the demonstration. On hardware, which bare QEMU stands for, each fails as
// it does under Nestor; under Nestor the README's commands are typed and must show what the README says that they show.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Build;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed partial class WorkedExampleTests
{
    private const string Prompt = "nestor demo/0> ";

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    // What would be said after the last line that both say: it is nothing, however long one waits.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("vttbr", "entering a guest at EL1")]
    [InlineData("maintenance", "the guest wants 8 interrupts; a list register holds one at a time")]
    [InlineData("eret", "ESR 0x3a000000, at 0x40000000, address 0x0; halted")]
    public async Task A_planted_bug_fails_under_Nestor_as_it_does_on_hardware(string bug, string last)
    {
        string image = DemoBuild.Run(RepositoryRoot.Path);
        IReadOnlyList<string> expected = await LinesAsync(MachineOptions.Bare($"{bug} on bare QEMU", image, 1, "-append", "bug=" + bug), last);
        Assert.EndsWith(last, expected[^1], StringComparison.Ordinal);
        Assert.Equal(expected, await LinesAsync(MachineOptions.Nestor($"{bug} fails", Machine(bug)), last));
    }

    [Fact]
    public Task A_wrong_VTTBR_is_found_by_trace_and_walk_and_put_right() => FindAsync(
        "vttbr",
        async monitor =>
        {
            JsonElement[] aborts = [.. (await monitor.JsonAsync("trace 128 class 0x20")).GetProperty("exits").EnumerateArray()];
            Assert.NotEmpty(aborts);
            Assert.All(aborts, abort => Assert.Equal("0x40000000 0x40000000 EL1", $"{Text(abort, "pc")} {Text(abort, "address")} {Text(abort, "level")}"));
        },
        async machine =>
        {
            // The README's last command has given the guest its tables.
            await machine.ExpectAsync("demo: [EL1] goodbye", s_soon);
            await machine.ExpectPowerOffAsync(s_soon);
        });

    [Fact]
    public Task A_lost_maintenance_interrupt_is_found_by_gic() => FindAsync("maintenance", async monitor =>
    {
        JsonElement gic = await monitor.JsonAsync("gic");
        JsonElement waiting = Assert.Single(gic.GetProperty("interrupts").EnumerateArray());
        Assert.Equal("25 PPI (GIC maintenance)", $"{waiting.GetProperty("intid")} {Text(waiting, "kind")}");
        Assert.Equal("it is not enabled", Text(waiting, "waits"));
        Assert.False(waiting.GetProperty("enabled").GetBoolean());
        Assert.True(waiting.GetProperty("pending").GetBoolean());
        Assert.True(gic.GetProperty("EOI").GetBoolean());
        Assert.True(gic.GetProperty("maintenance").GetBoolean());
        Assert.Equal("empty", Text(gic.GetProperty("listRegisters")[0], "state"));
        Assert.Equal(40, gic.GetProperty("listRegisters")[0].GetProperty("intid").GetInt32());
    });

    [Fact]
    public Task An_illegal_ERET_is_found_by_trace_and_reg() => FindAsync("eret", async monitor =>
    {
        JsonElement illegal = Assert.Single((await monitor.JsonAsync("trace 1")).GetProperty("illegalReturns").EnumerateArray());
        Assert.Equal("0x3cd", Text(illegal, "spsr"));
        Assert.Equal("SPSR_EL2.M is no level of EL2 or below", Text(illegal, "illegal"));
        Assert.Contains("illegal execution state", await monitor.AskAsync("reg ESR_EL2"), StringComparison.Ordinal);
        Assert.Contains("IL  0x1", await monitor.AskAsync("reg SPSR_EL2"), StringComparison.Ordinal);
        Assert.Contains("0x0000000040000000", await monitor.AskAsync("reg ELR_EL2"), StringComparison.Ordinal);

        // It is an ERET's: who asks for another class does not get it.
        Assert.DoesNotContain("illegal", await monitor.AskAsync("trace class 0x24"), StringComparison.Ordinal);
    });

    [Fact]
    public Task A_bug_that_there_is_not_is_refused() => QemuMachine.RunAsync(MachineOptions.Nestor("no such bug", Machine("heisen")), async machine =>
    {
        await machine.ExpectAsync("demo: [EL2] bug= is vttbr, maintenance or eret", s_soon);
        Assert.False((await machine.WaitForExitAsync(s_soon)).IsPowerOff);
    });

    private static MachineDescription Machine(string bug) => new() { Guests = [DemoGuest.With("bug=" + bug)] };

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private static async Task<IReadOnlyList<string>> LinesAsync(MachineOptions options, string last)
    {
        IReadOnlyList<string> lines = [];
        await QemuMachine.RunAsync(options, async machine =>
        {
            await machine.ExpectAsync(new Regex(Regex.Escape(last) + "\n"), s_soon);
            await Task.Delay(s_silence);
            lines = [.. machine.Transcript.Lines
                .Select(line => Measured().Replace(line.Text, "N ns"))
                .Where(line => line.StartsWith("demo:", StringComparison.Ordinal))];
        });
        return lines;
    }

    // Goes through the README's lines for a bug: what the console says, then each command with what its answer must have. A
    // command without an answer mends the bug, and what else there is to see is looked at before.
    private static Task FindAsync(string bug, Func<MonitorConsole, Task> whenFound, Func<QemuMachine, Task>? whenMended = null) =>
        QemuMachine.RunAsync(MachineOptions.Nestor($"{bug} is found", Machine(bug)) with { Deadline = TimeSpan.FromSeconds(180) }, async machine =>
        {
            string[] readme = Readme(bug);
            int at = 0;
            for (; !readme[at].StartsWith(Prompt, StringComparison.Ordinal); at++)
            {
                await machine.ExpectAsync(new Regex(Pattern(readme[at]) + "\n"), s_soon);
            }

            MonitorConsole monitor = new(machine);
            await monitor.OpenAsync();
            while (at < readme.Length)
            {
                string command = readme[at++][Prompt.Length..];
                List<string> shown = [];
                for (; at < readme.Length && !readme[at].StartsWith(Prompt, StringComparison.Ordinal); at++)
                {
                    shown.Add(Pattern(readme[at]));
                }

                if (shown.Count != 0)
                {
                    await monitor.ExpectAnswerAsync(command, answer => Shows(answer, shown));
                    continue;
                }

                await whenFound(monitor);
                Assert.NotNull(whenMended);
                await machine.SendAsync(command + "\r");
                await whenMended(machine);
                return;
            }

            Assert.Null(whenMended);
            await whenFound(monitor);
        });

    // In this order, perhaps with more between them.
    private static bool Shows(string answer, List<string> shown)
    {
        int found = 0;
        foreach (string line in answer.Split('\n').Select(static line => line.Trim('\r', ' ')))
        {
            found += found < shown.Count && Regex.IsMatch(line, $"^{shown[found]}$") ? 1 : 0;
        }

        return found == shown.Count;
    }

    // Times are another run's, and addresses of code another build's; whatever else there is must be as the README has it.
    private static string Pattern(string line) => TimeOrCode().Replace(Regex.Escape(line.TrimEnd()), "0x[0-9a-f]+");

    private static string[] Readme(string bug)
    {
        string[] lines = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "README.md"));
        string[] found = [.. lines
            .SkipWhile(line => line != $"    ./build.sh demo --append bug={bug}")
            .Skip(1)
            .TakeWhile(static line => line.Length == 0 || line.StartsWith("    ", StringComparison.Ordinal))
            .Where(static line => line.Length != 0)
            .Select(static line => line[4..])];
        Assert.Contains(found, static line => line.StartsWith(Prompt, StringComparison.Ordinal));
        return found;
    }

    [GeneratedRegex(@"\d+ ns")]
    private static partial Regex Measured();

    // A time is in front of the guest's name, in a line whose blanks are escaped; the image has 64 KiB below its tables.
    [GeneratedRegex(@"0x[0-9a-f]{12}(?=\\ \\ demo)|0x000000004020[0-9a-f]{4}")]
    private static partial Regex TimeOrCode();
}
