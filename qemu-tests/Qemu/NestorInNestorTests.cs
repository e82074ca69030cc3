// Nestor as its own guest: an unmodified image at virtual EL2, which offers FEAT_NV2 again, down to a Debian kernel that finds
// itself at EL2 under two or three of them.
using System;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class NestorInNestorTests
{
    private static readonly GuestDescription s_linux = StockGuest.Linux();

    private static readonly string s_nestor = RepositoryRoot.Out("nestor");

    [Fact]
    public Task The_demo_runs_under_three() =>
        QemuMachine.RunAsync(MachineOptions.Nestor("demo under three Nestors", new MachineDescription
        {
            Guests =
            [
                new GuestDescription("first") { Kernel = s_nestor, Append = "guest=second cpus=1 memory=256M", Cpus = 1, Modules = [new GuestModule(s_nestor, "")] },
            ],
        }), async qemu =>
        {
            await qemu.ExpectAsync("demo: [EL1] the store went through, and reads back as 0x4e57", TimeSpan.FromSeconds(50));
            await qemu.ExpectAsync("nestor: second: powered off", TimeSpan.FromSeconds(30));
            await qemu.ExpectPowerOffAsync(TimeSpan.FromSeconds(10));
        });

    [Fact]
    [Trait("Category", "Slow")]
    public Task Linux_runs_under_two() =>
        RunsLinux(new MachineDescription
        {
            Guests =
            [
                new GuestDescription("first")
                {
                    Kernel = s_nestor, Append = "guest=second cpus=2 memory=512M", Cpus = 2, Memory = 1536L << 20, Modules = Modules,
                },
            ],
        }, cpus: 2, TimeSpan.FromMinutes(4));

    // With instructions counted, a third Nestor's timers have the time that they take: by the clock they would take it all.
    [Fact]
    [Trait("Category", "Slow")]
    public Task Linux_runs_under_three() =>
        RunsLinux(new MachineDescription
        {
            Icount = true,
            Guests =
            [
                new GuestDescription("first")
                {
                    Kernel = s_nestor, Append = "guest=second cpus=1 memory=1G modules=2", Cpus = 1, Memory = 2048L << 20,
                    Modules = [new GuestModule(s_nestor, "guest=third cpus=1 memory=512M"), .. Modules],
                },
            ],
        }, cpus: 1, TimeSpan.FromMinutes(12));

    private static GuestModule[] Modules => [new(s_linux.Kernel!, s_linux.Append), new(s_linux.Initrd!, "", IsInitrd: true)];

    private static Task RunsLinux(MachineDescription machine, int cpus, TimeSpan boot) =>
        QemuMachine.RunAsync(MachineOptions.Nestor($"Linux under {(machine.Icount ? "three" : "two")} Nestors", machine) with { Deadline = boot + TimeSpan.FromMinutes(3) }, async qemu =>
        {
            LinuxConsole console = new(qemu) { BootTime = boot };
            await console.ExpectKernelAsync("CPU: All CPU(s) started at EL2");
            await console.ExpectShellAsync(cpus);
            await console.AskForSumAsync();
            await console.PowerOffAsync();
            await qemu.ExpectAsync("nestor: first: powered off", TimeSpan.FromMinutes(2));
            await qemu.ExpectPowerOffAsync(TimeSpan.FromSeconds(30));
        });
}
