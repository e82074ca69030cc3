// What a running machine says over QMP: the launcher and the tests hear it in the same way.
using Nestor.Tools.Snapshots;

namespace Nestor.Tools.Launch;

public static class MachineEvents
{
    /// <summary>Listens until QEMU hangs up, and answers calls for a snapshot meanwhile.</summary>
    /// <param name="qmp">The machine.</param>
    /// <param name="saver">Saves snapshots.</param>
    /// <param name="halted">Is told once why the machine ends, while QEMU may still be there.</param>
    /// <returns>The reason of the first SHUTDOWN event; null when there was none.</returns>
    public static async Task<string?> ReasonAsync(QmpClient qmp, SnapshotSaver saver, Func<string?, Task> halted)
    {
        string? reason = null;
        await foreach (QmpEvent happened in qmp.Events.ReadAllAsync().ConfigureAwait(false))
        {
            if (happened.Name == SnapshotSaver.Call)
            {
                await saver.AnswerAsync().ConfigureAwait(false);
            }

            if (happened.Name == "SHUTDOWN" && reason is null)
            {
                reason = happened.Text("reason");
                await halted(reason).ConfigureAwait(false);
            }
        }

        return reason;
    }
}
