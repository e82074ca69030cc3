// U-Boot's header for images (include/image.h of U-Boot, "legacy" format), as QEMU reads it: big-endian, no check of its CRCs.
using System.Buffers.Binary;

namespace Nestor.Tools.Launch;

/// <param name="Type">2: kernel; 14: kernel that goes anywhere; 3: ramdisk.</param>
/// <param name="Compression">0: none; 1: gzip.</param>
/// <param name="Size">Bytes behind the header.</param>
/// <param name="Load">Where they go.</param>
/// <param name="Entry">Where they start.</param>
/// <param name="IsLinux">They want what QEMU hands over to Linux: the device tree is behind the initrd.</param>
public sealed record UBootImage(int Type, int Compression, uint Size, ulong Load, ulong Entry, bool IsLinux)
{
    public const int HeaderSize = 64;

    private const uint Magic = 0x2705_1956;
    private const int Kernel = 2;
    private const int Ramdisk = 3;
    private const int KernelAnywhere = 14;
    private const int Linux = 5;
    private const int VxWorks = 14;
    private const ulong RamStart = 0x4000_0000;

    // QEMU puts a kernel that goes anywhere 32 MiB above the start of RAM, and its header in front of it.
    private const ulong Anywhere = 0x4200_0000 + HeaderSize;

    public bool IsKernel => Type is Kernel or KernelAnywhere;

    public bool IsRamdisk => Type == Ramdisk;

    public bool IsPlain => Compression == 0;

    public bool IsGzip => Compression == 1;

    /// <summary>The header at the start of a file; null when there is none.</summary>
    public static UBootImage? Read(ReadOnlySpan<byte> head)
    {
        if (head.Length < HeaderSize || BinaryPrimitives.ReadUInt32BigEndian(head) != Magic)
        {
            return null;
        }

        int type = head[30];
        ulong start = type == KernelAnywhere ? Anywhere : 0;
        ulong load = type == KernelAnywhere ? Anywhere : BinaryPrimitives.ReadUInt32BigEndian(head[16..]);
        return new UBootImage(type, head[31], BinaryPrimitives.ReadUInt32BigEndian(head[12..]), load, start + BinaryPrimitives.ReadUInt32BigEndian(head[20..]), head[28] is Linux or VxWorks);
    }

    /// <summary>An ELF file with these contents. For Linux it has a byte at the start of RAM, too, so that no device tree goes there.</summary>
    public byte[] ToElf(ReadOnlySpan<byte> contents)
    {
        const int ProgramHeader = 56;
        const int Start = HeaderSize + (2 * ProgramHeader);
        byte[] elf = new byte[Start + contents.Length];
        ((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).CopyTo(elf);
        Half(16, 2);                                    // an executable
        Half(18, 183);                                  // for AArch64
        Word(20, 1);
        Long(24, Entry);
        Long(32, HeaderSize);
        Half(52, HeaderSize);
        Half(54, ProgramHeader);
        Half(56, (ushort)(IsLinux ? 2 : 1));
        Segment(HeaderSize, Load, (ulong)contents.Length, (ulong)contents.Length);
        Segment(HeaderSize + ProgramHeader, RamStart, 0, 1);
        contents.CopyTo(elf.AsSpan(Start));
        return elf;

        void Segment(int at, ulong address, ulong inFile, ulong inMemory)
        {
            Word(at, 1);                                // to be loaded
            Word(at + 4, 7);
            Long(at + 8, Start);
            Long(at + 16, address);
            Long(at + 24, address);
            Long(at + 32, inFile);
            Long(at + 40, inMemory);
        }

        void Half(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(at), value);
        void Word(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(elf.AsSpan(at), value);
        void Long(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(elf.AsSpan(at), value);
    }
}
