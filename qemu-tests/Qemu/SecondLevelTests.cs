// KVM in a guest of Nestor, with Debian's own QEMU, boots a second Debian kernel to its shell: everything that nesting
// is for, at once. Both shells answer and both machines are switched off in order.
using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class SecondLevelTests
{
    private const string Vhe = "";
    private const string Nvhe = "kvm-arm.mode=nvhe";

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(Vhe, 1, 2)]
    [InlineData(Vhe, 2, 2)]
    [InlineData(Nvhe, 1, 2)]
    [InlineData(Vhe, 1, 1)]
    public Task Kvm_of_6_12_runs_Linux(string mode, int cpus, int nv) => RunsLinux(GuestKind.Linux612, mode, cpus, nv);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(Vhe, 1, 2)]
    public Task Kvm_of_6_1_runs_Linux(string mode, int cpus, int nv) => RunsLinux(GuestKind.Linux61, mode, cpus, nv);

    private static async Task RunsLinux(GuestKind kernel, string mode, int cpus, int nv, [CallerMemberName] string test = "")
    {
        MachineDescription machine = new() { Guests = [StockGuest.Hypervisor(kernel, mode) with { Cpus = cpus, Nv = nv }] };
        MachineOptions options = MachineOptions.Nestor($"{test} {mode} nv={nv} cpus={cpus}", machine);
        await QemuMachine.RunAsync(options with { Deadline = TimeSpan.FromSeconds(420) }, async qemu =>
        {
            LinuxConsole first = new(qemu);
            await first.ExpectShellAsync(cpus);
            SecondLevel second = new(qemu);
            await second.StartAsync(cpus);
            await second.AnswerAndEndAsync();
        });
    }
}
