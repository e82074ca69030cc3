// A command of this repository as a script would run it: no terminal, only pipes. It ends with the test at the latest,
// and so does all that it has started.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Nestor.Tools.Support;

namespace Nestor.Tests.Harness;

/// <summary>A running command with its output and its input.</summary>
public sealed class Command : IDisposable
{
    private readonly Process _process;
    private readonly Transcript _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource _deadline;
    private readonly Task _reading;
    private readonly Bookmark _bookmark = new();

    private Command(Process process, TimeSpan deadline)
    {
        _process = process;
        _deadline = new CancellationTokenSource(deadline);
        _deadline.Token.Register(Kill);
        _reading = Task.WhenAll(ReadOutputAsync(), ReadErrorsAsync());
    }

    /// <summary>What it has said on standard output.</summary>
    public string Output => _output.Text;

    /// <summary>What it has said on standard error; whole once it has ended.</summary>
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

    /// <summary>Starts ./build.sh.</summary>
    public static Command BuildSh(TimeSpan deadline, params IEnumerable<string> arguments) =>
        Start(deadline, System.IO.Path.Combine(RepositoryRoot.Path, "build.sh"), arguments);

    /// <summary>Starts a program in the root of the repository.</summary>
    public static Command Start(TimeSpan deadline, string program, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new Command(Process.Start(start)!, deadline);
    }

    /// <summary>Waits for a text on standard output, behind what was waited for before.</summary>
    public async Task ExpectAsync(string text)
    {
        Regex pattern = new(Regex.Escape(text));
        while (true)
        {
            Task more = _output.More;
            bool isOver = _reading.IsCompleted;
            if (_output.Find(pattern, ref _bookmark.Position) is not null)
            {
                return;
            }

            if (isOver)
            {
                throw Failure($"it ended before it said '{text}'");
            }

            await Task.WhenAny(more, _reading).ConfigureAwait(false);
        }
    }

    /// <summary>Types.</summary>
    public async Task SendAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Its exit status.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await _reading.ConfigureAwait(false);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _deadline.IsCancellationRequested ? throw Failure("it was killed at its deadline") : _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _deadline.Dispose();
        _process.Dispose();
    }

    private MachineFailedException Failure(string reason) => new(reason, $"{Errors}\n{_output.Tail(40)}");

    private void Kill() => _process.Kill(entireProcessTree: true);

    private async Task ReadOutputAsync()
    {
        char[] text = new char[4096];
        int read;
        while ((read = await _process.StandardOutput.ReadAsync(text).ConfigureAwait(false)) > 0)
        {
            _output.Append(text.AsSpan(0, read), _clock.Elapsed);
        }
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            lock (_errors)
            {
                _errors.Append(line).Append('\n');
            }
        }
    }
}
