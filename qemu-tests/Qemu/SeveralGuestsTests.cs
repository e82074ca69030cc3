// Two guests on one machine: each has its own lines on the console and its own end, and what breaks one leaves the
// other alone.
using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Guests;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class SeveralGuestsTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(2)]
    [InlineData(1)]
    public async Task One_panics_and_the_other_goes_on(int hostCpus)
    {
        MachineOptions options = Two($"one panics, {hostCpus} host cpus", hostCpus);
        await QemuMachine.RunAsync(options with { Allowed = ["Kernel panic"] }, async machine =>
        {
            LinuxConsole one = new(machine, "one");
            LinuxConsole two = new(machine, "two");
            await one.ExpectKernelAsync("kvm [1]: VHE mode initialized successfully");
            await two.ExpectKernelAsync("kvm [1]: VHE mode initialized successfully");
            await one.ExpectShellAsync(cpus: 1);
            await two.ExpectShellAsync(cpus: 1);
            await one.AskForSumAsync();

            await ChooseAsync(machine, '2', "two");
            await two.AskForSumAsync();

            await ChooseAsync(machine, '1', "one");
            await one.PanicAsync();
            await machine.ExpectAsync("nestor: one: asked for a reset; Nestor ends it", s_soon);

            // The input of a guest that has ended goes to the next.
            await two.AskAsync("echo $((5*5))y", "25y");
            await two.PowerOffAsync();
            await machine.ExpectAsync("nestor: two: powered off", s_soon);

            // Switched off, but not all was well: the status says so.
            Assert.Equal("guest-reset", (await machine.WaitForExitAsync(s_soon)).Reason);
        });
    }

    /// <summary>The last guest's vCPUs are the 33rd and up on the machine's only CPU.</summary>
    [Fact]
    public Task One_CPU_runs_all_vCPUs_of_all_guests() =>
        QemuMachine.RunAsync(MachineOptions.Nestor("40 vCPUs on a CPU", new MachineDescription
        {
            HostCpus = 1,
            Guests = [.. Enumerable.Range(1, 5).Select(number => new GuestDescription($"guest{number}")
            {
                Kernel = PayloadRuns.Image, Append = "group=ids", Cpus = 8, Memory = 32 * MemorySize.MiB,
            })],
        }) with { Deadline = TimeSpan.FromMinutes(10) }, async machine =>
        {
            int lines = PayloadRuns.Expected("ids").Results.Count;
            for (int number = 1; number <= 5; number++)
            {
                await machine.ExpectAsync(new Regex($@"\[guest{number}\] ok {lines} - "), bookmark: new Bookmark());
            }

            await machine.ExpectPowerOffAsync();
        });

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_machine_ends_well_with_the_last_power_off() =>
        await QemuMachine.RunAsync(Two("both power off", hostCpus: 2), async machine =>
        {
            LinuxConsole one = new(machine, "one");
            LinuxConsole two = new(machine, "two");
            await one.ExpectShellAsync(cpus: 1);
            await two.ExpectShellAsync(cpus: 1);
            await one.PowerOffAsync();
            await machine.ExpectAsync("nestor: one: powered off", s_soon);
            await two.AskForSumAsync();
            await two.PowerOffAsync();
            await machine.ExpectAsync("nestor: two: powered off", s_soon);
            await machine.ExpectPowerOffAsync(s_soon);
        });

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Two_guests_of_the_default_size_fit_into_the_default_machine()
    {
        MachineDescription machine = new()
        {
            Guests = [StockGuest.Linux(name: "one") with { Cpus = 1 }, StockGuest.Linux(name: "two") with { Cpus = 1 }],
        };
        await QemuMachine.RunAsync(MachineOptions.Nestor("two of the default size", machine), async qemu =>
        {
            LinuxConsole one = new(qemu, "one");
            LinuxConsole two = new(qemu, "two");
            await one.ExpectShellAsync(cpus: 1);
            await two.ExpectShellAsync(cpus: 1);
        });
    }

    private static async Task ChooseAsync(QemuMachine machine, char digit, string name)
    {
        await machine.SendAsync("\x1d" + digit);
        await machine.ExpectAsync("nestor: input goes to " + name, s_soon);
    }

    private static MachineOptions Two(string test, int hostCpus)
    {
        GuestDescription guest = StockGuest.Linux() with { Cpus = 1, Memory = 512 * MemorySize.MiB };
        MachineDescription machine = new()
        {
            Guests = [guest with { Name = "one" }, guest with { Name = "two" }],
            HostCpus = hostCpus,
        };
        return MachineOptions.Nestor(test, machine) with { Deadline = TimeSpan.FromSeconds(180) };
    }
}
