// The parts of a dom0's initramfs, from Debian's packages: Xen's tools with their libraries, and a kernel with its own modules.

namespace Nestor.Tools.Guests;

public static class Dom0Parts
{
    private const string Package = "xen-utils-4.17";
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
        packages.CopyLibraries(Dom0Initramfs.Tools, Path.Combine(parts, Dom0Initramfs.Libraries));
        packages.Copy([Dom0Initramfs.ThreadLibrary], Path.Combine(parts, Dom0Initramfs.Libraries));
        packages.CopyKernel(Path.Combine(parts, Dom0Initramfs.Kernel));
        packages.Copy([.. Dom0Initramfs.Tools, .. Dom0Initramfs.Modules], parts);
        Directory.Move(parts, destination);
    }
}
