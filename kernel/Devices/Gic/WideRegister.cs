// The controller's 64-bit registers may be read and written whole or by halves (IHI 0069, 12.1.3).

namespace Nestor.Kernel;

/// <summary>Access to a 64-bit register by 8 or 4 bytes.</summary>
internal static class WideRegister
{
    /// <summary>Is this a size and an alignment that such a register answers?</summary>
    internal static bool Answers(uint offset, uint size) => (size == 8 && (offset & 7) == 0) || (size == 4 && (offset & 3) == 0);

    /// <summary>What an access reads of the register that holds <paramref name="value"/>.</summary>
    internal static ulong Read(ulong value, uint offset, uint size) =>
        size == 8 ? value : (uint)(value >> (int)((offset & 4) * 8));

    /// <summary>What the register holds after a write of <paramref name="written"/>.</summary>
    internal static ulong Write(ulong value, uint offset, uint size, ulong written) =>
        size == 8 ? written
        : (offset & 4) == 0 ? (value & 0xFFFF_FFFF_0000_0000) | (uint)written
        : (uint)value | (written << 32);
}
