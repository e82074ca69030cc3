// A recorded run comes again: every line, every key that was typed, the same end, and as often as one likes.
using System;
using System.IO;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Qemu;

[Trait("Category", "Slow")]
public sealed class ReplayTests(RecordedRun recorded) : IClassFixture<RecordedRun>, IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(240);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_recorded_run_with_a_session_of_the_monitor_comes_again_twice()
    {
        for (int i = 0; i < 2; i++)
        {
            using Command replay = BuildSh("replay", "--timeout", "120", recorded.Directory);
            Assert.Equal(0, await replay.WaitForExitAsync());
            Assert.Equal(recorded.Output, replay.Output);
            Assert.Equal("nestor: the recording is over\n", replay.Errors);
        }
    }

    [Fact]
    public async Task A_run_that_was_killed_is_replayed_as_far_as_it_went()
    {
        string directory = _files.Path("recording");
        using Command run = BuildSh("run", "--timeout", "5", "--record", directory, "--kernel", PayloadAssembler.Image("Level2"));
        Assert.Equal(3, await run.WaitForExitAsync());
        using Command replay = BuildSh("replay", "--timeout", "120", directory);
        Assert.Equal(0, await replay.WaitForExitAsync());
        Assert.Equal(run.Output, replay.Output);
    }

    [Fact]
    public async Task An_image_that_changed_is_refused()
    {
        string directory = _files.Path("recording");
        using Command run = BuildSh("run", "--timeout", "5", "--record", directory, "--kernel", RepositoryRoot.Out("payload"), "--append", "group=eret");
        Assert.Equal(0, await run.WaitForExitAsync());
        await File.AppendAllTextAsync(Path.Combine(directory, "nestor"), "x");
        using Command replay = BuildSh("replay", directory);
        Assert.Equal(2, await replay.WaitForExitAsync());
        Assert.Equal($"nestor: {Path.Combine(directory, "nestor")} is not the file that was recorded\n", replay.Errors);
    }

    private static Command BuildSh(params string[] arguments) => Command.BuildSh(s_deadline, arguments);
}
