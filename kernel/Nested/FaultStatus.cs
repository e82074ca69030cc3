// Fault status codes of aborts (Arm ARM D19.2.40, ESR_ELx.xFSC; the same in PAR_EL1.FST). The level is in the low bits.

namespace Nestor.Kernel;

/// <summary>ESR_ELx.xFSC.</summary>
public static class FaultStatus
{
    public const uint Mask = 0x3f;

    /// <summary>A code without its level.</summary>
    public const uint KindMask = 0x3c;

    public const uint AddressSize = 0x00;
    public const uint Translation = 0x04;
    public const uint AccessFlag = 0x08;
    public const uint Permission = 0x0c;
    public const uint External = 0x10;
    public const uint ExternalOnWalk = 0x14;

    /// <summary>An unaligned access to Device memory.</summary>
    public const uint Alignment = 0x21;

    /// <summary>A table that hardware cannot update.</summary>
    public const uint UnsupportedAtomicUpdate = 0x31;
}
