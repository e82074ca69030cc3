// The second names: with E2H=1 the names of EL1 reach EL2's registers, and _EL12 and _EL02 names reach EL1's; with E2H=0
// the latter do not exist.

using System;

namespace Nestor.Payloads;

internal static unsafe partial class Registers
{
    private static void NamesReachEl2()
    {
        Reaches("SCTLR_EL1"u8, Encoding.SCTLR_EL1, Encoding.SCTLR_EL2, 0x100c);
        Reaches("CPACR_EL1"u8, Encoding.CPACR_EL1, Encoding.CPTR_EL2, 0x0033_0000);
        Reaches("ZCR_EL1"u8, Encoding.ZCR_EL1, Encoding.ZCR_EL2, 0xf);
        Reaches("SMCR_EL1"u8, Encoding.SMCR_EL1, Encoding.SMCR_EL2, 0xf);
        Reaches("TTBR0_EL1"u8, Encoding.TTBR0_EL1, Encoding.TTBR0_EL2, Table);
        Reaches("TTBR1_EL1"u8, Encoding.TTBR1_EL1, Encoding.TTBR1_EL2, Table);
        Reaches("TCR_EL1"u8, Encoding.TCR_EL1, Encoding.TCR_EL2, Translation);
        Reaches("SPSR_EL1"u8, Encoding.SPSR_EL1, Encoding.SPSR_EL2, Status);
        Reaches("ELR_EL1"u8, Encoding.ELR_EL1, Encoding.ELR_EL2, All);
        Reaches("ESR_EL1"u8, Encoding.ESR_EL1, Encoding.ESR_EL2, Word);
        Reaches("FAR_EL1"u8, Encoding.FAR_EL1, Encoding.FAR_EL2, All);
        Reaches("MAIR_EL1"u8, Encoding.MAIR_EL1, Encoding.MAIR_EL2, All);
        Reaches("VBAR_EL1"u8, Encoding.VBAR_EL1, Encoding.VBAR_EL2, Vectors);
        Reaches("CONTEXTIDR_EL1"u8, Encoding.CONTEXTIDR_EL1, Encoding.CONTEXTIDR_EL2, Word);
        Reaches("SCXTNUM_EL1"u8, Encoding.SCXTNUM_EL1, Encoding.SCXTNUM_EL2, All);
        Reaches("CNTKCTL_EL1"u8, Encoding.CNTKCTL_EL1, Encoding.CNTHCTL_EL2, 0xff3);
        Reaches("CNTP_CTL_EL0"u8, Encoding.CNTP_CTL_EL0, Encoding.CNTHP_CTL_EL2, 3);
        Reaches("CNTP_CVAL_EL0"u8, Encoding.CNTP_CVAL_EL0, Encoding.CNTHP_CVAL_EL2, All);
        Reaches("CNTV_CTL_EL0"u8, Encoding.CNTV_CTL_EL0, Encoding.CNTHV_CTL_EL2, 3);
        Reaches("CNTV_CVAL_EL0"u8, Encoding.CNTV_CVAL_EL0, Encoding.CNTHV_CVAL_EL2, All);
    }

    private static void Reaches(ReadOnlySpan<byte> name, uint register, uint own, ulong mask) =>
        Pair(name, " reaches EL2's register"u8, register, own, mask);

