// The harness itself, against payloads that do each thing it must notice. A harness that misses one of these makes
// every other test with a machine worthless.
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class HarnessTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_shortly = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_payload_reports_its_lines_at_EL2()
    {
        TapReport report = await PayloadRun.RunAsync(Options("ReportsTap"));
        Assert.True(report.Passed, report.Complaint);
        Assert.Equal(["the first instruction runs", "at EL2"], report.Results.Select(result => result.Text));
    }

    [Fact]
    public async Task A_passed_machine_leaves_nothing()
    {
        MachineOptions options = Options("ReportsTap");
        Directory.CreateDirectory(Artefacts.DirectoryOf(options.Name));
        int id = 0;
        await QemuMachine.RunAsync(options, async machine =>
        {
            id = machine.ProcessId;
            await machine.ExpectPowerOffAsync(s_soon);
        });
        Assert.False(Directory.Exists(Artefacts.DirectoryOf(options.Name)));
        AssertGone(id);
    }

    [Fact]
    public async Task Text_that_does_not_come_fails_after_its_deadline()
    {
        QemuMachine machine = await QemuMachine.StartAsync(Options("Hangs"));
        int id = machine.ProcessId;
        await using (machine)
        {
            await machine.ExpectAsync("hanging", s_soon);
            var failure = await Assert.ThrowsAsync<MachineFailedException>(() => machine.ExpectAsync("hanging", s_shortly));
            Assert.Contains("did not say 'hanging'", failure.Reason, StringComparison.Ordinal);
            Assert.Contains("] hanging", failure.Message, StringComparison.Ordinal);
        }

        AssertGone(id);
        Assert.Matches(@"^\[ *\d+\.\d{3}\] hanging", File.ReadAllText(Path.Combine(machine.ArtefactDirectory, "console.log")));
        Assert.Contains("-kernel", File.ReadAllText(Path.Combine(machine.ArtefactDirectory, "command")), StringComparison.Ordinal);
        Artefacts.Delete("Hangs-" + nameof(Text_that_does_not_come_fails_after_its_deadline));
    }

    [Fact]
    public async Task A_machine_that_hangs_is_killed_at_its_own_deadline()
    {
        MachineOptions options = Options("Hangs") with { Deadline = s_shortly };
        QemuMachine machine = await QemuMachine.StartAsync(options);
        int id = machine.ProcessId;
        var failure = await Assert.ThrowsAsync<MachineFailedException>(() => machine.WaitForExitAsync());
        Assert.Contains("killed at its deadline", failure.Reason, StringComparison.Ordinal);
        AssertGone(id);
        await machine.DisposeAsync();
        Artefacts.Delete(options.Name);
    }

    [Fact]
    public async Task A_forbidden_word_fails_whatever_is_waited_for()
    {
        MachineOptions options = Options("Breaks");
        QemuMachine machine = await QemuMachine.StartAsync(options);
        var failure = await Assert.ThrowsAsync<MachineFailedException>(() => machine.ExpectAsync("this never comes", s_soon));
        Assert.Equal("the console said 'Kernel panic'", failure.Reason);
        Assert.Contains("the registers that follow", failure.Message, StringComparison.Ordinal);
        await machine.DisposeAsync();
        Artefacts.Delete(options.Name);
    }

    [Fact]
    public async Task A_forbidden_word_fails_a_test_that_never_looks()
    {
        MachineOptions options = Options("BreaksAndEnds");
        var failure = await Assert.ThrowsAsync<MachineFailedException>(() => QemuMachine.RunAsync(
            options,
            async machine => await Process.GetProcessById(machine.ProcessId).WaitForExitAsync()));
        Assert.Equal("the console said 'WARNING:'", failure.Reason);
        Assert.True(File.Exists(Path.Combine(Artefacts.DirectoryOf(options.Name), "console.log")));
        Artefacts.Delete(options.Name);
    }

    [Fact]
    public async Task A_forbidden_word_may_be_allowed()
    {
        TapReport report = await PayloadRun.RunAsync(Options("BreaksAndEnds") with { Allowed = ["WARNING:"] });
        Assert.True(report.Passed, report.Complaint);
        Assert.Single(report.Results);
    }

    [Fact]
    public async Task A_reset_is_not_a_power_off()
    {
        await QemuMachine.RunAsync(Options("Resets"), async machine =>
            Assert.Equal(new MachineExit(0, "guest-reset"), await machine.WaitForExitAsync(s_soon)));

        MachineOptions options = Options("Resets");
        var failure = await Assert.ThrowsAsync<MachineFailedException>(() => PayloadRun.RunAsync(options));
        Assert.Contains("did not power off: status 0, reason guest-reset", failure.Reason, StringComparison.Ordinal);
        Artefacts.Delete(options.Name);
    }

    [Fact]
    public async Task A_machine_that_ends_too_soon_fails_the_wait_at_once()
    {
        MachineOptions options = Options("ReportsTap");
        QemuMachine machine = await QemuMachine.StartAsync(options);
        var failure = await Assert.ThrowsAsync<MachineFailedException>(() => machine.ExpectAsync("this never comes"));
        Assert.Contains("ended (status 0, reason guest-shutdown) before", failure.Reason, StringComparison.Ordinal);
        await machine.DisposeAsync();
        Artefacts.Delete(options.Name);
    }

    [Fact]
    public async Task A_report_without_all_its_lines_fails()
    {
        MachineOptions options = Options("StopsHalfway");
        var failure = await Assert.ThrowsAsync<MachineFailedException>(() => PayloadRun.RunAsync(options));
        Assert.Contains("3 tests planned, 1 reported", failure.Reason, StringComparison.Ordinal);
        Artefacts.Delete(options.Name);
    }

    [Fact]
    public async Task A_failed_line_is_reported_and_the_console_is_kept()
    {
        MachineOptions options = Options("FailsOneLine");
        TapReport report = await PayloadRun.RunAsync(options);
        Assert.False(report.Passed);
        Assert.Equal("not ok 2 - this does not", report.Complaint);
        Assert.Contains(
            "not ok 2", File.ReadAllText(Path.Combine(Artefacts.DirectoryOf(options.Name), "console.log")), StringComparison.Ordinal);
        Artefacts.Delete(options.Name);
    }

    [Fact]
    public Task What_is_typed_arrives() => QemuMachine.RunAsync(Options("Echoes"), async machine =>
    {
        await machine.ExpectAsync("type", s_soon);
        await machine.SendAsync("xy");
        Match match = await machine.ExpectAsync(new Regex(@"\[(.)\]\[(.)\]"), s_soon);
        Assert.Equal("xy", match.Groups[1].Value + match.Groups[2].Value);
        await machine.SendAsync("q");
        await machine.ExpectPowerOffAsync(s_soon);
    });

    [Fact]
    public Task Each_reader_has_its_own_place() => QemuMachine.RunAsync(Options("Echoes"), async machine =>
    {
        Regex text = new("type");
        Bookmark one = new();
        Bookmark two = new();
        await machine.ExpectAsync(text, s_soon, one);
        await machine.ExpectAsync(text, s_soon, two);
        await machine.SendAsync("q");
        await machine.WaitForExitAsync(s_soon);
        var failure = await Assert.ThrowsAsync<MachineFailedException>(() => machine.ExpectAsync(text, s_soon, one));
        Assert.Contains("ended", failure.Reason, StringComparison.Ordinal);
    });

    [Fact]
    public Task Qmp_answers_and_ends_the_machine() => QemuMachine.RunAsync(Options("Hangs"), async machine =>
    {
        await machine.ExpectAsync("hanging", s_soon);
        JsonElement status = await machine.Qmp.ExecuteAsync("query-status");
        Assert.Equal("running", status.GetProperty("status").GetString());
        await machine.Qmp.ExecuteAsync("quit");
        Assert.Equal(new MachineExit(0, "host-qmp-quit"), await machine.WaitForExitAsync(s_soon));
    });

    [Fact]
    public async Task A_command_line_that_QEMU_refuses_says_why()
    {
        MachineOptions options = MachineOptions.Bare("refused", PayloadAssembler.Image("Hangs"), 1, "-no-such-option");
        var failure = await Assert.ThrowsAsync<MachineFailedException>(() => QemuMachine.StartAsync(options));
        Assert.Contains("QEMU ended at once with status 1", failure.Reason, StringComparison.Ordinal);
        Assert.Contains("no-such-option", failure.Message, StringComparison.Ordinal);
    }

    private static MachineOptions Options(string payload, [System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        MachineOptions.Bare($"{payload}-{test}", PayloadAssembler.Image(payload));

    private static void AssertGone(int id) => Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
}
