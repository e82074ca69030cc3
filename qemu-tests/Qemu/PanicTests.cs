// A panic as a person would see it: the reason first, then the way to it in methods and lines, and a machine that ends
// with another reason than power-off.
using System;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class PanicTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("check", "failed check", "FailCheck")]
    [InlineData("stack", "stack overflow", "OverflowStack")]
    [InlineData("write", "data abort, write to 0x40200000: permission fault", "WriteCode")]
    [InlineData("stop", "asked for on the command line", "TryRun")]
    public async Task A_panic_says_why_and_where(string word, string reason, string method)
    {
        await QemuMachine.RunAsync(Options(word), async machine =>
        {
            await machine.ExpectAsync("nestor: panic: " + reason, s_soon);
            await machine.ExpectAsync("back-trace:", s_soon);
            await machine.ExpectAsync(new Regex($@"0x[0-9a-f]{{16}} Nestor\.Kernel\.SelfTest\.{method} \(kernel/Panic/SelfTest\.cs:\d+\)"), s_soon);
            if (word != "stack")
            {
                await machine.ExpectAsync(new Regex(@"Nestor\.Kernel\.GuestPlan\.ReadWords \(kernel/Start/GuestPlan\.cs:\d+\)"), s_soon);
                await machine.ExpectAsync(new Regex(@" start \(boot/Start\.S:\d+\)"), s_soon);
            }

            MachineExit exit = await machine.WaitForExitAsync(s_soon);
            Assert.Equal("guest-reset", exit.Reason);
        });
    }

    private static MachineOptions Options(string word) =>
        MachineOptions.Nestor("Panic-" + word, new MachineDescription { Words = ["selftest=panic-" + word] }) with { Allowed = ["nestor: panic"] };
}
