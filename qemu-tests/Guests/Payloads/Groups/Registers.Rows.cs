// The rows of the register table with the bits to try. What is only accessed holds nothing on this CPU, or what it holds
// is the implementation's own business.

namespace Nestor.Payloads;

internal static unsafe partial class Registers
{
    private const ulong All = ulong.MaxValue;
    private const ulong Word = 0xffff_ffff;
    private const ulong Table = 0xffff_ffff_ffff_f000;
    private const ulong Translation = 0x007f_3f3f;
    private const ulong Status = 0xf030_03cf;
    private const ulong Vectors = ~0x7ffUL;
    private const ulong BreakAddress = 0x0000_ffff_ffff_fffc;

    /// <summary>The EL1 bank, by the names that E2H=1 turns to EL2.</summary>
    private static void El1Rows()
    {
        Row("SCTLR_EL1"u8, Encoding.SCTLR_EL1, 0xd00e);
        Row("CPACR_EL1"u8, Encoding.CPACR_EL1, 0x0333_0000);
        Row("ZCR_EL1"u8, Encoding.ZCR_EL1, 0xf);
        Row("SMCR_EL1"u8, Encoding.SMCR_EL1, 0xf);
        Row("TTBR0_EL1"u8, Encoding.TTBR0_EL1, Table);
        Row("TTBR1_EL1"u8, Encoding.TTBR1_EL1, Table);
        Row("TCR_EL1"u8, Encoding.TCR_EL1, Translation);
        Row("SPSR_EL1"u8, Encoding.SPSR_EL1, Status);
        Row("ELR_EL1"u8, Encoding.ELR_EL1, All);
        Access("AFSR0_EL1"u8, Encoding.AFSR0_EL1);
        Access("AFSR1_EL1"u8, Encoding.AFSR1_EL1);
        Row("ESR_EL1"u8, Encoding.ESR_EL1, Word);
        Row("FAR_EL1"u8, Encoding.FAR_EL1, All);
        Row("MAIR_EL1"u8, Encoding.MAIR_EL1, All);
        Access("AMAIR_EL1"u8, Encoding.AMAIR_EL1);
        Row("VBAR_EL1"u8, Encoding.VBAR_EL1, Vectors);
        Row("CONTEXTIDR_EL1"u8, Encoding.CONTEXTIDR_EL1, Word);
        Row("SCXTNUM_EL1"u8, Encoding.SCXTNUM_EL1, All);
        Row("CNTKCTL_EL1"u8, Encoding.CNTKCTL_EL1, 0x303);
    }

