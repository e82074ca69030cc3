// What a guest hypervisor's initramfs is made of, taken out of Debian's packages: QEMU with the libraries that it needs,
// and a kernel with the modules that belong to exactly this kernel.
using Nestor.Tools.Support;

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
        Directory.CreateDirectory(Path.Combine(parts, VmmInitramfs.Libraries));

        string vmm = Find(unpacked, VmmInitramfs.Vmm);
        File.Copy(vmm, Path.Combine(parts, VmmInitramfs.Vmm));
        foreach ((string name, string file) in SharedLibraries.Closure(vmm, unpacked))
        {
            // Not File.Copy, which would keep a link a link.
            File.WriteAllBytes(Path.Combine(parts, VmmInitramfs.Libraries, name), File.ReadAllBytes(file));
        }

        File.WriteAllBytes(Path.Combine(parts, VmmInitramfs.Kernel), Packed.Plain(File.ReadAllBytes(Find(Path.Combine(unpacked, "boot"), "vmlinuz-*"))));
        foreach (string module in VmmInitramfs.Modules)
        {
            File.Copy(Find(unpacked, module), Path.Combine(parts, module));
        }

        Directory.Move(parts, destination);
    }

    private static string Find(string directory, string pattern) =>
        Directory.GetFiles(directory, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault()
        ?? throw new UsageException($"no package of {Package} and {KernelPackage} holds {pattern}");
}
