// Finds a program on PATH, under its own name or with a version behind it (llvm-mc-14), and in the
// directories where Debian keeps LLVM and administrators keep theirs.
using System.Globalization;
using Nestor.Tools.Support;

namespace Nestor.Tools.Dependencies;

public static class ToolFinder
{
    /// <summary>The path of the program, or null.</summary>
    public static string? Find(string program) => Find(program, [.. PathDirectories(), .. LlvmDirectories()]);

    /// <summary>The program that a user named, by its path or as a shell would find it; or null.</summary>
    public static string? FindNamed(string name) =>
        !name.Contains('/') ? Find(name, [.. PathDirectories()]) : IsProgram(name) ? Path.GetFullPath(name) : null;

    /// <summary>The same in these directories only.</summary>
    public static string? Find(string program, IReadOnlyList<string> directories)
    {
        return directories.Select(directory => Path.Combine(directory, program)).FirstOrDefault(IsProgram)
            ?? directories.SelectMany(directory => Versioned(directory, program)).OrderByDescending(found => found.Version)
                .Select(found => found.Path).FirstOrDefault();
    }

    /// <summary>The path of the program; one clear line when it is missing.</summary>
    public static string Require(string program) =>
        Find(program) ?? throw new UsageException($"{program} is needed and was not found");

    private static IEnumerable<string> PathDirectories() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(Directory.Exists);

    private static IEnumerable<string> LlvmDirectories() =>
        Directory.Exists("/usr/lib")
            ? Directory.EnumerateDirectories("/usr/lib", "llvm-*").OrderDescending().Select(llvm => Path.Combine(llvm, "bin"))
                .Where(Directory.Exists)
            : [];

    private static IEnumerable<(int Version, string Path)> Versioned(string directory, string program)
    {
        foreach (string path in Directory.EnumerateFiles(directory, program + "-*"))
        {
            string suffix = Path.GetFileName(path)[(program.Length + 1)..];
            if (int.TryParse(suffix, NumberStyles.None, CultureInfo.InvariantCulture, out int version) && IsProgram(path))
            {
                yield return (version, path);
            }
        }
    }

    private static bool IsProgram(string path)
    {
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (File.GetUnixFileMode(path) & Executable) != 0;
    }
}