    /// <summary>What has one name and one copy at every level.</summary>
    private static void CommonRows()
    {
        Access("ACTLR_EL1"u8, Encoding.ACTLR_EL1);
        Row("SP_EL1"u8, Encoding.SP_EL1, All);
        Row("MDSCR_EL1"u8, Encoding.MDSCR_EL1, 0x9000);
        Row("SP_EL0"u8, Encoding.SP_EL0, All);
        Row("TPIDR_EL0"u8, Encoding.TPIDR_EL0, All);
        Row("TPIDRRO_EL0"u8, Encoding.TPIDRRO_EL0, All);
        Row("TPIDR_EL1"u8, Encoding.TPIDR_EL1, All);
        Row("TPIDR2_EL0"u8, Encoding.TPIDR2_EL0, All);
        Row("SCXTNUM_EL0"u8, Encoding.SCXTNUM_EL0, All);
        Row("PAR_EL1"u8, Encoding.PAR_EL1, 0x0000_ffff_ffff_f000);
        Row("CSSELR_EL1"u8, Encoding.CSSELR_EL1, 0x7);
        Access("SMPRI_EL1"u8, Encoding.SMPRI_EL1);
        Row("DISR_EL1"u8, Encoding.DISR_EL1, 0x81ff_ffff);
        Row("APIAKeyLo_EL1"u8, Encoding.APIAKeyLo_EL1, All);
        Row("APIAKeyHi_EL1"u8, Encoding.APIAKeyHi_EL1, All);
        Row("APIBKeyLo_EL1"u8, Encoding.APIBKeyLo_EL1, All);
        Row("APIBKeyHi_EL1"u8, Encoding.APIBKeyHi_EL1, All);
        Row("APDAKeyLo_EL1"u8, Encoding.APDAKeyLo_EL1, All);
        Row("APDAKeyHi_EL1"u8, Encoding.APDAKeyHi_EL1, All);
        Row("APDBKeyLo_EL1"u8, Encoding.APDBKeyLo_EL1, All);
        Row("APDBKeyHi_EL1"u8, Encoding.APDBKeyHi_EL1, All);
        Row("APGAKeyLo_EL1"u8, Encoding.APGAKeyLo_EL1, All);
        Row("APGAKeyHi_EL1"u8, Encoding.APGAKeyHi_EL1, All);
        Row("DBGBVR0_EL1"u8, Encoding.DBGBVR0_EL1, BreakAddress);
        Row("DBGBCR0_EL1"u8, Encoding.DBGBCR0_EL1, 0x2006);
        Row("DBGBVR1_EL1"u8, Encoding.DBGBVR1_EL1, BreakAddress);
        Row("DBGBCR1_EL1"u8, Encoding.DBGBCR1_EL1, 0x2006);
        Row("DBGBVR2_EL1"u8, Encoding.DBGBVR2_EL1, BreakAddress);
        Row("DBGBCR2_EL1"u8, Encoding.DBGBCR2_EL1, 0x2006);
        Row("DBGBVR3_EL1"u8, Encoding.DBGBVR3_EL1, BreakAddress);
        Row("DBGBCR3_EL1"u8, Encoding.DBGBCR3_EL1, 0x2006);
        Row("DBGBVR4_EL1"u8, Encoding.DBGBVR4_EL1, BreakAddress);
        Row("DBGBCR4_EL1"u8, Encoding.DBGBCR4_EL1, 0x2006);
        Row("DBGBVR5_EL1"u8, Encoding.DBGBVR5_EL1, BreakAddress);
        Row("DBGBCR5_EL1"u8, Encoding.DBGBCR5_EL1, 0x2006);
        Row("DBGWVR0_EL1"u8, Encoding.DBGWVR0_EL1, BreakAddress);
        Row("DBGWCR0_EL1"u8, Encoding.DBGWCR0_EL1, 0x1fe6);
        Row("DBGWVR1_EL1"u8, Encoding.DBGWVR1_EL1, BreakAddress);
        Row("DBGWCR1_EL1"u8, Encoding.DBGWCR1_EL1, 0x1fe6);
        Row("DBGWVR2_EL1"u8, Encoding.DBGWVR2_EL1, BreakAddress);
        Row("DBGWCR2_EL1"u8, Encoding.DBGWCR2_EL1, 0x1fe6);
        Row("DBGWVR3_EL1"u8, Encoding.DBGWVR3_EL1, BreakAddress);
        Row("DBGWCR3_EL1"u8, Encoding.DBGWCR3_EL1, 0x1fe6);
    }

