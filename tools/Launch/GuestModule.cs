// A further boot module of a guest: Xen's dom0 kernel and its ramdisk, the guest of an inner Nestor.
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

public sealed record GuestModule(string File, string Arguments, bool IsInitrd = false)
{
    // The word that QEMU's guest-loader has for it.
    private const string Initrd = "initrd=";

    /// <summary>Reads FILE[:ARGS] or initrd=FILE; a file with such a name is still found when it exists.</summary>
    public static GuestModule Parse(string text, string directory)
    {
        string whole = Path.GetFullPath(text, directory);
        if (System.IO.File.Exists(whole))
        {
            return new GuestModule(whole, "");
        }

        if (text.StartsWith(Initrd, StringComparison.Ordinal))
        {
            return new GuestModule(Full(text[Initrd.Length..], directory), "", IsInitrd: true);
        }

        int colon = text.IndexOf(':');
        return colon < 0
            ? new GuestModule(whole, "")
            : new GuestModule(Full(text[..colon], directory), text[(colon + 1)..]);
    }

    private static string Full(string file, string directory) =>
        file.Length > 0 ? Path.GetFullPath(file, directory) : throw new UsageException("a module's file name is empty");
}
