// The second level: Debian's kernel and its KVM, whose guest is the payload, or a second Debian kernel, started by Debian's
// QEMU from the initramfs of guest hypervisors. The payload is a second archive behind it; Linux unpacks one after another.
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>What a guest hypervisor needs to run the benchmark.</summary>
public static class SecondLevelBench
{
    private const string Directory = "bench";

    private static readonly GuestStore s_store = new();

    /// <summary>Debian's kernel.</summary>
    public static string Kernel => s_store.Ensure(GuestKind.Linux612);

    /// <summary>The user space without the payload.</summary>
    public static string Plain => s_store.Ensure(GuestKind.VmmInitramfs);

    /// <summary>The user space with the payload in it.</summary>
    public static string Initramfs(string payload)
    {
        CpioWriter archive = new();
        archive.AddDirectory(Directory);
        archive.AddFile(Directory + "/payload", File.ReadAllBytes(payload), executable: false);
        string path = RepositoryRoot.Out("bench", "second-level.cpio");
        System.IO.Directory.CreateDirectory(RepositoryRoot.Out("bench"));
        File.WriteAllBytes(path, [.. File.ReadAllBytes(Plain), .. archive.Finish()]);
        return path;
    }

    /// <summary>The kernel's command line: starts a VM with the payload, and ends after it.</summary>
    /// <param name="words">The payload's command line.</param>
    public static string Append(string words) =>
        $"{GuestResolver.DefaultAppend} quiet {LinuxBoot.WithoutSelfTests} run=\"qemu-system-aarch64 -M virt,gic-version=3 -accel kvm -cpu host -smp 2 -m 256M -nodefaults "
        + $"-display none -serial stdio -no-reboot -kernel /{Directory}/payload -append '{words}'; poweroff -f\"";
}
