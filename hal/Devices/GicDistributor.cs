// The machine's interrupt distributor. Nestor takes few shared interrupts itself; the rest stay off.

namespace Nestor.Hal;

/// <summary>The distributor (GICv3, IHI 0069, 12.9), with one security state.</summary>
public static class GicDistributor
{
    private const ulong Control = 0x0;
    private const ulong Group = 0x80;
    private const ulong SetEnable = 0x100;
    private const ulong Priority = 0x400;
    private const ulong Route = 0x6000;

    /// <summary>Turns affinity routing and group 1 on.</summary>
    public static void Open(ulong distributor)
    {
        Mmio.Write32(distributor + Control, 0x10);
        Mmio.Write32(distributor + Control, 0x12);
    }

    /// <summary>Sends a shared interrupt to the CPU of an affinity.</summary>
    public static void Enable(ulong distributor, uint interrupt, ulong affinity)
    {
        ulong word = interrupt / 32 * 4;
        uint bit = 1u << (int)(interrupt & 31);
        Mmio.Write32(distributor + Group + word, Mmio.Read32(distributor + Group + word) | bit);
        Mmio.Write8(distributor + Priority + interrupt, 0xa0);
        Mmio.Write64(distributor + Route + (interrupt * 8UL), affinity & 0xff_00ff_ffff);
        Mmio.Write32(distributor + SetEnable + word, bit);
    }
}
