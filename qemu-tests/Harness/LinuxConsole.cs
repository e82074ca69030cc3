// A person at the console of a Linux guest: waits for its shell, asks it things whose answers must be worked out, and
// switches it off.
using System;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace Nestor.Tests.Harness;

/// <summary>One Linux guest of a machine.</summary>
/// <param name="machine">The machine.</param>
/// <param name="name">The guest's name when it is one of several, whose lines then carry it; null for the only one.</param>
public sealed class LinuxConsole(QemuMachine machine, string? name = null)
{
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(30);

    private readonly Bookmark _bookmark = new();

    private readonly string _prefix = name is null ? "" : $"[{name}] ";

    /// <summary>What each step of the start may take: long enough for eight vCPUs on a busy builder; a guest that lives is far quicker.</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Waits for a line of the kernel, after what was waited for before; its time stamp is passed over.</summary>
    public Task ExpectKernelAsync(string text) =>
        ExpectLineAsync(@"\[ *\d+\.\d+\] " + Regex.Escape(text), BootTime);

    /// <summary>Waits for the shell, with as many CPUs as the guest was to have.</summary>
    public async Task ExpectShellAsync(int cpus)
    {
        Match init = await ExpectLineAsync(@"nestor-init: \S+ up, (\d+) cpus", BootTime).ConfigureAwait(false);
        int found = int.Parse(init.Groups[1].Value, CultureInfo.InvariantCulture);
        if (found != cpus)
        {
            throw new MachineFailedException($"the guest has {found} CPUs and not {cpus}", machine.Transcript.Tail(5));
        }

        // Of several guests only whole lines are printed, and a prompt is none.
        if (name is null)
        {
            await machine.ExpectAsync(new Regex("^nestor# ", RegexOptions.Multiline), s_answer, _bookmark).ConfigureAwait(false);
        }
    }

    /// <summary>Types a command, and waits for a line that is its answer and not the echo.</summary>
    public async Task AskAsync(string command, string answer)
    {
        await machine.SendAsync(command + "\n").ConfigureAwait(false);
        await ExpectLineAsync(Regex.Escape(answer), s_answer).ConfigureAwait(false);
    }

    /// <summary>Asks for something that only a working shell knows.</summary>
    public Task AskForSumAsync() => AskAsync("echo $((6*7))x", "42x");

    /// <summary>Switches the guest off.</summary>
    public Task PowerOffAsync() => machine.SendAsync("poweroff -f\n");

    /// <summary>Makes the kernel panic, after which it asks for a reset.</summary>
    public async Task PanicAsync()
    {
        await machine.SendAsync("echo c > /proc/sysrq-trigger\n").ConfigureAwait(false);
        await ExpectKernelAsync("Kernel panic - not syncing: sysrq triggered crash").ConfigureAwait(false);
    }

    private Task<Match> ExpectLineAsync(string pattern, TimeSpan within) =>
        machine.ExpectAsync(new Regex($"^{Regex.Escape(_prefix)}{pattern}$", RegexOptions.Multiline), within, _bookmark);
}
