// A guest that is saved on one machine and goes on on the next, as often as a test likes.
using System;
using System.IO;
using System.Threading.Tasks;
using Nestor.Tools.Launch;
using Nestor.Tools.Snapshots;

namespace Nestor.Tests.Harness;

/// <summary>A snapshot's file, for the time of a test.</summary>
public sealed class SavedGuest : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nestor-saved-");

    /// <summary>The file.</summary>
    public string File => Path.Combine(_directory.FullName, "guest.nestor");

    /// <summary>Saves the guest that the monitor is at; it goes on.</summary>
    public async Task SaveAsync(MonitorConsole monitor)
    {
        string answer = await monitor.AskAsync("save " + File).ConfigureAwait(false);
        if (!answer.Contains("saved " + File, StringComparison.Ordinal))
        {
            throw new MachineFailedException("the guest was not saved", answer);
        }
    }

    /// <summary>Opens the monitor of a machine, and saves.</summary>
    public async Task SaveAsync(QemuMachine machine)
    {
        MonitorConsole monitor = new(machine);
        await monitor.OpenAsync().ConfigureAwait(false);
        await SaveAsync(monitor).ConfigureAwait(false);
    }

    /// <summary>Runs a test's body on a machine where the guest goes on, from the moment when it does.</summary>
    public async Task RunAsync(string test, TimeSpan deadline, Func<QemuMachine, Task> body)
    {
        try
        {
            await RestoreAsync(File, test, deadline, body).ConfigureAwait(false);
        }
        catch
        {
            // Whoever looks into it wants to go on from the last one.
            if (System.IO.File.Exists(File))
            {
                Directory.CreateDirectory(Artefacts.DirectoryOf(test));
                System.IO.File.Copy(File, Path.Combine(Artefacts.DirectoryOf(test), "last.nestor"), overwrite: true);
            }

            throw;
        }
    }

    /// <summary>The same from another file, perhaps with names for the monitor.</summary>
    public static async Task RestoreAsync(string file, string test, TimeSpan deadline, Func<QemuMachine, Task> body, string? symbols = null)
    {
        using RestoredGuest restored = new(file);
        MachineOptions options = MachineOptions.Nestor(test, new MachineDescription { Guests = [restored.Guest with { Symbols = symbols }] }) with { Deadline = deadline };
        await QemuMachine.RunAsync(options, async machine =>
        {
            await machine.ExpectAsync(" MiB)\n").ConfigureAwait(false);
            await body(machine).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
