// Files that are no code for AArch64. Everything else without a header may be code.

namespace Nestor.Tools.Launch;

public static class ForeignFormat
{
    private const int LeastCode = 4;
    private const int TextSample = 64;

    private static readonly (int At, byte[] Magic, string Name)[] s_formats =
    [
        (0, [0x1f, 0x8b], "gzip-compressed (gunzip it first)"),
        (0, [0x28, 0xb5, 0x2f, 0xfd], "zstd-compressed (unzstd it first)"),
        (0, [0xfd, .. "7zXZ"u8], "xz-compressed (unxz it first)"),
        (0, [.. "BZh"u8], "bzip2-compressed (bunzip2 it first)"),
        (0, [0x5d, 0, 0], "lzma-compressed (unlzma it first)"),
        (0, [0x89, .. "LZO"u8], "lzo-compressed (unlzo it first)"),
        (0, [0x04, 0x22, 0x4d, 0x18], "lz4-compressed (unlz4 it first)"),
        (0, [0x02, 0x21, 0x4c, 0x18], "lz4-compressed (unlz4 it first)"),
        (0, [0x27, 0x05, 0x19, 0x56], "a U-Boot uImage"),
        (0, [0xd0, 0x0d, 0xfe, 0xed], "a device tree or FIT image"),
        (0, [.. "ANDROID!"u8], "an Android boot image"),
        (0, [.. "070701"u8], "a cpio archive"),
        (0, [.. "!<arch>"u8], "an archive or a Debian package"),
        (0, [.. "PK\x03\x04"u8], "a zip archive"),
        (0, [.. "QFI"u8, 0xfb], "a qcow2 disk image"),
        (4, [.. "zimg"u8], "an EFI zboot kernel (unpack it first)"),
        (0x24, [0x18, 0x28, 0x6f, 0x01], "a zImage for 32-bit Arm"),
        (0x202, [.. "HdrS"u8], "an x86 bzImage"),
        (0, [.. "MZ"u8], "a program for EFI without an arm64 Image header"),
    ];

    /// <summary>The name of the format; null for what may be code.</summary>
    /// <param name="head">The first bytes, as many as there are up to a page.</param>
    public static string? Name(ReadOnlySpan<byte> head)
    {
        foreach ((int at, byte[] magic, string name) in s_formats)
        {
            if (head.Length > at && head[at..].StartsWith(magic))
            {
                return name;
            }
        }

        if (head.Length < LeastCode)
        {
            return FormattableString.Invariant($"only {head.Length} bytes long");
        }

        // Text makes no instructions, and 16 zeroes at the top of the first word make one that is undefined (UDF).
        ReadOnlySpan<byte> sample = head[..Math.Min(head.Length, TextSample)];
        return IsText(sample) ? "text"
            : head[2] == 0 && head[3] == 0 ? "of an unknown format (it begins with no instruction)" : null;
    }

    private static bool IsText(ReadOnlySpan<byte> sample)
    {
        foreach (byte one in sample)
        {
            if (one is not ((>= (byte)' ' and <= (byte)'~') or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return false;
            }
        }

        return true;
    }
}