    /// <summary>EL2's own, system and special-purpose.</summary>
    private static void El2Rows()
    {
        Row("SPSR_EL2"u8, Encoding.SPSR_EL2, Status);
        Row("ELR_EL2"u8, Encoding.ELR_EL2, All);
        Row("VPIDR_EL2"u8, Encoding.VPIDR_EL2, Word);
        Row("VMPIDR_EL2"u8, Encoding.VMPIDR_EL2, 0xff_00ff_ffff);
        Row("SCTLR_EL2"u8, Encoding.SCTLR_EL2, 0x100c);
        Access("ACTLR_EL2"u8, Encoding.ACTLR_EL2);
        Row("HCR_EL2"u8, Encoding.HCR_EL2, Hcr.TVM | Hcr.TRVM | Hcr.TWI | Hcr.TWE | Hcr.TSC | Hcr.TID3 | Hcr.TACR | Hcr.IMO | Hcr.FMO | Hcr.AMO | Hcr.VM);
        Row("MDCR_EL2"u8, Encoding.MDCR_EL2, 0xf00);
        Row("CPTR_EL2"u8, Encoding.CPTR_EL2, s_e2h ? 0x8033_0000UL : 0x8000_0500);
        Row("HSTR_EL2"u8, Encoding.HSTR_EL2, 0xbfef);
        Row("HFGRTR_EL2"u8, Encoding.HFGRTR_EL2, 0xff);
        Row("HFGWTR_EL2"u8, Encoding.HFGWTR_EL2, 0xb);
        Row("HFGITR_EL2"u8, Encoding.HFGITR_EL2, 0xff);
        Access("HACR_EL2"u8, Encoding.HACR_EL2);
        Row("ZCR_EL2"u8, Encoding.ZCR_EL2, 0xf);
        Row("HCRX_EL2"u8, Encoding.HCRX_EL2, 0x18);
        Access("SMPRIMAP_EL2"u8, Encoding.SMPRIMAP_EL2);
        Row("SMCR_EL2"u8, Encoding.SMCR_EL2, 0xf);
        Row("TTBR0_EL2"u8, Encoding.TTBR0_EL2, 0x0000_ffff_ffff_f000);
        Row("TTBR1_EL2"u8, Encoding.TTBR1_EL2, 0x0000_ffff_ffff_f000);
        Row("TCR_EL2"u8, Encoding.TCR_EL2, s_e2h ? Translation : 0x0007_3f3f);
        Row("VTTBR_EL2"u8, Encoding.VTTBR_EL2, 0x00ff_ffff_ffff_f000);
        Row("VTCR_EL2"u8, Encoding.VTCR_EL2, 0x0007_3fff);
        Row("VNCR_EL2"u8, Encoding.VNCR_EL2, 0x0000_ffff_ffff_f000);
        Row("SPSR_irq"u8, Encoding.SPSR_irq, All);
        Row("SPSR_abt"u8, Encoding.SPSR_abt, All);
        Row("SPSR_und"u8, Encoding.SPSR_und, All);
        Row("SPSR_fiq"u8, Encoding.SPSR_fiq, All);
        Row("DACR32_EL2"u8, Encoding.DACR32_EL2, Word);
        Undefined("HAFGRTR_EL2"u8, Encoding.HAFGRTR_EL2);
        Row("HDFGRTR_EL2"u8, Encoding.HDFGRTR_EL2, 0xff);
        Row("HDFGWTR_EL2"u8, Encoding.HDFGWTR_EL2, 0xf);
        Row("IFSR32_EL2"u8, Encoding.IFSR32_EL2, 0x3f);
        Row("FPEXC32_EL2"u8, Encoding.FPEXC32_EL2, 0x4000_0000);
        Access("DBGVCR32_EL2"u8, Encoding.DBGVCR32_EL2);
        Access("AFSR0_EL2"u8, Encoding.AFSR0_EL2);
        Access("AFSR1_EL2"u8, Encoding.AFSR1_EL2);
        Row("ESR_EL2"u8, Encoding.ESR_EL2, Word);
        Row("VSESR_EL2"u8, Encoding.VSESR_EL2, 0x1ff_ffff);
        Row("FAR_EL2"u8, Encoding.FAR_EL2, All);
        Row("HPFAR_EL2"u8, Encoding.HPFAR_EL2, 0xff_ffff_fff0);
        Row("MAIR_EL2"u8, Encoding.MAIR_EL2, All);
        Access("AMAIR_EL2"u8, Encoding.AMAIR_EL2);
        Row("VBAR_EL2"u8, Encoding.VBAR_EL2, Vectors);
        ReadOnly("RVBAR_EL2"u8, Encoding.RVBAR_EL2);
        Access("RMR_EL2"u8, Encoding.RMR_EL2);
        Row("VDISR_EL2"u8, Encoding.VDISR_EL2, 0x81ff_ffff);
        Row("CONTEXTIDR_EL2"u8, Encoding.CONTEXTIDR_EL2, Word);
        Row("TPIDR_EL2"u8, Encoding.TPIDR_EL2, All);
        Row("SCXTNUM_EL2"u8, Encoding.SCXTNUM_EL2, All);
        Row("CNTVOFF_EL2"u8, Encoding.CNTVOFF_EL2, All);
        Row("CNTPOFF_EL2"u8, Encoding.CNTPOFF_EL2, All);
        Row("CNTHCTL_EL2"u8, Encoding.CNTHCTL_EL2, s_e2h ? 0xff3UL : 0xf3);
    }

