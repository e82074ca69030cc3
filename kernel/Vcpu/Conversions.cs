// Virtual EL2 with E2H=0 has its own register formats; on hardware it runs on EL1's. Each method turns the EL2 format of
// the register it is named after into the EL1 register that stands for it (Arm ARM D19.2; HCR_EL2.{NV,NV1}={1,1} makes
// the EL1 translation tables be read in EL2's format, so the tables need nothing).

namespace Nestor.Kernel;

/// <summary>EL2 (E2H=0) register formats as their EL1 shadows.</summary>
public static class Conversions
{
    private const ulong SctlrRes1 = 0x0000_0000_3050_0980;      // EL1's RES1 bits (LSMAOE, nTLSMD, SPAN, EIS, TSCXT, EOS)
    private const ulong SctlrShared = 0xffff_fc00_ff2c_bc0f;    // bits that mean the same at EL1 and EL2
    private const ulong SctlrEl0 = (1UL << 14) | (1UL << 15) | (1UL << 16) | (1UL << 18) | (1UL << 26);

    /// <summary>SCTLR_EL2 as SCTLR_EL1: what concerns EL0 is open, there is no EL0 in this regime.</summary>
    public static ulong SCTLR_EL2(ulong value) => (value & SctlrShared) | SctlrRes1 | SctlrEl0;

    /// <summary>TCR_EL2 as TCR_EL1: one range of addresses, so the second is switched off.</summary>
    public static ulong TCR_EL2(ulong value)
    {
        const ulong DisableUpper = 1UL << 23;
        ulong result = value & 0xff3f;                          // T0SZ, IRGN0, ORGN0, SH0, TG0
        result |= (value >> 16 & 7) << 32;                      // PS -> IPS
        result |= (value >> 20 & 1) << 37;                      // TBI -> TBI0
        result |= (value >> 21 & 3) << 39;                      // HA, HD
        result |= (value >> 24 & 1) << 41;                      // HPD -> HPD0
        result |= (value >> 25 & 0xf) << 43;                    // HWU59..62
        result |= (value >> 29 & 1) << 51;                      // TBID -> TBID0
        result |= (value >> 32 & 1) << 59;                      // DS
        return result | DisableUpper | (16UL << 16) | (2UL << 30);
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
