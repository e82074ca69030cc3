// What ends a run from outside: a signal, or time that is over. One watch goes for all that a run does one after the other.
using System.Runtime.InteropServices;

namespace Nestor.Tools.Launch;

public sealed class Endings : IDisposable
{
    private static readonly PosixSignal[] s_signals =
        [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private readonly TaskCompletionSource _signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Task _timeout;
    private readonly int? _seconds;

    /// <param name="timeoutSeconds">From now on; null for as long as it takes.</param>
    public Endings(int? timeoutSeconds)
    {
        _seconds = timeoutSeconds;
        _timeout = Task.Delay(timeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan, _over.Token);
        Any = Task.WhenAny(_signalled.Task, _timeout);
        foreach (PosixSignal signal in s_signals)
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                _signalled.TrySetResult();
            }));
        }
    }

    /// <summary>Either has come.</summary>
    public Task Any { get; }

    public bool IsSignalled => _signalled.Task.IsCompleted;

    /// <summary>What it means for the run; null while neither has come.</summary>
    public Verdict? Verdict => IsSignalled ? Verdict.Interrupted : _timeout.IsCompletedSuccessfully ? Verdict.TimedOut(_seconds ?? 0) : null;

    public void Dispose()
    {
        _over.Cancel();
        _over.Dispose();
        _registrations.ForEach(registration => registration.Dispose());
    }
}
