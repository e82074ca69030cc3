// Runs one machine from start to verdict: QEMU as a child on this terminal, watched over QMP.
using Nestor.Tools.Inspect;
using Nestor.Tools.PostMortem;
using Nestor.Tools.Snapshots;
using Nestor.Tools.Support;
using Nestor.Tools.Traces;

namespace Nestor.Tools.Launch;

public sealed class Launcher
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly string _qemu;
    private MachineDescription _machine;
    private readonly int? _timeout;
    private readonly Endings? _endings;
    private readonly List<string> _problems = [];
    private ConsoleLog? _log;
    private string? _console;

    public Launcher(string qemu, MachineDescription machine, int? timeoutSeconds)
    {
        _qemu = qemu;
        _machine = machine;
        _timeout = timeoutSeconds;
    }

    /// <summary>For a machine that is not the beginning of its run.</summary>
    /// <param name="qemu">The program.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="endings">Of the whole run.</param>
    public Launcher(string qemu, MachineDescription machine, Endings endings)
        : this(qemu, machine, timeoutSeconds: null) => _endings = endings;

    /// <summary>For a person at the terminal, whose Ctrl-C goes to the guest.</summary>
    /// <param name="processId">The process that ends the machine when it is ended.</param>
    public static string Hint(int processId, int escape = EscapeKey.Default) =>
        FormattableString.Invariant($"{EscapeKey.Show(escape)} opens Nestor's monitor (help lists its commands); from another terminal: kill {processId}");

    /// <summary>Runs to the end and gives the exit status; explains anything but success in one line.</summary>
    public async Task<int> RunAsync()
    {
        using ScratchDirectory directory = ScratchDirectory.ForSockets("nestor-");
        using ConsoleLog? log = Log(directory);
        using GdbRelay? relay = Relay(directory.File("gdb"));
        using Terminal terminal = new();
        Verdict verdict = await RunAsync(directory.File("qmp"), terminal).ConfigureAwait(false);
        terminal.Dispose();
        log?.Dispose();
        KeepConsole(verdict);
        if (verdict.Message is not null)
        {
            Progress.Line(verdict.Message);
        }

        CheckRecording();
        if (StandardStream.ProblemOfOutput() is { } why)
        {
            _problems.Add($"standard output does not have all of the console: {why}");
        }

        _problems.AddRange(log?.Problems ?? []);
        _problems.ForEach(Progress.Line);
        return verdict.Status == ExitStatus.Success && _problems.Count > 0 ? ExitStatus.Failure : verdict.Status;
    }

    private ConsoleLog? Log(ScratchDirectory directory)
    {
        if (_machine.Log is null && _machine.PostMortem is null)
        {
            return null;
        }

        _console = _machine.PostMortem is null ? null : directory.File("console.log");
        _log = new ConsoleLog(directory.File("console"), _machine.Log, _console);
        _machine = _machine with { Log = _log.Pipe };
        return _log;
    }

    private GdbRelay? Relay(string socketPath)
    {
        if (_machine.GuestGdbPort is not null || _machine.IsLive)
        {
            _machine = _machine with { GuestGdbSocket = socketPath };
        }

        if (_machine.GuestGdbPort is not { } port)
        {
            return null;
        }

        GdbRelay relay = new(port, socketPath);
        Progress.Line($"gdb for the guests{(_machine.GuestsWait ? ", which wait for it" : "")}; type in another terminal:");
        // A machine that QEMU records is slow, and may not answer within gdb's two seconds.
        Progress.Line($"  gdb-multiarch {(_machine.IsLive ? "-ex 'set remotetimeout 60' " : "")}-ex 'target remote :{relay.Port}'");
        return relay;
    }

    private async Task<Verdict> RunAsync(string socketPath, Terminal terminal)
    {
        using Endings? own = _endings is null ? new Endings(_timeout) : null;
        if (terminal.IsTerminal && _machine.Replayed is null)
        {
            Progress.Line(Hint(Environment.ProcessId, _machine.Escape));
        }

        await using QemuChild qemu = QemuChild.Start(_qemu, _machine, socketPath);
        return await WatchAsync(qemu, own ?? _endings!).ConfigureAwait(false);
    }

    private async Task<Verdict> WatchAsync(QemuChild qemu, Endings endings)
    {
        QmpClient? qmp = null;
        SnapshotSaver? saver = null;
        try
        {
            await Task.WhenAny(qemu.Connected, qemu.Ended, endings.Any).ConfigureAwait(false);
            Task<string?> reason = Task.FromResult<string?>(null);
            TaskCompletionSource<string?> halted = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (qemu.Connected.IsCompletedSuccessfully)
            {
                qmp = await qemu.Connected.ConfigureAwait(false);
                saver = new SnapshotSaver(qmp, _machine.KernelSymbols, Directory.GetCurrentDirectory(), Progress.Line);
                reason = MachineEvents.ReasonAsync(qmp, saver, why =>
                {
                    halted.TrySetResult(why);
                    return Task.CompletedTask;
                });
                if (_machine.IsLive)
                {
                    await HostTimer.WakeAsync(_machine.GuestGdbSocket!).ConfigureAwait(false);
                }

                if (_machine.Events is not null && (_machine.Replayed is null || _machine.IsLive))
                {
                    _ = Attention.KeepAsync(qmp, qemu.Ended);
                }

                if (_machine.GdbPort is null)
                {
                    await qmp.ExecuteAsync("cont").ConfigureAwait(false);
                }

                await Task.WhenAny(qemu.Ended, endings.Any, _machine.StaysAtEnd ? halted.Task : qemu.Ended).ConfigureAwait(false);
            }

            if (!qemu.Ended.IsCompleted)
            {
                // Before it is told to quit, which halts it too.
                bool hasHalted = halted.Task.IsCompleted;
                if (qmp is not null && saver is not null && _machine.StaysAtEnd)
                {
                    string? why = endings.IsSignalled ? null : hasHalted ? BadEnd(await halted.Task.ConfigureAwait(false)) : endings.Verdict?.Message;
                    await KeepAsync(qmp, saver, why).ConfigureAwait(false);
                }

                await qemu.QuitAsync().ConfigureAwait(false);
                if (endings.Verdict is { } verdict && (endings.IsSignalled || !hasHalted))
                {
                    return verdict;
                }

                await qemu.KillAsync().ConfigureAwait(false);
            }

            return _machine.Replayed is null || _machine.IsLive
                ? Verdict.Of(await reason.WaitAsync(s_patience).ConfigureAwait(false), qemu.ExitCode)
                : Verdict.OfReplay(qemu.ExitCode);
        }
        catch (QmpException)
        {
            // QEMU went away in the middle of a word; its exit status says the rest.
            await qemu.WaitForEndAsync().ConfigureAwait(false);
            return Verdict.Of(null, qemu.ExitCode);
        }
    }

    // What is to be kept of a machine that has ended or is about to.
    private async Task KeepAsync(QmpClient qmp, SnapshotSaver saver, string? why)
    {
        try
        {
            await qmp.ExecuteAsync("stop").WaitAsync(s_patience).ConfigureAwait(false);
            if (_machine.Trace is { } file)
            {
                TraceFile trace = await TraceReader.ReadAsync(qmp).ConfigureAwait(false);
                await File.WriteAllBytesAsync(file, trace.ToBytes()).ConfigureAwait(false);
            }

            if (why is not null && _machine.PostMortem is { } directory)
            {
                await PostMortemReport.WriteAsync(directory, qmp, hasNestor: true, why, awaited: null, Console).ConfigureAwait(false);
                if (_machine.Events is null)            // a recorded machine refuses: the button would not be in the recording
                {
                    await LastSnapshots.AddAsync(directory, qmp, saver).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is QmpException or InspectionException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            _problems.Add($"the machine's memory could not be kept: {e.Message}");
        }
    }

    private static string? BadEnd(string? reason) => Verdict.Of(reason, 0) is { Status: not ExitStatus.Success } bad ? bad.Message : null;

    private string Console()
    {
        _log?.Drain();
        return _console is { } console && File.Exists(console) ? File.ReadAllText(console) : "";
    }

    // QEMU says that it could not write its log of events, and goes on. A disk that is full now was so then.
    private void CheckRecording()
    {
        if (_machine.Events is { } events && _machine.Replayed is null && WritablePlace.ProblemOfSpace(Path.GetDirectoryName(events)!) is { } why)
        {
            _problems.Add($"--record: {events} is cut off, and the run cannot be replayed: {why}");
        }
    }

    // Beside what was read from the machine, if there still was one to read.
    private void KeepConsole(Verdict verdict)
    {
        if (_machine.PostMortem is not { } directory || verdict.Status is not (ExitStatus.Failure or ExitStatus.Timeout))
        {
            return;
        }

        try
        {
            if (!File.Exists(Path.Combine(directory, "why.txt")))
            {
                PostMortemReport.WriteWhy(directory, verdict.Message ?? "", awaited: null, Console());
            }

            File.WriteAllText(Path.Combine(directory, "console.log"), Console());
            Progress.Line($"what is known is in {directory}; read why.txt first");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Add($"--post-mortem: {e.Message}");
        }
    }
}
