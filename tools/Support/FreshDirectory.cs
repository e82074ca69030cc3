// Directories that something is unpacked into or built in: what an earlier attempt left there must not get among it.

namespace Nestor.Tools.Support;

/// <summary>Makes and removes them.</summary>
public static class FreshDirectory
{
    /// <summary>Makes an empty directory in place of whatever is in it.</summary>
    public static void Make(string path)
    {
        Remove(path);
        Directory.CreateDirectory(path);
    }

    /// <summary>Removes a directory with everything in it; one that is not there is no fault.</summary>
    public static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
