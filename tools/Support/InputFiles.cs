// The files that a user names, as files that can be read as often as it takes: by the launcher, which looks into them, and by
// QEMU. What comes through a pipe (`<(...)`, /dev/stdin, a FIFO) is read once, into a file of ours. Messages then still have the
// user's name for it.

namespace Nestor.Tools.Support;

/// <summary>Files for one command, which go with it.</summary>
public sealed class InputFiles : IDisposable
{
    // These lead to descriptors of this process, which are others in QEMU.
    private static readonly string[] s_descriptors = ["/dev/fd/", "/dev/stdin", "/proc/"];

    private readonly Dictionary<string, string> _copies = [];
    private readonly Dictionary<string, string> _names = [];
    private readonly HashSet<string> _read = [];
    private ScratchDirectory? _scratch;

    /// <summary>The path of a regular file with the same contents; the path itself if it is one, or if there is nothing to read.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="most">More bytes than these are refused where the size is not known beforehand.</param>
    /// <param name="limit">Who says so, in words.</param>
    public string Regular(string path, long most, string limit)
    {
        if (_copies.TryGetValue(path, out string? copy))
        {
            return copy;
        }

        FileKind kind = FileKinds.Of(path);
        if (kind is FileKind.CharacterDevice or FileKind.BlockDevice or FileKind.Socket)
        {
            throw new UsageException($"{path} is a {(kind == FileKind.Socket ? "socket" : "device")}, not a file");
        }

        bool isDescriptor = kind == FileKind.Regular && s_descriptors.Any(start => path.StartsWith(start, StringComparison.Ordinal));
        if (kind != FileKind.Pipe && !isDescriptor)
        {
            _read.Add(path);
            return path;
        }

        copy = Place(path);
        try
        {
            using FileStream from = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream to = new(copy, FileMode.CreateNew, FileAccess.Write);
            Copy(from, to, most, () => new UsageException($"{path} has more than {limit}"));
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read");
        }

        _copies.Add(path, copy);
        return copy;
    }

    /// <summary>A path for a file that stands for another one.</summary>
    public string Place(string path)
    {
        _scratch ??= ScratchDirectory.Create("nestor-in-");
        string place = _scratch.File(FormattableString.Invariant($"{_names.Count}"));
        _names.Add(place, Name(path));
        return place;
    }

    /// <summary>Refuses a file that is to be written although the command reads it.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file; null for none.</param>
    /// <exception cref="UsageException">It is one that has been asked for here.</exception>
    public void RefuseToWrite(string option, string? path)
    {
        if (path is not null && _read.FirstOrDefault(read => FileKinds.AreSame(read, path)) is { } same)
        {
            throw new UsageException($"{option}: {path} would be overwritten, and this command reads it{(same == path ? "" : $" as {same}")}");
        }
    }

    /// <summary>A message with the user's names for the files.</summary>
    public string Name(string message)
    {
        // The longest first: a path may begin with another one.
        foreach ((string place, string name) in _names.OrderByDescending(pair => pair.Key.Length))
        {
            message = message.Replace(place, name, StringComparison.Ordinal);
        }

        return message;
    }

    public void Dispose() => _scratch?.Dispose();

    private static void Copy(Stream from, Stream to, long most, Func<Exception> refusal)
    {
        byte[] block = new byte[1 << 20];
        int read;
        for (long all = 0; (read = from.Read(block)) != 0; to.Write(block, 0, read))
        {
            all += read;
            if (all > most)
            {
                throw refusal();
            }
        }
    }
}
