// Debian's Xen at virtual EL2, unmodified, with a Debian kernel as dom0: a guest hypervisor that is not KVM, with E2H=0
// all its life. dom0's shell answers, and its power-off ends the machine. Before that, dom0 starts a domU with `xl create`.
using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class XenTests
{
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    public Task Runs_Linux_as_dom0(int cpus, int nv) => RunsLinux(GuestKind.Linux612, cpus, nv);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(1, 2)]
    public Task Runs_Linux_6_1_as_dom0(int cpus, int nv) => RunsLinux(GuestKind.Linux61, cpus, nv);

    // Xen's own switch between vCPUs, and its TLBI for each. Xen wants as many redistributors described as dom0 has vCPUs.
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(2)]
    [InlineData(1)]
    public Task Shares_a_CPU_between_vCPUs_of_dom0(int nv) => RunsLinux(GuestKind.Linux612, 1, nv, dom0Cpus: 2);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(2)]
    [InlineData(1)]
    public Task Xl_starts_Linux_as_domU(int nv) => StartsDomU(cpus: 1, nv);

    // dom0 and the domU have two vCPUs each and share two CPUs. Each TLBI of Xen's then stops both.
    [Fact]
    [Trait("Category", "Long")]
    public Task Xl_starts_Linux_as_domU_on_two_CPUs() => StartsDomU(cpus: 2, nv: 2);

    // The same on bare QEMU, so that a failure above is Nestor's.
    [Fact]
    [Trait("Category", "Slow")]
    public Task Xl_starts_Linux_as_domU_on_the_bare_machine()
    {
        GuestDescription xen = StockGuest.XenWithDomU();
        return StartsDomU(
            MachineOptions.Bare(
                "Xen domU bare",
                xen.Kernel!,
                cpus: 1,
                "-m", "1G",
                "-append", xen.Append,
                "-device", $"guest-loader,addr=0x4a000000,kernel={xen.Modules[0].File},bootargs={xen.Modules[0].Arguments}",
                "-device", $"guest-loader,addr=0x4e000000,initrd={xen.Modules[1].File}"),
            cpus: 1);
    }

    private static Task StartsDomU(int cpus, int nv, [CallerMemberName] string test = "")
    {
        MachineDescription machine = new() { Guests = [StockGuest.XenWithDomU() with { Cpus = cpus, Nv = nv }] };
        return StartsDomU(MachineOptions.Nestor($"Xen {test} nv={nv}", machine), cpus);
    }

    private static Task StartsDomU(MachineOptions options, int cpus) =>
        QemuMachine.RunAsync(options with { Deadline = TimeSpan.FromMinutes(20) }, async qemu =>
        {
            LinuxConsole dom0 = new(qemu);
            await dom0.ExpectShellAsync(cpus);

            // Xen invalidates all of dom0's stage 2 with each page of the domU that xl is finished with.
            SecondLevel domU = new(qemu, "domu") { BootTime = TimeSpan.FromMinutes(15) };
            await domU.StartAsync(cpus);
            await domU.AnswerAndEndAsync();
            await dom0.PowerOffAsync();
            await qemu.ExpectAsync("(XEN) Hardware Dom0 halted: halting machine", TimeSpan.FromSeconds(60));
            await qemu.ExpectPowerOffAsync(TimeSpan.FromSeconds(60));
        });

    private static async Task RunsLinux(GuestKind kernel, int cpus, int nv, int? dom0Cpus = null, [CallerMemberName] string test = "")
    {
        string append = dom0Cpus is null ? "" : $"dom0_max_vcpus={dom0Cpus}";
        MachineDescription machine = new() { Guests = [StockGuest.Xen(kernel, append) with { Cpus = cpus, Nv = nv }] };
        MachineOptions options = MachineOptions.Nestor($"Xen {test} nv={nv} cpus={cpus}", machine);
        await QemuMachine.RunAsync(options with { Deadline = TimeSpan.FromSeconds(180) }, async qemu =>
        {
            await qemu.ExpectAsync($"(XEN) Brought up {cpus} CPUs", TimeSpan.FromSeconds(60));
            LinuxConsole dom0 = new(qemu);
            await dom0.ExpectKernelAsync("Xen 4.17 support found");
            await dom0.ExpectShellAsync(dom0Cpus ?? cpus);
            await dom0.AskForSumAsync();
            await dom0.PowerOffAsync();
            await qemu.ExpectAsync("(XEN) Hardware Dom0 halted: halting machine", TimeSpan.FromSeconds(30));
            await qemu.ExpectPowerOffAsync(TimeSpan.FromSeconds(30));
        });
    }
}
