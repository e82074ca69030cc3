// What this machine's CPU has, read once at boot: the register banks ask before they touch a register that may not exist.

namespace Nestor.Hal;

/// <summary>Optional features of the CPU that Nestor acts on.</summary>
public static class Features
{
    /// <summary>FEAT_LSE, without which no lock of this image can be taken.</summary>
    public static bool Lse;

    /// <summary>FEAT_SVE.</summary>
    public static bool Sve;

    /// <summary>FEAT_SME.</summary>
    public static bool Sme;

    /// <summary>FEAT_SME2: ZT0 and SMCR_ELx.EZT0.</summary>
    public static bool Sme2;

    /// <summary>FEAT_HCX: HCRX_EL2.</summary>
    public static bool Hcx;

    /// <summary>FEAT_FGT: the fine-grained trap registers.</summary>
    public static bool Fgt;

    /// <summary>FEAT_FGT2: the further fine-grained trap registers.</summary>
    public static bool Fgt2;

    /// <summary>FEAT_NV.</summary>
    public static bool Nv;

    /// <summary>FEAT_NV2.</summary>
    public static bool Nv2;

    /// <summary>FEAT_ECV with CNTPOFF_EL2.</summary>
    public static bool CounterOffset;

    /// <summary>ID_AA64MMFR0_EL1.PARange: 2 is 40 bits, 5 is 48, 6 is 52.</summary>
    public static uint PhysicalRange;

    /// <summary>Reads the identification registers.</summary>
    public static void Detect()
    {
        ulong pfr0 = SystemRegisters.ID_AA64PFR0_EL1;
        ulong pfr1 = SystemRegisters.ID_AA64PFR1_EL1;
        ulong mmfr0 = SystemRegisters.ID_AA64MMFR0_EL1;
        ulong mmfr1 = SystemRegisters.ID_AA64MMFR1_EL1;
        ulong mmfr2 = SystemRegisters.ID_AA64MMFR2_EL1;
        Lse = Field(SystemRegisters.ID_AA64ISAR0_EL1, 20) >= 2;
        Sve = Field(pfr0, 32) != 0;
        Sme = Field(pfr1, 24) != 0;
        Sme2 = Field(pfr1, 24) >= 2;
        Hcx = Field(mmfr1, 40) != 0;
        Fgt = Field(mmfr0, 56) != 0;
        Fgt2 = Field(mmfr0, 56) >= 2;
        CounterOffset = Field(mmfr0, 60) >= 2;
        Nv = Field(mmfr2, 24) >= 1;
        Nv2 = Field(mmfr2, 24) >= 2;
        PhysicalRange = Field(mmfr0, 0);
    }

    private static uint Field(ulong register, int shift) => (uint)(register >> shift) & 0xf;
}
