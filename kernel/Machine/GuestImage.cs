// Recognising and placing a guest's kernel: an arm64 Image, an ELF executable, or firmware as it is.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>A boot module of the machine, and where it goes in the guest.</summary>
public static unsafe class GuestImage
{
    private const uint ImageMagic = 0x644d_5241;
    private const uint ElfMagic = 0x464c_457f;
    private const ushort Aarch64 = 183;
    private const uint Load = 1;
    private const ulong TwoMiB = 0x20_0000;

    /// <summary>Whether the module starts with an arm64 Image header.</summary>
    public static bool IsImage(byte* module, ulong size) => size >= 64 && *(uint*)(module + 56) == ImageMagic;

    /// <summary>Whether the module is an ELF64 file for AArch64.</summary>
    public static bool IsElf(byte* module, ulong size) => size >= 64 && *(uint*)module == ElfMagic && module[4] == 2 && *(ushort*)(module + 18) == Aarch64;

    /// <summary>Copies an arm64 Image to where its header wants it.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="module">The file.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="entry">Where it starts.</param>
    /// <param name="end">First address behind its memory.</param>
    /// <returns>False when the guest's RAM cannot hold it.</returns>
    public static bool PlaceImage(VirtualMachine* machine, byte* module, ulong size, out ulong entry, out ulong end)
    {
        ulong textOffset = *(ulong*)(module + 8);
        ulong imageSize = *(ulong*)(module + 16);
        if (imageSize < size)
        {
            imageSize = size;
        }

        // As QEMU does: an Image that wants to be at the very start of RAM goes 2 MiB above it.
        ulong offset = textOffset < 4096 ? TwoMiB + textOffset : textOffset;
        entry = machine->RamStart.Value + offset;
        end = entry + imageSize;
        return offset < machine->RamSize && imageSize <= machine->RamSize - offset && Copy(machine, new Ipa(entry), module, size);
    }

    /// <summary>Copies the loadable segments of an ELF file to their physical addresses.</summary>
    public static bool PlaceElf(VirtualMachine* machine, byte* module, ulong size, out ulong entry, out ulong end)
    {
        entry = *(ulong*)(module + 24);
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
            if (*(uint*)header != Load)
            {
                continue;
            }

            ulong offset = *(ulong*)(header + 8);
            ulong at = *(ulong*)(header + 24);
            ulong fileSize = *(ulong*)(header + 32);
            ulong memorySize = *(ulong*)(header + 40);
            if (offset > size || fileSize > size - offset || memorySize < fileSize
                || VirtualMachine.Memory(machine, new Ipa(at), memorySize) == null
                || !Copy(machine, new Ipa(at), module + offset, fileSize))
            {
                return false;
            }

            end = at + memorySize > end ? at + memorySize : end;
        }

        return entry >= machine->RamStart.Value && entry < end;
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
