// Kernels that QEMU's -kernel unpacks (hw/core/loader.c), unpacked before Nestor gets them: gzip, EFI zboot (gzip and, as from
// QEMU 11 on, zstd) and U-Boot's uImage. A uImage says where its contents go, so it becomes an ELF file that says the same.
using System.Buffers.Binary;
using System.Text;
using Nestor.Tools.Support;
using ZstdSharp;

namespace Nestor.Tools.Launch;

/// <summary>Unpacks them.</summary>
public static class WrappedKernel
{
    // QEMU's limits: LOAD_IMAGE_MAX_GUNZIP_BYTES and UBOOT_MAX_GUNZIP_BYTES.
    private const int MostPlain = 256 << 20;
    private const int MostOfUBoot = 64 << 20;

    // What cannot be packed becomes a little larger by it.
    private const int MostPacked = MostPlain + (1 << 20);

    private const int ZbootHeader = 64;
    private const uint EfiMagic = 0x5a4d;
    private const uint ZbootMagic = 0x676d_697a;
    private const uint LinuxMagic = 0x8182_23cd;
    private const int KindAt = 24;
    private const int KindSize = 32;

    /// <summary>What is in a kernel that is packed; null for one that is not, and for what is no file.</summary>
    /// <exception cref="UsageException">It is damaged, or packed in a way that nothing here undoes.</exception>
    public static byte[]? Unpack(string path)
    {
        byte[] head = Head(path);
        if (Gzip.IsGzip(head))
        {
            return OfGzip(path, Read(path), MostPlain);
        }

        if (IsZboot(head))
        {
            return OfZboot(path, Read(path));
        }

        return UBootImage.Read(head) is { } header ? OfUBoot(path, header) : null;
    }

    /// <summary>A module for the guest: only what turns out to be a kernel is unpacked, for it may be anything.</summary>
    public static byte[]? UnpackModule(string path)
    {
        byte[] head = Head(path);
        if (IsZboot(head))
        {
            return OfZboot(path, Read(path));
        }

        return Gzip.IsGzip(head) && Gzip.Unpack(Read(path), MostPlain, out byte[] plain) is null && ImageInspector.IsKernel(plain) ? plain : null;
    }

    /// <summary>An initrd without U-Boot's header, if it has one; else null.</summary>
    public static byte[]? UnpackInitrd(string path)
    {
        if (UBootImage.Read(Head(path)) is not { IsRamdisk: true } header)
        {
            return null;
        }

        byte[] contents = Contents(path, header);
        return header.IsGzip ? OfGzip(path, contents, MostOfUBoot) : contents;
    }

    private static bool IsZboot(ReadOnlySpan<byte> head) =>
        head.Length >= ZbootHeader && BinaryPrimitives.ReadUInt16LittleEndian(head) == EfiMagic && Word(head, 4) == ZbootMagic && Word(head, 56) == LinuxMagic;

    private static byte[] OfZboot(string path, byte[] file)
    {
        uint start = Word(file, 8);
        uint size = Word(file, 12);
        if (start > file.Length || size > file.Length - start)
        {
            throw new UsageException(
                FormattableString.Invariant($"{path} is an EFI zboot kernel that is truncated: its payload is {size} bytes at {start}, and the file has {file.Length}"));
        }

        ReadOnlyMemory<byte> payload = file.AsMemory((int)start, (int)size);
        string kind = Encoding.ASCII.GetString(file, KindAt, KindSize).TrimEnd('\0');
        return kind switch
        {
            "gzip" => OfGzip(path, payload, MostPlain),
            "zstd" => OfZstd(path, payload),
            _ => throw new UsageException($"{path} is an EFI zboot kernel packed with '{Printable(kind)}'; gzip and zstd are accepted"),
        };
    }

    private static byte[] OfGzip(string path, ReadOnlyMemory<byte> packed, int most) =>
        Gzip.Unpack(packed, most, out byte[] plain) is { } why ? throw new UsageException($"{path} is a packed kernel that cannot be used: {why}")
        : plain.Length == 0 ? throw new UsageException($"{path} is a packed kernel with nothing in it")
        : plain;

    private static byte[] OfZstd(string path, ReadOnlyMemory<byte> packed)
    {
        try
        {
            using MemoryStream from = new(packed.ToArray(), writable: false);
            using DecompressionStream inflate = new(from);
            return !Limited.TryRead(inflate, MostPlain, out byte[] plain) ? throw new UsageException($"{path} is a packed kernel that cannot be used: it unpacks to more than {MostPlain >> 20} MiB")
                : plain.Length == 0 ? throw new UsageException($"{path} is a packed kernel with nothing in it")
                : plain;
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException)
        {
            throw new UsageException($"{path} is a packed kernel that cannot be used: its zstd data is damaged or cut off");
        }
    }

    private static byte[] OfUBoot(string path, UBootImage header)
    {
        if (!header.IsKernel)
        {
            throw new UsageException(FormattableString.Invariant($"{path} is a uImage of type {header.Type}, not a kernel (2 or 14)"));
        }

        byte[] contents = Contents(path, header);
        return header.ToElf(header.IsGzip ? OfGzip(path, contents, MostOfUBoot) : contents);
    }

    private static byte[] Contents(string path, UBootImage header)
    {
        if (!header.IsGzip && !header.IsPlain)
        {
            throw new UsageException(FormattableString.Invariant($"{path} is a uImage with compression {header.Compression}; none (0) and gzip (1) are accepted"));
        }

        byte[] file = Read(path);
        return header.Size <= file.Length - UBootImage.HeaderSize && header.Size > 0
            ? file.AsSpan(UBootImage.HeaderSize, (int)header.Size).ToArray()
            : throw new UsageException(FormattableString.Invariant($"{path} is a uImage that is truncated: it holds {header.Size} bytes, and the file has {file.Length}"));
    }

    // Too short, or no file at all: the inspector says so.
    private static byte[] Head(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] head = new byte[UBootImage.HeaderSize];
            return head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static byte[] Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Limited.TryRead(file, MostPacked, out byte[] bytes) ? bytes : throw new UsageException($"{path} is a packed kernel of more than {MostPacked >> 20} MiB");
    }

    private static string Printable(string text) => string.Concat(text.Select(letter => letter is > ' ' and <= '~' ? letter : '?'));

    private static uint Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
