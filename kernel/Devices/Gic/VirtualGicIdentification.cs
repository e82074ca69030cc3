// What the frames say that they are. The values are those of the machine that guests expect to find, with a product
// number of our own, so that no operating system applies another controller's errata to us.

namespace Nestor.Kernel;

/// <summary>Identification registers, the same in the distributor and in RD_base (IHI 0069, 12.1.11).</summary>
internal static class VirtualGicIdentification
{
    /// <summary>GICD_IIDR, GICR_IIDR: ProductID 'N', implementer as JEP106 code of Arm.</summary>
    internal const uint Implementer = 0x4E00_043B;

    /// <summary>Offset of the first of twelve words.</summary>
    internal const uint Start = 0xFFD0;

    // PIDR4-7, PIDR0-3, CIDR0-3: the low byte of each word. PIDR2[7:4] is the architecture, 3 for GICv3.
    private const ulong PeripheralHigh = 0x0000_0044;
    private const ulong PeripheralLow = 0x003B_B492;
    private const ulong Component = 0xB105_F00D;

    /// <summary>Reads the word at <paramref name="offset"/>, <see cref="Start"/> to 0xFFFC.</summary>
    internal static uint Read(uint offset)
    {
        uint word = (offset - Start) >> 2;
        ulong bytes = word < 4 ? PeripheralHigh : word < 8 ? PeripheralLow : Component;
        return (uint)(bytes >> (int)((word & 3) * 8)) & 0xFF;
    }
}
