// The machine's interrupt controller as one CPU uses it: system registers and its redistributor (GICv3, IHI 0069).

namespace Nestor.Hal;

/// <summary>This CPU's interrupt interface.</summary>
public static unsafe class GicCpuInterface
{
    private const ulong Wake = 0x14;
    private const ulong TypeAffinity = 0xc;
    private const ulong Type = 0x8;
    private const ulong SgiFrame = 0x10000;
    private const ulong Group = SgiFrame + 0x80;
    private const ulong SetEnable = SgiFrame + 0x100;
    private const ulong ClearEnable = SgiFrame + 0x180;
    private const ulong Priority = SgiFrame + 0x400;
    private const uint FrameStride = 0x20000;

    /// <summary>Wakes this CPU's redistributor, found by affinity, and opens the CPU interface at EL2.</summary>
    /// <returns>The redistributor's address, or 0 when none is this CPU's.</returns>
    public static ulong Open(ulong redistributors, ulong size)
    {
        uint affinity = Affinity(SystemRegisters.MPIDR_EL1);
        for (ulong at = redistributors; at + FrameStride <= redistributors + size; at += FrameStride)
        {
            if (Mmio.Read32(at + TypeAffinity) == affinity)
            {
                Initialise(at);
                return at;
            }

            if ((Mmio.Read32(at + Type) & (1 << 4)) != 0)
            {
                break;
            }
        }

        return 0;
    }

    /// <summary>Lets a PPI or SGI through.</summary>
    public static void Enable(ulong redistributor, uint interrupt) => Mmio.Write32(redistributor + SetEnable, 1u << (int)interrupt);

    /// <summary>Keeps a PPI or SGI back; it stays pending while its line is up.</summary>
    public static void Disable(ulong redistributor, uint interrupt) => Mmio.Write32(redistributor + ClearEnable, 1u << (int)interrupt);

    /// <summary>Sends an SGI to one CPU.</summary>
    public static void SendSgi(ulong affinity, uint interrupt) => SendSgi(Sgi(affinity, interrupt));

    /// <summary>Sends the SGI that <see cref="Sgi"/> made ready.</summary>
    public static void SendSgi(ulong sgi) => SystemRegisters.ICC_SGI1R_EL1 = sgi;

    /// <summary>ICC_SGI1R_EL1 for an SGI to one CPU.</summary>
    public static ulong Sgi(ulong affinity, uint interrupt) =>
            (1UL << (int)(affinity & 0xf)) | ((affinity & 0xff00) << 8) | ((affinity & 0xff0000) << 16)
            | ((ulong)interrupt << 24) | ((affinity >> 4 & 0xf) << 44) | ((affinity >> 32 & 0xff) << 48);

    /// <summary>The four affinity fields of MPIDR_EL1 packed as GICR_TYPER has them.</summary>
    private static uint Affinity(ulong mpidr) => (uint)(mpidr & 0xffffff) | (uint)(mpidr >> 32 & 0xff) << 24;

    private static void Initialise(ulong redistributor)
    {
        Mmio.Write32(redistributor + Wake, Mmio.Read32(redistributor + Wake) & ~2u);
        for (int i = 0; i < 1_000_000 && (Mmio.Read32(redistributor + Wake) & 4) != 0; i++)
        {
        }

        Mmio.Write32(redistributor + Group, 0xffff_ffff);
        for (ulong i = 0; i < 32; i += 4)
        {
            Mmio.Write32(redistributor + Priority + i, 0xa0a0a0a0);
        }

        SystemRegisters.ICC_SRE_EL2 = 0xf;
        Instructions.Isb();
        SystemRegisters.ICC_PMR_EL1 = 0xff;
        SystemRegisters.ICC_CTLR_EL1 = 0;
        SystemRegisters.ICC_IGRPEN1_EL1 = 1;
        Instructions.Isb();
    }
}
