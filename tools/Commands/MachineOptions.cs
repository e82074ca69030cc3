// The options that describe the machine and how to watch it; run, debug and demo share them.
using System.CommandLine;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

internal sealed class MachineOptions
{
    private const int LongestTimeout = 1_000_000;

    private readonly Option<int?> _cpus = NumberOption.Create(
        "--host-cpus", "N", "CPUs of the machine, 1 to 8 (default: as many as the guests have)");

    private readonly Option<string?> _memory = new("--host-memory")
    {
        HelpName = "SIZE",
        Description = "memory of the machine (default: 1G and the guests')",
    };

    private readonly Option<bool> _icount = new("--icount") { Description = "count instructions, not time: the same run each time" };

    private readonly Option<int?> _timeout = NumberOption.Create(
        "--timeout", "S", "give up after S seconds, with status 3");

    private readonly Option<string?> _log = new("--log")
    {
        HelpName = "FILE",
        Description = "copy the console into FILE",
    };

    private readonly Option<string?> _trace = new("--trace")
    {
        HelpName = "FILE",
        Description = "at the end write the last exits of each CPU into FILE, for the command trace",
    };

    private readonly Option<string?> _postMortem = new("--post-mortem")
    {
        HelpName = "DIR",
        Description = "when the run fails or times out, write into DIR what can be known, why.txt first",
    };

    private readonly Option<string?> _qmp = new("--qmp")
    {
        HelpName = "SOCKET",
        Description = "serve QEMU's machine protocol on SOCKET, for trace --live",
    };

    private readonly Option<string?> _escape = new("--escape")
    {
        HelpName = "KEY",
        Description = "the key that opens the monitor (default: ^])",
    };

    private readonly Option<int?> _gdb = NumberOption.Create(
        "--gdb", "PORT", "let gdb debug the guests through this port of localhost");

    private readonly Option<bool> _gdbWait = new("--gdb-wait") { Description = "guests wait for gdb before their first instruction" };

    private readonly Option<string?> _qemu = new("--qemu")
    {
        HelpName = "PATH",
        Description = "the QEMU to use",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_cpus, _memory, _icount, _timeout, _log, _trace, _postMortem, _qmp, _escape, _gdb, _gdbWait, _qemu])
        {
            command.Add(option);
        }
    }

    public string? Qemu(ParseResult parsed) => parsed.GetValue(_qemu);

    public int? Timeout(ParseResult parsed) => Timeout(parsed, _timeout);

    /// <summary>The seconds of a --timeout, checked.</summary>
    public static int? Timeout(ParseResult parsed, Option<int?> option)
    {
        int? seconds = parsed.GetValue(option);
        return seconds is not (< 1 or > LongestTimeout)
            ? seconds
            : throw new UsageException($"--timeout is {seconds}; it must be 1 to {LongestTimeout}");
    }

    /// <summary>The full path of a file that an option wants written, checked; null for none.</summary>
    public static string? Writable(string option, string? file)
    {
        if (file is null)
        {
            return null;
        }

        string path = file.Length > 0 ? Path.GetFullPath(file) : throw new UsageException($"{option}: a file name is empty");
        return WritablePlace.ProblemOfFile(path) is { } why ? throw new UsageException($"{option}: {path} cannot be written: {why}") : path;
    }

    public MachineDescription Machine(ParseResult parsed, IReadOnlyList<string> qemuArguments)
    {
        // Builds and runs need a directory for temporary files, and builds do not say so.
        ScratchDirectory.Create("nestor-").Dispose();
        MachineDescription machine = Described(parsed, qemuArguments);
        return machine.Log is { } log && machine.Trace is { } trace && FileKinds.Of(log) is FileKind.Regular or FileKind.None && FileKinds.AreSame(log, trace)
            ? throw new UsageException($"--log and --trace are one file, {log}")
            : machine;
    }

    private MachineDescription Described(ParseResult parsed, IReadOnlyList<string> qemuArguments) => new()
    {
        HostCpus = parsed.GetValue(_cpus),
        HostMemory = parsed.GetValue(_memory) is { } size ? MemorySize.Parse(size, "--host-memory") : null,
        Icount = parsed.GetValue(_icount),
        Log = Writable("--log", parsed.GetValue(_log)),
        Trace = Writable("--trace", parsed.GetValue(_trace)),
        PostMortem = Empty(parsed.GetValue(_postMortem)),
        QmpSocket = parsed.GetValue(_qmp) is { } socket ? Socket(socket) : null,
        Escape = parsed.GetValue(_escape) is { } key ? EscapeKey.Parse(key) : EscapeKey.Default,
        GuestGdbPort = GdbPort(parsed),
        GuestsWait = parsed.GetValue(_gdbWait),
        QemuArguments = qemuArguments,
    };

    /// <summary>The port of a --gdb, checked.</summary>
    public static int? GdbPort(ParseResult parsed, Option<int?> option)
    {
        const int LargestPort = 65535;
        int? port = parsed.GetValue(option);
        return port is not (< 1 or > LargestPort) ? port : throw new UsageException($"--gdb is {port}; it must be 1 to {LargestPort}");
    }

    private int? GdbPort(ParseResult parsed)
    {
        int? port = GdbPort(parsed, _gdb);
        return port is not null || !parsed.GetValue(_gdbWait) ? port : throw new UsageException("--gdb-wait needs --gdb PORT");
    }

    private static string Socket(string name)
    {
        string path = name.Length > 0 ? Path.GetFullPath(name) : throw new UsageException("--qmp: a file name is empty");
        return WritablePlace.ProblemOfSocket(path) is { } why ? throw new UsageException($"--qmp: {path} cannot be written: {why}") : path;
    }

    private static string? Empty(string? directory)
    {
        if (directory is null)
        {
            return null;
        }

        string path = directory.Length > 0 ? Path.GetFullPath(directory) : throw new UsageException("--post-mortem: a file name is empty");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new UsageException($"--post-mortem: {path} is there already and not empty");
        }

        return WritablePlace.ProblemOfDirectory(path) is { } why ? throw new UsageException($"--post-mortem: {path} cannot be made: {why}") : path;
    }
}
