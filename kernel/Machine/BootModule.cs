// What QEMU's guest-loader has put into memory.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>A boot module: a range of the machine's memory, and the text handed over with it.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct BootModule
{
    public byte* Start;
    public ulong Size;
    public byte* Arguments;
    public uint ArgumentsLength;

    /// <summary>multiboot,ramdisk rather than multiboot,kernel.</summary>
    public bool IsRamdisk;
}
