// Linux with KVM as a guest hypervisor, booted to its shell.
using System;
using System.Threading.Tasks;
using Nestor.Tests.Qemu;
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;

namespace Nestor.Tests.Harness;

internal static class SecondLevelRun
{
    /// <summary>Boots the guest hypervisor to its shell and hands over.</summary>
    public static async Task RunAsync(
        KvmMode mode,
        int cpus,
        Func<QemuMachine, SecondLevel, Task> body,
        string test,
        GuestKind kernel = GuestKind.Linux612,
        int nv = 2)
    {
        GuestDescription guest = StockGuest.Hypervisor(kernel, Append(mode)) with { Cpus = cpus, Nv = nv };
        MachineOptions options = MachineOptions.Nestor($"{test} {mode} nv={nv} cpus={cpus}", new MachineDescription { Guests = [guest] });
        await QemuMachine.RunAsync(options with { Deadline = TimeSpan.FromSeconds(600) }, async machine =>
        {
            LinuxConsole first = new(machine);
            await first.ExpectKernelAsync("kvm [1]: " + Initialised(kernel, mode));
            await first.ExpectShellAsync(cpus);
            await body(machine, new SecondLevel(machine));
        });
    }

    private static string Append(KvmMode mode) => mode switch
    {
        KvmMode.Nvhe => "kvm-arm.mode=nvhe",
        KvmMode.Protected => "kvm-arm.mode=protected",
        _ => "",
    };

    private static string Initialised(GuestKind kernel, KvmMode mode) => (mode, kernel) switch
    {
        (KvmMode.Vhe, _) => "VHE mode initialized successfully",
        (KvmMode.Nvhe, GuestKind.Linux61) => "Hyp mode initialized successfully",
        (KvmMode.Nvhe, _) => "Hyp nVHE mode initialized successfully",
        (_, GuestKind.Linux61) => "Protected nVHE mode initialized successfully",
        _ => "Protected hVHE mode initialized successfully",
    };
}
