// A guest's files as Nestor can take them: whole files on the disk, kernels unpacked.
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

/// <summary>Makes them ready, before anything else looks at them.</summary>
/// <param name="files">Where they are kept.</param>
public sealed class GuestFiles(InputFiles files)
{
    private readonly Dictionary<string, string> _unpacked = [];

    /// <summary>The same guest with files that are ready.</summary>
    /// <exception cref="UsageException">A file cannot be read, or is damaged.</exception>
    public GuestRequest Ready(GuestRequest guest)
    {
        long most = guest.Memory ?? GuestDescription.DefaultMemory;
        string limit = $"the guest's memory of {MemorySize.Show(most)}";
        return guest with
        {
            Kernel = Ready(guest.Kernel, WrappedKernel.Unpack),
            Initrd = Ready(guest.Initrd, WrappedKernel.UnpackInitrd),
            Bios = Ready(guest.Bios, static _ => null),
            Modules = [.. guest.Modules.Select(module => module with { File = Ready(module.File, module.IsInitrd ? static _ => null : WrappedKernel.UnpackModule)! })],
            Symbols = guest.Symbols is "" ? "" : Ready(guest.Symbols, WrappedKernel.Unpack),
        };

        string? Ready(string? path, Func<string, byte[]?> unpack) => path is null ? null : Unpacked(files.Regular(path, most, limit), unpack);
    }

    /// <summary>A program with symbols, ready.</summary>
    public string Program(string path) => Unpacked(files.Regular(path, 1L << 31, "2 GiB"), WrappedKernel.Unpack);

    // One copy of a kernel that is named twice.
    private string Unpacked(string path, Func<string, byte[]?> unpack)
    {
        if (_unpacked.TryGetValue(path, out string? before))
        {
            return before;
        }

        if (unpack(path) is not { } plain)
        {
            return path;
        }

        string place = files.Place(path);
        File.WriteAllBytes(place, plain);
        _unpacked.Add(path, place);
        return place;
    }
}