    private static void TimerRows()
    {
        Row("CNTP_CTL_EL0"u8, Encoding.CNTP_CTL_EL0, 3);
        Row("CNTP_CVAL_EL0"u8, Encoding.CNTP_CVAL_EL0, All);
        TimerValue("CNTP_TVAL_EL0"u8, Encoding.CNTP_TVAL_EL0, Encoding.CNTP_CVAL_EL0, Encoding.CNTPCT_EL0);
        Row("CNTV_CTL_EL0"u8, Encoding.CNTV_CTL_EL0, 3);
        Row("CNTV_CVAL_EL0"u8, Encoding.CNTV_CVAL_EL0, All);
        TimerValue("CNTV_TVAL_EL0"u8, Encoding.CNTV_TVAL_EL0, Encoding.CNTV_CVAL_EL0, Encoding.CNTVCT_EL0);
        Row("CNTHP_CTL_EL2"u8, Encoding.CNTHP_CTL_EL2, 3);
        Row("CNTHP_CVAL_EL2"u8, Encoding.CNTHP_CVAL_EL2, All);
        TimerValue("CNTHP_TVAL_EL2"u8, Encoding.CNTHP_TVAL_EL2, Encoding.CNTHP_CVAL_EL2, Encoding.CNTPCT_EL0);
        Row("CNTHV_CTL_EL2"u8, Encoding.CNTHV_CTL_EL2, 3);
        Row("CNTHV_CVAL_EL2"u8, Encoding.CNTHV_CVAL_EL2, All);
        TimerValue("CNTHV_TVAL_EL2"u8, Encoding.CNTHV_TVAL_EL2, Encoding.CNTHV_CVAL_EL2, Encoding.CNTPCT_EL0);
    }

    private static void InterfaceRows()
    {
        const ulong ListRegister = 0xd0f8_0000_ffff_ffff;
        Row("ICH_AP0R0_EL2"u8, Encoding.ICH_AP0R0_EL2, Word);
        Row("ICH_AP1R0_EL2"u8, Encoding.ICH_AP1R0_EL2, Word);
        Access("ICC_SRE_EL2"u8, Encoding.ICC_SRE_EL2);
        Row("ICH_HCR_EL2"u8, Encoding.ICH_HCR_EL2, 0xff);
        ReadOnly("ICH_VTR_EL2"u8, Encoding.ICH_VTR_EL2);
        ReadOnly("ICH_MISR_EL2"u8, Encoding.ICH_MISR_EL2);
        ReadOnly("ICH_EISR_EL2"u8, Encoding.ICH_EISR_EL2);
        ReadOnly("ICH_ELRSR_EL2"u8, Encoding.ICH_ELRSR_EL2);
        Row("ICH_VMCR_EL2"u8, Encoding.ICH_VMCR_EL2, 0xf800_0202);
        Row("ICH_LR0_EL2"u8, Encoding.ICH_LR0_EL2, ListRegister);
        Row("ICH_LR1_EL2"u8, Encoding.ICH_LR1_EL2, ListRegister);
        Row("ICH_LR2_EL2"u8, Encoding.ICH_LR2_EL2, ListRegister);
        Row("ICH_LR3_EL2"u8, Encoding.ICH_LR3_EL2, ListRegister);

        // Four list registers and five bits of priority: there are no more.
        Undefined("ICH_AP0R1_EL2"u8, Encoding.ICH_AP0R1_EL2);
        Undefined("ICH_AP0R2_EL2"u8, Encoding.ICH_AP0R2_EL2);
        Undefined("ICH_AP0R3_EL2"u8, Encoding.ICH_AP0R3_EL2);
        Undefined("ICH_AP1R1_EL2"u8, Encoding.ICH_AP1R1_EL2);
        Undefined("ICH_AP1R2_EL2"u8, Encoding.ICH_AP1R2_EL2);
        Undefined("ICH_AP1R3_EL2"u8, Encoding.ICH_AP1R3_EL2);
        Undefined("ICH_LR4_EL2"u8, Encoding.ICH_LR4_EL2);
        Undefined("ICH_LR5_EL2"u8, Encoding.ICH_LR5_EL2);
        Undefined("ICH_LR6_EL2"u8, Encoding.ICH_LR6_EL2);
        Undefined("ICH_LR7_EL2"u8, Encoding.ICH_LR7_EL2);
        Undefined("ICH_LR8_EL2"u8, Encoding.ICH_LR8_EL2);
        Undefined("ICH_LR9_EL2"u8, Encoding.ICH_LR9_EL2);
        Undefined("ICH_LR10_EL2"u8, Encoding.ICH_LR10_EL2);
        Undefined("ICH_LR11_EL2"u8, Encoding.ICH_LR11_EL2);
        Undefined("ICH_LR12_EL2"u8, Encoding.ICH_LR12_EL2);
        Undefined("ICH_LR13_EL2"u8, Encoding.ICH_LR13_EL2);
        Undefined("ICH_LR14_EL2"u8, Encoding.ICH_LR14_EL2);
        Undefined("ICH_LR15_EL2"u8, Encoding.ICH_LR15_EL2);
    }
}
