// Device accesses. The JIT may merge or drop plain loads and stores, and narrows even a volatile load whose result is
// masked (x & 0xffff becomes a 16-bit load, which a device may not answer). So each is an instruction of its own.

using System.Runtime;
using System.Runtime.CompilerServices;

namespace Nestor.Hal;

/// <summary>Loads and stores that happen exactly once, in order, and of exactly their size.</summary>
public static class Mmio
{
    [RuntimeImport("*", "mmio_read8")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern byte Read8(ulong address);

    [RuntimeImport("*", "mmio_read16")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern ushort Read16(ulong address);

    [RuntimeImport("*", "mmio_read32")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern uint Read32(ulong address);

    [RuntimeImport("*", "mmio_read64")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern ulong Read64(ulong address);

    [RuntimeImport("*", "mmio_write8")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void Write8(ulong address, byte value);

    [RuntimeImport("*", "mmio_write16")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void Write16(ulong address, ushort value);

    [RuntimeImport("*", "mmio_write32")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void Write32(ulong address, uint value);

    [RuntimeImport("*", "mmio_write64")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void Write64(ulong address, ulong value);
}
