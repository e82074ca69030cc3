// A QEMU in the hands of a test. Whatever goes wrong, it ends: by the overall deadline, by a forbidden word on the
// console, by the end of the test, and at the latest by the end of the test process. It is killed by its own process.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Nestor.Tools.Launch;
using Nestor.Tools.PostMortem;

namespace Nestor.Tests.Harness;

/// <summary>A running machine: its console, its QMP and its end.</summary>
public sealed class QemuMachine : IAsyncDisposable
{
    private const int TailLines = 40;

    // Long enough for a panic to print its registers, since the first word of it condemns the machine.
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(2);

    // Reading a machine takes a second on an idle builder.
    private static readonly TimeSpan s_lookBack = TimeSpan.FromSeconds(60);

    // A console that is never silent is searched again and again, and the longer it gets the longer that takes. So much of the time is
    // left to the machine and to the other tests.
    private const int PauseForSearch = 4;

    // QEMU looks at its input within it. Nothing fails if it takes longer: the bytes come later then.
    private static readonly TimeSpan s_reading = TimeSpan.FromMilliseconds(200);

    private readonly MachineOptions _options;
    private readonly QemuProcess _qemu;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<MachineExit> _ended;
    private readonly Bookmark _bookmark = new();
    private readonly Lock _lock = new();
    private string? _failure;
    private string? _complaint;
    private string? _awaited;
    private Task? _postMortem;
    private bool _failureIsTold;
    private bool _passed;
    private bool _isDisposed;

    private QemuMachine(MachineOptions options, QemuProcess qemu)
    {
        _options = options;
        _qemu = qemu;
        _ended = qemu.RunAsync(Hear, HaltedAsync);
        _ = WatchDeadlineAsync();
    }

    /// <summary>What the console has said.</summary>
    public Transcript Transcript { get; } = new();

    /// <summary>QEMU's machine protocol.</summary>
    public QmpClient Qmp => _qemu.Qmp;

    /// <summary>The process id of QEMU.</summary>
    public int ProcessId => _qemu.Process.Id;

    /// <summary>Where the artefacts are kept if the test fails.</summary>
    public string ArtefactDirectory => Artefacts.DirectoryOf(_options.Name);

