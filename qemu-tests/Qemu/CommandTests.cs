// The harness for commands, against commands that do what it must notice.
using System;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class CommandTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Input_output_errors_and_status_arrive()
    {
        using Command command = Command.Start(s_deadline, "bash", "-c", "read line; echo \"<$line>\"; echo complaint >&2; exit 7");
        await command.SendAsync("typed\n");
        await command.ExpectAsync("<typed>");
        Assert.Equal(7, await command.WaitForExitAsync());
        Assert.Equal("complaint\n", command.Errors);
    }

    [Fact]
    public async Task A_command_that_ends_too_soon_fails_the_wait_at_once()
    {
        using Command command = Command.Start(s_deadline, "echo", "this");
        var failure = await Assert.ThrowsAsync<MachineFailedException>(() => command.ExpectAsync("that"));
        Assert.Equal("it ended before it said 'that'", failure.Reason);
    }

    [Fact]
    public async Task A_command_that_hangs_is_killed_with_all_that_it_started()
    {
        using Command command = Command.Start(TimeSpan.FromSeconds(2), "bash", "-c", "sleep 1000 & wait");

        // The output ends only with the last process that holds it.
        var failure = await Assert.ThrowsAsync<MachineFailedException>(() => command.WaitForExitAsync().WaitAsync(s_deadline));
        Assert.Equal("it was killed at its deadline", failure.Reason);
    }
}
