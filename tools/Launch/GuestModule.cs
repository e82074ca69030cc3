// A further boot module of a guest: Xen's dom0 kernel, the guest of an inner Nestor.

namespace Nestor.Tools.Launch;

public sealed record GuestModule(string File, string Arguments)
{
    /// <summary>Reads FILE[:ARGS]; a file whose name holds a colon is still found when it exists.</summary>
    public static GuestModule Parse(string text, string directory)
    {
        int colon = text.IndexOf(':');
        string whole = Path.GetFullPath(text, directory);
        return colon < 0 || System.IO.File.Exists(whole)
            ? new GuestModule(whole, "")
            : new GuestModule(Path.GetFullPath(text[..colon], directory), text[(colon + 1)..]);
    }
}
