// What a guest hypervisor's initramfs is made of, taken out of Debian's packages: QEMU with the libraries that it needs,
// and a kernel with the modules that belong to exactly this kernel.

namespace Nestor.Tools.Guests;

public static class VmmParts
{
    private const string Package = "qemu-system-arm";
    private const string KernelPackage = "linux-image-cloud-arm64";
    private const string KernelSeries = "6.12";

    /// <summary>Makes the directory; it appears under its name only when it is whole.</summary>
    /// <param name="apt">Fetches the packages.</param>
    /// <param name="unpacked">An empty directory to work in.</param>
    /// <param name="destination">The directory to make.</param>
    public static void Fetch(AptRoot apt, string unpacked, string destination)
    {
        apt.ExtractWithDependencies(Package, unpacked);
        apt.Extract(KernelPackage, KernelSeries, unpacked);
        string parts = Path.Combine(unpacked, "parts");
        Directory.CreateDirectory(parts);

        UnpackedPackages packages = new($"{Package} and {KernelPackage}", unpacked);
        packages.CopyLibraries([VmmInitramfs.Vmm], Path.Combine(parts, VmmInitramfs.Libraries));
        packages.CopyKernel(Path.Combine(parts, VmmInitramfs.Kernel));
        packages.Copy([VmmInitramfs.Vmm, .. VmmInitramfs.Modules], parts);
        Directory.Move(parts, destination);
    }
}
