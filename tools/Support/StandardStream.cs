// Standard output and standard error as plain descriptors. Whatever goes through System.Console, its streams included,
// first sets up the terminal for a program that edits lines; here the terminal is the guest's. No position is kept
// either, so that a file that QEMU writes to as well stays in order.
using System.Runtime.InteropServices;

namespace Nestor.Tools.Support;

public sealed partial class StandardStream : Stream
{
    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    public static TextWriter Output { get; } = new StreamWriter(new StandardStream(1)) { AutoFlush = true };

    public static TextWriter Error { get; } = new StreamWriter(new StandardStream(2)) { AutoFlush = true };

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
            else if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                // Nobody listens any more; there is nobody to tell either.
                return;
            }
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nint count);
}
