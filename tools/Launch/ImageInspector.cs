// Looks into the files of a guest before anything is started, so that a wrong file is named as what
// it is here and not by a silent guest later. The formats: Linux Documentation/arch/arm64/booting.rst
// and the ELF specification; where they go in memory: hw/arm/boot.c of QEMU. A file is read no further than its headers.
using System.Buffers.Binary;
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

public static class ImageInspector
{
    private const uint Arm64Magic = 0x644d5241;
    private const uint ElfMagic = 0x464c457f;
    private const int HeaderSize = 64;
    private const ushort ElfMachineAArch64 = 183;
    private const uint ProgramHeaderLoad = 1;
    private const ulong RamStart = 0x4000_0000;
    private const ulong Largest = 1UL << 40;

    // Where QEMU puts code without a header, or with one that does not say it; and a kernel that wants to be at the start of RAM.
    private const long RawOffset = 512 * MemorySize.KiB;
    private const ulong StartOffset = 2 * MemorySize.MiB;
    private const ulong OwnedByQemu = 4096;

    /// <summary>A kernel: an arm64 Image, an AArch64 ELF executable, or code without a header.</summary>
    public static ImageInfo Kernel(string path)
    {
        using FileStream file = Open(path);
        byte[] head = new byte[Math.Min(file.Length, 0x1000)];
        file.ReadExactly(head);

        if (IsImage(head))
        {
            return Arm64Image(path, file.Length, head);
        }

        if (head.Length >= 4 && Word(head, 0) == ElfMagic)
        {
            return Elf(path, file, head);
        }

        return ForeignFormat.Name(head) is { } name
            ? throw new UsageException($"{path} is {name}, not an arm64 Image, ELF or code")
            : new ImageInfo(ImageKind.Raw, file.Length, RawOffset, RawOffset + file.Length);
    }

    /// <summary>Whether this is an arm64 Image or ELF file, by its first bytes.</summary>
    public static bool IsKernel(ReadOnlySpan<byte> head) => IsImage(head) || (head.Length >= HeaderSize && Word(head, 0) == ElfMagic);

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
        ulong textOffset = BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(8));
        ulong imageSize = BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(16));
        if (length == HeaderSize)
        {
            throw new UsageException($"{path} is truncated: it has only the header of an arm64 Image");
        }

        if (imageSize > Largest || textOffset > Largest)
        {
            throw new UsageException($"{path} has a damaged arm64 Image header: image_size 0x{imageSize:x}, text_offset 0x{textOffset:x}");
        }

        // image_size counts .bss too, which no file holds. Only an EFI stub says how long the file is.
        if (PeFileSize(head) is { } expected && length < expected)
        {
            throw new UsageException($"{path} is truncated: {length} bytes of at least {expected}");
        }

        // Kernels before 3.17 leave image_size 0; text_offset then means nothing, and the file's length is all that is known.
        long start = imageSize == 0 ? RawOffset : (long)(textOffset < OwnedByQemu ? StartOffset + textOffset : textOffset);
        return new ImageInfo(ImageKind.Arm64Image, length, start, start + Math.Max((long)imageSize, length));
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
            if (inMemory == 0)
            {
                continue;
            }

            if (offset > length || inFile > length - offset)
            {
                throw new UsageException($"{path} is truncated: a segment lies beyond its end");
            }

            if (inMemory < inFile || inMemory > Largest || address > 1UL << 52)
            {
                throw new UsageException($"{path} has a damaged program header");
            }

            low = Math.Min(low, address);
            high = Math.Max(high, address + inMemory);
        }

        if (high == 0)
        {
            throw new UsageException($"{path} is an ELF file with nothing to load");
        }

        return low >= RamStart && high <= RamStart + Largest
            ? new ImageInfo(ImageKind.Elf, file.Length, (long)(low - RamStart), (long)(high - RamStart))
            : throw new UsageException($"{path} is an ELF file for addresses from 0x{low:x} to 0x{high - 1:x}; a guest's memory begins at 0x{RamStart:x}");
    }

    private static bool IsImage(ReadOnlySpan<byte> head) => head.Length >= HeaderSize && Word(head, 56) == Arm64Magic;

    private static uint Word(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static ushort Half(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);
}
