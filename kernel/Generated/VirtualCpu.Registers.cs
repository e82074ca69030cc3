// Generated from the tables of hal/Registers by `./build.sh generate`; not to be edited.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>The stored copy of each register. While a bank is in hardware the live value is there: see Read and Write.</summary>
public unsafe partial struct VirtualCpu
{
    public ref ulong SCTLR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3824));
    }

    public ref ulong ACTLR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3816));
    }

    public ref ulong CPACR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3840));
    }

    public ref ulong ZCR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3616));
    }

    public ref ulong SMCR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3600));
    }

    public ref ulong TTBR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3584));
    }

    public ref ulong TTBR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3568));
    }

    public ref ulong TCR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3808));
    }

    public ref ulong SPSR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3744));
    }

    public ref ulong ELR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3536));
    }

    public ref ulong SP_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3520));
    }

    public ref ulong AFSR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3800));
    }

    public ref ulong AFSR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3792));
    }

    public ref ulong ESR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3784));
    }

    public ref ulong FAR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3552));
    }

    public ref ulong MAIR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3776));
    }

    public ref ulong AMAIR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3768));
    }

    public ref ulong VBAR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3504));
    }

    public ref ulong CONTEXTIDR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3832));
    }

    public ref ulong SCXTNUM_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3704));
    }

    public ref ulong CNTKCTL_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1024));
    }

    public ref ulong MDSCR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3752));
    }

    public ref ulong SP_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1032));
    }

    public ref ulong TPIDR_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1040));
    }

    public ref ulong TPIDRRO_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1048));
    }

    public ref ulong TPIDR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1056));
    }

    public ref ulong TPIDR2_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1064));
    }

    public ref ulong SCXTNUM_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1072));
    }

    public ref ulong PAR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1080));
    }

    public ref ulong CSSELR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1088));
    }

    public ref ulong SMPRI_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1096));
    }

    public ref ulong DISR_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1104));
    }

    public ref ulong APIAKeyLo_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1112));
    }

    public ref ulong APIAKeyHi_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1120));
    }

    public ref ulong APIBKeyLo_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1128));
    }

    public ref ulong APIBKeyHi_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1136));
    }

    public ref ulong APDAKeyLo_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1144));
    }

    public ref ulong APDAKeyHi_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1152));
    }

    public ref ulong APDBKeyLo_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1160));
    }

    public ref ulong APDBKeyHi_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1168));
    }

    public ref ulong APGAKeyLo_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1176));
    }

    public ref ulong APGAKeyHi_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1184));
    }

    public ref ulong DBGBVR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1192));
    }

    public ref ulong DBGBCR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1200));
    }

    public ref ulong DBGBVR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1208));
    }

    public ref ulong DBGBCR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1216));
    }

    public ref ulong DBGBVR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1224));
    }

    public ref ulong DBGBCR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1232));
    }

    public ref ulong DBGBVR3_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1240));
    }

    public ref ulong DBGBCR3_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1248));
    }

    public ref ulong DBGBVR4_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1256));
    }

    public ref ulong DBGBCR4_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1264));
    }

    public ref ulong DBGBVR5_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1272));
    }

    public ref ulong DBGBCR5_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1280));
    }

    public ref ulong DBGWVR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1288));
    }

    public ref ulong DBGWCR0_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1296));
    }

    public ref ulong DBGWVR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1304));
    }

    public ref ulong DBGWCR1_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1312));
    }

    public ref ulong DBGWVR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1320));
    }

    public ref ulong DBGWCR2_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1328));
    }

    public ref ulong DBGWVR3_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1336));
    }

    public ref ulong DBGWCR3_EL1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1344));
    }

    public ref ulong SPSR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1352));
    }

    public ref ulong ELR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1360));
    }

    public ref ulong SP_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1368));
    }

    public ref ulong VPIDR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3960));
    }

    public ref ulong VMPIDR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-4016));
    }

    public ref ulong SCTLR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1376));
    }

    public ref ulong ACTLR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1384));
    }

    public ref ulong HCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3976));
    }

    public ref ulong MDCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1392));
    }

    public ref ulong CPTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1400));
    }

    public ref ulong HSTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3968));
    }

    public ref ulong HFGRTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3656));
    }

    public ref ulong HFGWTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3648));
    }

    public ref ulong HFGITR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3640));
    }

    public ref ulong HACR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1408));
    }

    public ref ulong ZCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1416));
    }

    public ref ulong HCRX_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3936));
    }

    public ref ulong SMPRIMAP_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3592));
    }

    public ref ulong SMCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1424));
    }

    public ref ulong TTBR0_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1432));
    }

    public ref ulong TTBR1_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1440));
    }

    public ref ulong TCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1448));
    }

    public ref ulong VTTBR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-4064));
    }

    public ref ulong VTCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-4032));
    }

    public ref ulong VNCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3920));
    }

    public ref ulong SPSR_irq
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1456));
    }

    public ref ulong SPSR_abt
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1464));
    }

    public ref ulong SPSR_und
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1472));
    }

    public ref ulong SPSR_fiq
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1480));
    }

    public ref ulong DACR32_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1488));
    }

    public ref ulong HDFGRTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3632));
    }

    public ref ulong HDFGWTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3624));
    }

    public ref ulong HAFGRTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3608));
    }

    public ref ulong IFSR32_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1496));
    }

    public ref ulong FPEXC32_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1504));
    }

    public ref ulong DBGVCR32_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1512));
    }

    public ref ulong AFSR0_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1520));
    }

    public ref ulong AFSR1_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1528));
    }

    public ref ulong ESR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1536));
    }

    public ref ulong VSESR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2808));
    }

    public ref ulong FAR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1544));
    }

    public ref ulong HPFAR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1552));
    }

    public ref ulong MAIR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1560));
    }

    public ref ulong AMAIR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1568));
    }

    public ref ulong VBAR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1576));
    }

    public ref ulong RVBAR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1584));
    }

    public ref ulong RMR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1592));
    }

    public ref ulong VDISR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2816));
    }

    public ref ulong CONTEXTIDR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1600));
    }

    public ref ulong TPIDR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3952));
    }

    public ref ulong SCXTNUM_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1608));
    }

    public ref ulong CNTVOFF_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-4000));
    }

    public ref ulong CNTPOFF_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3672));
    }

    public ref ulong CNTHCTL_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1616));
    }

    public ref ulong CNTP_CTL_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3712));
    }

    public ref ulong CNTP_CVAL_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3720));
    }

    public ref ulong CNTV_CTL_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3728));
    }

    public ref ulong CNTV_CVAL_EL0
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3736));
    }

    public ref ulong CNTHP_CTL_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1624));
    }

    public ref ulong CNTHP_CVAL_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1632));
    }

    public ref ulong CNTHV_CTL_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1640));
    }

    public ref ulong CNTHV_CVAL_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1648));
    }

    public ref ulong ICH_AP0R0_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2944));
    }

    public ref ulong ICH_AP0R1_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2936));
    }

    public ref ulong ICH_AP0R2_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2928));
    }

    public ref ulong ICH_AP0R3_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2920));
    }

    public ref ulong ICH_AP1R0_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2912));
    }

    public ref ulong ICH_AP1R1_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2904));
    }

    public ref ulong ICH_AP1R2_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2896));
    }

    public ref ulong ICH_AP1R3_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2888));
    }

    public ref ulong ICC_SRE_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1656));
    }

    public ref ulong ICH_HCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2880));
    }

    public ref ulong ICH_VTR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1664));
    }

    public ref ulong ICH_MISR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1672));
    }

    public ref ulong ICH_EISR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1680));
    }

    public ref ulong ICH_ELRSR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (1688));
    }

    public ref ulong ICH_VMCR_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2872));
    }

    public ref ulong ICH_LR0_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3072));
    }

    public ref ulong ICH_LR1_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3064));
    }

    public ref ulong ICH_LR2_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3056));
    }

    public ref ulong ICH_LR3_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3048));
    }

    public ref ulong ICH_LR4_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3040));
    }

    public ref ulong ICH_LR5_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3032));
    }

    public ref ulong ICH_LR6_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3024));
    }

    public ref ulong ICH_LR7_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3016));
    }

    public ref ulong ICH_LR8_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3008));
    }

    public ref ulong ICH_LR9_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-3000));
    }

    public ref ulong ICH_LR10_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2992));
    }

    public ref ulong ICH_LR11_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2984));
    }

    public ref ulong ICH_LR12_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2976));
    }

    public ref ulong ICH_LR13_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2968));
    }

    public ref ulong ICH_LR14_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2960));
    }

    public ref ulong ICH_LR15_EL2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + (-2952));
    }
}