    private static void AliasesReachEl1()
    {
        Alias("SCTLR_EL12"u8, Encoding.SCTLR_EL12, Encoding.SCTLR_EL1, 0xd00e);
        Alias("CPACR_EL12"u8, Encoding.CPACR_EL12, Encoding.CPACR_EL1, 0x0333_0000);
        Alias("ZCR_EL12"u8, Encoding.ZCR_EL12, Encoding.ZCR_EL1, 0xf);
        Alias("SMCR_EL12"u8, Encoding.SMCR_EL12, Encoding.SMCR_EL1, 0xf);
        Alias("TTBR0_EL12"u8, Encoding.TTBR0_EL12, Encoding.TTBR0_EL1, Table);
        Alias("TTBR1_EL12"u8, Encoding.TTBR1_EL12, Encoding.TTBR1_EL1, Table);
        Alias("TCR_EL12"u8, Encoding.TCR_EL12, Encoding.TCR_EL1, Translation);
        Alias("SPSR_EL12"u8, Encoding.SPSR_EL12, Encoding.SPSR_EL1, Status);
        Alias("ELR_EL12"u8, Encoding.ELR_EL12, Encoding.ELR_EL1, All);
        Alias("AFSR0_EL12"u8, Encoding.AFSR0_EL12, Encoding.AFSR0_EL1, 0);
        Alias("AFSR1_EL12"u8, Encoding.AFSR1_EL12, Encoding.AFSR1_EL1, 0);
        Alias("ESR_EL12"u8, Encoding.ESR_EL12, Encoding.ESR_EL1, Word);
        Alias("FAR_EL12"u8, Encoding.FAR_EL12, Encoding.FAR_EL1, All);
        Alias("MAIR_EL12"u8, Encoding.MAIR_EL12, Encoding.MAIR_EL1, All);
        Alias("AMAIR_EL12"u8, Encoding.AMAIR_EL12, Encoding.AMAIR_EL1, 0);
        Alias("VBAR_EL12"u8, Encoding.VBAR_EL12, Encoding.VBAR_EL1, Vectors);
        Alias("CONTEXTIDR_EL12"u8, Encoding.CONTEXTIDR_EL12, Encoding.CONTEXTIDR_EL1, Word);
        Alias("SCXTNUM_EL12"u8, Encoding.SCXTNUM_EL12, Encoding.SCXTNUM_EL1, All);
        Alias("CNTKCTL_EL12"u8, Encoding.CNTKCTL_EL12, Encoding.CNTKCTL_EL1, 0x303);
        Alias("CNTP_CTL_EL02"u8, Encoding.CNTP_CTL_EL02, Encoding.CNTP_CTL_EL0, 3);
        Alias("CNTP_CVAL_EL02"u8, Encoding.CNTP_CVAL_EL02, Encoding.CNTP_CVAL_EL0, All);
        Alias("CNTV_CTL_EL02"u8, Encoding.CNTV_CTL_EL02, Encoding.CNTV_CTL_EL0, 3);
        Alias("CNTV_CVAL_EL02"u8, Encoding.CNTV_CVAL_EL02, Encoding.CNTV_CVAL_EL0, All);
        TimerValue("CNTP_TVAL_EL02"u8, Encoding.CNTP_TVAL_EL02, Encoding.CNTP_CVAL_EL02, Encoding.CNTPCT_EL0);
        TimerValue("CNTV_TVAL_EL02"u8, Encoding.CNTV_TVAL_EL02, Encoding.CNTV_CVAL_EL02, Encoding.CNTPCT_EL0);
    }

    /// <summary>Written with E2H=1 by its second name, read with E2H=0 by its first, and the other way round.</summary>
    private static void Alias(ReadOnlySpan<byte> name, uint alias, uint register, ulong mask)
    {
        Enter(e2h: false);
        ulong saved = SystemRegister.Read(register);
        Enter(e2h: true);
        ulong before = SystemRegister.Read(alias);
        SystemRegister.Write(alias, (saved & ~mask) | (Pattern & mask));
        Enter(e2h: false);
        bool good = ((saved ^ before) & mask) == 0 && (SystemRegister.Read(register) & mask) == (Pattern & mask);
        SystemRegister.Write(register, (saved & ~mask) | (~Pattern & mask));
        Enter(e2h: true);
        good &= (SystemRegister.Read(alias) & mask) == (~Pattern & mask);
        SystemRegister.Write(alias, saved);
        good &= Excursion.Here->Finished;
        Excursion.Here->Check(good, Prefix, name, " reaches EL1's register"u8);
    }

    private static void AliasesAreUndefined()
    {
        Undefined("SCTLR_EL12"u8, Encoding.SCTLR_EL12);
        Undefined("CPACR_EL12"u8, Encoding.CPACR_EL12);
        Undefined("TTBR0_EL12"u8, Encoding.TTBR0_EL12);
        Undefined("TTBR1_EL12"u8, Encoding.TTBR1_EL12);
        Undefined("TCR_EL12"u8, Encoding.TCR_EL12);
        Undefined("SPSR_EL12"u8, Encoding.SPSR_EL12);
        Undefined("ELR_EL12"u8, Encoding.ELR_EL12);
        Undefined("AFSR0_EL12"u8, Encoding.AFSR0_EL12);
        Undefined("AFSR1_EL12"u8, Encoding.AFSR1_EL12);
        Undefined("ESR_EL12"u8, Encoding.ESR_EL12);
        Undefined("FAR_EL12"u8, Encoding.FAR_EL12);
        Undefined("MAIR_EL12"u8, Encoding.MAIR_EL12);
        Undefined("AMAIR_EL12"u8, Encoding.AMAIR_EL12);
        Undefined("VBAR_EL12"u8, Encoding.VBAR_EL12);
        Undefined("CONTEXTIDR_EL12"u8, Encoding.CONTEXTIDR_EL12);
        Undefined("CNTKCTL_EL12"u8, Encoding.CNTKCTL_EL12);
        Undefined("CNTP_TVAL_EL02"u8, Encoding.CNTP_TVAL_EL02);
        Undefined("CNTP_CTL_EL02"u8, Encoding.CNTP_CTL_EL02);
        Undefined("CNTP_CVAL_EL02"u8, Encoding.CNTP_CVAL_EL02);
        Undefined("CNTV_TVAL_EL02"u8, Encoding.CNTV_TVAL_EL02);
        Undefined("CNTV_CTL_EL02"u8, Encoding.CNTV_CTL_EL02);
        Undefined("CNTV_CVAL_EL02"u8, Encoding.CNTV_CVAL_EL02);
    }
}
