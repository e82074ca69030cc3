// A QEMU that records hears nothing, neither keys nor QMP, before its guest waits or one of QEMU's own timers ends: with a guest
// that does neither, for two thousand million instructions. So it is given a timer: the one with which it would tell a network
// that it is there, if it had one. That ends after 1000 rounds, and is started again before.
using System.Text.Json.Nodes;

namespace Nestor.Tools.Launch;

internal static class Attention
{
    private const int Rounds = 1000;
    private const int Milliseconds = 3;

    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    /// <summary>Keeps QEMU listening until it ends.</summary>
    public static async Task KeepAsync(QmpClient qmp, Task ended)
    {
        try
        {
            while (!ended.IsCompleted)
            {
                JsonObject rounds = new() { ["initial"] = Milliseconds, ["max"] = Milliseconds, ["rounds"] = Rounds, ["step"] = 0 };
                await qmp.ExecuteAsync("announce-self", rounds).ConfigureAwait(false);
                await Task.WhenAny(ended, Task.Delay(s_again)).ConfigureAwait(false);
            }
        }
        catch (QmpException)
        {
            // It has hung up.
        }
    }
}
