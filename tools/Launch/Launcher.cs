// Runs one machine from start to verdict: QEMU as a child on this terminal, watched over QMP.
using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Nestor.Tools.Inspect;
using Nestor.Tools.PostMortem;
using Nestor.Tools.Snapshots;
using Nestor.Tools.Support;
using Nestor.Tools.Traces;

namespace Nestor.Tools.Launch;

public sealed class Launcher
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private static readonly PosixSignal[] s_endings =
        [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private readonly string _qemu;
    private MachineDescription _machine;
    private readonly int? _timeout;
    private string? _log;

    public Launcher(string qemu, MachineDescription machine, int? timeoutSeconds)
    {
        _qemu = qemu;
        _machine = machine;
        _timeout = timeoutSeconds;
    }

    /// <summary>For a person at the terminal, whose Ctrl-C goes to the guest.</summary>
    /// <param name="processId">The process that ends the machine when it is ended.</param>
    public static string Hint(int processId, int escape = EscapeKey.Default) =>
        FormattableString.Invariant($"{EscapeKey.Show(escape)} opens Nestor's monitor (help lists its commands); from another terminal: kill {processId}");

    /// <summary>Runs to the end and gives the exit status; explains anything but success in one line.</summary>
    public async Task<int> RunAsync()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("nestor-");
        _log = _machine.Log;
        if (_machine.PostMortem is not null)
        {
            _log ??= Path.Combine(directory.FullName, "console.log");
            _machine = _machine with { Log = _log };
        }

        using GdbRelay? relay = Relay(Path.Combine(directory.FullName, "gdb"));
        using Terminal terminal = new();
        try
        {
            Verdict verdict = await RunAsync(Path.Combine(directory.FullName, "qmp"), terminal).ConfigureAwait(false);
            terminal.Dispose();
            KeepConsole(verdict);
            if (verdict.Message is not null)
            {
                Progress.Line(verdict.Message);
            }

            return verdict.Status;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private GdbRelay? Relay(string socketPath)
    {
        if (_machine.GuestGdbPort is not { } port)
        {
            return null;
        }

        GdbRelay relay = new(port, socketPath);
        _machine = _machine with { GuestGdbSocket = socketPath };
        Progress.Line($"gdb for the guests{(_machine.GuestsWait ? ", which wait for it" : "")}; type in another terminal:");
        Progress.Line($"  gdb-multiarch -ex 'target remote :{relay.Port}'");
        return relay;
    }

    private async Task<Verdict> RunAsync(string socketPath, Terminal terminal)
    {
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(socketPath));
        listener.Listen(1);

        TaskCompletionSource signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<PosixSignalRegistration> signals = [];
        foreach (PosixSignal signal in s_endings)
        {
            signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                signalled.TrySetResult();
            }));
        }

        if (terminal.IsTerminal && _machine.Replayed is null)
        {
            Progress.Line(Hint(Environment.ProcessId, _machine.Escape));
        }

        using Process qemu = Start(QemuCommandLine.Build(_machine, socketPath));
        try
        {
            return await WatchAsync(qemu, listener, signalled.Task).ConfigureAwait(false);
        }
        finally
        {
            if (!qemu.HasExited)
            {
                qemu.Kill();
                await qemu.WaitForExitAsync().ConfigureAwait(false);
            }

            signals.ForEach(signal => signal.Dispose());
        }
    }

    private async Task<Verdict> WatchAsync(Process qemu, Socket listener, Task signalled)
    {
        using CancellationTokenSource over = new();
        Task timeout = _timeout is { } seconds
            ? Task.Delay(TimeSpan.FromSeconds(seconds), over.Token)
            : Task.Delay(Timeout.Infinite, over.Token);
        Task ended = qemu.WaitForExitAsync(over.Token);
        Task<QmpClient> connecting = ConnectAsync(listener, over.Token);
        QmpClient? qmp = null;
        SnapshotSaver? saver = null;
        try
        {
            await Task.WhenAny(connecting, ended, timeout, signalled).ConfigureAwait(false);
            Task<string?> reason = Task.FromResult<string?>(null);
            TaskCompletionSource<string?> halted = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (connecting.IsCompletedSuccessfully)
            {
                qmp = await connecting.ConfigureAwait(false);
                saver = new SnapshotSaver(qmp, Directory.GetCurrentDirectory(), Progress.Line);
                reason = MachineEvents.ReasonAsync(qmp, saver, why =>
                {
                    halted.TrySetResult(why);
                    return Task.CompletedTask;
                });
                if (_machine.GdbPort is null)
                {
                    await qmp.ExecuteAsync("cont").ConfigureAwait(false);
                }

                await Task.WhenAny(ended, timeout, signalled, _machine.StaysAtEnd ? halted.Task : ended).ConfigureAwait(false);
            }

            if (!ended.IsCompleted)
            {
                // Before it is told to quit, which halts it too.
                bool hasHalted = halted.Task.IsCompleted;
                if (qmp is not null && saver is not null && _machine.StaysAtEnd)
                {
                    string? why = signalled.IsCompleted ? null : hasHalted ? BadEnd(await halted.Task.ConfigureAwait(false)) : Verdict.TimedOut(_timeout ?? 0).Message;
                    await KeepAsync(qmp, saver, why).ConfigureAwait(false);
                }

                await QuitAsync(qemu, qmp).ConfigureAwait(false);
                if (signalled.IsCompleted || !hasHalted)
                {
                    return signalled.IsCompleted ? Verdict.Interrupted : Verdict.TimedOut(_timeout ?? 0);
                }

                qemu.Kill();
                await ended.ConfigureAwait(false);
            }

            return _machine.Replayed is null
                ? Verdict.Of(await reason.WaitAsync(s_patience).ConfigureAwait(false), qemu.ExitCode)
                : Verdict.OfReplay(qemu.ExitCode);
        }
        catch (QmpException)
        {
            // QEMU went away in the middle of a word; its exit status says the rest.
            await qemu.WaitForExitAsync().WaitAsync(s_patience).ConfigureAwait(false);
            return Verdict.Of(null, qemu.ExitCode);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            if (qmp is not null)
            {
                await qmp.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(_qemu, arguments))!;
        }
        catch (Win32Exception e)
        {
            throw new UsageException($"cannot start {_qemu}: {e.Message}");
        }
    }

    private static async Task<QmpClient> ConnectAsync(Socket listener, CancellationToken cancellation)
    {
        Socket socket = await listener.AcceptAsync(cancellation).ConfigureAwait(false);
        return await QmpClient.AttachAsync(new NetworkStream(socket, ownsSocket: true), cancellation).ConfigureAwait(false);
    }

    // What is to be kept of a machine that has ended or is about to; that it fails changes nothing about the verdict.
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
                await LastSnapshots.AddAsync(directory, qmp, saver).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is QmpException or InspectionException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            Progress.Line($"the machine's memory could not be kept: {e.Message}");
        }
    }

    private static string? BadEnd(string? reason) => Verdict.Of(reason, 0) is { Status: not ExitStatus.Success } bad ? bad.Message : null;

    private string Console() => _log is { } log && File.Exists(log) ? File.ReadAllText(log) : "";

    // Beside what was read from the machine, if there still was one to read.
    private void KeepConsole(Verdict verdict)
    {
        if (_machine.PostMortem is not { } directory || verdict.Status is not (ExitStatus.Failure or ExitStatus.Timeout))
        {
            return;
        }

        if (!File.Exists(Path.Combine(directory, "why.txt")))
        {
            PostMortemReport.WriteWhy(directory, verdict.Message ?? "", awaited: null, Console());
        }

        File.WriteAllText(Path.Combine(directory, "console.log"), Console());
        Progress.Line($"what is known is in {directory}; read why.txt first");
    }

    private static async Task QuitAsync(Process qemu, QmpClient? qmp)
    {
        try
        {
            if (qmp is not null)
            {
                await qmp.ExecuteAsync("quit").WaitAsync(s_patience).ConfigureAwait(false);
                await qemu.WaitForExitAsync().WaitAsync(s_patience).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is QmpException or TimeoutException)
        {
            // It does not listen any more; the caller kills it.
        }
    }
}
