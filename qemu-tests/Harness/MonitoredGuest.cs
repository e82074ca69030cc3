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

    /// <summary>The machine.</summary>
    public static MachineOptions Options(string test, MachineDescription? description = null) =>
        MachineOptions.Nestor(test, description ?? new MachineDescription { Guests = [Guest()] }) with { Deadline = TimeSpan.FromSeconds(180) };

    /// <summary>Runs a test's body at the prompt.</summary>
    public static Task RunAsync(string test, Func<QemuMachine, MonitorConsole, Task> body, MachineDescription? description = null) =>
        QemuMachine.RunAsync(
            Options(test, description),
            async machine => await body(machine, await OpenAsync(machine).ConfigureAwait(false)).ConfigureAwait(false));

    /// <summary>Opens the monitor when the guest's guest is in its loop: its counter counts.</summary>
    public static async Task<MonitorConsole> OpenAsync(QemuMachine machine)
    {
        await machine.ExpectAsync("entering level 2", s_boot).ConfigureAwait(false);
        MonitorConsole monitor = new(machine);
        await monitor.OpenAsync().ConfigureAwait(false);
        string start = await monitor.AskAsync("reg x19").ConfigureAwait(false);
        while (start.Contains("0x0000000000000000", StringComparison.Ordinal))
        {
            start = await monitor.AskAsync("reg x19").ConfigureAwait(false);
        }

        // Held for a moment to be read, the vCPU is ready until its CPU has it again.
        await monitor.ExpectAnswerAsync("vcpu", static answer => answer.Contains(" running ", StringComparison.Ordinal)).ConfigureAwait(false);
        return monitor;
    }
}
