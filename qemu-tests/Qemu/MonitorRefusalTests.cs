// What the monitor refuses because of what a guest or the machine is: each has its text. MonitorErrorTests has what is typed wrongly.
using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;
using static Nestor.Tests.Harness.GuestCode;

namespace Nestor.Tests.Qemu;

public sealed class MonitorRefusalTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    [Fact]
    public Task A_guest_without_virtual_EL2_has_no_second_level()
    {
        GuestDescription guest = MonitoredGuest.Guest() with { Kernel = PayloadAssembler.Image("User"), Cpus = 1, El = 1 };
        return RunAsync("no second level", guest, "entering EL0", async (_, monitor) =>
        {
            Assert.Equal("this vm has no virtual EL2: 'el2:0x40080000'", await ErrorAsync(monitor, "mem el2:0x40080000"));
            Assert.Equal("this vm has no virtual EL2: 'l2ipa:0'", await ErrorAsync(monitor, "walk l2ipa:0"));
            Assert.Equal("this vm has no virtual EL2, so no second level: 'g'", await ErrorAsync(monitor, "reg -l2"));
            Assert.Equal("this vm has no virtual EL2, so no shadows: 'g'", await ErrorAsync(monitor, "shadow"));
        });
    }

    [Fact]
    public Task Points_and_steps_have_limits() => MonitoredGuest.RunAsync("limits", async (machine, monitor) =>
    {
        await FillAsync(monitor, "break", "all breakpoints are taken: delete one");
        await FillAsync(monitor, "watch", "all watchpoints are taken: delete one");
        Assert.Equal("1, 2, 4 or 8 bytes that cross no multiple of 8 can be watched", await ErrorAsync(monitor, "watch 0x1005 8"));

        // The second vCPU was never started.
        await machine.SendAsync("vcpu stop 1\r");
        await monitor.ExpectAsync("nestor g/1> ");
        Assert.Equal("the vcpu is off or waits for an interrupt: it executes nothing", await ErrorAsync(monitor, "step"));
    });

    [Fact]
    public async Task A_guest_that_has_ended_is_left_alone()
    {
        using TemporaryFiles files = new();
        GuestDescription gone = MonitoredGuest.Guest("gone") with { Cpus = 1, Kernel = files.GuestOf(LoadPsciFunction, SystemOff, Smc, Forever) };
        MachineDescription description = new() { Guests = [MonitoredGuest.Guest(), gone] };
        await QemuMachine.RunAsync(MonitoredGuest.Options("ended guest", description), async machine =>
        {
            await machine.ExpectAsync("nestor: gone: powered off", s_soon);
            MonitorConsole monitor = new(machine);
            await monitor.OpenAsync();
            Assert.Equal("this vm has ended: 'gone'", await ErrorAsync(monitor, "vm stop gone"));
            await machine.SendAsync("vcpu gone/0\r");
            await monitor.ExpectAsync("nestor gone/0> ");
            Assert.Equal("this vm has ended: 'gone'", await ErrorAsync(monitor, $"save {files.Path("gone")}"));
        });
    }

    [Fact]
    public async Task Firmware_is_read_only_and_not_saved()
    {
        using TemporaryFiles files = new();
        GuestDescription guest = MonitoredGuest.Guest() with { Kernel = null, Bios = files.Write("bios", BitConverter.GetBytes(Forever)), Cpus = 1 };
        await RunAsync("firmware", guest, " MiB)\n", async (_, monitor) =>
        {
            Assert.Equal("this memory is read-only for the guest: 'ipa:0'", await ErrorAsync(monitor, "mem ipa:0 = 1"));
            Assert.Equal("a guest that was started from firmware cannot be saved: its flash would be missing", await ErrorAsync(monitor, $"save {files.Path("x")}"));
        });
    }

    [Fact]
    public Task An_inner_Nestor_has_nobody_to_save_for_it()
    {
        // The outer one has another key. The inner one's guest stands still, so that there is something to save.
        GuestDescription guest = new("outer")
        {
            Kernel = RepositoryRoot.Out("nestor"),
            Cpus = 1,
            Append = "guest=inner cpus=1 memory=32M",
            Modules = [new(RepositoryRoot.Out("demo"), "bug=eret")],
        };
        MachineOptions options = MonitoredGuest.Options("save in an inner Nestor", new MachineDescription { Guests = [guest], Escape = 15 });
        return QemuMachine.RunAsync(options, async machine =>
        {
            await machine.ExpectAsync("; halted", s_soon);
            MonitorConsole monitor = new(machine);
            await monitor.OpenAsync();
            Assert.Equal(
                "this machine has no clock and no button (PL031, PL061) to call the launcher with: nothing was saved",
                await ErrorAsync(monitor, "save x"));
        });
    }

    private static Task RunAsync(string test, GuestDescription guest, string awaited, Func<QemuMachine, MonitorConsole, Task> body) =>
        QemuMachine.RunAsync(MonitoredGuest.Options(test, new MachineDescription { Guests = [guest] }), async machine =>
        {
            await machine.ExpectAsync(awaited, s_soon);
            MonitorConsole monitor = new(machine);
            await monitor.OpenAsync();
            await body(machine, monitor);
        });

    // As many as there are, at an address that nobody comes to, and one more.
    private static async Task FillAsync(MonitorConsole monitor, string command, string error)
    {
        const int MoreThanAnyMachineHas = 17;
        string? said = null;
        int set = 0;
        for (; said is null && set < MoreThanAnyMachineHas; set++)
        {
            said = await ErrorAsync(monitor, $"{command} 0x7f000000+{8 * set}");
        }

        Assert.Equal(error, said);
        Assert.True(set > 2);
        Assert.Equal(set - 1, (await monitor.JsonAsync(command)).GetProperty(command + "points").EnumerateArray().Count());
    }

    private static async Task<string?> ErrorAsync(MonitorConsole monitor, string command) =>
        (await monitor.JsonAsync(command)).TryGetProperty("error", out JsonElement error) ? error.GetString() : null;
}
