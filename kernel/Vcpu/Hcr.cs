// Bits of HCR_EL2 (Arm ARM D19.2.48), and what Nestor sets for each context.

namespace Nestor.Kernel;

/// <summary>HCR_EL2.</summary>
public static class Hcr
{
    public const ulong VM     = 1UL << 0;
    public const ulong SWIO   = 1UL << 1;
    public const ulong PTW    = 1UL << 2;
    public const ulong FMO    = 1UL << 3;
    public const ulong IMO    = 1UL << 4;
    public const ulong AMO    = 1UL << 5;
    public const ulong VF     = 1UL << 6;
    public const ulong VI     = 1UL << 7;
    public const ulong VSE    = 1UL << 8;
    public const ulong FB     = 1UL << 9;
    public const ulong BSU_IS = 1UL << 10;
    public const ulong DC     = 1UL << 12;
    public const ulong TWI    = 1UL << 13;
    public const ulong TWE    = 1UL << 14;
    public const ulong TID1   = 1UL << 16;
    public const ulong TID2   = 1UL << 17;
    public const ulong TID3   = 1UL << 18;
    public const ulong TSC    = 1UL << 19;
    public const ulong TIDCP  = 1UL << 20;
    public const ulong TACR   = 1UL << 21;
    public const ulong TSW    = 1UL << 22;
    public const ulong TPCP   = 1UL << 23;
    public const ulong TPU    = 1UL << 24;
    public const ulong TTLB   = 1UL << 25;
    public const ulong TVM    = 1UL << 26;
    public const ulong TGE    = 1UL << 27;
    public const ulong TDZ    = 1UL << 28;
    public const ulong HCD    = 1UL << 29;
    public const ulong TRVM   = 1UL << 30;
    public const ulong RW     = 1UL << 31;
    public const ulong CD     = 1UL << 32;
    public const ulong ID     = 1UL << 33;
    public const ulong E2H    = 1UL << 34;
    public const ulong TLOR   = 1UL << 35;
    public const ulong TERR   = 1UL << 36;
    public const ulong TEA    = 1UL << 37;
    public const ulong APK    = 1UL << 40;
    public const ulong API    = 1UL << 41;
    public const ulong NV     = 1UL << 42;
    public const ulong NV1    = 1UL << 43;
    public const ulong AT     = 1UL << 44;
    public const ulong NV2    = 1UL << 45;
    public const ulong FWB    = 1UL << 46;
    public const ulong FIEN   = 1UL << 47;
    public const ulong TID4   = 1UL << 49;
    public const ulong TICAB  = 1UL << 50;
    public const ulong TOCU   = 1UL << 52;
    public const ulong EnSCXT = 1UL << 53;
    public const ulong TTLBIS = 1UL << 54;
    public const ulong TTLBOS = 1UL << 55;
    public const ulong TID5   = 1UL << 58;

    /// <summary>
    /// Set in every context: stage 2, interrupts to Nestor, WFI, SMC and identification trapped, PAuth open. Nobody has error
    /// records, limited ordering regions or memory tags, so their registers trap.
    /// </summary>
    public const ulong Always =
        VM | SWIO | FMO | IMO | AMO | FB | BSU_IS | TWI | TID3 | TID5 | TSC | TIDCP | TERR | TLOR | RW | APK | API | EnSCXT;

    /// <summary>Virtual EL2 with E2H=1: EL2 registers, ERET, address translation and TLB instructions trap or redirect.</summary>
    public const ulong HypervisorVhe = Always | NV | AT | TTLB;

    /// <summary>Virtual EL2 with E2H=0: the EL1 names are the guest's guest's, so they redirect too.</summary>
    public const ulong HypervisorNvhe = Always | NV | NV1 | AT | TTLB;
}
