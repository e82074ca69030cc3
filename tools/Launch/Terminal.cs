// Keeps the terminal usable: QEMU makes it raw and non-blocking and puts it back when it ends well.
// When it does not, this does. It makes it raw, too, for when the keys are ours.
using System.Runtime.InteropServices;

namespace Nestor.Tools.Launch;

public sealed partial class Terminal : IDisposable
{
    private const int StandardInput = 0;
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const int Now = 0;

    // Where struct termios has the flags of output, on every Linux.
    private const int OutputFlags = 4;

    // More than any libc's struct termios; its inside is of no interest here.
    private readonly byte[] _attributes = new byte[256];
    private readonly int _flags;

    public Terminal()
    {
        IsTerminal = GetAttributes(StandardInput, _attributes) == 0;
        _flags = FileControl(StandardInput, GetFlags, 0);
    }

    /// <summary>Standard input is a terminal, so a person may be there.</summary>
    public bool IsTerminal { get; }

    /// <summary>Each key comes at once and as a byte, Ctrl-C included. Lines of output stay lines, as QEMU leaves them.</summary>
    public void MakeRaw()
    {
        if (IsTerminal)
        {
            byte[] raw = [.. _attributes];
            MakeRaw(raw);
            _attributes.AsSpan(OutputFlags, sizeof(uint)).CopyTo(raw.AsSpan(OutputFlags));
            SetAttributes(StandardInput, Now, raw);
        }
    }

    public void Dispose()
    {
        if (!IsTerminal)
        {
            return;
        }

        SetAttributes(StandardInput, Now, _attributes);
        FileControl(StandardInput, SetFlags, _flags);
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int descriptor, byte[] attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int descriptor, int when, byte[] attributes);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw([In, Out] byte[] attributes);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int FileControl(int descriptor, int command, nint argument);
}
