// A directory for files that live no longer than a command. TMPDIR chooses the place. Error messages name TMPDIR.
using System.Text;

namespace Nestor.Tools.Support;

/// <summary>A new directory, which goes with everything in it when it is disposed of.</summary>
public sealed class ScratchDirectory : IDisposable
{
    // struct sockaddr_un has 108 bytes, the last of them a zero. Names of sockets here are shorter than this.
    private const int LongestSocketPath = 107;
    private const int LongestName = 16;

    // Where a socket may be when TMPDIR is too long for one, or has what QEMU's monitor would split.
    private static readonly string[] s_socketPlaces = ["/tmp", "/dev/shm", "/var/tmp"];

    private ScratchDirectory(string path) => Path = path;

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Makes one below TMPDIR.</summary>
    /// <param name="prefix">What its name begins with.</param>
    /// <exception cref="UsageException">No directory can be made there.</exception>
    public static ScratchDirectory Create(string prefix)
    {
        string place = System.IO.Path.GetTempPath();
        try
        {
            return new ScratchDirectory(System.IO.Path.GetFullPath(Directory.CreateTempSubdirectory(prefix).FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bool isNamed = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TMPDIR"));
            string why = Directory.Exists(place) ? "no directory can be made in it" : "there is no such directory";
            throw new UsageException(
                $"{(isNamed ? "TMPDIR is" : "the directory for temporary files is")} {place.TrimEnd('/')}: {why}; set TMPDIR to a directory that can be written");
        }
    }

    /// <summary>Makes one whose path leaves room for the name of a socket: below TMPDIR, or elsewhere if that is too long.</summary>
    /// <param name="prefix">What its name begins with.</param>
    /// <exception cref="UsageException">No directory can be made anywhere.</exception>
    public static ScratchDirectory ForSockets(string prefix)
    {
        ScratchDirectory usual = Create(prefix);
        if (IsFit(usual.Path))
        {
            return usual;
        }

        usual.Dispose();
        foreach (string place in s_socketPlaces)
        {
            try
            {
                string path = System.IO.Path.Combine(place, prefix + Guid.NewGuid().ToString("n")[..12]);
                if (Directory.Exists(place) && !Directory.Exists(path))
                {
                    Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                    return new ScratchDirectory(path);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next one.
            }
        }

        throw new UsageException(
            $"TMPDIR is {System.IO.Path.GetTempPath().TrimEnd('/')}, which is too long for the path of a socket, and none of {string.Join(", ", s_socketPlaces)} can be written; set TMPDIR to a shorter directory");
    }

    /// <summary>Why no socket can have this path, in words; null when one can.</summary>
    public static string? ProblemOfSocket(string path) => Encoding.UTF8.GetByteCount(path) is > LongestSocketPath and int length
        ? FormattableString.Invariant($"its path has {length} bytes, and that of a socket at most {LongestSocketPath}") : null;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else has tidied up, or owns a part of it; that changes nothing about the command.
        }
    }

    private static bool IsFit(string path) =>
        Encoding.UTF8.GetByteCount(path) + 1 + LongestName <= LongestSocketPath
        && path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-');
}
