// The guests that Debian makes, as tests hand them to a machine: what `./build.sh run` would give without options, and
// what it gives with --kernel and --bios.
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;

namespace Nestor.Tests.Harness;

/// <summary>Descriptions of stock guests; their files are fetched when the first test asks for them.</summary>
public static class StockGuest
{
    private static readonly GuestStore s_store = new();

    /// <summary>A Debian kernel with the busybox initramfs.</summary>
    /// <param name="kernel">Which.</param>
    /// <param name="append">Further words for its command line.</param>
    /// <param name="name">The guest's name.</param>
    public static GuestDescription Linux(GuestKind kernel = GuestKind.Linux612, string append = "", string name = GuestResolver.OnlyName) =>
        new(name)
        {
            Kernel = s_store.Ensure(kernel),
            Initrd = s_store.Ensure(GuestKind.Initramfs),
            Append = $"{GuestResolver.DefaultAppend} {append}".TrimEnd(),
        };

    /// <summary>A Debian kernel with the initramfs that holds Debian's QEMU; it speaks late, so that nothing is said twice.</summary>
    public static GuestDescription Hypervisor(GuestKind kernel = GuestKind.Linux612, string append = "") =>
        new(GuestResolver.OnlyName)
        {
            Kernel = s_store.Ensure(kernel),
            Initrd = s_store.Ensure(GuestKind.VmmInitramfs),
            Append = $"console=ttyAMA0 panic=-1 {append}".TrimEnd(),
        };

    /// <summary>Xen, with a Debian kernel and the busybox initramfs as its dom0.</summary>
    /// <param name="kernel">Which kernel.</param>
    /// <param name="append">Further words for Xen's command line.</param>
    public static GuestDescription Xen(GuestKind kernel = GuestKind.Linux612, string append = "") =>
        new(GuestResolver.OnlyName)
        {
            Kernel = s_store.Ensure(GuestKind.Xen),
            Append = $"dom0_mem=512M {append}".TrimEnd(),
            Modules =
            [
                new(s_store.Ensure(kernel), "console=hvc0 panic=-1"),
                new(s_store.Ensure(GuestKind.Initramfs), "", IsInitrd: true),
            ],
        };

    /// <summary>
    /// Xen, with a dom0 that can start a domU: the tools of Xen and a second kernel are in its initramfs. While `xl` builds a
    /// domain, dom0's kernel stays in long hypercalls; on a busy builder its watchdogs would call that a lockup.
    /// </summary>
    public static GuestDescription XenWithDomU() =>
        new(GuestResolver.OnlyName)
        {
            Kernel = s_store.Ensure(GuestKind.Xen),
            Append = "dom0_mem=512M",
            Modules =
            [
                new(s_store.Ensure(GuestKind.Dom0Kernel), "console=hvc0 panic=-1 nowatchdog rcupdate.rcu_cpu_stall_suppress=1"),
                new(s_store.Ensure(GuestKind.Dom0Initramfs), "", IsInitrd: true),
            ],
        };

    /// <summary>U-Boot at address 0.</summary>
    public static GuestDescription UBoot() => new(GuestResolver.OnlyName) { Bios = s_store.Ensure(GuestKind.UBoot), Cpus = 1 };
}
