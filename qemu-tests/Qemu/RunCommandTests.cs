// `./build.sh run` from outside, as CI uses it: the exit status is the verdict, standard output is the guest's console,
// and an explanation is one line on standard error.
using System;
using System.IO;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Support;
using Xunit;
using static Nestor.Tests.Harness.GuestCode;

namespace Nestor.Tests.Qemu;

public sealed class RunCommandTests : IDisposable
{
    // Longer than any of these commands takes, and longer than their own --timeout.
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_power_off_in_the_shell_of_the_default_guest_is_success()
    {
        using Command run = Run("--timeout", "60");
        await run.ExpectAsync("nestor-init: 6.12");
        await run.ExpectAsync("up, 2 cpus");
        await run.ExpectAsync("nestor# ");
        await run.SendAsync("poweroff -f\n");
        Assert.Equal(0, await run.WaitForExitAsync());
        Assert.Equal("", run.Errors);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_panic_of_the_default_guest_is_failure()
    {
        using Command run = Run("--timeout", "60", "--cpus", "1");
        await run.ExpectAsync("nestor# ");
        await run.SendAsync("echo c > /proc/sysrq-trigger\n");
        Assert.Equal(1, await run.WaitForExitAsync());
        Assert.Contains("Kernel panic - not syncing: sysrq triggered crash", run.Output, StringComparison.Ordinal);
        Assert.Equal("nestor: the machine was reset: Nestor or a guest failed\n", run.Errors);
    }

    [Fact]
    public async Task A_guest_that_powers_off_at_once_is_success()
    {
        using Command run = Run("--timeout", "60", "--kernel", _files.GuestOf(LoadPsciFunction, SystemOff, Smc, Forever));
        Assert.Equal(0, await run.WaitForExitAsync());
        Assert.Contains("nestor: guest: powered off", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Errors);
    }

    [Fact]
    public async Task On_a_terminal_there_is_a_hint_and_nothing_that_changes_the_terminal()
    {
        string image = _files.GuestOf(LoadPsciFunction, SystemOff, Smc, Forever);
        using Command run = Command.Start(
            s_deadline, "script", "--quiet", "--return", "--command", $"TERM=xterm ./build.sh run --timeout 60 --kernel {image}", "/dev/null");
        Assert.Equal(0, await run.WaitForExitAsync());
        Assert.StartsWith("nestor: Ctrl-] opens Nestor's monitor", run.Output, StringComparison.Ordinal);
        Assert.Contains("nestor: guest: powered off", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', run.Output);
    }

    [Fact]
    public async Task A_guest_that_asks_for_a_reset_is_failure()
    {
        using Command run = Run("--timeout", "60", "--kernel", _files.GuestOf(LoadPsciFunction, SystemReset, Smc, Forever));
        Assert.Equal(1, await run.WaitForExitAsync());
        Assert.Equal("nestor: the machine was reset: Nestor or a guest failed\n", run.Errors);
    }

    [Fact]
    public async Task A_panic_of_Nestor_is_failure()
    {
        using Command run = Run("--timeout", "60", "--kernel", _files.GuestOf(Forever), "--", "-append", "selftest=panic-stop");
        Assert.Equal(1, await run.WaitForExitAsync());
        Assert.Contains("nestor: panic: asked for on the command line", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_that_runs_out_has_its_own_status()
    {
        using Command run = Run("--timeout", "2", "--kernel", _files.GuestOf(Forever));
        Assert.Equal(3, await run.WaitForExitAsync());
        Assert.Equal("nestor: timed out after 2 s\n", run.Errors);
    }

    [Fact]
    public async Task A_bad_option_is_refused_and_nothing_is_started()
    {
        using Command run = Run("--cpus", "9");
        Assert.Equal(2, await run.WaitForExitAsync());
        Assert.Equal("", run.Output);
        Assert.Equal("nestor: guest: cpus is 9; it must be 1 to 8\n", run.Errors);
    }

    [Fact]
    public async Task A_file_that_is_no_kernel_is_refused_and_nothing_is_started()
    {
        string text = _files.Write("text", new string('x', 4096));
        using Command run = Run("--kernel", text);
        Assert.Equal(2, await run.WaitForExitAsync());
        Assert.Equal("", run.Output);
        Assert.Equal($"nestor: {text} is text, not an arm64 Image, ELF or code\n", run.Errors);
    }

    private static Command Run(params string[] arguments) => Command.BuildSh(s_deadline, ["run", .. arguments]);
}
