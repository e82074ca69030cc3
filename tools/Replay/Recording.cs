// A run that QEMU recorded, in a directory that has all of it: QEMU's command line, copies of the images, and the log of what came
// from outside (keys, the clock). The same QEMU with the same files goes through the same instructions again.
using System.Security.Cryptography;
using System.Text.Json;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Replay;

/// <param name="Version">Of this format.</param>
/// <param name="Qemu">What the QEMU that recorded says its version is.</param>
/// <param name="Escape">The key that opens the monitor.</param>
/// <param name="Arguments">Its command line without log and watchers; <see cref="Here"/> stands for the directory.</param>
/// <param name="Files">The files in the directory that QEMU loads, and their SHA-256.</param>
public sealed record Recording(int Version, string Qemu, int Escape, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Files)
{
    public const int CurrentVersion = 2;

    private const string Here = "@recording@";
    private const string IndexName = "recording.json";
    private const string LogName = "events";
    private const string Symbols = "nestor.elf";

    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true };

    /// <summary>What can be said before anything is built: where a recording is to be must be new or empty.</summary>
    /// <returns>The full path.</returns>
    /// <exception cref="UsageException">It is neither.</exception>
    public static string CheckNew(string directory, MachineDescription machine)
    {
        string path = directory.Length > 0 ? Path.GetFullPath(directory) : throw new UsageException("--record: a file name is empty");
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new UsageException($"--record: {path} is there already and not empty");
        }

        if (machine.HostCpus > 1)
        {
            throw new UsageException("--record: QEMU records machines of one CPU only; --host-cpus must be 1");
        }

        if (machine.GuestGdbPort is not null)
        {
            throw new UsageException("--record and --gdb do not go together; gdb may come later: replay DIR --live --gdb PORT");
        }

        return WritablePlace.ProblemOfDirectory(path) is { } why ? throw new UsageException($"--record: {path} cannot be made: {why}") : path;
    }

    /// <summary>Fills the directory with all but the log.</summary>
    /// <returns>The machine that makes the log while it runs.</returns>
    public static MachineDescription Create(string directory, MachineDescription machine, string qemu)
    {
        Directory.CreateDirectory(directory);
        Dictionary<string, string> files = [];
        machine = machine with
        {
            HostCpus = 1,
            HasIdleStub = true,
            Words = [.. machine.Words, "recorded"],
            Kernel = Keep(machine.Kernel, "nestor"),
            Guests = [.. machine.Guests.Select(guest => guest with
            {
                Kernel = guest.Kernel is null ? null : Keep(guest.Kernel, guest.Name + "-kernel"),
                Bios = guest.Bios is null ? null : Keep(guest.Bios, guest.Name + "-bios"),
                Initrd = guest.Initrd is null ? null : Keep(guest.Initrd, guest.Name + "-initrd"),
                Symbols = guest.Symbols is null ? null : Keep(guest.Symbols, guest.Name + "-symbols"),
                Modules = [.. guest.Modules.Select((module, i) => module with { File = Keep(module.File, FormattableString.Invariant($"{guest.Name}-module{i}")) })],
            })],
        };
        File.Copy(RepositoryRoot.Out(Symbols), Path.Combine(directory, Symbols));
        IReadOnlyList<string> line = QemuCommandLine.Build(machine with { Icount = false, Log = null, QmpSocket = null }, null);
        Recording recording = new(
            CurrentVersion, VersionOf(qemu), machine.Escape, [.. line.Select(word => word.Replace(InLists(directory), Here, StringComparison.Ordinal).Replace(directory, Here, StringComparison.Ordinal))], files);
        File.WriteAllText(Path.Combine(directory, IndexName), JsonSerializer.Serialize(recording, s_readable) + "\n");
        return machine with { Events = Path.Combine(directory, LogName) };

        string Keep(string file, string name)
        {
            string copy = Path.Combine(directory, name);
            File.Copy(file, copy);
            files.Add(name, Hash(copy));
            return copy;
        }
    }

    /// <summary>The machine that goes through a recorded run again.</summary>
    /// <exception cref="UsageException">It is no recording, or not this QEMU's, or a file has changed.</exception>
    public static MachineDescription Open(string directory, string qemu)
    {
        string path = Path.GetFullPath(directory);
        Recording recording = Read(path);
        if (VersionOf(qemu) is { } version && version != recording.Qemu)
        {
            throw new UsageException($"{path} was recorded by {recording.Qemu}; this is {version}");
        }

        foreach ((string name, string hash) in recording.Files)
        {
            string file = Path.Combine(path, name);
            if (!File.Exists(file) || Hash(file) != hash)
            {
                throw new UsageException($"{file} is not the file that was recorded");
            }
        }

        string log = Path.Combine(path, LogName);
        return File.Exists(log)
            ? new MachineDescription { Events = log, Escape = recording.Escape, KernelSymbols = SymbolsOf(path), Replayed = [.. recording.Arguments.Select(word => Place(word, path))] }
            : throw new UsageException($"{log} does not exist");
    }

    /// <summary>The image with symbols that belongs to a recording.</summary>
    public static string SymbolsOf(string directory) => Path.Combine(Path.GetFullPath(directory), Symbols);

    private static Recording Read(string directory)
    {
        string index = Path.Combine(directory, IndexName);
        if (!File.Exists(index))
        {
            throw new UsageException($"{directory} is no recording: {index} does not exist");
        }

        try
        {
            Recording? recording = JsonSerializer.Deserialize<Recording>(File.ReadAllText(index));
            if (recording is not { Version: CurrentVersion })
            {
                throw new UsageException($"{index} is of version {recording?.Version ?? 0}; this is version {CurrentVersion}");
            }

            return recording is { Qemu: not null, Escape: not 0, Arguments: not null, Files: not null } ? recording : throw new UsageException($"{index} lacks something");
        }
        catch (JsonException e)
        {
            throw new UsageException(FormattableString.Invariant($"{index} is damaged: it is not what --record writes from line {e.LineNumber + 1 ?? 1} on"));
        }
    }

    // -kernel takes a path as it is; the lists of key=value write a comma twice.
    private static string Place(string word, string directory) =>
        word.Replace(Here, word.StartsWith(Here, StringComparison.Ordinal) ? directory : InLists(directory), StringComparison.Ordinal);

    private static string InLists(string path) => path.Replace(",", ",,", StringComparison.Ordinal);

    private static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string VersionOf(string qemu) => ChildProcess.Run(qemu, ["--version"]).Output.Split('\n')[0].Trim();
}
