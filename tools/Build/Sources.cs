// Whether a result is older than what it is made from.

namespace Nestor.Tools.Build;

internal static class Sources
{
    /// <summary>Whether the target exists and none of the files, and no file below the folders, is newer. What builds leave in obj and bin does not count.</summary>
    public static bool AreOlder(string target, IEnumerable<string> sources)
    {
        if (!File.Exists(target))
        {
            return false;
        }

        DateTime made = File.GetLastWriteTimeUtc(target);
        return sources.SelectMany(s => File.Exists(s) ? [s] : Directory.EnumerateFiles(s, "*", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .All(f => File.GetLastWriteTimeUtc(f) <= made);
    }
}
