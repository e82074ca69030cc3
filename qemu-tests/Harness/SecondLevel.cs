// A guest hypervisor with a Linux that starts second Linuxes: one on the same console, or several in the background. Under KVM
// this Linux has Debian's QEMU in its initramfs; under Xen it is dom0 and has Xen's tools.
using System;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace Nestor.Tests.Harness;

/// <summary>The way to the second shell and back.</summary>
/// <param name="machine">The machine that the guest hypervisor runs on.</param>
/// <param name="starter">The command of the first Linux that starts a second: "vm" or "domu".</param>
public sealed class SecondLevel(QemuMachine machine, string starter = "vm")
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    private readonly LinuxConsole _console = new(machine);

    /// <summary>The time that a second Linux may take to its shell: about a minute on an idle builder, which it may have to share.</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>Starts a second-level guest from the first shell and waits for its own.</summary>
    /// <param name="cpus">Its CPUs.</param>
    /// <param name="append">Further words for its kernel; its log goes byte by byte through two hypervisors and a VMM.</param>
    /// <param name="qemu">Further words for the VMM.</param>
    public async Task StartAsync(int cpus, string append = "quiet", string qemu = "")
    {
        // A warning of the first kernel's ("hrtimer: interrupt took", on a busy machine) would come in the middle of a line of the second's.
        await machine.SendAsync("echo 4 > /proc/sys/kernel/printk\n").ConfigureAwait(false);
        string line = string.Create(CultureInfo.InvariantCulture, $"{starter} {cpus} '{append}' {qemu}");
        await machine.SendAsync($"{line.TrimEnd()}; echo vm ended with $?\n").ConfigureAwait(false);
        await machine.ExpectAsync("vm ended with $?", s_soon).ConfigureAwait(false);
        await machine.ExpectAsync(
            new Regex(string.Create(CultureInfo.InvariantCulture, $@"^nestor-init: \S+ up, {cpus} cpus$"), RegexOptions.Multiline), BootTime).ConfigureAwait(false);
        await machine.ExpectAsync("nestor# ", s_soon).ConfigureAwait(false);
    }

    /// <summary>Starts a second-level guest in the background, where its lines have a name in front.</summary>
    public Task StartBehindAsync(string name, int cpus) =>
        machine.SendAsync(string.Create(CultureInfo.InvariantCulture, $"vm-behind {name} {cpus} quiet\n"));

    /// <summary>Waits until one in the background has its shell.</summary>
    public Task ExpectShellBehindAsync(string name, int cpus) =>
        ExpectBehindAsync(name, string.Create(CultureInfo.InvariantCulture, $@"nestor-init: \S+ up, {cpus} cpus"), BootTime);

    /// <summary>Types a command for one in the background.</summary>
    public Task TypeBehindAsync(string name, string command) => machine.SendAsync($"echo '{command}' > /tmp/{name}.in\n");

    /// <summary>
    /// Waits for a whole line of one in the background: a number cut off by the end of what has come so far is another
    /// number. The first shell's prompt may stand before it.
    /// </summary>
    public Task<Match> ExpectBehindAsync(string name, string pattern, TimeSpan? within = null) =>
        machine.ExpectAsync(new Regex($@"\[{Regex.Escape(name)}\] {pattern}(?=\n)", RegexOptions.Multiline), within ?? s_soon);

    /// <summary>Asks the second shell and switches its machine off; the first shell is there again.</summary>
    public async Task AnswerAndEndAsync()
    {
        await _console.AskAsync("echo $((6*7))y", "42y").ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Switches the second level off; the first shell is there again.</summary>
    public async Task EndAsync()
    {
        await _console.PowerOffAsync().ConfigureAwait(false);
        await machine.ExpectAsync(new Regex("^vm ended with 0$", RegexOptions.Multiline), s_soon).ConfigureAwait(false);
        await machine.ExpectAsync("nestor# ", s_soon).ConfigureAwait(false);
    }

    /// <summary>Switches the first level off, and with it the machine.</summary>
    public async Task PowerOffAsync()
    {
        await _console.PowerOffAsync().ConfigureAwait(false);
        await machine.ExpectPowerOffAsync(s_soon).ConfigureAwait(false);
    }
}
