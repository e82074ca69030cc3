// What a path leads to: .NET knows files and directories, but a pipe can be read only once, and a device never ends.
using System.Runtime.InteropServices;

namespace Nestor.Tools.Support;

/// <summary>The kinds of things that have a path (inode(7), S_IFMT).</summary>
public enum FileKind
{
    None = 0,
    Pipe = 1,
    CharacterDevice = 2,
    Directory = 4,
    BlockDevice = 6,
    Regular = 8,
    Socket = 12,
}

/// <summary>Finds out the kind.</summary>
public static partial class FileKinds
{
    private const int CurrentDirectory = -100;
    private const uint WantsType = 1;
    private const uint WantsFile = 0x100;
    private const uint WantsSize = 0x200;

    // struct statx, the same on every processor: the mode has 16 bits, the others 64 (the device's two numbers together).
    private const int StatusSize = 256;
    private const int ModeAt = 28;
    private const int FileAt = 32;
    private const int SizeAt = 40;
    private const int DeviceAt = 136;
    private const int TypeShift = 12;

    /// <summary>The kind of what a path leads to, links followed; None if there is nothing, or it cannot be seen.</summary>
    public static FileKind Of(string path)
    {
        byte[] status = new byte[StatusSize];
        return Status(CurrentDirectory, path, 0, WantsType, status) == 0 ? (FileKind)(BitConverter.ToUInt16(status, ModeAt) >> TypeShift) : FileKind.None;
    }

    /// <summary>The bytes of the file that a path leads to, links followed; 0 if there is nothing, or it cannot be seen.</summary>
    public static long SizeOf(string path)
    {
        byte[] status = new byte[StatusSize];
        return Status(CurrentDirectory, path, 0, WantsSize, status) == 0 ? BitConverter.ToInt64(status, SizeAt) : 0;
    }

    /// <summary>Whether two paths lead to one file, through links or not, or are one path.</summary>
    public static bool AreSame(string one, string other) =>
        Path.GetFullPath(one) == Path.GetFullPath(other) || (Identity(one) is { } first && Identity(other) == first);

    private static (ulong Device, ulong File)? Identity(string path)
    {
        byte[] status = new byte[StatusSize];
        return Status(CurrentDirectory, path, 0, WantsFile, status) == 0
            ? (BitConverter.ToUInt64(status, DeviceAt), BitConverter.ToUInt64(status, FileAt))
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int directory, string path, int flags, uint mask, [Out] byte[] status);
}
