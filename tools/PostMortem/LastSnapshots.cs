// A snapshot of each guest beside what is known of a machine that ended badly, or does not end. Only Nestor can make one, so it is
// let go on for that; one that has panicked, or is stuck, makes none, and `why.txt` says so.

using System.Text.Json;
using Nestor.Tools.Inspect;
using Nestor.Tools.Launch;
using Nestor.Tools.Snapshots;

namespace Nestor.Tools.PostMortem;

/// <summary>Adds to the directory.</summary>
public static class LastSnapshots
{
    // Minutes: memory of GiB is packed on a busy machine. It is for a QEMU that answers no more.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(300);

    /// <summary>Saves what can be saved. Nothing else of the directory changes, but for the last lines of `why.txt`.</summary>
    /// <param name="directory">The directory, in which `why.txt` is.</param>
    /// <param name="qmp">The machine, stopped; it is stopped again afterwards.</param>
    /// <param name="saver">Answers its calls.</param>
    public static async Task AddAsync(string directory, QmpClient qmp, SnapshotSaver saver)
    {
        string said;
        try
        {
            said = await SaveAsync(directory, qmp, saver).WaitAsync(s_limit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            said = $"no snapshot: there was none within {s_limit.TotalSeconds} s";
        }
        catch (Exception e) when (e is QmpException or InspectionException)
        {
            said = $"no snapshot: {e.Message}";
        }

        await File.AppendAllTextAsync(Path.Combine(directory, "why.txt"), said + "\n").ConfigureAwait(false);
    }

    private static async Task<string> SaveAsync(string directory, QmpClient qmp, SnapshotSaver saver)
    {
        JsonElement status = await qmp.ExecuteAsync("query-status").ConfigureAwait(false);
        if (status.GetProperty("status").GetString() is not "paused")
        {
            return "no snapshot: the machine has ended";
        }

        IReadOnlyList<string> files = await saver.SaveAllAsync(directory).ConfigureAwait(false);
        return files.Count == 0
            ? "no snapshot: console.log says why"
            : $"snapshot, of a moment later: ./build.sh run --restore {string.Join(", or ", files)}";
    }
}
