// Generated from the tables of hal/Registers by `./build.sh generate`; not to be edited.

namespace Nestor.Kernel;

/// <summary>
/// The fine-grained trap registers while Nestor wants no trap for itself. A trap stays enabled unless the table of traps has a
/// control for it.
/// </summary>
internal static class FineGrainedControls
{
    /// <summary>HFGxTR_EL2 for a VM: all traps that the table knows are off.</summary>
    internal const ulong HFGxTROpen = 0xc3fe0000f80000;

    /// <summary>The traps of HFGxTR_EL2 that stay on below a guest hypervisor.</summary>
    internal const ulong HFGxTRClosed = 0x3fe0000f80000;

    /// <summary>The bits of HFGxTR_EL2 that a guest hypervisor sets for its guest.</summary>
    internal const ulong HFGxTRForwarded = 0xc001ffff07ffff;

    /// <summary>HDFGxTR_EL2 for a VM: all traps that the table knows are off.</summary>
    internal const ulong HDFGxTROpen = 0x83fffb3fff800000;

    /// <summary>The traps of HDFGxTR_EL2 that stay on below a guest hypervisor.</summary>
    internal const ulong HDFGxTRClosed = 0x83fffb3fff800000;

    /// <summary>The bits of HDFGxTR_EL2 that a guest hypervisor sets for its guest.</summary>
    internal const ulong HDFGxTRForwarded = 0x4000000007fffff;

    /// <summary>HFGITR_EL2 for a VM: all traps that the table knows are off.</summary>
    internal const ulong HFGITROpen = 0xb000000000000000;

    /// <summary>The traps of HFGITR_EL2 that stay on below a guest hypervisor.</summary>
    internal const ulong HFGITRClosed = 0xb000000000000000;

    /// <summary>The bits of HFGITR_EL2 that a guest hypervisor sets for its guest.</summary>
    internal const ulong HFGITRForwarded = 0x7fffffffffffff;
}
