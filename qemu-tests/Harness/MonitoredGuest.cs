// The guest that the monitor's tests look at: Guests/Level2.S.
using System;
using System.Threading.Tasks;
using Nestor.Tools.Launch;

namespace Nestor.Tests.Harness;

/// <summary>A machine with a guest hypervisor whose guest runs in a loop, and the monitor open.</summary>
public static class MonitoredGuest
{
    private static readonly TimeSpan s_boot = TimeSpan.FromSeconds(60);

    /// <summary>The guest.</summary>
    public static GuestDescription Guest(string name = "g") =>
        new(name) { Kernel = PayloadAssembler.Image("Level2"), Cpus = 2, Memory = 256 * MemorySize.MiB };

    /// <summary>Runs a test's body at the prompt.</summary>
    public static Task RunAsync(string test, Func<QemuMachine, MonitorConsole, Task> body, MachineDescription? description = null) =>
        QemuMachine.RunAsync(
            MachineOptions.Nestor(test, description ?? new MachineDescription { Guests = [Guest()] }) with { Deadline = TimeSpan.FromSeconds(180) },
            async machine =>
            {
                await machine.ExpectAsync("entering level 2", s_boot).ConfigureAwait(false);
                MonitorConsole monitor = new(machine);
                await monitor.OpenAsync().ConfigureAwait(false);
                await body(machine, monitor).ConfigureAwait(false);
            });
}
