// Looks into the files of a guest before anything is started, so that a wrong file is named as what
// it is here and not by a silent guest later. The formats: Linux Documentation/arch/arm64/booting.rst
// and the ELF specification. A file is read no further than its headers.
using System.Buffers.Binary;
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

public static class ImageInspector
{
    private const uint Arm64Magic = 0x644d5241;
    private const uint ElfMagic = 0x464c457f;
    private const uint BzImageMagic = 0x53726448;
    private const ushort ElfMachineAArch64 = 183;
    private const uint ProgramHeaderLoad = 1;

    /// <summary>A kernel: an arm64 Image or an AArch64 ELF executable, whole.</summary>
    public static ImageInfo Kernel(string path)
    {
        using FileStream file = Open(path);
        byte[] head = new byte[Math.Min(file.Length, 0x1000)];
        file.ReadExactly(head);

        if (head.Length >= 64 && Word(head, 56) == Arm64Magic)
        {
            return Arm64Image(path, file.Length, head);
        }

        if (head.Length >= 4 && Word(head, 0) == ElfMagic)
        {
            return Elf(path, file, head);
        }

        throw new UsageException($"{path} is {Name(head)}, not an arm64 Image or ELF");
    }

    /// <summary>Any file that must be there and hold something; gives its size.</summary>
    public static long Plain(string path)
    {
        using FileStream file = Open(path);
        return file.Length;
    }

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UsageException($"{path} is a directory, not a file");
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"{path} does not exist");
        }

        try
        {
            FileStream file = File.OpenRead(path);
            if (file.Length > 0)
            {
                return file;
            }

            file.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read");
        }

        throw new UsageException($"{path} is empty");
    }

    private static ImageInfo Arm64Image(string path, long length, byte[] head)
    {
        // Kernels before 3.17 leave image_size 0; there the file's length is all that is known.
        ulong imageSize = BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(16));
        ulong textOffset = BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(8));
        ulong flags = BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(24));
        if ((flags & 1) != 0)
        {
            throw new UsageException($"{path} is a big-endian arm64 Image, which cannot be started");
        }

        if (imageSize > 1UL << 40 || textOffset > 1UL << 40)
        {
            throw new UsageException($"{path} has a damaged arm64 Image header: image_size 0x{imageSize:x}");
        }

        // image_size counts .bss too, which no file holds; a file under half of it was cut short.
        // An Image with an EFI stub says more exactly what it should hold.
        long expected = PeFileSize(head) ?? (long)imageSize / 2;
        if (length < expected)
        {
            throw new UsageException($"{path} is truncated: {length} bytes of at least {expected}");
        }

        return new ImageInfo(ImageKind.Arm64Image, length, (long)(Math.Max(imageSize, (ulong)length) + textOffset));
    }

    /// <summary>The end of the last section of the PE header that an EFI stub puts into an Image.</summary>
    private static long? PeFileSize(ReadOnlySpan<byte> head)
    {
        if (head[0] != 'M' || head[1] != 'Z')
        {
            return null;
        }

        uint header = Word(head, 60);
        if (header > head.Length - 24 || Word(head, (int)header) != 0x4550)
        {
            return null;
        }

        int sections = Half(head, (int)header + 6);
        long table = header + 24L + Half(head, (int)header + 20);
        long end = 0;
        for (int i = 0; i < sections; i++)
        {
            long row = table + (i * 40L);
            if (row + 40 > head.Length)
            {
                return null;
            }

            end = Math.Max(end, (long)Word(head, (int)row + 16) + Word(head, (int)row + 20));
        }

        return end;
    }

    private static ImageInfo Elf(string path, FileStream file, byte[] head)
    {
        if (head.Length < 64)
        {
            throw new UsageException($"{path} is truncated: an ELF header alone is 64 bytes");
        }

        if (head[4] != 2 || head[5] != 1 || Half(head, 18) != ElfMachineAArch64)
        {
            throw new UsageException($"{path} is an ELF file, but not for little-endian AArch64");
        }

        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(32));
        int size = Half(head, 54);
        int count = Half(head, 56);
        if (Half(head, 16) is not (2 or 3) || count == 0 || size < 56)
        {
            throw new UsageException($"{path} is an ELF file, but not an executable");
        }

        ulong length = (ulong)file.Length;
        if (table > length || (ulong)(size * count) > length - table)
        {
            throw new UsageException($"{path} is truncated: its program headers lie beyond its end");
        }

        byte[] headers = new byte[size * count];
        file.Position = (long)table;
        file.ReadExactly(headers);
        ulong low = ulong.MaxValue;
        ulong high = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = headers.AsSpan(i * size);
            if (Word(header, 0) != ProgramHeaderLoad)
            {
                continue;
            }

            ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
            ulong address = BinaryPrimitives.ReadUInt64LittleEndian(header[24..]);
            ulong inFile = BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
            ulong inMemory = BinaryPrimitives.ReadUInt64LittleEndian(header[40..]);
            if (offset > length || inFile > length - offset)
            {
                throw new UsageException($"{path} is truncated: a segment lies beyond its end");
            }

            if (inMemory < inFile || inMemory > 1UL << 40 || address > 1UL << 52)
            {
                throw new UsageException($"{path} has a damaged program header");
            }

            low = Math.Min(low, address);
            high = Math.Max(high, address + inMemory);
        }

        return high == 0
            ? throw new UsageException($"{path} is an ELF file with nothing to load")
            : new ImageInfo(ImageKind.Elf, file.Length, (long)(high - low));
    }

    private static string Name(ReadOnlySpan<byte> head)
    {
        if (head.Length < 64)
        {
            return $"only {head.Length} bytes long";
        }

        if (head[0] == 0x1f && head[1] == 0x8b)
        {
            return "gzip-compressed (gunzip it first)";
        }

        if (Word(head, 0) == 0xfd2fb528)
        {
            return "zstd-compressed (unzstd it first)";
        }

        if (head[0] == 0xfd && head[1..5].SequenceEqual("7zXZ"u8))
        {
            return "xz-compressed (unxz it first)";
        }

        if (head.Length >= 0x206 && Word(head, 0x202) == BzImageMagic)
        {
            return "an x86 bzImage";
        }

        return Word(head, 0) == 0x56190527 ? "a U-Boot uImage" : "of an unknown format";
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static ushort Half(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);
}
