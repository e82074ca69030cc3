// A replay that is left at an instruction: the machine goes on from there with keys, the monitor, gdb and snapshots, and the
// recording stays what it was.
using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Xunit;

namespace Nestor.Tests.Qemu;

[Trait("Category", "Slow")]
public sealed class LiveReplayTests(RecordedRun recorded) : IClassFixture<RecordedRun>, IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(240);

    // In the middle of Nestor's own start, so before any key of the recording.
    private const string Early = "1000000";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_monitor_opens_behind_an_instruction_and_a_replay_is_whole_afterwards()
    {
        using Command replay = Replay("--at", Early);
        await replay.ExpectAsync("entering level 2");
        await replay.SendAsync("\x1d");
        await AskAsync(replay, "vcpu\r", "EL1 nested");
        await AskAsync(replay, "timer\r", "CNTV");
        await AskAsync(replay, "reg pc\r", "0x00000000400801");
        await ShutDownAsync(replay);
        Assert.Equal($"nestor: live from instruction {Early} on (again: --at {Early}); Ctrl-] opens the monitor\n", replay.Errors);

        using Command whole = Replay();
        Assert.Equal(0, await whole.WaitForExitAsync());
        Assert.Equal(recorded.Output, whole.Output);
        Assert.Equal("nestor: the recording is over\n", whole.Errors);
    }

    [Fact]
    public async Task The_escape_key_ends_the_replay_and_what_follows_is_the_live_machines()
    {
        using Command replay = Replay("--live");
        await replay.ExpectAsync("entering level 2");

        // Keys before it are nobody's; Ctrl-] again opens the monitor.
        await replay.SendAsync("vm shutdown\r\x1d\x1d");
        await AskAsync(replay, "vcpu\r", "EL1 nested");

        // Nestor has been told that it is live.
        string file = _files.Path("guest.nestor");
        await AskAsync(replay, $"save {file}\r", "saved " + file);
        await ShutDownAsync(replay);
        Match line = Regex.Match(replay.Errors, "^nestor: live from instruction ([0-9]+) on");
        Assert.True(long.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) > 1_000_000, replay.Errors);
        Assert.DoesNotContain("CNTV", replay.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_ends_first_says_so()
    {
        using Command late = Replay("--at", "900000000000");
        Assert.Equal(1, await late.WaitForExitAsync());
        Assert.Equal("nestor: --at 900000000000: the recording is over before that instruction\n", late.Errors);

        using Command silent = Replay("--live");
        Assert.Equal(0, await silent.WaitForExitAsync());
        Assert.Equal(recorded.Output, silent.Output);
        Assert.Equal("nestor: the recording is over; nothing was live, because Ctrl-] was not typed\n", silent.Errors);
    }

    [Fact]
    public async Task Gdb_debugs_the_guests_of_the_live_machine()
    {
        string port = FreePort.Take();
        using Command replay = Replay("--at", Early, "--gdb", port);
        await replay.ExpectAsync("entering level 2");
        string said = await Gdb.RunAsync($":{port}", null, "info registers pc", "detach");
        Assert.Matches("pc +0x400801", said);
        await replay.SendAsync("\x1d");
        await ShutDownAsync(replay);
    }

    [Fact]
    public async Task A_snapshot_of_an_instant_goes_on_elsewhere()
    {
        string file = _files.Path("guest.nestor");
        using Command replay = Replay("--at", Early);
        await replay.ExpectAsync("entering level 2");
        await replay.SendAsync("\x1d");
        await AskAsync(replay, $"save {file}\r", "saved " + file);
        await ShutDownAsync(replay);
        Assert.True(File.Exists(file), replay.Errors);

        using Command restored = Command.BuildSh(s_deadline, "run", "--timeout", "120", "--restore", file);
        await restored.ExpectAsync("nestor: ");
        await restored.SendAsync("\x1d");
        await AskAsync(restored, "vcpu\r", "EL1 nested");
        await ShutDownAsync(restored);
    }

    private Command Replay(params string[] options) => Command.BuildSh(s_deadline, ["replay", "--timeout", "120", recorded.Directory, .. options]);

    private static async Task AskAsync(Command machine, string question, string answer)
    {
        await machine.ExpectAsync("> ");
        await machine.SendAsync(question);
        await machine.ExpectAsync(answer);
    }

    private static async Task ShutDownAsync(Command machine)
    {
        await machine.ExpectAsync("> ");
        await machine.SendAsync("vm shutdown\r");
        Assert.Equal(0, await machine.WaitForExitAsync());
    }
}
