// Whole runs of QEMU with a few instructions in place of Nestor: the exit status is the contract with CI.
using System;
using System.IO;
using System.Threading.Tasks;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Launch;
using Xunit;
using static Nestor.Tests.Harness.GuestCode;

namespace Nestor.Tests.Unit.Tools;

public sealed class LauncherTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Power_off_is_success() =>
        Assert.Equal(0, await RunAsync([LoadPsciFunction, SystemOff, Smc, Forever]));

    [Fact]
    public async Task Reset_is_failure() =>
        Assert.Equal(1, await RunAsync([LoadPsciFunction, SystemReset, Smc, Forever]));

    [Fact]
    public async Task Time_that_runs_out_is_told_apart() =>
        Assert.Equal(3, await RunAsync([Forever], timeout: 1));

    [Fact]
    public async Task A_qemu_that_refuses_its_arguments_is_failure() =>
        Assert.Equal(1, await RunAsync([Forever], arguments: ["-version-of-nothing"]));

    [Fact]
    public void The_hint_says_how_to_open_the_monitor_and_how_to_leave()
    {
        Assert.Equal("Ctrl-] opens Nestor's monitor (help lists its commands); from another terminal: kill 42", Launcher.Hint(42));
        Assert.StartsWith("Ctrl-O opens", Launcher.Hint(42, EscapeKey.Parse("^o")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("^]", 29)]
    [InlineData("^A", 1)]
    [InlineData("^_", 31)]
    public void A_key_is_a_control_character(string text, int code) => Assert.Equal(code, EscapeKey.Parse(text));

    [Theory]
    [InlineData("x")]
    [InlineData("^")]
    [InlineData("^1")]
    [InlineData("")]
    public void Another_key_is_refused(string text) =>
        Assert.Equal(
            $"--escape is '{text}'; it must be a control character such as ^] or ^O",
            Assert.Throws<Nestor.Tools.Support.UsageException>(() => EscapeKey.Parse(text)).Message);

    [Fact]
    public async Task The_console_is_copied_into_the_log()
    {
        // ldr w1, =0x09000000; movz w2, #'N'; str w2, [x1]; then off.
        uint[] code = [0x52a1_2001, 0x5280_09c2, 0xb900_0022, LoadPsciFunction, SystemOff, Smc, Forever];
        string log = _files.Path("console.log");
        Assert.Equal(0, await RunAsync(code, log: log));
        Assert.Equal("N", File.ReadAllText(log));
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_failure()
    {
        uint[] code = [0x52a1_2001, 0x5280_09c2, 0xb900_0022, LoadPsciFunction, SystemOff, Smc, Forever];
        Assert.Equal(1, await RunAsync(code, log: "/dev/full"));
        Assert.Equal(3, await RunAsync([.. code[..3], Forever], log: "/dev/full", timeout: 2));
    }

    private async Task<int> RunAsync(uint[] code, int timeout = 60, string? log = null, string[]? arguments = null)
    {
        MachineDescription machine = new()
        {
            Kernel = _files.Code("kernel", code),
            HostMemory = 128 * MemorySize.MiB,
            Log = log,
            QemuArguments = arguments ?? [],
        };
        return await new Launcher(ToolFinder.Require(RequiredProgram.Qemu), machine, timeout).RunAsync();
    }
}
