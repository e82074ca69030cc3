// The user space of a guest hypervisor: Debian's QEMU for its KVM, and a kernel and an initramfs for a second-level guest.
// "vm CPUS APPEND ..." starts one on the same console; what follows goes to QEMU. "vm-behind NAME CPUS APPEND ..." starts one
// in the background: its lines have its name in front, it reads /tmp/NAME.in, and /tmp/NAME.pid has its VMM's process id.
using System.Text;

namespace Nestor.Tools.Guests;

public static class VmmInitramfs
{
    /// <summary>QEMU as it is called in Debian's package.</summary>
    public const string Vmm = "qemu-system-aarch64";

    /// <summary>Directory of the libraries among the parts; the dynamic linker of Debian looks there, too.</summary>
    public const string Libraries = "lib";

    /// <summary>The kernel for the second level among the parts.</summary>
    public const string Kernel = "Image";

    private const string StartVm = """
        #!/bin/sh
        cpus=${1:-1}
        append=$2
        shift $(($# < 2 ? $# : 2))
        exec qemu-system-aarch64 -M virt,gic-version=3 -accel kvm -cpu host -smp "$cpus" -m 256M \
            -nodefaults -display none -serial stdio -no-reboot -kernel /second/Image -initrd /second/initramfs.cpio \
            -append "console=ttyAMA0 panic=-1 $append" "$@"

        """;

    // The input is opened for writing too, so that it does not end with the first line.
    private const string StartVmBehind = """
        #!/bin/sh
        name=$1
        shift
        mkfifo /tmp/$name.in
        vm "$@" -pidfile /tmp/$name.pid <>/tmp/$name.in 2>&1 | sed "s/^/[$name] /" &

        """;

    // For the second level: its kernel has the drivers of virtio disks and network cards as modules.
    private const string StartVirtio = """
        #!/bin/sh
        for module in failover net_failover virtio_net virtio_blk; do
            xzcat /modules/$module.ko.xz > /tmp/$module.ko && insmod /tmp/$module.ko
        done
        ifconfig eth0 10.0.2.15

        """;

    /// <summary>Modules of the second level's kernel that <see cref="Build"/> wants beside it.</summary>
    public static IReadOnlyList<string> Modules { get; } = ["failover.ko.xz", "net_failover.ko.xz", "virtio_blk.ko.xz", "virtio_net.ko.xz"];

    /// <param name="busybox">For both levels.</param>
    /// <param name="parts">A directory with <see cref="Vmm"/>, <see cref="Libraries"/>, <see cref="Kernel"/> and <see cref="Modules"/>.</param>
    public static byte[] Build(byte[] busybox, string parts)
    {
        byte[] second = Initramfs.Build(
            busybox, [.. Modules.Select(name => Part("modules/" + name, name)), new("bin/virtio", Encoding.ASCII.GetBytes(StartVirtio))]);
        IEnumerable<string> libraries = Directory.GetFiles(Path.Combine(parts, Libraries)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
        return Initramfs.Build(
            busybox,
            [
                Part("bin/" + Vmm, Vmm),
                .. libraries.Select(name => Part("lib/" + name, Path.Combine(Libraries, name))),
                new("bin/vm", Encoding.ASCII.GetBytes(StartVm)),
                new("bin/vm-behind", Encoding.ASCII.GetBytes(StartVmBehind)),
                Part("second/Image", Kernel),
                new("second/initramfs.cpio", second),
            ]);

        InitramfsFile Part(string name, string part) => new(name, File.ReadAllBytes(Path.Combine(parts, part)));
    }
}
