// Finds the repository from where this program lies, so that it works from any current directory.

namespace Nestor.Tools.Support;

public static class RepositoryRoot
{
    private static readonly Lazy<string> s_path = new(() => FindAbove(AppContext.BaseDirectory));

    public static string Path => s_path.Value;

    /// <summary>A path below out/, where everything that is built or fetched goes.</summary>
    public static string Out(params string[] parts) =>
        System.IO.Path.Combine([Path, "out", .. parts]);

    private static string FindAbove(string start)
    {
        for (DirectoryInfo? directory = new(start); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "tools", "tools.csproj")))
            {
                return directory.FullName;
            }
        }

        throw new UsageException($"no Nestor repository above {start}");
    }
}
