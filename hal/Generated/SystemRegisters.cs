// Generated from the tables of hal/Registers by `./build.sh generate`; not to be edited.

using System.Runtime;
using System.Runtime.CompilerServices;

namespace Nestor.Hal;

/// <summary>This CPU's system registers, by the Arm ARM's names. An access is one instruction.</summary>
public static unsafe class SystemRegisters
{
    public static ulong SCTLR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SCTLR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SCTLR_EL1(value);
    }

    public static ulong ACTLR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ACTLR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ACTLR_EL1(value);
    }

    public static ulong CPACR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CPACR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CPACR_EL1(value);
    }

    public static ulong ZCR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ZCR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ZCR_EL1(value);
    }

    public static ulong SMCR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SMCR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SMCR_EL1(value);
    }

    public static ulong TTBR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_TTBR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_TTBR0_EL1(value);
    }

    public static ulong TTBR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_TTBR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_TTBR1_EL1(value);
    }

    public static ulong TCR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_TCR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_TCR_EL1(value);
    }

    public static ulong SPSR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SPSR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SPSR_EL1(value);
    }

    public static ulong ELR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ELR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ELR_EL1(value);
    }

    public static ulong SP_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SP_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SP_EL1(value);
    }

    public static ulong AFSR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_AFSR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_AFSR0_EL1(value);
    }

    public static ulong AFSR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_AFSR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_AFSR1_EL1(value);
    }

    public static ulong ESR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ESR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ESR_EL1(value);
    }

    public static ulong FAR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_FAR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_FAR_EL1(value);
    }

    public static ulong MAIR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_MAIR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_MAIR_EL1(value);
    }

    public static ulong AMAIR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_AMAIR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_AMAIR_EL1(value);
    }

    public static ulong VBAR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_VBAR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_VBAR_EL1(value);
    }

    public static ulong CONTEXTIDR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CONTEXTIDR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CONTEXTIDR_EL1(value);
    }

    public static ulong SCXTNUM_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SCXTNUM_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SCXTNUM_EL1(value);
    }

    public static ulong CNTKCTL_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTKCTL_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTKCTL_EL1(value);
    }

    public static ulong MDSCR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_MDSCR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_MDSCR_EL1(value);
    }

    public static ulong SP_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SP_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SP_EL0(value);
    }

    public static ulong TPIDR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_TPIDR_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_TPIDR_EL0(value);
    }

    public static ulong TPIDRRO_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_TPIDRRO_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_TPIDRRO_EL0(value);
    }

    public static ulong TPIDR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_TPIDR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_TPIDR_EL1(value);
    }

    public static ulong TPIDR2_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_TPIDR2_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_TPIDR2_EL0(value);
    }

    public static ulong SCXTNUM_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SCXTNUM_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SCXTNUM_EL0(value);
    }

    public static ulong PAR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PAR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PAR_EL1(value);
    }

    public static ulong CSSELR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CSSELR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CSSELR_EL1(value);
    }

    public static ulong SMPRI_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SMPRI_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SMPRI_EL1(value);
    }

    public static ulong DISR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DISR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DISR_EL1(value);
    }

    public static ulong APIAKeyLo_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_APIAKeyLo_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_APIAKeyLo_EL1(value);
    }

    public static ulong APIAKeyHi_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_APIAKeyHi_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_APIAKeyHi_EL1(value);
    }

    public static ulong APIBKeyLo_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_APIBKeyLo_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_APIBKeyLo_EL1(value);
    }

    public static ulong APIBKeyHi_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_APIBKeyHi_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_APIBKeyHi_EL1(value);
    }

    public static ulong APDAKeyLo_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_APDAKeyLo_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_APDAKeyLo_EL1(value);
    }

    public static ulong APDAKeyHi_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_APDAKeyHi_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_APDAKeyHi_EL1(value);
    }

    public static ulong APDBKeyLo_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_APDBKeyLo_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_APDBKeyLo_EL1(value);
    }

    public static ulong APDBKeyHi_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_APDBKeyHi_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_APDBKeyHi_EL1(value);
    }

    public static ulong APGAKeyLo_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_APGAKeyLo_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_APGAKeyLo_EL1(value);
    }

    public static ulong APGAKeyHi_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_APGAKeyHi_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_APGAKeyHi_EL1(value);
    }

    public static ulong DBGBVR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGBVR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGBVR0_EL1(value);
    }

    public static ulong DBGBCR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGBCR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGBCR0_EL1(value);
    }

    public static ulong DBGBVR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGBVR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGBVR1_EL1(value);
    }

    public static ulong DBGBCR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGBCR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGBCR1_EL1(value);
    }

    public static ulong DBGBVR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGBVR2_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGBVR2_EL1(value);
    }

    public static ulong DBGBCR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGBCR2_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGBCR2_EL1(value);
    }

    public static ulong DBGBVR3_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGBVR3_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGBVR3_EL1(value);
    }

    public static ulong DBGBCR3_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGBCR3_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGBCR3_EL1(value);
    }

    public static ulong DBGBVR4_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGBVR4_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGBVR4_EL1(value);
    }

    public static ulong DBGBCR4_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGBCR4_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGBCR4_EL1(value);
    }

    public static ulong DBGBVR5_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGBVR5_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGBVR5_EL1(value);
    }

    public static ulong DBGBCR5_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGBCR5_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGBCR5_EL1(value);
    }

    public static ulong DBGWVR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGWVR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGWVR0_EL1(value);
    }

    public static ulong DBGWCR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGWCR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGWCR0_EL1(value);
    }

    public static ulong DBGWVR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGWVR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGWVR1_EL1(value);
    }

    public static ulong DBGWCR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGWCR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGWCR1_EL1(value);
    }

    public static ulong DBGWVR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGWVR2_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGWVR2_EL1(value);
    }

    public static ulong DBGWCR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGWCR2_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGWCR2_EL1(value);
    }

    public static ulong DBGWVR3_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGWVR3_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGWVR3_EL1(value);
    }

    public static ulong DBGWCR3_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGWCR3_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGWCR3_EL1(value);
    }

    public static ulong SPSR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SPSR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SPSR_EL2(value);
    }

    public static ulong ELR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ELR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ELR_EL2(value);
    }

    public static ulong SP_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SP_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SP_EL2(value);
    }

    public static ulong VPIDR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_VPIDR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_VPIDR_EL2(value);
    }

    public static ulong VMPIDR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_VMPIDR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_VMPIDR_EL2(value);
    }

    public static ulong SCTLR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SCTLR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SCTLR_EL2(value);
    }

    public static ulong ACTLR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ACTLR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ACTLR_EL2(value);
    }

    public static ulong HCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HCR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HCR_EL2(value);
    }

    public static ulong MDCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_MDCR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_MDCR_EL2(value);
    }

    public static ulong CPTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CPTR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CPTR_EL2(value);
    }

    public static ulong HSTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HSTR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HSTR_EL2(value);
    }

    public static ulong HFGRTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HFGRTR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HFGRTR_EL2(value);
    }

    public static ulong HFGWTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HFGWTR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HFGWTR_EL2(value);
    }

    public static ulong HFGITR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HFGITR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HFGITR_EL2(value);
    }

    public static ulong HACR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HACR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HACR_EL2(value);
    }

    public static ulong ZCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ZCR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ZCR_EL2(value);
    }

    public static ulong HCRX_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HCRX_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HCRX_EL2(value);
    }

    public static ulong SMPRIMAP_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SMPRIMAP_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SMPRIMAP_EL2(value);
    }

    public static ulong SMCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SMCR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SMCR_EL2(value);
    }

    public static ulong TTBR0_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_TTBR0_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_TTBR0_EL2(value);
    }

    public static ulong TTBR1_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_TTBR1_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_TTBR1_EL2(value);
    }

    public static ulong TCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_TCR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_TCR_EL2(value);
    }

    public static ulong VTTBR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_VTTBR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_VTTBR_EL2(value);
    }

    public static ulong VTCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_VTCR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_VTCR_EL2(value);
    }

    public static ulong VNCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_VNCR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_VNCR_EL2(value);
    }

    public static ulong SPSR_irq
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SPSR_irq();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SPSR_irq(value);
    }

    public static ulong SPSR_abt
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SPSR_abt();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SPSR_abt(value);
    }

    public static ulong SPSR_und
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SPSR_und();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SPSR_und(value);
    }

    public static ulong SPSR_fiq
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SPSR_fiq();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SPSR_fiq(value);
    }

    public static ulong DACR32_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DACR32_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DACR32_EL2(value);
    }

    public static ulong HDFGRTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HDFGRTR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HDFGRTR_EL2(value);
    }

    public static ulong HDFGWTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HDFGWTR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HDFGWTR_EL2(value);
    }

    public static ulong HAFGRTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HAFGRTR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HAFGRTR_EL2(value);
    }

    public static ulong IFSR32_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_IFSR32_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_IFSR32_EL2(value);
    }

    public static ulong FPEXC32_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_FPEXC32_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_FPEXC32_EL2(value);
    }

    public static ulong DBGVCR32_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGVCR32_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGVCR32_EL2(value);
    }

    public static ulong AFSR0_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_AFSR0_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_AFSR0_EL2(value);
    }

    public static ulong AFSR1_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_AFSR1_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_AFSR1_EL2(value);
    }

    public static ulong ESR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ESR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ESR_EL2(value);
    }

    public static ulong VSESR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_VSESR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_VSESR_EL2(value);
    }

    public static ulong FAR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_FAR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_FAR_EL2(value);
    }

    public static ulong HPFAR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HPFAR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HPFAR_EL2(value);
    }

    public static ulong MAIR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_MAIR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_MAIR_EL2(value);
    }

    public static ulong AMAIR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_AMAIR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_AMAIR_EL2(value);
    }

    public static ulong VBAR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_VBAR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_VBAR_EL2(value);
    }

    public static ulong RVBAR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_RVBAR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_RVBAR_EL2(value);
    }

    public static ulong RMR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_RMR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_RMR_EL2(value);
    }

    public static ulong VDISR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_VDISR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_VDISR_EL2(value);
    }

    public static ulong CONTEXTIDR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CONTEXTIDR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CONTEXTIDR_EL2(value);
    }

    public static ulong TPIDR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_TPIDR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_TPIDR_EL2(value);
    }

    public static ulong SCXTNUM_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SCXTNUM_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SCXTNUM_EL2(value);
    }

    public static ulong CNTVOFF_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTVOFF_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTVOFF_EL2(value);
    }

    public static ulong CNTPOFF_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTPOFF_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTPOFF_EL2(value);
    }

    public static ulong CNTHCTL_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTHCTL_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTHCTL_EL2(value);
    }

    public static ulong CNTP_TVAL_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTP_TVAL_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTP_TVAL_EL0(value);
    }

    public static ulong CNTP_CTL_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTP_CTL_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTP_CTL_EL0(value);
    }

    public static ulong CNTP_CVAL_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTP_CVAL_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTP_CVAL_EL0(value);
    }

    public static ulong CNTV_TVAL_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTV_TVAL_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTV_TVAL_EL0(value);
    }

    public static ulong CNTV_CTL_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTV_CTL_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTV_CTL_EL0(value);
    }

    public static ulong CNTV_CVAL_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTV_CVAL_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTV_CVAL_EL0(value);
    }

    public static ulong CNTHP_TVAL_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTHP_TVAL_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTHP_TVAL_EL2(value);
    }

    public static ulong CNTHP_CTL_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTHP_CTL_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTHP_CTL_EL2(value);
    }

    public static ulong CNTHP_CVAL_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTHP_CVAL_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTHP_CVAL_EL2(value);
    }

    public static ulong CNTHV_TVAL_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTHV_TVAL_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTHV_TVAL_EL2(value);
    }

    public static ulong CNTHV_CTL_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTHV_CTL_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTHV_CTL_EL2(value);
    }

    public static ulong CNTHV_CVAL_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTHV_CVAL_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTHV_CVAL_EL2(value);
    }

    public static ulong CNTFRQ_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTFRQ_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTFRQ_EL0(value);
    }

    public static ulong CNTPCT_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTPCT_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTPCT_EL0(value);
    }

    public static ulong CNTVCT_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTVCT_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTVCT_EL0(value);
    }

    public static ulong CNTPCTSS_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTPCTSS_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTPCTSS_EL0(value);
    }

    public static ulong CNTVCTSS_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CNTVCTSS_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CNTVCTSS_EL0(value);
    }

    public static ulong ICH_AP0R0_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_AP0R0_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_AP0R0_EL2(value);
    }

    public static ulong ICH_AP0R1_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_AP0R1_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_AP0R1_EL2(value);
    }

    public static ulong ICH_AP0R2_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_AP0R2_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_AP0R2_EL2(value);
    }

    public static ulong ICH_AP0R3_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_AP0R3_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_AP0R3_EL2(value);
    }

    public static ulong ICH_AP1R0_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_AP1R0_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_AP1R0_EL2(value);
    }

    public static ulong ICH_AP1R1_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_AP1R1_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_AP1R1_EL2(value);
    }

    public static ulong ICH_AP1R2_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_AP1R2_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_AP1R2_EL2(value);
    }

    public static ulong ICH_AP1R3_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_AP1R3_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_AP1R3_EL2(value);
    }

    public static ulong ICC_SRE_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_SRE_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_SRE_EL2(value);
    }

    public static ulong ICH_HCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_HCR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_HCR_EL2(value);
    }

    public static ulong ICH_VTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_VTR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_VTR_EL2(value);
    }

    public static ulong ICH_MISR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_MISR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_MISR_EL2(value);
    }

    public static ulong ICH_EISR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_EISR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_EISR_EL2(value);
    }

    public static ulong ICH_ELRSR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_ELRSR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_ELRSR_EL2(value);
    }

    public static ulong ICH_VMCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_VMCR_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_VMCR_EL2(value);
    }

    public static ulong ICH_LR0_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR0_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR0_EL2(value);
    }

    public static ulong ICH_LR1_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR1_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR1_EL2(value);
    }

    public static ulong ICH_LR2_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR2_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR2_EL2(value);
    }

    public static ulong ICH_LR3_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR3_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR3_EL2(value);
    }

    public static ulong ICH_LR4_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR4_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR4_EL2(value);
    }

    public static ulong ICH_LR5_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR5_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR5_EL2(value);
    }

    public static ulong ICH_LR6_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR6_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR6_EL2(value);
    }

    public static ulong ICH_LR7_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR7_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR7_EL2(value);
    }

    public static ulong ICH_LR8_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR8_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR8_EL2(value);
    }

    public static ulong ICH_LR9_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR9_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR9_EL2(value);
    }

    public static ulong ICH_LR10_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR10_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR10_EL2(value);
    }

    public static ulong ICH_LR11_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR11_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR11_EL2(value);
    }

    public static ulong ICH_LR12_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR12_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR12_EL2(value);
    }

    public static ulong ICH_LR13_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR13_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR13_EL2(value);
    }

    public static ulong ICH_LR14_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR14_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR14_EL2(value);
    }

    public static ulong ICH_LR15_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICH_LR15_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICH_LR15_EL2(value);
    }

    public static ulong ICC_PMR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_PMR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_PMR_EL1(value);
    }

    public static ulong ICC_IAR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_IAR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_IAR0_EL1(value);
    }

    public static ulong ICC_EOIR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_EOIR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_EOIR0_EL1(value);
    }

    public static ulong ICC_HPPIR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_HPPIR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_HPPIR0_EL1(value);
    }

    public static ulong ICC_BPR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_BPR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_BPR0_EL1(value);
    }

    public static ulong ICC_AP0R0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_AP0R0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_AP0R0_EL1(value);
    }

    public static ulong ICC_AP1R0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_AP1R0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_AP1R0_EL1(value);
    }

    public static ulong ICC_DIR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_DIR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_DIR_EL1(value);
    }

    public static ulong ICC_RPR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_RPR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_RPR_EL1(value);
    }

    public static ulong ICC_SGI1R_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_SGI1R_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_SGI1R_EL1(value);
    }

    public static ulong ICC_ASGI1R_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_ASGI1R_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_ASGI1R_EL1(value);
    }

    public static ulong ICC_SGI0R_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_SGI0R_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_SGI0R_EL1(value);
    }

    public static ulong ICC_IAR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_IAR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_IAR1_EL1(value);
    }

    public static ulong ICC_EOIR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_EOIR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_EOIR1_EL1(value);
    }

    public static ulong ICC_HPPIR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_HPPIR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_HPPIR1_EL1(value);
    }

    public static ulong ICC_BPR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_BPR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_BPR1_EL1(value);
    }

    public static ulong ICC_CTLR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_CTLR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_CTLR_EL1(value);
    }

    public static ulong ICC_SRE_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_SRE_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_SRE_EL1(value);
    }

    public static ulong ICC_IGRPEN0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_IGRPEN0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_IGRPEN0_EL1(value);
    }

    public static ulong ICC_IGRPEN1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ICC_IGRPEN1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ICC_IGRPEN1_EL1(value);
    }

    public static ulong MIDR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_MIDR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_MIDR_EL1(value);
    }

    public static ulong MPIDR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_MPIDR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_MPIDR_EL1(value);
    }

    public static ulong REVIDR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_REVIDR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_REVIDR_EL1(value);
    }

    public static ulong CCSIDR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CCSIDR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CCSIDR_EL1(value);
    }

    public static ulong CLIDR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CLIDR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CLIDR_EL1(value);
    }

    public static ulong CCSIDR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CCSIDR2_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CCSIDR2_EL1(value);
    }

    public static ulong SMIDR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SMIDR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SMIDR_EL1(value);
    }

    public static ulong AIDR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_AIDR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_AIDR_EL1(value);
    }

    public static ulong CTR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CTR_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CTR_EL0(value);
    }

    public static ulong DCZID_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DCZID_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DCZID_EL0(value);
    }

    public static ulong ID_AA64PFR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64PFR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64PFR0_EL1(value);
    }

    public static ulong ID_AA64PFR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64PFR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64PFR1_EL1(value);
    }

    public static ulong ID_AA64PFR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64PFR2_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64PFR2_EL1(value);
    }

    public static ulong ID_AA64ZFR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64ZFR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64ZFR0_EL1(value);
    }

    public static ulong ID_AA64SMFR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64SMFR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64SMFR0_EL1(value);
    }

    public static ulong ID_AA64FPFR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64FPFR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64FPFR0_EL1(value);
    }

    public static ulong ID_AA64DFR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64DFR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64DFR0_EL1(value);
    }

    public static ulong ID_AA64DFR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64DFR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64DFR1_EL1(value);
    }

    public static ulong ID_AA64AFR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64AFR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64AFR0_EL1(value);
    }

    public static ulong ID_AA64AFR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64AFR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64AFR1_EL1(value);
    }

    public static ulong ID_AA64ISAR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64ISAR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64ISAR0_EL1(value);
    }

    public static ulong ID_AA64ISAR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64ISAR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64ISAR1_EL1(value);
    }

    public static ulong ID_AA64ISAR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64ISAR2_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64ISAR2_EL1(value);
    }

    public static ulong ID_AA64ISAR3_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64ISAR3_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64ISAR3_EL1(value);
    }

    public static ulong ID_AA64MMFR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64MMFR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64MMFR0_EL1(value);
    }

    public static ulong ID_AA64MMFR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64MMFR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64MMFR1_EL1(value);
    }

    public static ulong ID_AA64MMFR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64MMFR2_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64MMFR2_EL1(value);
    }

    public static ulong ID_AA64MMFR3_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64MMFR3_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64MMFR3_EL1(value);
    }

    public static ulong ID_AA64MMFR4_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AA64MMFR4_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AA64MMFR4_EL1(value);
    }

    public static ulong ID_PFR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_PFR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_PFR0_EL1(value);
    }

    public static ulong ID_PFR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_PFR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_PFR1_EL1(value);
    }

    public static ulong ID_DFR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_DFR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_DFR0_EL1(value);
    }

    public static ulong ID_AFR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_AFR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_AFR0_EL1(value);
    }

    public static ulong ID_MMFR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_MMFR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_MMFR0_EL1(value);
    }

    public static ulong ID_MMFR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_MMFR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_MMFR1_EL1(value);
    }

    public static ulong ID_MMFR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_MMFR2_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_MMFR2_EL1(value);
    }

    public static ulong ID_MMFR3_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_MMFR3_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_MMFR3_EL1(value);
    }

    public static ulong ID_ISAR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_ISAR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_ISAR0_EL1(value);
    }

    public static ulong ID_ISAR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_ISAR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_ISAR1_EL1(value);
    }

    public static ulong ID_ISAR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_ISAR2_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_ISAR2_EL1(value);
    }

    public static ulong ID_ISAR3_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_ISAR3_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_ISAR3_EL1(value);
    }

    public static ulong ID_ISAR4_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_ISAR4_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_ISAR4_EL1(value);
    }

    public static ulong ID_ISAR5_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_ISAR5_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_ISAR5_EL1(value);
    }

    public static ulong ID_MMFR4_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_MMFR4_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_MMFR4_EL1(value);
    }

    public static ulong ID_ISAR6_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_ISAR6_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_ISAR6_EL1(value);
    }

    public static ulong MVFR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_MVFR0_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_MVFR0_EL1(value);
    }

    public static ulong MVFR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_MVFR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_MVFR1_EL1(value);
    }

    public static ulong MVFR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_MVFR2_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_MVFR2_EL1(value);
    }

    public static ulong ID_PFR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_PFR2_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_PFR2_EL1(value);
    }

    public static ulong ID_DFR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_DFR1_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_DFR1_EL1(value);
    }

    public static ulong ID_MMFR5_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ID_MMFR5_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ID_MMFR5_EL1(value);
    }

    public static ulong OSLAR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_OSLAR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_OSLAR_EL1(value);
    }

    public static ulong OSLSR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_OSLSR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_OSLSR_EL1(value);
    }

    public static ulong OSDLR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_OSDLR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_OSDLR_EL1(value);
    }

    public static ulong MDRAR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_MDRAR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_MDRAR_EL1(value);
    }

    public static ulong OSECCR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_OSECCR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_OSECCR_EL1(value);
    }

    public static ulong MDCCSR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_MDCCSR_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_MDCCSR_EL0(value);
    }

    public static ulong MDCCINT_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_MDCCINT_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_MDCCINT_EL1(value);
    }

    public static ulong OSDTRRX_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_OSDTRRX_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_OSDTRRX_EL1(value);
    }

    public static ulong OSDTRTX_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_OSDTRTX_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_OSDTRTX_EL1(value);
    }

    public static ulong DBGDTR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGDTR_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGDTR_EL0(value);
    }

    public static ulong DBGDTRTX_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGDTRTX_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGDTRTX_EL0(value);
    }

    public static ulong DBGCLAIMSET_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGCLAIMSET_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGCLAIMSET_EL1(value);
    }

    public static ulong DBGCLAIMCLR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGCLAIMCLR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGCLAIMCLR_EL1(value);
    }

    public static ulong DBGAUTHSTATUS_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DBGAUTHSTATUS_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DBGAUTHSTATUS_EL1(value);
    }

    public static ulong ERRIDR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_ERRIDR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_ERRIDR_EL1(value);
    }

    public static ulong PMCR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMCR_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMCR_EL0(value);
    }

    public static ulong PMCNTENSET_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMCNTENSET_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMCNTENSET_EL0(value);
    }

    public static ulong PMCNTENCLR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMCNTENCLR_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMCNTENCLR_EL0(value);
    }

    public static ulong PMOVSCLR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMOVSCLR_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMOVSCLR_EL0(value);
    }

    public static ulong PMSWINC_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMSWINC_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMSWINC_EL0(value);
    }

    public static ulong PMSELR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMSELR_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMSELR_EL0(value);
    }

    public static ulong PMCEID0_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMCEID0_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMCEID0_EL0(value);
    }

    public static ulong PMCEID1_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMCEID1_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMCEID1_EL0(value);
    }

    public static ulong PMCCNTR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMCCNTR_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMCCNTR_EL0(value);
    }

    public static ulong PMXEVTYPER_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMXEVTYPER_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMXEVTYPER_EL0(value);
    }

    public static ulong PMXEVCNTR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMXEVCNTR_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMXEVCNTR_EL0(value);
    }

    public static ulong PMUSERENR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMUSERENR_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMUSERENR_EL0(value);
    }

    public static ulong PMOVSSET_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMOVSSET_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMOVSSET_EL0(value);
    }

    public static ulong PMINTENSET_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMINTENSET_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMINTENSET_EL1(value);
    }

    public static ulong PMINTENCLR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMINTENCLR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMINTENCLR_EL1(value);
    }

    public static ulong PMEVCNTR0_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMEVCNTR0_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMEVCNTR0_EL0(value);
    }

    public static ulong PMEVCNTR1_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMEVCNTR1_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMEVCNTR1_EL0(value);
    }

    public static ulong PMEVCNTR2_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMEVCNTR2_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMEVCNTR2_EL0(value);
    }

    public static ulong PMEVCNTR3_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMEVCNTR3_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMEVCNTR3_EL0(value);
    }

    public static ulong PMEVCNTR4_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMEVCNTR4_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMEVCNTR4_EL0(value);
    }

    public static ulong PMEVCNTR5_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMEVCNTR5_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMEVCNTR5_EL0(value);
    }

    public static ulong PMEVTYPER0_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMEVTYPER0_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMEVTYPER0_EL0(value);
    }

    public static ulong PMEVTYPER1_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMEVTYPER1_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMEVTYPER1_EL0(value);
    }

    public static ulong PMEVTYPER2_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMEVTYPER2_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMEVTYPER2_EL0(value);
    }

    public static ulong PMEVTYPER3_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMEVTYPER3_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMEVTYPER3_EL0(value);
    }

    public static ulong PMEVTYPER4_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMEVTYPER4_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMEVTYPER4_EL0(value);
    }

    public static ulong PMEVTYPER5_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMEVTYPER5_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMEVTYPER5_EL0(value);
    }

    public static ulong PMCCFILTR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMCCFILTR_EL0();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMCCFILTR_EL0(value);
    }

    public static ulong PMMIR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PMMIR_EL1();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PMMIR_EL1(value);
    }

    public static ulong CurrentEL
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_CurrentEL();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_CurrentEL(value);
    }

    public static ulong DAIF
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_DAIF();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_DAIF(value);
    }

    public static ulong PAN
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_PAN();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_PAN(value);
    }

    public static ulong SPSel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_SPSel();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_SPSel(value);
    }

    public static ulong HFGRTR2_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HFGRTR2_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HFGRTR2_EL2(value);
    }

    public static ulong HFGWTR2_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HFGWTR2_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HFGWTR2_EL2(value);
    }

    public static ulong HFGITR2_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HFGITR2_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HFGITR2_EL2(value);
    }

    public static ulong HDFGRTR2_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HDFGRTR2_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HDFGRTR2_EL2(value);
    }

    public static ulong HDFGWTR2_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_HDFGWTR2_EL2();
        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_HDFGWTR2_EL2(value);
    }

    /// <summary>Writes SCTLR_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_SCTLR_EL1(ulong value)
    {
        if (SCTLR_EL1 != value)
        {
            SCTLR_EL1 = value;
        }
    }

    /// <summary>Writes ACTLR_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_ACTLR_EL1(ulong value)
    {
        if (ACTLR_EL1 != value)
        {
            ACTLR_EL1 = value;
        }
    }

    /// <summary>Writes ZCR_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_ZCR_EL1(ulong value)
    {
        if (ZCR_EL1 != value)
        {
            ZCR_EL1 = value;
        }
    }

    /// <summary>Writes SMCR_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_SMCR_EL1(ulong value)
    {
        if (SMCR_EL1 != value)
        {
            SMCR_EL1 = value;
        }
    }

    /// <summary>Writes TTBR0_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_TTBR0_EL1(ulong value)
    {
        if (TTBR0_EL1 != value)
        {
            TTBR0_EL1 = value;
        }
    }

    /// <summary>Writes TTBR1_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_TTBR1_EL1(ulong value)
    {
        if (TTBR1_EL1 != value)
        {
            TTBR1_EL1 = value;
        }
    }

    /// <summary>Writes TCR_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_TCR_EL1(ulong value)
    {
        if (TCR_EL1 != value)
        {
            TCR_EL1 = value;
        }
    }

    /// <summary>Writes AFSR0_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_AFSR0_EL1(ulong value)
    {
        if (AFSR0_EL1 != value)
        {
            AFSR0_EL1 = value;
        }
    }

    /// <summary>Writes AFSR1_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_AFSR1_EL1(ulong value)
    {
        if (AFSR1_EL1 != value)
        {
            AFSR1_EL1 = value;
        }
    }

    /// <summary>Writes MAIR_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_MAIR_EL1(ulong value)
    {
        if (MAIR_EL1 != value)
        {
            MAIR_EL1 = value;
        }
    }

    /// <summary>Writes AMAIR_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_AMAIR_EL1(ulong value)
    {
        if (AMAIR_EL1 != value)
        {
            AMAIR_EL1 = value;
        }
    }

    /// <summary>Writes CONTEXTIDR_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_CONTEXTIDR_EL1(ulong value)
    {
        if (CONTEXTIDR_EL1 != value)
        {
            CONTEXTIDR_EL1 = value;
        }
    }

    /// <summary>Writes SCXTNUM_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_SCXTNUM_EL1(ulong value)
    {
        if (SCXTNUM_EL1 != value)
        {
            SCXTNUM_EL1 = value;
        }
    }

    /// <summary>Writes CNTKCTL_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_CNTKCTL_EL1(ulong value)
    {
        if (CNTKCTL_EL1 != value)
        {
            CNTKCTL_EL1 = value;
        }
    }

    /// <summary>Writes MDSCR_EL1 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_MDSCR_EL1(ulong value)
    {
        if (MDSCR_EL1 != value)
        {
            MDSCR_EL1 = value;
        }
    }

    /// <summary>Writes VPIDR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_VPIDR_EL2(ulong value)
    {
        if (VPIDR_EL2 != value)
        {
            VPIDR_EL2 = value;
        }
    }

    /// <summary>Writes VMPIDR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_VMPIDR_EL2(ulong value)
    {
        if (VMPIDR_EL2 != value)
        {
            VMPIDR_EL2 = value;
        }
    }

    /// <summary>Writes HSTR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_HSTR_EL2(ulong value)
    {
        if (HSTR_EL2 != value)
        {
            HSTR_EL2 = value;
        }
    }

    /// <summary>Writes HFGRTR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_HFGRTR_EL2(ulong value)
    {
        if (HFGRTR_EL2 != value)
        {
            HFGRTR_EL2 = value;
        }
    }

    /// <summary>Writes HFGWTR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_HFGWTR_EL2(ulong value)
    {
        if (HFGWTR_EL2 != value)
        {
            HFGWTR_EL2 = value;
        }
    }

    /// <summary>Writes HFGITR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_HFGITR_EL2(ulong value)
    {
        if (HFGITR_EL2 != value)
        {
            HFGITR_EL2 = value;
        }
    }

    /// <summary>Writes HCRX_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_HCRX_EL2(ulong value)
    {
        if (HCRX_EL2 != value)
        {
            HCRX_EL2 = value;
        }
    }

    /// <summary>Writes VTTBR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_VTTBR_EL2(ulong value)
    {
        if (VTTBR_EL2 != value)
        {
            VTTBR_EL2 = value;
        }
    }

    /// <summary>Writes VTCR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_VTCR_EL2(ulong value)
    {
        if (VTCR_EL2 != value)
        {
            VTCR_EL2 = value;
        }
    }

    /// <summary>Writes VNCR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_VNCR_EL2(ulong value)
    {
        if (VNCR_EL2 != value)
        {
            VNCR_EL2 = value;
        }
    }

    /// <summary>Writes HDFGRTR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_HDFGRTR_EL2(ulong value)
    {
        if (HDFGRTR_EL2 != value)
        {
            HDFGRTR_EL2 = value;
        }
    }

    /// <summary>Writes HDFGWTR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_HDFGWTR_EL2(ulong value)
    {
        if (HDFGWTR_EL2 != value)
        {
            HDFGWTR_EL2 = value;
        }
    }

    /// <summary>Writes CNTVOFF_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_CNTVOFF_EL2(ulong value)
    {
        if (CNTVOFF_EL2 != value)
        {
            CNTVOFF_EL2 = value;
        }
    }

    /// <summary>Writes CNTPOFF_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_CNTPOFF_EL2(ulong value)
    {
        if (CNTPOFF_EL2 != value)
        {
            CNTPOFF_EL2 = value;
        }
    }

    /// <summary>Writes CNTP_CVAL_EL0 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_CNTP_CVAL_EL0(ulong value)
    {
        if (CNTP_CVAL_EL0 != value)
        {
            CNTP_CVAL_EL0 = value;
        }
    }

    /// <summary>Writes CNTV_CVAL_EL0 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_CNTV_CVAL_EL0(ulong value)
    {
        if (CNTV_CVAL_EL0 != value)
        {
            CNTV_CVAL_EL0 = value;
        }
    }

    /// <summary>Writes ICH_AP0R0_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_ICH_AP0R0_EL2(ulong value)
    {
        if (ICH_AP0R0_EL2 != value)
        {
            ICH_AP0R0_EL2 = value;
        }
    }

    /// <summary>Writes ICH_AP1R0_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_ICH_AP1R0_EL2(ulong value)
    {
        if (ICH_AP1R0_EL2 != value)
        {
            ICH_AP1R0_EL2 = value;
        }
    }

    /// <summary>Writes ICH_HCR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_ICH_HCR_EL2(ulong value)
    {
        if (ICH_HCR_EL2 != value)
        {
            ICH_HCR_EL2 = value;
        }
    }

    /// <summary>Writes ICH_VMCR_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_ICH_VMCR_EL2(ulong value)
    {
        if (ICH_VMCR_EL2 != value)
        {
            ICH_VMCR_EL2 = value;
        }
    }

    /// <summary>Writes ICH_LR0_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_ICH_LR0_EL2(ulong value)
    {
        if (ICH_LR0_EL2 != value)
        {
            ICH_LR0_EL2 = value;
        }
    }

    /// <summary>Writes ICH_LR1_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_ICH_LR1_EL2(ulong value)
    {
        if (ICH_LR1_EL2 != value)
        {
            ICH_LR1_EL2 = value;
        }
    }

    /// <summary>Writes ICH_LR2_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_ICH_LR2_EL2(ulong value)
    {
        if (ICH_LR2_EL2 != value)
        {
            ICH_LR2_EL2 = value;
        }
    }

    /// <summary>Writes ICH_LR3_EL2 if the value is another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Change_ICH_LR3_EL2(ulong value)
    {
        if (ICH_LR3_EL2 != value)
        {
            ICH_LR3_EL2 = value;
        }
    }

    private static class Leaf
    {
        [RuntimeImport("*", "mrs_SCTLR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SCTLR_EL1();
        [RuntimeImport("*", "msr_SCTLR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SCTLR_EL1(ulong value);
        [RuntimeImport("*", "mrs_ACTLR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ACTLR_EL1();
        [RuntimeImport("*", "msr_ACTLR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ACTLR_EL1(ulong value);
        [RuntimeImport("*", "mrs_CPACR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CPACR_EL1();
        [RuntimeImport("*", "msr_CPACR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CPACR_EL1(ulong value);
        [RuntimeImport("*", "mrs_ZCR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ZCR_EL1();
        [RuntimeImport("*", "msr_ZCR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ZCR_EL1(ulong value);
        [RuntimeImport("*", "mrs_SMCR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SMCR_EL1();
        [RuntimeImport("*", "msr_SMCR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SMCR_EL1(ulong value);
        [RuntimeImport("*", "mrs_TTBR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_TTBR0_EL1();
        [RuntimeImport("*", "msr_TTBR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_TTBR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_TTBR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_TTBR1_EL1();
        [RuntimeImport("*", "msr_TTBR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_TTBR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_TCR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_TCR_EL1();
        [RuntimeImport("*", "msr_TCR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_TCR_EL1(ulong value);
        [RuntimeImport("*", "mrs_SPSR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SPSR_EL1();
        [RuntimeImport("*", "msr_SPSR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SPSR_EL1(ulong value);
        [RuntimeImport("*", "mrs_ELR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ELR_EL1();
        [RuntimeImport("*", "msr_ELR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ELR_EL1(ulong value);
        [RuntimeImport("*", "mrs_SP_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SP_EL1();
        [RuntimeImport("*", "msr_SP_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SP_EL1(ulong value);
        [RuntimeImport("*", "mrs_AFSR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_AFSR0_EL1();
        [RuntimeImport("*", "msr_AFSR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_AFSR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_AFSR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_AFSR1_EL1();
        [RuntimeImport("*", "msr_AFSR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_AFSR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ESR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ESR_EL1();
        [RuntimeImport("*", "msr_ESR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ESR_EL1(ulong value);
        [RuntimeImport("*", "mrs_FAR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_FAR_EL1();
        [RuntimeImport("*", "msr_FAR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_FAR_EL1(ulong value);
        [RuntimeImport("*", "mrs_MAIR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_MAIR_EL1();
        [RuntimeImport("*", "msr_MAIR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_MAIR_EL1(ulong value);
        [RuntimeImport("*", "mrs_AMAIR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_AMAIR_EL1();
        [RuntimeImport("*", "msr_AMAIR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_AMAIR_EL1(ulong value);
        [RuntimeImport("*", "mrs_VBAR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_VBAR_EL1();
        [RuntimeImport("*", "msr_VBAR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_VBAR_EL1(ulong value);
        [RuntimeImport("*", "mrs_CONTEXTIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CONTEXTIDR_EL1();
        [RuntimeImport("*", "msr_CONTEXTIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CONTEXTIDR_EL1(ulong value);
        [RuntimeImport("*", "mrs_SCXTNUM_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SCXTNUM_EL1();
        [RuntimeImport("*", "msr_SCXTNUM_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SCXTNUM_EL1(ulong value);
        [RuntimeImport("*", "mrs_CNTKCTL_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTKCTL_EL1();
        [RuntimeImport("*", "msr_CNTKCTL_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTKCTL_EL1(ulong value);
        [RuntimeImport("*", "mrs_MDSCR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_MDSCR_EL1();
        [RuntimeImport("*", "msr_MDSCR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_MDSCR_EL1(ulong value);
        [RuntimeImport("*", "mrs_SP_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SP_EL0();
        [RuntimeImport("*", "msr_SP_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SP_EL0(ulong value);
        [RuntimeImport("*", "mrs_TPIDR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_TPIDR_EL0();
        [RuntimeImport("*", "msr_TPIDR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_TPIDR_EL0(ulong value);
        [RuntimeImport("*", "mrs_TPIDRRO_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_TPIDRRO_EL0();
        [RuntimeImport("*", "msr_TPIDRRO_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_TPIDRRO_EL0(ulong value);
        [RuntimeImport("*", "mrs_TPIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_TPIDR_EL1();
        [RuntimeImport("*", "msr_TPIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_TPIDR_EL1(ulong value);
        [RuntimeImport("*", "mrs_TPIDR2_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_TPIDR2_EL0();
        [RuntimeImport("*", "msr_TPIDR2_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_TPIDR2_EL0(ulong value);
        [RuntimeImport("*", "mrs_SCXTNUM_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SCXTNUM_EL0();
        [RuntimeImport("*", "msr_SCXTNUM_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SCXTNUM_EL0(ulong value);
        [RuntimeImport("*", "mrs_PAR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PAR_EL1();
        [RuntimeImport("*", "msr_PAR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PAR_EL1(ulong value);
        [RuntimeImport("*", "mrs_CSSELR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CSSELR_EL1();
        [RuntimeImport("*", "msr_CSSELR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CSSELR_EL1(ulong value);
        [RuntimeImport("*", "mrs_SMPRI_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SMPRI_EL1();
        [RuntimeImport("*", "msr_SMPRI_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SMPRI_EL1(ulong value);
        [RuntimeImport("*", "mrs_DISR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DISR_EL1();
        [RuntimeImport("*", "msr_DISR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DISR_EL1(ulong value);
        [RuntimeImport("*", "mrs_APIAKeyLo_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_APIAKeyLo_EL1();
        [RuntimeImport("*", "msr_APIAKeyLo_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_APIAKeyLo_EL1(ulong value);
        [RuntimeImport("*", "mrs_APIAKeyHi_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_APIAKeyHi_EL1();
        [RuntimeImport("*", "msr_APIAKeyHi_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_APIAKeyHi_EL1(ulong value);
        [RuntimeImport("*", "mrs_APIBKeyLo_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_APIBKeyLo_EL1();
        [RuntimeImport("*", "msr_APIBKeyLo_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_APIBKeyLo_EL1(ulong value);
        [RuntimeImport("*", "mrs_APIBKeyHi_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_APIBKeyHi_EL1();
        [RuntimeImport("*", "msr_APIBKeyHi_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_APIBKeyHi_EL1(ulong value);
        [RuntimeImport("*", "mrs_APDAKeyLo_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_APDAKeyLo_EL1();
        [RuntimeImport("*", "msr_APDAKeyLo_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_APDAKeyLo_EL1(ulong value);
        [RuntimeImport("*", "mrs_APDAKeyHi_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_APDAKeyHi_EL1();
        [RuntimeImport("*", "msr_APDAKeyHi_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_APDAKeyHi_EL1(ulong value);
        [RuntimeImport("*", "mrs_APDBKeyLo_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_APDBKeyLo_EL1();
        [RuntimeImport("*", "msr_APDBKeyLo_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_APDBKeyLo_EL1(ulong value);
        [RuntimeImport("*", "mrs_APDBKeyHi_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_APDBKeyHi_EL1();
        [RuntimeImport("*", "msr_APDBKeyHi_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_APDBKeyHi_EL1(ulong value);
        [RuntimeImport("*", "mrs_APGAKeyLo_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_APGAKeyLo_EL1();
        [RuntimeImport("*", "msr_APGAKeyLo_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_APGAKeyLo_EL1(ulong value);
        [RuntimeImport("*", "mrs_APGAKeyHi_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_APGAKeyHi_EL1();
        [RuntimeImport("*", "msr_APGAKeyHi_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_APGAKeyHi_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGBVR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGBVR0_EL1();
        [RuntimeImport("*", "msr_DBGBVR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGBVR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGBCR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGBCR0_EL1();
        [RuntimeImport("*", "msr_DBGBCR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGBCR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGBVR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGBVR1_EL1();
        [RuntimeImport("*", "msr_DBGBVR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGBVR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGBCR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGBCR1_EL1();
        [RuntimeImport("*", "msr_DBGBCR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGBCR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGBVR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGBVR2_EL1();
        [RuntimeImport("*", "msr_DBGBVR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGBVR2_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGBCR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGBCR2_EL1();
        [RuntimeImport("*", "msr_DBGBCR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGBCR2_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGBVR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGBVR3_EL1();
        [RuntimeImport("*", "msr_DBGBVR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGBVR3_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGBCR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGBCR3_EL1();
        [RuntimeImport("*", "msr_DBGBCR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGBCR3_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGBVR4_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGBVR4_EL1();
        [RuntimeImport("*", "msr_DBGBVR4_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGBVR4_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGBCR4_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGBCR4_EL1();
        [RuntimeImport("*", "msr_DBGBCR4_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGBCR4_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGBVR5_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGBVR5_EL1();
        [RuntimeImport("*", "msr_DBGBVR5_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGBVR5_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGBCR5_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGBCR5_EL1();
        [RuntimeImport("*", "msr_DBGBCR5_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGBCR5_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGWVR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGWVR0_EL1();
        [RuntimeImport("*", "msr_DBGWVR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGWVR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGWCR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGWCR0_EL1();
        [RuntimeImport("*", "msr_DBGWCR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGWCR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGWVR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGWVR1_EL1();
        [RuntimeImport("*", "msr_DBGWVR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGWVR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGWCR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGWCR1_EL1();
        [RuntimeImport("*", "msr_DBGWCR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGWCR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGWVR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGWVR2_EL1();
        [RuntimeImport("*", "msr_DBGWVR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGWVR2_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGWCR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGWCR2_EL1();
        [RuntimeImport("*", "msr_DBGWCR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGWCR2_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGWVR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGWVR3_EL1();
        [RuntimeImport("*", "msr_DBGWVR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGWVR3_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGWCR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGWCR3_EL1();
        [RuntimeImport("*", "msr_DBGWCR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGWCR3_EL1(ulong value);
        [RuntimeImport("*", "mrs_SPSR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SPSR_EL2();
        [RuntimeImport("*", "msr_SPSR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SPSR_EL2(ulong value);
        [RuntimeImport("*", "mrs_ELR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ELR_EL2();
        [RuntimeImport("*", "msr_ELR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ELR_EL2(ulong value);
        [RuntimeImport("*", "mrs_SP_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SP_EL2();
        [RuntimeImport("*", "msr_SP_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SP_EL2(ulong value);
        [RuntimeImport("*", "mrs_VPIDR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_VPIDR_EL2();
        [RuntimeImport("*", "msr_VPIDR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_VPIDR_EL2(ulong value);
        [RuntimeImport("*", "mrs_VMPIDR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_VMPIDR_EL2();
        [RuntimeImport("*", "msr_VMPIDR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_VMPIDR_EL2(ulong value);
        [RuntimeImport("*", "mrs_SCTLR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SCTLR_EL2();
        [RuntimeImport("*", "msr_SCTLR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SCTLR_EL2(ulong value);
        [RuntimeImport("*", "mrs_ACTLR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ACTLR_EL2();
        [RuntimeImport("*", "msr_ACTLR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ACTLR_EL2(ulong value);
        [RuntimeImport("*", "mrs_HCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HCR_EL2();
        [RuntimeImport("*", "msr_HCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HCR_EL2(ulong value);
        [RuntimeImport("*", "mrs_MDCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_MDCR_EL2();
        [RuntimeImport("*", "msr_MDCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_MDCR_EL2(ulong value);
        [RuntimeImport("*", "mrs_CPTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CPTR_EL2();
        [RuntimeImport("*", "msr_CPTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CPTR_EL2(ulong value);
        [RuntimeImport("*", "mrs_HSTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HSTR_EL2();
        [RuntimeImport("*", "msr_HSTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HSTR_EL2(ulong value);
        [RuntimeImport("*", "mrs_HFGRTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HFGRTR_EL2();
        [RuntimeImport("*", "msr_HFGRTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HFGRTR_EL2(ulong value);
        [RuntimeImport("*", "mrs_HFGWTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HFGWTR_EL2();
        [RuntimeImport("*", "msr_HFGWTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HFGWTR_EL2(ulong value);
        [RuntimeImport("*", "mrs_HFGITR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HFGITR_EL2();
        [RuntimeImport("*", "msr_HFGITR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HFGITR_EL2(ulong value);
        [RuntimeImport("*", "mrs_HACR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HACR_EL2();
        [RuntimeImport("*", "msr_HACR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HACR_EL2(ulong value);
        [RuntimeImport("*", "mrs_ZCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ZCR_EL2();
        [RuntimeImport("*", "msr_ZCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ZCR_EL2(ulong value);
        [RuntimeImport("*", "mrs_HCRX_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HCRX_EL2();
        [RuntimeImport("*", "msr_HCRX_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HCRX_EL2(ulong value);
        [RuntimeImport("*", "mrs_SMPRIMAP_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SMPRIMAP_EL2();
        [RuntimeImport("*", "msr_SMPRIMAP_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SMPRIMAP_EL2(ulong value);
        [RuntimeImport("*", "mrs_SMCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SMCR_EL2();
        [RuntimeImport("*", "msr_SMCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SMCR_EL2(ulong value);
        [RuntimeImport("*", "mrs_TTBR0_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_TTBR0_EL2();
        [RuntimeImport("*", "msr_TTBR0_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_TTBR0_EL2(ulong value);
        [RuntimeImport("*", "mrs_TTBR1_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_TTBR1_EL2();
        [RuntimeImport("*", "msr_TTBR1_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_TTBR1_EL2(ulong value);
        [RuntimeImport("*", "mrs_TCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_TCR_EL2();
        [RuntimeImport("*", "msr_TCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_TCR_EL2(ulong value);
        [RuntimeImport("*", "mrs_VTTBR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_VTTBR_EL2();
        [RuntimeImport("*", "msr_VTTBR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_VTTBR_EL2(ulong value);
        [RuntimeImport("*", "mrs_VTCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_VTCR_EL2();
        [RuntimeImport("*", "msr_VTCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_VTCR_EL2(ulong value);
        [RuntimeImport("*", "mrs_VNCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_VNCR_EL2();
        [RuntimeImport("*", "msr_VNCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_VNCR_EL2(ulong value);
        [RuntimeImport("*", "mrs_SPSR_irq")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SPSR_irq();
        [RuntimeImport("*", "msr_SPSR_irq")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SPSR_irq(ulong value);
        [RuntimeImport("*", "mrs_SPSR_abt")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SPSR_abt();
        [RuntimeImport("*", "msr_SPSR_abt")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SPSR_abt(ulong value);
        [RuntimeImport("*", "mrs_SPSR_und")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SPSR_und();
        [RuntimeImport("*", "msr_SPSR_und")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SPSR_und(ulong value);
        [RuntimeImport("*", "mrs_SPSR_fiq")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SPSR_fiq();
        [RuntimeImport("*", "msr_SPSR_fiq")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SPSR_fiq(ulong value);
        [RuntimeImport("*", "mrs_DACR32_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DACR32_EL2();
        [RuntimeImport("*", "msr_DACR32_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DACR32_EL2(ulong value);
        [RuntimeImport("*", "mrs_HDFGRTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HDFGRTR_EL2();
        [RuntimeImport("*", "msr_HDFGRTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HDFGRTR_EL2(ulong value);
        [RuntimeImport("*", "mrs_HDFGWTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HDFGWTR_EL2();
        [RuntimeImport("*", "msr_HDFGWTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HDFGWTR_EL2(ulong value);
        [RuntimeImport("*", "mrs_HAFGRTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HAFGRTR_EL2();
        [RuntimeImport("*", "msr_HAFGRTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HAFGRTR_EL2(ulong value);
        [RuntimeImport("*", "mrs_IFSR32_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_IFSR32_EL2();
        [RuntimeImport("*", "msr_IFSR32_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_IFSR32_EL2(ulong value);
        [RuntimeImport("*", "mrs_FPEXC32_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_FPEXC32_EL2();
        [RuntimeImport("*", "msr_FPEXC32_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_FPEXC32_EL2(ulong value);
        [RuntimeImport("*", "mrs_DBGVCR32_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGVCR32_EL2();
        [RuntimeImport("*", "msr_DBGVCR32_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGVCR32_EL2(ulong value);
        [RuntimeImport("*", "mrs_AFSR0_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_AFSR0_EL2();
        [RuntimeImport("*", "msr_AFSR0_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_AFSR0_EL2(ulong value);
        [RuntimeImport("*", "mrs_AFSR1_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_AFSR1_EL2();
        [RuntimeImport("*", "msr_AFSR1_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_AFSR1_EL2(ulong value);
        [RuntimeImport("*", "mrs_ESR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ESR_EL2();
        [RuntimeImport("*", "msr_ESR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ESR_EL2(ulong value);
        [RuntimeImport("*", "mrs_VSESR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_VSESR_EL2();
        [RuntimeImport("*", "msr_VSESR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_VSESR_EL2(ulong value);
        [RuntimeImport("*", "mrs_FAR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_FAR_EL2();
        [RuntimeImport("*", "msr_FAR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_FAR_EL2(ulong value);
        [RuntimeImport("*", "mrs_HPFAR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HPFAR_EL2();
        [RuntimeImport("*", "msr_HPFAR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HPFAR_EL2(ulong value);
        [RuntimeImport("*", "mrs_MAIR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_MAIR_EL2();
        [RuntimeImport("*", "msr_MAIR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_MAIR_EL2(ulong value);
        [RuntimeImport("*", "mrs_AMAIR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_AMAIR_EL2();
        [RuntimeImport("*", "msr_AMAIR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_AMAIR_EL2(ulong value);
        [RuntimeImport("*", "mrs_VBAR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_VBAR_EL2();
        [RuntimeImport("*", "msr_VBAR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_VBAR_EL2(ulong value);
        [RuntimeImport("*", "mrs_RVBAR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_RVBAR_EL2();
        [RuntimeImport("*", "msr_RVBAR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_RVBAR_EL2(ulong value);
        [RuntimeImport("*", "mrs_RMR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_RMR_EL2();
        [RuntimeImport("*", "msr_RMR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_RMR_EL2(ulong value);
        [RuntimeImport("*", "mrs_VDISR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_VDISR_EL2();
        [RuntimeImport("*", "msr_VDISR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_VDISR_EL2(ulong value);
        [RuntimeImport("*", "mrs_CONTEXTIDR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CONTEXTIDR_EL2();
        [RuntimeImport("*", "msr_CONTEXTIDR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CONTEXTIDR_EL2(ulong value);
        [RuntimeImport("*", "mrs_TPIDR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_TPIDR_EL2();
        [RuntimeImport("*", "msr_TPIDR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_TPIDR_EL2(ulong value);
        [RuntimeImport("*", "mrs_SCXTNUM_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SCXTNUM_EL2();
        [RuntimeImport("*", "msr_SCXTNUM_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SCXTNUM_EL2(ulong value);
        [RuntimeImport("*", "mrs_CNTVOFF_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTVOFF_EL2();
        [RuntimeImport("*", "msr_CNTVOFF_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTVOFF_EL2(ulong value);
        [RuntimeImport("*", "mrs_CNTPOFF_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTPOFF_EL2();
        [RuntimeImport("*", "msr_CNTPOFF_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTPOFF_EL2(ulong value);
        [RuntimeImport("*", "mrs_CNTHCTL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTHCTL_EL2();
        [RuntimeImport("*", "msr_CNTHCTL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTHCTL_EL2(ulong value);
        [RuntimeImport("*", "mrs_CNTP_TVAL_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTP_TVAL_EL0();
        [RuntimeImport("*", "msr_CNTP_TVAL_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTP_TVAL_EL0(ulong value);
        [RuntimeImport("*", "mrs_CNTP_CTL_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTP_CTL_EL0();
        [RuntimeImport("*", "msr_CNTP_CTL_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTP_CTL_EL0(ulong value);
        [RuntimeImport("*", "mrs_CNTP_CVAL_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTP_CVAL_EL0();
        [RuntimeImport("*", "msr_CNTP_CVAL_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTP_CVAL_EL0(ulong value);
        [RuntimeImport("*", "mrs_CNTV_TVAL_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTV_TVAL_EL0();
        [RuntimeImport("*", "msr_CNTV_TVAL_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTV_TVAL_EL0(ulong value);
        [RuntimeImport("*", "mrs_CNTV_CTL_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTV_CTL_EL0();
        [RuntimeImport("*", "msr_CNTV_CTL_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTV_CTL_EL0(ulong value);
        [RuntimeImport("*", "mrs_CNTV_CVAL_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTV_CVAL_EL0();
        [RuntimeImport("*", "msr_CNTV_CVAL_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTV_CVAL_EL0(ulong value);
        [RuntimeImport("*", "mrs_CNTHP_TVAL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTHP_TVAL_EL2();
        [RuntimeImport("*", "msr_CNTHP_TVAL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTHP_TVAL_EL2(ulong value);
        [RuntimeImport("*", "mrs_CNTHP_CTL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTHP_CTL_EL2();
        [RuntimeImport("*", "msr_CNTHP_CTL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTHP_CTL_EL2(ulong value);
        [RuntimeImport("*", "mrs_CNTHP_CVAL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTHP_CVAL_EL2();
        [RuntimeImport("*", "msr_CNTHP_CVAL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTHP_CVAL_EL2(ulong value);
        [RuntimeImport("*", "mrs_CNTHV_TVAL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTHV_TVAL_EL2();
        [RuntimeImport("*", "msr_CNTHV_TVAL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTHV_TVAL_EL2(ulong value);
        [RuntimeImport("*", "mrs_CNTHV_CTL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTHV_CTL_EL2();
        [RuntimeImport("*", "msr_CNTHV_CTL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTHV_CTL_EL2(ulong value);
        [RuntimeImport("*", "mrs_CNTHV_CVAL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTHV_CVAL_EL2();
        [RuntimeImport("*", "msr_CNTHV_CVAL_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTHV_CVAL_EL2(ulong value);
        [RuntimeImport("*", "mrs_CNTFRQ_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTFRQ_EL0();
        [RuntimeImport("*", "msr_CNTFRQ_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTFRQ_EL0(ulong value);
        [RuntimeImport("*", "mrs_CNTPCT_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTPCT_EL0();
        [RuntimeImport("*", "msr_CNTPCT_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTPCT_EL0(ulong value);
        [RuntimeImport("*", "mrs_CNTVCT_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTVCT_EL0();
        [RuntimeImport("*", "msr_CNTVCT_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTVCT_EL0(ulong value);
        [RuntimeImport("*", "mrs_CNTPCTSS_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTPCTSS_EL0();
        [RuntimeImport("*", "msr_CNTPCTSS_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTPCTSS_EL0(ulong value);
        [RuntimeImport("*", "mrs_CNTVCTSS_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CNTVCTSS_EL0();
        [RuntimeImport("*", "msr_CNTVCTSS_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CNTVCTSS_EL0(ulong value);
        [RuntimeImport("*", "mrs_ICH_AP0R0_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_AP0R0_EL2();
        [RuntimeImport("*", "msr_ICH_AP0R0_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_AP0R0_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_AP0R1_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_AP0R1_EL2();
        [RuntimeImport("*", "msr_ICH_AP0R1_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_AP0R1_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_AP0R2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_AP0R2_EL2();
        [RuntimeImport("*", "msr_ICH_AP0R2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_AP0R2_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_AP0R3_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_AP0R3_EL2();
        [RuntimeImport("*", "msr_ICH_AP0R3_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_AP0R3_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_AP1R0_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_AP1R0_EL2();
        [RuntimeImport("*", "msr_ICH_AP1R0_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_AP1R0_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_AP1R1_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_AP1R1_EL2();
        [RuntimeImport("*", "msr_ICH_AP1R1_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_AP1R1_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_AP1R2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_AP1R2_EL2();
        [RuntimeImport("*", "msr_ICH_AP1R2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_AP1R2_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_AP1R3_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_AP1R3_EL2();
        [RuntimeImport("*", "msr_ICH_AP1R3_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_AP1R3_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICC_SRE_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_SRE_EL2();
        [RuntimeImport("*", "msr_ICC_SRE_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_SRE_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_HCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_HCR_EL2();
        [RuntimeImport("*", "msr_ICH_HCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_HCR_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_VTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_VTR_EL2();
        [RuntimeImport("*", "msr_ICH_VTR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_VTR_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_MISR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_MISR_EL2();
        [RuntimeImport("*", "msr_ICH_MISR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_MISR_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_EISR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_EISR_EL2();
        [RuntimeImport("*", "msr_ICH_EISR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_EISR_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_ELRSR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_ELRSR_EL2();
        [RuntimeImport("*", "msr_ICH_ELRSR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_ELRSR_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_VMCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_VMCR_EL2();
        [RuntimeImport("*", "msr_ICH_VMCR_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_VMCR_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR0_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR0_EL2();
        [RuntimeImport("*", "msr_ICH_LR0_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR0_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR1_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR1_EL2();
        [RuntimeImport("*", "msr_ICH_LR1_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR1_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR2_EL2();
        [RuntimeImport("*", "msr_ICH_LR2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR2_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR3_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR3_EL2();
        [RuntimeImport("*", "msr_ICH_LR3_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR3_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR4_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR4_EL2();
        [RuntimeImport("*", "msr_ICH_LR4_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR4_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR5_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR5_EL2();
        [RuntimeImport("*", "msr_ICH_LR5_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR5_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR6_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR6_EL2();
        [RuntimeImport("*", "msr_ICH_LR6_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR6_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR7_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR7_EL2();
        [RuntimeImport("*", "msr_ICH_LR7_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR7_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR8_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR8_EL2();
        [RuntimeImport("*", "msr_ICH_LR8_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR8_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR9_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR9_EL2();
        [RuntimeImport("*", "msr_ICH_LR9_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR9_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR10_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR10_EL2();
        [RuntimeImport("*", "msr_ICH_LR10_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR10_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR11_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR11_EL2();
        [RuntimeImport("*", "msr_ICH_LR11_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR11_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR12_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR12_EL2();
        [RuntimeImport("*", "msr_ICH_LR12_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR12_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR13_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR13_EL2();
        [RuntimeImport("*", "msr_ICH_LR13_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR13_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR14_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR14_EL2();
        [RuntimeImport("*", "msr_ICH_LR14_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR14_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICH_LR15_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICH_LR15_EL2();
        [RuntimeImport("*", "msr_ICH_LR15_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICH_LR15_EL2(ulong value);
        [RuntimeImport("*", "mrs_ICC_PMR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_PMR_EL1();
        [RuntimeImport("*", "msr_ICC_PMR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_PMR_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_IAR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_IAR0_EL1();
        [RuntimeImport("*", "msr_ICC_IAR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_IAR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_EOIR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_EOIR0_EL1();
        [RuntimeImport("*", "msr_ICC_EOIR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_EOIR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_HPPIR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_HPPIR0_EL1();
        [RuntimeImport("*", "msr_ICC_HPPIR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_HPPIR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_BPR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_BPR0_EL1();
        [RuntimeImport("*", "msr_ICC_BPR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_BPR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_AP0R0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_AP0R0_EL1();
        [RuntimeImport("*", "msr_ICC_AP0R0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_AP0R0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_AP1R0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_AP1R0_EL1();
        [RuntimeImport("*", "msr_ICC_AP1R0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_AP1R0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_DIR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_DIR_EL1();
        [RuntimeImport("*", "msr_ICC_DIR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_DIR_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_RPR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_RPR_EL1();
        [RuntimeImport("*", "msr_ICC_RPR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_RPR_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_SGI1R_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_SGI1R_EL1();
        [RuntimeImport("*", "msr_ICC_SGI1R_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_SGI1R_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_ASGI1R_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_ASGI1R_EL1();
        [RuntimeImport("*", "msr_ICC_ASGI1R_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_ASGI1R_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_SGI0R_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_SGI0R_EL1();
        [RuntimeImport("*", "msr_ICC_SGI0R_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_SGI0R_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_IAR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_IAR1_EL1();
        [RuntimeImport("*", "msr_ICC_IAR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_IAR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_EOIR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_EOIR1_EL1();
        [RuntimeImport("*", "msr_ICC_EOIR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_EOIR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_HPPIR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_HPPIR1_EL1();
        [RuntimeImport("*", "msr_ICC_HPPIR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_HPPIR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_BPR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_BPR1_EL1();
        [RuntimeImport("*", "msr_ICC_BPR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_BPR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_CTLR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_CTLR_EL1();
        [RuntimeImport("*", "msr_ICC_CTLR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_CTLR_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_SRE_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_SRE_EL1();
        [RuntimeImport("*", "msr_ICC_SRE_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_SRE_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_IGRPEN0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_IGRPEN0_EL1();
        [RuntimeImport("*", "msr_ICC_IGRPEN0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_IGRPEN0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ICC_IGRPEN1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ICC_IGRPEN1_EL1();
        [RuntimeImport("*", "msr_ICC_IGRPEN1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ICC_IGRPEN1_EL1(ulong value);
        [RuntimeImport("*", "mrs_MIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_MIDR_EL1();
        [RuntimeImport("*", "msr_MIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_MIDR_EL1(ulong value);
        [RuntimeImport("*", "mrs_MPIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_MPIDR_EL1();
        [RuntimeImport("*", "msr_MPIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_MPIDR_EL1(ulong value);
        [RuntimeImport("*", "mrs_REVIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_REVIDR_EL1();
        [RuntimeImport("*", "msr_REVIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_REVIDR_EL1(ulong value);
        [RuntimeImport("*", "mrs_CCSIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CCSIDR_EL1();
        [RuntimeImport("*", "msr_CCSIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CCSIDR_EL1(ulong value);
        [RuntimeImport("*", "mrs_CLIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CLIDR_EL1();
        [RuntimeImport("*", "msr_CLIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CLIDR_EL1(ulong value);
        [RuntimeImport("*", "mrs_CCSIDR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CCSIDR2_EL1();
        [RuntimeImport("*", "msr_CCSIDR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CCSIDR2_EL1(ulong value);
        [RuntimeImport("*", "mrs_SMIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SMIDR_EL1();
        [RuntimeImport("*", "msr_SMIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SMIDR_EL1(ulong value);
        [RuntimeImport("*", "mrs_AIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_AIDR_EL1();
        [RuntimeImport("*", "msr_AIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_AIDR_EL1(ulong value);
        [RuntimeImport("*", "mrs_CTR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CTR_EL0();
        [RuntimeImport("*", "msr_CTR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CTR_EL0(ulong value);
        [RuntimeImport("*", "mrs_DCZID_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DCZID_EL0();
        [RuntimeImport("*", "msr_DCZID_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DCZID_EL0(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64PFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64PFR0_EL1();
        [RuntimeImport("*", "msr_ID_AA64PFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64PFR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64PFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64PFR1_EL1();
        [RuntimeImport("*", "msr_ID_AA64PFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64PFR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64PFR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64PFR2_EL1();
        [RuntimeImport("*", "msr_ID_AA64PFR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64PFR2_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64ZFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64ZFR0_EL1();
        [RuntimeImport("*", "msr_ID_AA64ZFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64ZFR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64SMFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64SMFR0_EL1();
        [RuntimeImport("*", "msr_ID_AA64SMFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64SMFR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64FPFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64FPFR0_EL1();
        [RuntimeImport("*", "msr_ID_AA64FPFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64FPFR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64DFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64DFR0_EL1();
        [RuntimeImport("*", "msr_ID_AA64DFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64DFR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64DFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64DFR1_EL1();
        [RuntimeImport("*", "msr_ID_AA64DFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64DFR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64AFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64AFR0_EL1();
        [RuntimeImport("*", "msr_ID_AA64AFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64AFR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64AFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64AFR1_EL1();
        [RuntimeImport("*", "msr_ID_AA64AFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64AFR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64ISAR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64ISAR0_EL1();
        [RuntimeImport("*", "msr_ID_AA64ISAR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64ISAR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64ISAR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64ISAR1_EL1();
        [RuntimeImport("*", "msr_ID_AA64ISAR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64ISAR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64ISAR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64ISAR2_EL1();
        [RuntimeImport("*", "msr_ID_AA64ISAR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64ISAR2_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64ISAR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64ISAR3_EL1();
        [RuntimeImport("*", "msr_ID_AA64ISAR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64ISAR3_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64MMFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64MMFR0_EL1();
        [RuntimeImport("*", "msr_ID_AA64MMFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64MMFR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64MMFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64MMFR1_EL1();
        [RuntimeImport("*", "msr_ID_AA64MMFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64MMFR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64MMFR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64MMFR2_EL1();
        [RuntimeImport("*", "msr_ID_AA64MMFR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64MMFR2_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64MMFR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64MMFR3_EL1();
        [RuntimeImport("*", "msr_ID_AA64MMFR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64MMFR3_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AA64MMFR4_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AA64MMFR4_EL1();
        [RuntimeImport("*", "msr_ID_AA64MMFR4_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AA64MMFR4_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_PFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_PFR0_EL1();
        [RuntimeImport("*", "msr_ID_PFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_PFR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_PFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_PFR1_EL1();
        [RuntimeImport("*", "msr_ID_PFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_PFR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_DFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_DFR0_EL1();
        [RuntimeImport("*", "msr_ID_DFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_DFR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_AFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_AFR0_EL1();
        [RuntimeImport("*", "msr_ID_AFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_AFR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_MMFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_MMFR0_EL1();
        [RuntimeImport("*", "msr_ID_MMFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_MMFR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_MMFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_MMFR1_EL1();
        [RuntimeImport("*", "msr_ID_MMFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_MMFR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_MMFR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_MMFR2_EL1();
        [RuntimeImport("*", "msr_ID_MMFR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_MMFR2_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_MMFR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_MMFR3_EL1();
        [RuntimeImport("*", "msr_ID_MMFR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_MMFR3_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_ISAR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_ISAR0_EL1();
        [RuntimeImport("*", "msr_ID_ISAR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_ISAR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_ISAR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_ISAR1_EL1();
        [RuntimeImport("*", "msr_ID_ISAR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_ISAR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_ISAR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_ISAR2_EL1();
        [RuntimeImport("*", "msr_ID_ISAR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_ISAR2_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_ISAR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_ISAR3_EL1();
        [RuntimeImport("*", "msr_ID_ISAR3_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_ISAR3_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_ISAR4_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_ISAR4_EL1();
        [RuntimeImport("*", "msr_ID_ISAR4_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_ISAR4_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_ISAR5_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_ISAR5_EL1();
        [RuntimeImport("*", "msr_ID_ISAR5_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_ISAR5_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_MMFR4_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_MMFR4_EL1();
        [RuntimeImport("*", "msr_ID_MMFR4_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_MMFR4_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_ISAR6_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_ISAR6_EL1();
        [RuntimeImport("*", "msr_ID_ISAR6_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_ISAR6_EL1(ulong value);
        [RuntimeImport("*", "mrs_MVFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_MVFR0_EL1();
        [RuntimeImport("*", "msr_MVFR0_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_MVFR0_EL1(ulong value);
        [RuntimeImport("*", "mrs_MVFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_MVFR1_EL1();
        [RuntimeImport("*", "msr_MVFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_MVFR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_MVFR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_MVFR2_EL1();
        [RuntimeImport("*", "msr_MVFR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_MVFR2_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_PFR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_PFR2_EL1();
        [RuntimeImport("*", "msr_ID_PFR2_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_PFR2_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_DFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_DFR1_EL1();
        [RuntimeImport("*", "msr_ID_DFR1_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_DFR1_EL1(ulong value);
        [RuntimeImport("*", "mrs_ID_MMFR5_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ID_MMFR5_EL1();
        [RuntimeImport("*", "msr_ID_MMFR5_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ID_MMFR5_EL1(ulong value);
        [RuntimeImport("*", "mrs_OSLAR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_OSLAR_EL1();
        [RuntimeImport("*", "msr_OSLAR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_OSLAR_EL1(ulong value);
        [RuntimeImport("*", "mrs_OSLSR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_OSLSR_EL1();
        [RuntimeImport("*", "msr_OSLSR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_OSLSR_EL1(ulong value);
        [RuntimeImport("*", "mrs_OSDLR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_OSDLR_EL1();
        [RuntimeImport("*", "msr_OSDLR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_OSDLR_EL1(ulong value);
        [RuntimeImport("*", "mrs_MDRAR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_MDRAR_EL1();
        [RuntimeImport("*", "msr_MDRAR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_MDRAR_EL1(ulong value);
        [RuntimeImport("*", "mrs_OSECCR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_OSECCR_EL1();
        [RuntimeImport("*", "msr_OSECCR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_OSECCR_EL1(ulong value);
        [RuntimeImport("*", "mrs_MDCCSR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_MDCCSR_EL0();
        [RuntimeImport("*", "msr_MDCCSR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_MDCCSR_EL0(ulong value);
        [RuntimeImport("*", "mrs_MDCCINT_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_MDCCINT_EL1();
        [RuntimeImport("*", "msr_MDCCINT_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_MDCCINT_EL1(ulong value);
        [RuntimeImport("*", "mrs_OSDTRRX_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_OSDTRRX_EL1();
        [RuntimeImport("*", "msr_OSDTRRX_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_OSDTRRX_EL1(ulong value);
        [RuntimeImport("*", "mrs_OSDTRTX_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_OSDTRTX_EL1();
        [RuntimeImport("*", "msr_OSDTRTX_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_OSDTRTX_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGDTR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGDTR_EL0();
        [RuntimeImport("*", "msr_DBGDTR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGDTR_EL0(ulong value);
        [RuntimeImport("*", "mrs_DBGDTRTX_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGDTRTX_EL0();
        [RuntimeImport("*", "msr_DBGDTRTX_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGDTRTX_EL0(ulong value);
        [RuntimeImport("*", "mrs_DBGCLAIMSET_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGCLAIMSET_EL1();
        [RuntimeImport("*", "msr_DBGCLAIMSET_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGCLAIMSET_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGCLAIMCLR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGCLAIMCLR_EL1();
        [RuntimeImport("*", "msr_DBGCLAIMCLR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGCLAIMCLR_EL1(ulong value);
        [RuntimeImport("*", "mrs_DBGAUTHSTATUS_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DBGAUTHSTATUS_EL1();
        [RuntimeImport("*", "msr_DBGAUTHSTATUS_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DBGAUTHSTATUS_EL1(ulong value);
        [RuntimeImport("*", "mrs_ERRIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_ERRIDR_EL1();
        [RuntimeImport("*", "msr_ERRIDR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_ERRIDR_EL1(ulong value);
        [RuntimeImport("*", "mrs_PMCR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMCR_EL0();
        [RuntimeImport("*", "msr_PMCR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMCR_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMCNTENSET_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMCNTENSET_EL0();
        [RuntimeImport("*", "msr_PMCNTENSET_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMCNTENSET_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMCNTENCLR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMCNTENCLR_EL0();
        [RuntimeImport("*", "msr_PMCNTENCLR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMCNTENCLR_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMOVSCLR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMOVSCLR_EL0();
        [RuntimeImport("*", "msr_PMOVSCLR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMOVSCLR_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMSWINC_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMSWINC_EL0();
        [RuntimeImport("*", "msr_PMSWINC_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMSWINC_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMSELR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMSELR_EL0();
        [RuntimeImport("*", "msr_PMSELR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMSELR_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMCEID0_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMCEID0_EL0();
        [RuntimeImport("*", "msr_PMCEID0_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMCEID0_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMCEID1_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMCEID1_EL0();
        [RuntimeImport("*", "msr_PMCEID1_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMCEID1_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMCCNTR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMCCNTR_EL0();
        [RuntimeImport("*", "msr_PMCCNTR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMCCNTR_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMXEVTYPER_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMXEVTYPER_EL0();
        [RuntimeImport("*", "msr_PMXEVTYPER_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMXEVTYPER_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMXEVCNTR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMXEVCNTR_EL0();
        [RuntimeImport("*", "msr_PMXEVCNTR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMXEVCNTR_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMUSERENR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMUSERENR_EL0();
        [RuntimeImport("*", "msr_PMUSERENR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMUSERENR_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMOVSSET_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMOVSSET_EL0();
        [RuntimeImport("*", "msr_PMOVSSET_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMOVSSET_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMINTENSET_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMINTENSET_EL1();
        [RuntimeImport("*", "msr_PMINTENSET_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMINTENSET_EL1(ulong value);
        [RuntimeImport("*", "mrs_PMINTENCLR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMINTENCLR_EL1();
        [RuntimeImport("*", "msr_PMINTENCLR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMINTENCLR_EL1(ulong value);
        [RuntimeImport("*", "mrs_PMEVCNTR0_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMEVCNTR0_EL0();
        [RuntimeImport("*", "msr_PMEVCNTR0_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMEVCNTR0_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMEVCNTR1_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMEVCNTR1_EL0();
        [RuntimeImport("*", "msr_PMEVCNTR1_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMEVCNTR1_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMEVCNTR2_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMEVCNTR2_EL0();
        [RuntimeImport("*", "msr_PMEVCNTR2_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMEVCNTR2_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMEVCNTR3_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMEVCNTR3_EL0();
        [RuntimeImport("*", "msr_PMEVCNTR3_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMEVCNTR3_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMEVCNTR4_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMEVCNTR4_EL0();
        [RuntimeImport("*", "msr_PMEVCNTR4_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMEVCNTR4_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMEVCNTR5_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMEVCNTR5_EL0();
        [RuntimeImport("*", "msr_PMEVCNTR5_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMEVCNTR5_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMEVTYPER0_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMEVTYPER0_EL0();
        [RuntimeImport("*", "msr_PMEVTYPER0_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMEVTYPER0_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMEVTYPER1_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMEVTYPER1_EL0();
        [RuntimeImport("*", "msr_PMEVTYPER1_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMEVTYPER1_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMEVTYPER2_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMEVTYPER2_EL0();
        [RuntimeImport("*", "msr_PMEVTYPER2_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMEVTYPER2_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMEVTYPER3_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMEVTYPER3_EL0();
        [RuntimeImport("*", "msr_PMEVTYPER3_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMEVTYPER3_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMEVTYPER4_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMEVTYPER4_EL0();
        [RuntimeImport("*", "msr_PMEVTYPER4_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMEVTYPER4_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMEVTYPER5_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMEVTYPER5_EL0();
        [RuntimeImport("*", "msr_PMEVTYPER5_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMEVTYPER5_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMCCFILTR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMCCFILTR_EL0();
        [RuntimeImport("*", "msr_PMCCFILTR_EL0")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMCCFILTR_EL0(ulong value);
        [RuntimeImport("*", "mrs_PMMIR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PMMIR_EL1();
        [RuntimeImport("*", "msr_PMMIR_EL1")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PMMIR_EL1(ulong value);
        [RuntimeImport("*", "mrs_CurrentEL")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_CurrentEL();
        [RuntimeImport("*", "msr_CurrentEL")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_CurrentEL(ulong value);
        [RuntimeImport("*", "mrs_DAIF")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_DAIF();
        [RuntimeImport("*", "msr_DAIF")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_DAIF(ulong value);
        [RuntimeImport("*", "mrs_PAN")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_PAN();
        [RuntimeImport("*", "msr_PAN")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_PAN(ulong value);
        [RuntimeImport("*", "mrs_SPSel")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_SPSel();
        [RuntimeImport("*", "msr_SPSel")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_SPSel(ulong value);
        [RuntimeImport("*", "mrs_HFGRTR2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HFGRTR2_EL2();
        [RuntimeImport("*", "msr_HFGRTR2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HFGRTR2_EL2(ulong value);
        [RuntimeImport("*", "mrs_HFGWTR2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HFGWTR2_EL2();
        [RuntimeImport("*", "msr_HFGWTR2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HFGWTR2_EL2(ulong value);
        [RuntimeImport("*", "mrs_HFGITR2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HFGITR2_EL2();
        [RuntimeImport("*", "msr_HFGITR2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HFGITR2_EL2(ulong value);
        [RuntimeImport("*", "mrs_HDFGRTR2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HDFGRTR2_EL2();
        [RuntimeImport("*", "msr_HDFGRTR2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HDFGRTR2_EL2(ulong value);
        [RuntimeImport("*", "mrs_HDFGWTR2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_HDFGWTR2_EL2();
        [RuntimeImport("*", "msr_HDFGWTR2_EL2")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_HDFGWTR2_EL2(ulong value);
    }
}
