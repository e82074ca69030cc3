// The keys of a person who watches a replay: one that ends the replay, Ctrl-C that ends all of it, and no others. Read one byte at
// a time and from the descriptor itself, because what follows the key is the live machine's.
using System.Runtime.InteropServices;

namespace Nestor.Tools.Replay;

internal sealed partial class ReplayKeys : IAsyncDisposable
{
    /// <summary>Ctrl-C.</summary>
    public const byte Interrupt = 3;

    private const int StandardInput = 0;
    private const short Readable = 1;
    private const int LookMilliseconds = 50;

    private readonly TaskCompletionSource<byte> _pressed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte _escape;
    private readonly Task _reading;
    private volatile bool _isOver;

    public ReplayKeys(int escape)
    {
        _escape = (byte)escape;
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The first of the two keys; it never completes when none comes.</summary>
    public Task<byte> Pressed => _pressed.Task;

    /// <summary>Nothing is read any more when this is done.</summary>
    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await _reading.ConfigureAwait(false);
    }

    private void Read()
    {
        Span<byte> one = stackalloc byte[1];
        PollEntry input = new() { Descriptor = StandardInput, Wanted = Readable };
        while (!_isOver)
        {
            if (Poll(ref input, 1, LookMilliseconds) <= 0)
            {
                continue;
            }

            nint count = Read(StandardInput, one, 1);
            if (count == 0)
            {
                return;                                 // the end of a file or a pipe
            }

            if (count < 0)
            {
                Thread.Sleep(LookMilliseconds);         // a signal came between, or another has set it to non-blocking
            }
            else if (one[0] == _escape || one[0] == Interrupt)
            {
                _pressed.TrySetResult(one[0]);
                return;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollEntry entries, nint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, Span<byte> bytes, nint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }
}
