// PSTATE as SPSR_ELx holds it (Arm ARM C5.2.19).

namespace Nestor.Kernel;

/// <summary>Bits of a saved program status.</summary>
public static class Pstate
{
    public const ulong ModeMask = 0x1f;
    public const ulong El0t = 0x0;
    public const ulong El1t = 0x4;
    public const ulong El1h = 0x5;
    public const ulong El2t = 0x8;
    public const ulong El2h = 0x9;
    public const ulong AArch32 = 0x10;
    public const ulong Fiq = 1UL << 6;
    public const ulong Irq = 1UL << 7;
    public const ulong SError = 1UL << 8;
    public const ulong Debug = 1UL << 9;
    public const ulong Daif = 0xfUL << 6;
    public const ulong Btype = 3UL << 10;
    public const ulong Ssbs = 1UL << 12;
    public const ulong Il = 1UL << 20;
    public const ulong Ss = 1UL << 21;
    public const ulong Pan = 1UL << 22;
    public const ulong Uao = 1UL << 23;
    public const ulong Dit = 1UL << 24;
    public const ulong Tco = 1UL << 25;
    public const ulong Z = 1UL << 30;
    public const ulong Flags = 0xfUL << 28;

    /// <summary>What an AArch64 exception return restores on this CPU.</summary>
    public const ulong Restored = Flags | Tco | Dit | Uao | Pan | Ss | Il | Ssbs | Btype | Daif | ModeMask;
}
