// A replay under control: how far it goes, where it is, and the state that it has there. Every question has a deadline, because
// QEMU hears nothing while it is busy with a guest.
using System.Text.Json;
using System.Text.Json.Nodes;
using Nestor.Tools.Launch;

namespace Nestor.Tools.Replay;

/// <summary>A replay that stops where it is told to. All of it fails with a <see cref="QmpException"/> when the recording is over.</summary>
internal sealed class ControlledReplay
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly QmpClient _qmp;

    public ControlledReplay(QmpClient qmp) => _qmp = qmp;

    /// <summary>Lets it go, until it is stopped.</summary>
    public Task GoAsync() => AskAsync("cont");

    /// <summary>Lets it go up to an instruction, which is the next.</summary>
    public async Task GoToAsync(long instruction)
    {
        await AskAsync("replay-break", new JsonObject { ["icount"] = instruction }).ConfigureAwait(false);
        while (_qmp.Events.TryRead(out _))
        {
            // Of earlier stops.
        }

        await GoAsync().ConfigureAwait(false);
        await foreach (QmpEvent happened in _qmp.Events.ReadAllAsync().ConfigureAwait(false))
        {
            if (happened.Name == "STOP")
            {
                return;
            }
        }

        throw new QmpException("the recording is over");
    }

    public Task StopAsync() => AskAsync("stop");

    /// <summary>The number of the next instruction.</summary>
    public async Task<long> InstructionAsync() =>
        (await AskAsync("query-replay").ConfigureAwait(false)).GetProperty("icount").GetInt64();

    /// <summary>Saves the state.</summary>
    /// <returns>What QEMU has against it; nothing when it is saved.</returns>
    public async Task<string> SaveAsync()
    {
        JsonElement answer = await AskAsync("human-monitor-command", new JsonObject { ["command-line"] = "savevm " + QemuCommandLine.StateName }).ConfigureAwait(false);
        return answer.GetString()!.Trim();
    }

    private Task<JsonElement> AskAsync(string command, JsonObject? arguments = null) => _qmp.ExecuteAsync(command, arguments).WaitAsync(s_patience);
}