    /// <summary>Starts a machine; the first instruction runs when everything is watched.</summary>
    public static async Task<QemuMachine> StartAsync(MachineOptions options)
    {
        Artefacts.Delete(options.Name);
        QemuMachine machine = new(options, await QemuProcess.StartAsync(options).ConfigureAwait(false));
        try
        {
            if (options.TypedBefore.Length != 0)
            {
                await machine.SendAsync(options.TypedBefore).ConfigureAwait(false);
                await Task.Delay(s_reading).ConfigureAwait(false);
            }

            await machine.Qmp.ExecuteAsync("cont").ConfigureAwait(false);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs a test's body on a machine and marks it as passed when the body returns.</summary>
    public static async Task RunAsync(MachineOptions options, Func<QemuMachine, Task> body)
    {
        QemuMachine machine = await StartAsync(options).ConfigureAwait(false);
        await using (machine.ConfigureAwait(false))
        {
            await body(machine).ConfigureAwait(false);
            machine.Pass();
        }
    }

    /// <summary>Says that the test has got what it wanted: no artefacts are kept.</summary>
    public void Pass() => _passed = true;

    /// <summary>Waits for a text on the console, behind what was waited for before.</summary>
    public Task<Match> ExpectAsync(string text, TimeSpan? within = null) =>
        ExpectAsync(new Regex(Regex.Escape(text)), within);

    /// <summary>Waits for a match on the console, behind what was waited for before.</summary>
    /// <param name="pattern">What to wait for.</param>
    /// <param name="within">For how long.</param>
    /// <param name="bookmark">The reader's own; null for the one that all calls without it share.</param>
    public async Task<Match> ExpectAsync(Regex pattern, TimeSpan? within = null, Bookmark? bookmark = null)
    {
        Task timeout = Task.Delay(within ?? Timeout.InfiniteTimeSpan, _stop.Token);
        _awaited = $"that the console says '{pattern}'";
        while (true)
        {
            // In this order: what was said before the end must be found although the machine has ended.
            Task more = Transcript.More;
            bool isOver = _ended.IsCompleted;
            await ThrowIfFailedAsync().ConfigureAwait(false);
            Stopwatch search = Stopwatch.StartNew();
            if (Transcript.Find(pattern, ref (bookmark ?? _bookmark).Position) is { } match)
            {
                _awaited = null;
                return match;
            }

            search.Stop();
            if (isOver)
            {
                throw Failure($"the machine ended ({await _ended.ConfigureAwait(false)}) before the console said '{pattern}'");
            }

            if (timeout.IsCompleted)
            {
                throw Failure($"the console did not say '{pattern}' within {within}");
            }

            await Task.WhenAny(more, _ended, timeout).ConfigureAwait(false);
            await Task.Delay(search.Elapsed * PauseForSearch).ConfigureAwait(false);
        }
    }

    /// <summary>Types on the console.</summary>
    public async Task SendAsync(string text)
    {
        await _qemu.Process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
        await _qemu.Process.StandardInput.BaseStream.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Waits until QEMU has ended and everything that it said has been read.</summary>
    public async Task<MachineExit> WaitForExitAsync(TimeSpan? within = null)
    {
        _awaited = "that the machine ends";
        await Task.WhenAny(_ended, Task.Delay(within ?? Timeout.InfiniteTimeSpan, _stop.Token)).ConfigureAwait(false);
        await ThrowIfFailedAsync().ConfigureAwait(false);
        return _ended.IsCompleted
            ? await _ended.ConfigureAwait(false)
            : throw Failure($"the machine did not end within {within}");
    }

    /// <summary>Waits until the guest powers the machine off; any other end is a failure.</summary>
    public async Task ExpectPowerOffAsync(TimeSpan? within = null)
    {
        MachineExit exit = await WaitForExitAsync(within).ConfigureAwait(false);
        if (!exit.IsPowerOff)
        {
            throw Failure($"the machine did not power off: {exit}");
        }
    }

    /// <summary>Ends the machine; throws when a forbidden word or the deadline ended it and nobody has been told.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_passed && !_ended.IsCompleted)
        {
            await LookBackAsync(_failure ?? _complaint ?? "the test failed while the machine ran").ConfigureAwait(false);
        }

        await (_postMortem ?? Task.CompletedTask).ConfigureAwait(false);
        _qemu.Kill();
        MachineExit exit = await _ended.ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        string? failure = _failure;
        if (!_passed || failure is not null)
        {
            Artefacts.Keep(_options.Name, _qemu.CommandLine, Transcript, _qemu.Errors, $"{failure ?? _complaint ?? "no failure of its own"}; {exit}", _awaited);
        }
        else
        {
            Artefacts.Delete(_options.Name);
        }

        await _qemu.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
        if (failure is not null && !_failureIsTold)
        {
            throw Failure(failure);
        }
    }

    private async Task WatchDeadlineAsync()
    {
        await Task.WhenAny(_ended, Task.Delay(_options.Deadline, _stop.Token)).ConfigureAwait(false);
        if (!_ended.IsCompleted && !_stop.IsCancellationRequested)
        {
            Interlocked.CompareExchange(ref _failure, $"the machine was killed at its deadline of {_options.Deadline}", null);
            await LookBackAsync(_failure).ConfigureAwait(false);
            _qemu.Kill();
        }
    }

    private void Hear(ReadOnlySpan<char> text)
    {
        string recent = Transcript.Append(text, _clock.Elapsed);
        if (_failure is null && ForbiddenWords.Find(recent, _options.Allowed) is { } word)
        {
            _ = CondemnAsync($"the console said '{word}'");
        }
    }

    private async Task CondemnAsync(string reason)
    {
        Interlocked.CompareExchange(ref _failure, reason, null);
        await Task.Delay(s_lastWords).ConfigureAwait(false);
        await LookBackAsync(reason).ConfigureAwait(false);
        _qemu.Kill();
    }

    // A machine of Nestor's stays when it ends, so that it can be looked into when the end is a bad one.
    private async Task HaltedAsync(string? reason)
    {
        if (!_options.HasNestor || reason is null || !reason.StartsWith("guest-", StringComparison.Ordinal))
        {
            return;
        }

        if (reason != "guest-shutdown")
        {
            await LookBackAsync(_failure ?? $"the machine ended: {reason}").ConfigureAwait(false);
        }

        try
        {
            await Qmp.ExecuteAsync("quit").ConfigureAwait(false);
        }
        catch (QmpException)
        {
            // It is gone already.
        }
    }

    // Once, by whoever comes first; it fails nothing.
    private Task LookBackAsync(string why)
    {
        lock (_lock)
        {
            return _postMortem ??= LookAsync(why);
        }
    }

    private async Task LookAsync(string why)
    {
        try
        {
            await PostMortemReport.WriteAsync(ArtefactDirectory, Qmp, _options.HasNestor, why, _awaited, () => Transcript.Text).WaitAsync(s_lookBack).ConfigureAwait(false);
            if (_options.HasNestor)
            {
                await LastSnapshots.AddAsync(ArtefactDirectory, Qmp, _qemu.Saver).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is QmpException or TimeoutException or IOException)
        {
            PostMortemReport.WriteWhy(ArtefactDirectory, $"{why} (the machine could not be read: {e.Message})", _awaited, Transcript.Text);
        }
    }

    private async Task ThrowIfFailedAsync()
    {
        if (_failure is { } failure)
        {
            await _ended.ConfigureAwait(false);
            _failureIsTold = true;
            throw Failure(failure);
        }
    }

    private MachineFailedException Failure(string reason)
    {
        _complaint ??= reason;
        return new(reason, $"{_qemu.Errors}\n{Transcript.Tail(TailLines)}\npost-mortem: {ArtefactDirectory}");
    }
}
