// Virtual EL2 with E2H=0 has its own register formats; on hardware it runs on EL1's. Each method turns the EL2 format of
// the register it is named after into the EL1 register that stands for it (Arm ARM D19.2; HCR_EL2.{NV,NV1}={1,1} makes
// the EL1 translation tables be read in EL2's format, so the tables need nothing).

namespace Nestor.Kernel;

/// <summary>EL2 (E2H=0) register formats as their EL1 shadows.</summary>
public static class Conversions
{
    // SCTLR_EL2 fields that SCTLR_EL1 has in the same place with the same meaning: M, A, C, SA, nAA, EOS, I, EnDB, WXN, IESB, EIS, EE,
    // EnDA, EnIB, EnIA, BT (BT1), ITFSB, TCF, ATA, DSSBS, NMI, SPINTMASK.
    private const ulong SctlrShared =
        0x4fUL | (1 << 11) | (1 << 12) | (1 << 13) | (1 << 19) | (1 << 21) | (1 << 22) | (1 << 25) | (1 << 27) | (3UL << 30)
        | (3UL << 36) | (3UL << 40) | (3UL << 43) | (3UL << 61);

    // SPAN: no exception to an EL2 without an EL0 sets PSTATE.PAN (Arm ARM D1.3). Then RES1 bits that concern EL0 only.
    private const ulong SctlrAlways = (1 << 23) | 0x3010_0180;

    /// <summary>SCTLR_EL2 as SCTLR_EL1. Fields that only concern EL0 do not matter: this regime has none.</summary>
    public static ulong SCTLR_EL2(ulong value) => (value & SctlrShared) | SctlrAlways;

    /// <summary>
    /// TCR_EL2 as TCR_EL1: one range of addresses, so the walks of the second are switched off. Its size and tag bits are those of the
    /// first: a pointer with bit 55 set is signed as wide as any other.
    /// </summary>
    public static ulong TCR_EL2(ulong value)
    {
        const ulong DisableUpper = 1UL << 23;
        ulong result = value & 0xff3f;                          // T0SZ, IRGN0, ORGN0, SH0, TG0
        result |= (value >> 16 & 7) << 32;                      // PS -> IPS
        result |= (value >> 20 & 1) * (3UL << 37);              // TBI -> TBI0, TBI1
        result |= (value >> 21 & 3) << 39;                      // HA, HD
        result |= (value >> 24 & 1) << 41;                      // HPD -> HPD0
        result |= (value >> 25 & 0xf) << 43;                    // HWU59..62
        result |= (value >> 29 & 1) * (3UL << 51);              // TBID -> TBID0, TBID1
        result |= (value >> 32 & 1) << 59;                      // DS
        result |= (value & 0x3f) << 16;                         // T0SZ -> T1SZ
        return result | DisableUpper | (2UL << 30);
    }

    /// <summary>CPTR_EL2 as CPACR_EL1: a trap bit becomes "not enabled".</summary>
    public static ulong CPTR_EL2(ulong value)
    {
        ulong result = 0;
        result |= (value & (1 << 10)) == 0 ? 3UL << 20 : 0;     // TFP -> FPEN
        result |= (value & (1 << 8)) == 0 ? 3UL << 16 : 0;      // TZ -> ZEN
        result |= (value & (1 << 12)) == 0 ? 3UL << 24 : 0;     // TSM -> SMEN
        return result;
    }
}
