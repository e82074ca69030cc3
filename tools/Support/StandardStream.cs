// Standard output and standard error as plain descriptors. Whatever goes through System.Console, its streams included,
// first sets up the terminal for a program that edits lines; here the terminal is the guest's. No position is kept
// either, so that a file that QEMU writes to as well stays in order.
using System.Runtime.InteropServices;

namespace Nestor.Tools.Support;

public sealed partial class StandardStream : Stream
{
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    public static TextWriter Output { get; } = new StreamWriter(new StandardStream(StandardOutput)) { AutoFlush = true };

    public static TextWriter Error { get; } = new StreamWriter(new StandardStream(StandardError)) { AutoFlush = true };

    /// <summary>
    /// Why no more can be written to standard output, in words; null when it can be, or nothing is known. A child that has written there
    /// may have kept it to itself.
    /// </summary>
    public static string? ProblemOfOutput()
    {
        const string Link = "/proc/self/fd/1";
        const int KeepSize = 1;
        const int NoSpace = 28;
        const int OverQuota = 122;
        if (File.ResolveLinkTarget(Link, returnFinalTarget: false)?.FullName == "/dev/full")
        {
            return Marshal.GetPInvokeErrorMessage(NoSpace);
        }

        return FileKinds.Of(Link) == FileKind.Regular && Allocate(StandardOutput, KeepSize, (nint)FileKinds.SizeOf(Link), Environment.SystemPageSize) != 0
            && Marshal.GetLastPInvokeError() is (NoSpace or OverQuota) and var error ? Marshal.GetPInvokeErrorMessage(error) : null;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        const int Interrupted = 4;
        const int TryAgain = 11;
        const int BrokenPipe = 32;
        while (count > 0)
        {
            nint written = Write(_descriptor, buffer.AsSpan(offset, count), count);
            if (written >= 0)
            {
                offset += (int)written;
                count -= (int)written;
            }
            else if (Marshal.GetLastPInvokeError() == TryAgain)
            {
                // QEMU makes the terminal non-blocking while it runs.
                Thread.Sleep(1);
            }
            else if (Marshal.GetLastPInvokeError() is var error && error != Interrupted)
            {
                // A reader that has gone has had enough, and about standard error there is nobody to tell.
                if (error == BrokenPipe || _descriptor == StandardError)
                {
                    return;
                }

                throw new IOException($"standard output: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int Allocate(int descriptor, int mode, nint offset, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nint count);
}
