// The same stock kernel as a plain guest: no EL2 for it to find.
using System;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class LinuxAtEl1Tests
{
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
