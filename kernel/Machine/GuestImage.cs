// Recognises a guest's kernel and places it where QEMU's -kernel does (hw/arm/boot.c): an arm64 Image by its header, an ELF
// file for AArch64 by its program headers, and code without a header 512 KiB above the start of RAM. The launcher unpacks
// what is compressed: Nestor has no decompressor, and refuses it by name.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>A boot module of the machine, and where it goes in the guest.</summary>
public static unsafe class GuestImage
{
    private const uint ImageMagic = 0x644d_5241;
    private const uint ElfMagic = 0x464c_457f;
    private const uint UBootMagic = 0x5619_0527;
    private const uint EfiMagic = 0x5a4d;
    private const uint ZbootMagic = 0x676d_697a;
    private const uint GzipMagic = 0x8b1f;
    private const ushort Aarch64 = 183;
    private const uint Load = 1;
    private const uint Executable = 1;
    private const ulong TwoMiB = 0x20_0000;
    private const ulong RawOffset = 0x8_0000;

    /// <summary>Whether the module starts with an arm64 Image header.</summary>
    public static bool IsImage(byte* module, ulong size) => size >= 64 && *(uint*)(module + 56) == ImageMagic;

    /// <summary>Whether the module is an ELF file, of whatever kind.</summary>
    public static bool IsElf(byte* module, ulong size) => size >= 64 && *(uint*)module == ElfMagic;

    /// <summary>Whether the module is an ELF64 file for little-endian AArch64.</summary>
    public static bool IsElfForAarch64(byte* module, ulong size) =>
        IsElf(module, size) && module[4] == 2 && module[5] == 1 && *(ushort*)(module + 18) == Aarch64;

    /// <summary>Whether the module is a gzip file, or an EFI zboot kernel, whose header is no code.</summary>
    public static bool IsCompressed(byte* module, ulong size) =>
        size >= 64 && (*(ushort*)module == GzipMagic || (*(ushort*)module == EfiMagic && *(uint*)(module + 4) == ZbootMagic));

    /// <summary>Whether the module starts with U-Boot's header for images.</summary>
    public static bool IsUBootImage(byte* module, ulong size) => size >= 64 && *(uint*)module == UBootMagic;

    /// <summary>Whether the module starts with an instruction: 16 zeroes at its top make UDF (Arm ARM C6.2, UDF).</summary>
    public static bool IsCode(byte* module, ulong size) => size >= sizeof(uint) && *(uint*)module >> 16 != 0;

    /// <summary>
    /// Copies an arm64 Image to where its header wants it, or code without one. Memory behind the file up to image_size is the
    /// kernel's .bss, which the kernel itself clears.
    /// </summary>
    /// <param name="machine">The VM.</param>
    /// <param name="module">The file.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="entry">Where it starts.</param>
    /// <param name="end">First address behind its memory.</param>
    /// <returns>False when the guest's RAM cannot hold it.</returns>
    public static bool PlaceImage(VirtualMachine* machine, byte* module, ulong size, out ulong entry, out ulong end)
    {
        ulong imageSize = IsImage(module, size) ? *(ulong*)(module + 16) : 0;
        ulong offset = RawOffset;
        if (imageSize != 0)
        {
            // text_offset means something only beside an image_size. The very start of RAM is QEMU's own, so it adds 2 MiB there.
            ulong textOffset = *(ulong*)(module + 8);
            offset = textOffset < 4096 ? TwoMiB + textOffset : textOffset;
        }

        if (imageSize < size)
        {
            imageSize = size;
        }

        entry = machine->RamStart.Value + offset;
        end = entry + imageSize;
        return offset < machine->RamSize && imageSize <= machine->RamSize - offset && Copy(machine, new Ipa(entry), module, size);
    }

    /// <summary>Copies the loadable segments of an ELF file to their physical addresses, and clears the rest of each.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="module">The file.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="entry">Where it starts.</param>
    /// <param name="start">The lowest address that it takes.</param>
    /// <param name="end">First address behind its memory.</param>
    /// <returns>False when the file is damaged, or the guest's RAM cannot hold it.</returns>
    public static bool PlaceElf(VirtualMachine* machine, byte* module, ulong size, out ulong entry, out ulong start, out ulong end)
    {
        ulong virtualEntry = *(ulong*)(module + 24);
        entry = virtualEntry;
        start = ulong.MaxValue;
        end = machine->RamStart.Value;
        ulong table = *(ulong*)(module + 32);
        uint entrySize = *(ushort*)(module + 54);
        uint count = *(ushort*)(module + 56);
        if (entrySize != 56 || table > size || count * 56UL > size - table)
        {
            return false;
        }

        for (uint i = 0; i < count; i++)
        {
            byte* header = module + table + (i * 56UL);
            ulong at = *(ulong*)(header + 24);
            ulong memorySize = *(ulong*)(header + 40);
            if (*(uint*)header != Load || memorySize == 0)
            {
                continue;
            }

            if (!PlaceSegment(machine, module, size, header))
            {
                return false;
            }

            // The entry is a virtual address. QEMU takes it for one in the executable segment that holds it.
            ulong offset = virtualEntry - *(ulong*)(header + 16);
            if ((*(uint*)(header + 4) & Executable) != 0 && offset < *(ulong*)(header + 32))
            {
                entry = at + offset;
            }

            start = at < start ? at : start;
            end = at + memorySize > end ? at + memorySize : end;
        }

        return entry >= machine->RamStart.Value && entry < end;
    }

    private static bool PlaceSegment(VirtualMachine* machine, byte* module, ulong size, byte* header)
    {
        ulong offset = *(ulong*)(header + 8);
        ulong at = *(ulong*)(header + 24);
        ulong fileSize = *(ulong*)(header + 32);
        ulong memorySize = *(ulong*)(header + 40);
        byte* target = VirtualMachine.Memory(machine, new Ipa(at), memorySize);
        if (offset > size || fileSize > size - offset || memorySize < fileSize || target == null
            || !Copy(machine, new Ipa(at), module + offset, fileSize))
        {
            return false;
        }

        // The .bss: RAM is not zero when the VM is started a second time.
        ulong rest = fileSize;
        for (; rest < memorySize && ((ulong)(target + rest) & 63) != 0; rest++)
        {
            target[rest] = 0;
        }

        ulong lines = (memorySize - rest) & ~63UL;
        Instructions.ZeroWords(target + rest, lines);
        for (rest += lines; rest < memorySize; rest++)
        {
            target[rest] = 0;
        }

        return true;
    }

    /// <summary>Copies bytes into the guest's RAM; false when they do not fit.</summary>
    public static bool Copy(VirtualMachine* machine, Ipa to, byte* from, ulong size)
    {
        byte* target = VirtualMachine.Memory(machine, to, size);
        if (target == null)
        {
            return false;
        }

        // Whole 64-byte lines at once where both sides are aligned, which images and modules are.
        ulong lines = (((ulong)target | (ulong)from) & 7) == 0 ? size & ~63UL : 0;
        Instructions.CopyWords(target, from, lines);
        for (ulong i = lines; i < size; i++)
        {
            target[i] = from[i];
        }

        return true;
    }
}
