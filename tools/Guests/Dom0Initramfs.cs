// The user space of a dom0: Xen's tools, and a kernel and an initramfs for a domU. "domu CPUS APPEND" starts a domU on the
// same console and returns when it has ended.
using System.Text;

namespace Nestor.Tools.Guests;

public static class Dom0Initramfs
{
    /// <summary>Directory of the libraries among the parts; Debian's dynamic linker searches it too.</summary>
    public const string Libraries = "lib";

    /// <summary>The C library loads it by name when `xl` cancels a thread, so no program lists it.</summary>
    public const string ThreadLibrary = "libgcc_s.so.1";

    /// <summary>The kernel among the parts, for dom0 and for the domU.</summary>
    public const string Kernel = "Image";

    // xl starts xenconsole by the path that Debian compiled in, and keeps its state below /var.
    private const string StartDomU = """
        #!/bin/sh
        cpus=${1:-1}
        append=$2
        if ! [ -d /run/xen ]; then
            for module in xen-evtchn xen-gntdev xen-privcmd xenfs; do
                xzcat /modules/$module.ko.xz > /tmp/$module.ko && insmod /tmp/$module.ko
            done
            mkdir -p /dev/pts /usr/lib/xen-4.17 /run/xen /run/lock /var/lib/xen /var/log/xen
            ln -s /bin /usr/lib/xen-4.17/bin
            ln -s /run /var/run
            ln -s /run/lock /var/lock
            mount -t devpts devpts /dev/pts
            mount -t xenfs xenfs /proc/xen
            xenstored && xen-init-dom0 && xenconsoled
        fi
        cat > /tmp/domu.cfg <<END
        name = "domu"
        kernel = "/second/Image"
        ramdisk = "/second/initramfs.cpio"
        memory = 128
        vcpus = $cpus
        extra = "console=hvc0 $append"
        END
        exec xl create -c /tmp/domu.cfg

        """;

    /// <summary>The programs of Xen's package that <see cref="Build"/> wants.</summary>
    public static IReadOnlyList<string> Tools { get; } = ["xen-init-dom0", "xenconsole", "xenconsoled", "xenstored", "xl"];

    /// <summary>Modules of dom0's kernel: the tools reach Xen through their devices.</summary>
    public static IReadOnlyList<string> Modules { get; } = ["xen-evtchn.ko.xz", "xen-gntdev.ko.xz", "xen-privcmd.ko.xz", "xenfs.ko.xz"];

    /// <param name="busybox">For dom0 and the domU.</param>
    /// <param name="parts">A directory with <see cref="Tools"/>, <see cref="Libraries"/>, <see cref="Kernel"/> and <see cref="Modules"/>.</param>
    public static byte[] Build(byte[] busybox, string parts)
    {
        IEnumerable<string> libraries = Directory.GetFiles(Path.Combine(parts, Libraries)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
        return Initramfs.Build(
            busybox,
            [
                .. Tools.Select(name => Part("bin/" + name, name)),
                .. libraries.Select(name => Part("lib/" + name, Path.Combine(Libraries, name))),
                .. Modules.Select(name => Part("modules/" + name, name)),
                new("bin/domu", Encoding.ASCII.GetBytes(StartDomU)),
                Part("second/Image", Kernel),
                new("second/initramfs.cpio", Initramfs.Build(busybox)),
            ]);

        InitramfsFile Part(string name, string part) => new(name, File.ReadAllBytes(Path.Combine(parts, part)));
    }
}
