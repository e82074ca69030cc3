// The process under a machine: its start with QMP attached, its pipes, and its end. Nothing here knows what a
// console's text means.
using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nestor.Tools.Inspect;
using Nestor.Tools.Launch;
using Nestor.Tools.Snapshots;

namespace Nestor.Tests.Harness;

/// <summary>What is told about text that came from the console.</summary>
internal delegate void Listener(ReadOnlySpan<char> text);

/// <summary>A QEMU that has been started and answers on QMP, its machine still stopped.</summary>
internal sealed class QemuProcess : IAsyncDisposable
{
    // It answers when it has read the images, a snapshot's memory among them: half a minute was too short once, with others at the disk.
    private static readonly TimeSpan s_startDeadline = TimeSpan.FromSeconds(120);

    private readonly StringBuilder _errors = new();
    private readonly Task _readingErrors;

    private QemuProcess(Process process, IReadOnlyList<string> commandLine)
    {
        Process = process;
        CommandLine = commandLine;
        _readingErrors = ReadErrorsAsync();
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    public Process Process { get; }

    public IReadOnlyList<string> CommandLine { get; }

    public QmpClient Qmp { get; private set; } = null!;

    /// <summary>Saves the machine's guests when Nestor calls for it, or the test.</summary>
    public SnapshotSaver Saver { get; private set; } = null!;

    /// <summary>What QEMU itself has complained about.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    public static async Task<QemuProcess> StartAsync(MachineOptions options)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("nestor-test-");
        try
        {
            string path = Path.Combine(directory.FullName, "qmp");
            using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);

            IReadOnlyList<string> arguments = options.CommandLine(path);
            QemuProcess qemu = new(Start(options.Qemu, arguments), [options.Qemu, .. arguments]);
            try
            {
                await qemu.AttachAsync(listener).ConfigureAwait(false);
                return qemu;
            }
            catch
            {
                qemu.Kill();
                await qemu.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Reads everything to the end of the process.</summary>
    /// <param name="listener">Is told what the console says.</param>
    /// <param name="halted">Is told why the machine ends, while QEMU may still be there.</param>
    public async Task<MachineExit> RunAsync(Listener listener, Func<string?, Task> halted)
    {
        Task<string?> reason = MachineEvents.ReasonAsync(Qmp, Saver, halted);
        await ReadConsoleAsync(listener).ConfigureAwait(false);
        await Process.WaitForExitAsync().ConfigureAwait(false);
        await _readingErrors.ConfigureAwait(false);
        return new MachineExit(Process.ExitCode, await reason.ConfigureAwait(false));
    }

    /// <summary>Ends the process if it has not ended yet.</summary>
    public void Kill()
    {
        try
        {
            Process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has been disposed of, which happens only after its end.
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        if (Qmp is not null)
        {
            await Qmp.DisposeAsync().ConfigureAwait(false);
        }

        await Process.WaitForExitAsync().ConfigureAwait(false);
        await _readingErrors.ConfigureAwait(false);
        Process.Dispose();
    }

    private static Process Start(string qemu, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(qemu, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new MachineFailedException($"cannot start {qemu}: {e.Message}", "");
        }
    }

    private async Task AttachAsync(Socket listener)
    {
        using CancellationTokenSource over = new(s_startDeadline);
        Task ended = Process.WaitForExitAsync(over.Token);
        Task<Socket> accepting = listener.AcceptAsync(over.Token).AsTask();
        await Task.WhenAny(accepting, ended).ConfigureAwait(false);
        if (!accepting.IsCompletedSuccessfully)
        {
            bool hasEnded = ended.IsCompletedSuccessfully;
            await over.CancelAsync().ConfigureAwait(false);
            Kill();
            await _readingErrors.ConfigureAwait(false);
            throw new MachineFailedException(
                hasEnded ? $"QEMU ended at once with status {Process.ExitCode}" : "QEMU did not connect its QMP", Errors);
        }

        NetworkStream stream = new(await accepting.ConfigureAwait(false), ownsSocket: true);
        try
        {
            Qmp = await QmpClient.AttachAsync(stream, over.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new MachineFailedException($"QEMU did not answer on its QMP within {s_startDeadline}", Errors);
        }

        Saver = new SnapshotSaver(Qmp, NestorState.Elf, Directory.GetCurrentDirectory(), Complain);
    }

    private async Task ReadConsoleAsync(Listener listener)
    {
        Stream stream = Process.StandardOutput.BaseStream;
        Decoder decoder = Encoding.UTF8.GetDecoder();
        byte[] bytes = new byte[4096];
        char[] text = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        int read;
        while ((read = await stream.ReadAsync(bytes).ConfigureAwait(false)) > 0)
        {
            int count = decoder.GetChars(bytes, 0, read, text, 0);
            listener(text.AsSpan(0, count));
        }
    }

    private async Task ReadErrorsAsync()
    {
        while (await Process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            Complain(line);
        }
    }

    private void Complain(string line)
    {
        lock (_errors)
        {
            _errors.Append(line).Append('\n');
        }
    }

    private void OnProcessExit(object? sender, EventArgs e) => Kill();
}
