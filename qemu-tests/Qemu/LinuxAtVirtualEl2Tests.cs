// Stock Debian kernels as guest hypervisors: they believe that they are at EL2, their KVM initialises, their shell
// answers, and their power-off ends the machine. One boot proves all of it.
using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class LinuxAtVirtualEl2Tests
{
    private const string Vhe = "VHE mode initialized successfully";
    private const string Nvhe612 = "Hyp nVHE mode initialized successfully";
    private const string Nvhe61 = "Hyp mode initialized successfully";
    private const string AskForNvhe = "kvm-arm.mode=nvhe";

    [Fact]
    public Task Kvm_of_6_12_initialises_with_VHE() => Boots(GuestKind.Linux612, Vhe, cpus: 1);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    [InlineData(8, 8)]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    public Task Each_vCPU_starts_at_EL2(int vcpus, int hostCpus) => Boots(GuestKind.Linux612, Vhe, vcpus, hostCpus);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(1)]
    [InlineData(2)]
    public Task Kvm_of_6_12_initialises_without_VHE(int cpus) => Boots(GuestKind.Linux612, Nvhe612, cpus);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(Vhe, 1)]
    [InlineData(Vhe, 2)]
    [InlineData(Nvhe612, 1)]
    [InlineData(Nvhe612, 2)]
    public Task Kvm_of_6_12_initialises_when_each_EL2_register_traps(string expected, int cpus) =>
        Boots(GuestKind.Linux612, expected, cpus, nv: 1);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(Vhe, 2)]
    [InlineData(Vhe, 1)]
    [InlineData(Nvhe61, 2)]
    [InlineData(Nvhe61, 1)]
    public Task Kvm_of_6_1_initialises(string expected, int nv) => Boots(GuestKind.Linux61, expected, cpus: 2, nv: nv);

    private static async Task Boots(
        GuestKind kernel, string expected, int cpus, int? hostCpus = null, int nv = 2, [CallerMemberName] string test = "")
    {
        MachineDescription machine = new()
        {
            Guests = [StockGuest.Linux(kernel, expected == Vhe ? "" : AskForNvhe) with { Cpus = cpus, Nv = nv }],
            HostCpus = hostCpus,
        };
        MachineOptions options = MachineOptions.Nestor($"{test} {expected} nv={nv} cpus={cpus} on {machine.EffectiveCpus}", machine);
        await QemuMachine.RunAsync(options with { Deadline = TimeSpan.FromSeconds(180) }, async qemu =>
        {
            LinuxConsole linux = new(qemu);
            await linux.ExpectKernelAsync("CPU: All CPU(s) started at EL2");
            await linux.ExpectKernelAsync("kvm [1]: " + expected);
            await linux.ExpectShellAsync(cpus);
            await linux.AskForSumAsync();
            await linux.PowerOffAsync();
            await qemu.ExpectPowerOffAsync(TimeSpan.FromSeconds(30));
        });
    }
}
