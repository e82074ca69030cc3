// Copies of the console. QEMU writes a log file itself, but says nothing of what it could not write: it goes on without it. So
// QEMU's log file is a FIFO, and this side writes the files and knows what has become of them.
using System.Runtime.InteropServices;
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

/// <summary>Takes what QEMU writes into a FIFO, until it is disposed of.</summary>
public sealed partial class ConsoleLog : IDisposable
{
    private const int ReadAndWrite = 2;
    private const int CloseOnExec = 0x80000;
    private const int OnlyOwner = 0x180;
    private const short Readable = 1;
    private const int LookMilliseconds = 100;

    // For a log that is itself a pipe, whose reader may have stopped reading.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly byte[] _block = new byte[1 << 16];
    private readonly List<(string Name, Stream Stream)> _files = [];
    private readonly List<string> _problems = [];
    private readonly Thread _thread;
    private readonly int _pipe;
    private volatile string _writing = "";
    private volatile bool _isOver;
    private bool _isClosed;

    /// <param name="pipe">Where the FIFO is made.</param>
    /// <param name="log">The user's log file; null for none.</param>
    /// <param name="copy">A file for ourselves; null for none.</param>
    /// <exception cref="UsageException">A file cannot be opened.</exception>
    public ConsoleLog(string pipe, string? log, string? copy)
    {
        Pipe = pipe;
        Open(log, "--log: ");
        Open(copy, "");

        // Open for writing too: the end of the one QEMU that writes is not the end of what can be read.
        if (MakePipe(pipe, OnlyOwner) != 0 || (_pipe = Open(pipe, ReadAndWrite | CloseOnExec)) < 0)
        {
            throw new UsageException($"no pipe can be made at {pipe}");
        }

        _thread = new Thread(Follow) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The log file for QEMU.</summary>
    public string Pipe { get; }

    /// <summary>What could not be written, a line each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Takes all that QEMU has written so far; after <see cref="Dispose"/> there is nothing more to take.</summary>
    public void Drain()
    {
        if (!_gate.TryEnter(s_patience))
        {
            return;
        }

        try
        {
            // Once the pipe is closed, its number may be that of another file.
            while (!_isClosed && IsReadable(0))
            {
                Take();
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Writes the rest of the log. Only after the writer has ended.</summary>
    public void Dispose()
    {
        if (_isOver)
        {
            return;
        }

        Drain();
        _isOver = true;
        if (!_thread.Join(s_patience))
        {
            _problems.Add($"{_writing} is not read any more; the console is cut off in it");
            return;
        }

        Drain();
        _isClosed = true;
        Close(_pipe);
        foreach ((string name, Stream stream) in _files)
        {
            Try(name, stream.Dispose);
        }
    }

    private void Open(string? file, string option)
    {
        try
        {
            if (file is not null)
            {
                _files.Add((option + file, new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0)));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}{file} cannot be written: {e.Message}");
        }
    }

    private void Follow()
    {
        while (!_isOver)
        {
            if (IsReadable(LookMilliseconds))
            {
                Drain();
            }
        }
    }

    private void Take()
    {
        int count = (int)Read(_pipe, _block, _block.Length);
        for (int i = _files.Count - 1; count > 0 && i >= 0; i--)
        {
            (string name, Stream stream) = _files[i];
            _writing = name;
            if (!Try(name, () => stream.Write(_block, 0, count)))
            {
                _files.RemoveAt(i);
            }
        }
    }

    private bool Try(string name, Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Add($"{name} does not have all of the console: {e.Message}");
            return false;
        }
    }

    private bool IsReadable(int milliseconds)
    {
        PollEntry entry = new() { Descriptor = _pipe, Wanted = Readable };
        return Poll(ref entry, 1, milliseconds) > 0 && (entry.Happened & Readable) != 0;
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, [Out] byte[] bytes, nint count);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollEntry entries, nint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }
}
