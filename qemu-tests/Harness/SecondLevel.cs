// A guest hypervisor of Linux with Debian's QEMU in its initramfs, and a second Linux that it starts on the same console.
using System;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace Nestor.Tests.Harness;

/// <summary>The way to the second shell and back.</summary>
/// <param name="machine">The machine that the guest hypervisor runs on.</param>
public sealed class SecondLevel(QemuMachine machine)
{
    /// <summary>About a minute on an idle builder; it may have to share.</summary>
    private static readonly TimeSpan s_boot = TimeSpan.FromSeconds(240);

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    private readonly LinuxConsole _console = new(machine);

    /// <summary>Starts a second-level guest from the first shell and waits for its own.</summary>
    /// <param name="cpus">Its CPUs.</param>
    /// <param name="append">Further words for its kernel; its log goes byte by byte through two hypervisors and a VMM.</param>
    /// <param name="qemu">Further words for the VMM.</param>
    public async Task StartAsync(int cpus, string append = "quiet", string qemu = "")
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"vm {cpus} '{append}' {qemu}");
        await machine.SendAsync($"{line.TrimEnd()}; echo vm ended with $?\n").ConfigureAwait(false);
        await machine.ExpectAsync("vm ended with $?", s_soon).ConfigureAwait(false);
        await machine.ExpectAsync(
            new Regex(string.Create(CultureInfo.InvariantCulture, $@"^nestor-init: \S+ up, {cpus} cpus$"), RegexOptions.Multiline), s_boot).ConfigureAwait(false);
        await machine.ExpectAsync("nestor# ", s_soon).ConfigureAwait(false);
    }

    /// <summary>Asks the second shell, switches its machine off, and then the first.</summary>
    public async Task AnswerAndEndAsync()
    {
        await _console.AskAsync("echo $((6*7))y", "42y").ConfigureAwait(false);
        await _console.PowerOffAsync().ConfigureAwait(false);
        await machine.ExpectAsync(new Regex("^vm ended with 0$", RegexOptions.Multiline), s_soon).ConfigureAwait(false);
        await machine.ExpectAsync("nestor# ", s_soon).ConfigureAwait(false);
        await _console.PowerOffAsync().ConfigureAwait(false);
        await machine.ExpectPowerOffAsync(s_soon).ConfigureAwait(false);
    }
}
