// A short recorded run with a session of the monitor at its end, made once for all tests of a class.
using System;
using System.Threading.Tasks;
using Nestor.Tests.Unit.Tools;
using Xunit;

namespace Nestor.Tests.Harness;

/// <summary>A recording.</summary>
public sealed class RecordedRun : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(240);

    private readonly TemporaryFiles _files = new();

    /// <summary>Its directory. A comma in the path is special to QEMU.</summary>
    public string Directory => _files.Path("recording,1");

    /// <summary>What the run has said.</summary>
    public string Output { get; private set; } = "";

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        using Command run = Command.BuildSh(s_deadline, "run", "--timeout", "120", "--record", Directory, "--kernel", PayloadAssembler.Image("Level2"));
        await run.ExpectAsync("entering level 2").ConfigureAwait(false);
        await run.SendAsync("\x1d").ConfigureAwait(false);
        await run.ExpectAsync("> ").ConfigureAwait(false);
        await run.SendAsync("timer\r").ConfigureAwait(false);
        await run.ExpectAsync("CNTV").ConfigureAwait(false);
        await run.ExpectAsync("> ").ConfigureAwait(false);
        await run.SendAsync("save x\r").ConfigureAwait(false);
        await run.ExpectAsync("error: a recorded run cannot be saved").ConfigureAwait(false);
        await run.ExpectAsync("> ").ConfigureAwait(false);
        await run.SendAsync("vm shutdown\r").ConfigureAwait(false);
        Assert.Equal(0, await run.WaitForExitAsync().ConfigureAwait(false));
        Output = run.Output;
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _files.Dispose();
        return Task.CompletedTask;
    }
}
