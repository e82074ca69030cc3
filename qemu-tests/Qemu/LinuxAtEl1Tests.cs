// The same stock kernel as a plain guest: no EL2 for it to find.
using System;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class LinuxAtEl1Tests
{
    [Fact]
    public async Task A_long_pasted_line_arrives_whole()
    {
        MachineDescription machine = new() { Guests = [StockGuest.Linux() with { Cpus = 1, El = 1 }] };
        await QemuMachine.RunAsync(MachineOptions.Nestor("long line", machine), async qemu =>
        {
            LinuxConsole linux = new(qemu);
            await linux.ExpectShellAsync(cpus: 1);
            await linux.AskAsync($"echo {new string('x', 800)} | wc -c", "801");
        });
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_plain_guest_boots_and_finds_no_hypervisor_mode(int cpus)
    {
        MachineDescription machine = new() { Guests = [StockGuest.Linux() with { Cpus = cpus, El = 1 }] };
        MachineOptions options = MachineOptions.Nestor($"el 1, {cpus} cpus", machine) with { Deadline = TimeSpan.FromSeconds(120) };
        await QemuMachine.RunAsync(options, async qemu =>
        {
            LinuxConsole linux = new(qemu);
            await linux.ExpectKernelAsync("CPU: All CPU(s) started at EL1");
            await linux.ExpectKernelAsync("kvm [1]: HYP mode not available");
            await linux.ExpectShellAsync(cpus);
            await linux.AskForSumAsync();
            await linux.PowerOffAsync();
            await qemu.ExpectPowerOffAsync(TimeSpan.FromSeconds(30));
        });
    }
}
