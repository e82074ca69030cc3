// The stock files that guests are made of.
namespace Nestor.Tools.Guests;

public enum GuestKind
{
    /// <summary>Debian's cloud kernel 6.12, an arm64 Image.</summary>
    Linux612,

    /// <summary>Debian's cloud kernel 6.1, an arm64 Image.</summary>
    Linux61,

    /// <summary>busybox for arm64, statically linked.</summary>
    Busybox,

    /// <summary>Our initramfs: busybox and an /init.</summary>
    Initramfs,

    /// <summary>An initramfs with Debian's QEMU, and a kernel and an initramfs for its guests.</summary>
    VmmInitramfs,

    /// <summary>U-Boot for QEMU's virt machine, firmware for address 0.</summary>
    UBoot,

    /// <summary>The Xen hypervisor 4.17, an arm64 Image.</summary>
    Xen,

    /// <summary>Debian's cloud kernel 6.12 for a dom0: the one that the modules in <see cref="Dom0Initramfs"/> belong to.</summary>
    Dom0Kernel,

    /// <summary>An initramfs with Xen's tools, and a kernel and an initramfs for a domU.</summary>
    Dom0Initramfs,
}
