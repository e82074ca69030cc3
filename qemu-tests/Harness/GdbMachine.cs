// A machine whose guests a gdb can debug.
using System;
using System.IO;
using System.Threading.Tasks;
using Nestor.Tools.Launch;

namespace Nestor.Tests.Harness;

/// <summary>Machines with Nestor's stub.</summary>
public static class GdbMachine
{
    /// <summary>Runs a test's body with a machine and the socket of its stub.</summary>
    /// <param name="test">The test's name.</param>
    /// <param name="description">The machine, which gets a stub.</param>
    /// <param name="body">The test.</param>
    /// <param name="deadline">What the machine may take.</param>
    public static async Task RunAsync(string test, MachineDescription description, Func<QemuMachine, string, Task> body, TimeSpan? deadline = null)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("nestor-gdb-");
        try
        {
            string socket = Path.Combine(directory.FullName, "gdb");
            MachineOptions options = MachineOptions.Nestor(test, description with { GuestGdbSocket = socket }) with { Deadline = deadline ?? TimeSpan.FromMinutes(10) };
            await QemuMachine.RunAsync(options, machine => body(machine, socket)).ConfigureAwait(false);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>The same with the guest of <see cref="MonitoredGuest"/>, in the loop of its guest.</summary>
    public static Task RunAsync(string test, Func<QemuMachine, string, Task> body, bool guestsWait = false) =>
        RunAsync(test, new MachineDescription { Guests = [MonitoredGuest.Guest()], GuestsWait = guestsWait }, async (machine, socket) =>
        {
            if (!guestsWait)
            {
                await machine.ExpectAsync("entering level 2").ConfigureAwait(false);
            }

            await body(machine, socket).ConfigureAwait(false);
        });
}
