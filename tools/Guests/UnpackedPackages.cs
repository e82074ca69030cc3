// Debian packages that were unpacked into one directory, and the files that an initramfs takes from them.
using Nestor.Tools.Support;

namespace Nestor.Tools.Guests;

/// <param name="packages">The names of the packages, for error messages.</param>
/// <param name="root">The directory that they were unpacked into.</param>
public sealed class UnpackedPackages(string packages, string root)
{
    /// <summary>The path of the first file whose name matches.</summary>
    public string Find(string pattern) =>
        Directory.GetFiles(root, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault()
        ?? throw new UsageException($"no package of {packages} holds {pattern}");

    /// <summary>Copies the files that match a name each.</summary>
    public void Copy(IEnumerable<string> names, string destination)
    {
        foreach (string name in names)
        {
            File.Copy(Find(name), Path.Combine(destination, name));
        }
    }

    /// <summary>Copies the shared libraries that programs need.</summary>
    public void CopyLibraries(IEnumerable<string> programs, string destination)
    {
        Directory.CreateDirectory(destination);
        foreach ((string name, string file) in programs.SelectMany(program => SharedLibraries.Closure(Find(program), root)))
        {
            // File.Copy would keep a link a link.
            File.WriteAllBytes(Path.Combine(destination, name), File.ReadAllBytes(file));
        }
    }

    /// <summary>Copies the kernel, unpacked.</summary>
    public void CopyKernel(string destination) => File.WriteAllBytes(destination, Packed.Plain(File.ReadAllBytes(Find("vmlinuz-*"))));
}
