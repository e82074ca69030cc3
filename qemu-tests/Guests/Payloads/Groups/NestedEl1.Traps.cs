// The traps that EL2 sets for EL1, one each: the instruction does not happen, EL2 hears of it.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class NestedEl1
{
    private const ulong Always = 0x1e0_0000;        // COND is AL, and valid

    private static void Traps()
    {
        Writes(Hcr.TVM, Encoding.SCTLR_EL1, "HCR_EL2.TVM: writing SCTLR_EL1"u8);
        Writes(Hcr.TVM, Encoding.TTBR0_EL1, "HCR_EL2.TVM: writing TTBR0_EL1"u8);
        Writes(Hcr.TVM, Encoding.TTBR1_EL1, "HCR_EL2.TVM: writing TTBR1_EL1"u8);
        Writes(Hcr.TVM, Encoding.TCR_EL1, "HCR_EL2.TVM: writing TCR_EL1"u8);
        Writes(Hcr.TVM, Encoding.ESR_EL1, "HCR_EL2.TVM: writing ESR_EL1"u8);
        Writes(Hcr.TVM, Encoding.FAR_EL1, "HCR_EL2.TVM: writing FAR_EL1"u8);
        Writes(Hcr.TVM, Encoding.MAIR_EL1, "HCR_EL2.TVM: writing MAIR_EL1"u8);
        Writes(Hcr.TVM, Encoding.CONTEXTIDR_EL1, "HCR_EL2.TVM: writing CONTEXTIDR_EL1"u8);
        Reads(Hcr.TRVM, Encoding.SCTLR_EL1, "HCR_EL2.TRVM: reading SCTLR_EL1"u8);
        Reads(Hcr.TRVM, Encoding.TTBR0_EL1, "HCR_EL2.TRVM: reading TTBR0_EL1"u8);
        Reads(Hcr.TRVM, Encoding.TCR_EL1, "HCR_EL2.TRVM: reading TCR_EL1"u8);
        Trap(Hcr.TWI, 0xd503207f, ExceptionClass.Wfx, Always, "HCR_EL2.TWI: WFI"u8);
        Trap(Hcr.TSC, 0xd4000003 | (0x123 << 5), ExceptionClass.Smc, 0x123, "HCR_EL2.TSC: SMC"u8);
        Reads(Hcr.TID3, Encoding.ID_AA64PFR0_EL1, "HCR_EL2.TID3: reading ID_AA64PFR0_EL1"u8);
        Reads(Hcr.TID3, Encoding.ID_AA64MMFR2_EL1, "HCR_EL2.TID3: reading ID_AA64MMFR2_EL1"u8);
        Reads(1UL << 17, Encoding.CTR_EL0, "HCR_EL2.TID2: reading CTR_EL0"u8);
        Reads(1UL << 17, Encoding.CSSELR_EL1, "HCR_EL2.TID2: reading CSSELR_EL1"u8);
        Reads(1UL << 16, Encoding.REVIDR_EL1, "HCR_EL2.TID1: reading REVIDR_EL1"u8);
        Reads(Hcr.TACR, Encoding.ACTLR_EL1, "HCR_EL2.TACR: reading ACTLR_EL1"u8);
        Trap(1UL << 22, 0xd5087640, ExceptionClass.SystemRegister, 0x14_1c0c, "HCR_EL2.TSW: DC ISW"u8);
        Trap(1UL << 25, 0xd508871f, ExceptionClass.SystemRegister, 0x10_23ee, "HCR_EL2.TTLB: TLBI VMALLE1"u8);
        Trap(1UL << 25, 0xd5088720, ExceptionClass.SystemRegister, 0x12_200e, "HCR_EL2.TTLB: TLBI VAE1"u8);

        Cpu.ResetHcr(El2.IsE2h);
        Cpu.SetHcr(SystemRegisters.HCR_EL2 & ~Hcr.APK);
        Reads(0, Encoding.APIAKeyLo_EL1, "HCR_EL2.APK=0: reading APIAKeyLo_EL1"u8);
        Cpu.ResetHcr(El2.IsE2h);

        SystemRegisters.CPTR_EL2 = El2.IsE2h ? 0x0303_0000UL : 0x26ff;
        Trap(0, 0x9e6703e0, ExceptionClass.FpAccess, Always, "CPTR_EL2: using a vector register"u8);
        Cpu.OpenVectors(El2.IsE2h);
        SystemRegisters.CPTR_EL2 |= 1UL << 31;
        Reads(0, Encoding.CPACR_EL1, "CPTR_EL2.TCPAC: reading CPACR_EL1"u8);
        Cpu.OpenVectors(El2.IsE2h);

        SystemRegisters.MDCR_EL2 = 6 | (1 << 9);
        Reads(0, Encoding.MDSCR_EL1, "MDCR_EL2.TDA: reading MDSCR_EL1"u8);
        Reads(0, Encoding.DBGBVR0_EL1, "MDCR_EL2.TDA: reading DBGBVR0_EL1"u8);
        SystemRegisters.MDCR_EL2 = 6 | (1 << 8) | (7 << 9);
        Trap(0, 0xd4200000 | (0x99 << 5), ExceptionClass.Brk, 0x99, "MDCR_EL2.TDE: BRK"u8);
        SystemRegisters.MDCR_EL2 = 6;

        SystemRegisters.CNTHCTL_EL2 = El2.IsE2h ? 0x800UL : 2;
        Reads(0, Encoding.CNTPCT_EL0, "CNTHCTL_EL2: reading CNTPCT_EL0"u8);
        SystemRegisters.CNTHCTL_EL2 = El2.IsE2h ? 0x400UL : 1;
        Reads(0, Encoding.CNTP_CTL_EL0, "CNTHCTL_EL2: reading CNTP_CTL_EL0"u8);
        Writes(0, Encoding.CNTP_CVAL_EL0, "CNTHCTL_EL2: writing CNTP_CVAL_EL0"u8);
        SystemRegisters.CNTHCTL_EL2 = El2.IsE2h ? 0xc00UL : 3;
        Untrapped(Mrs(Encoding.CNTPCT_EL0), "CNTHCTL_EL2 opened: reading CNTPCT_EL0"u8);
        Untrapped(Mrs(Encoding.CNTP_CTL_EL0), "CNTHCTL_EL2 opened: reading CNTP_CTL_EL0"u8);

        Own1UnderHcd();
        Untrapped(Mrs(Encoding.SCTLR_EL1), "no trap set: reading SCTLR_EL1"u8);
        Untrapped(0x9e6703e0, "no trap set: using a vector register"u8);
        Untrapped(0xd508871f, "no trap set: TLBI VMALLE1"u8);
    }

    private static void Reads(ulong hcr, uint register, ReadOnlySpan<byte> what) =>
        Trap(hcr, Mrs(register) | 3, ExceptionClass.SystemRegister, Syndrome(register, 3, true), what);

    private static void Writes(ulong hcr, uint register, ReadOnlySpan<byte> what) =>
        Trap(hcr, Msr(register) | 7, ExceptionClass.SystemRegister, Syndrome(register, 7, false), what);

    /// <summary>ISS of a trapped MRS or MSR (Arm ARM D19.2.40).</summary>
    private static ulong Syndrome(uint register, uint general, bool read) =>
        ((ulong)(register >> 14) << 20) | ((register & 7) << 17) | ((register >> 11 & 7) << 14) | ((register >> 7 & 15) << 10)
        | (general << 5) | ((register >> 3 & 15) << 1) | (read ? 1u : 0);

    private static void Trap(ulong hcr, uint instruction, ulong exceptionClass, ulong syndrome, ReadOnlySpan<byte> what)
    {
        ulong before = SystemRegisters.HCR_EL2;
        Cpu.SetHcr(before | hcr);
        Code.Begin();
        Code.Nop();
        Code.Emit(instruction);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        end->Check(end->EndedBy(Vector.Lower, exceptionClass, syndrome) && end->Offset == 4 && end->Pstate == Pstate.El1h, El2.Prefix, what, " traps"u8);
        Cpu.SetHcr(before);
    }

    private static void Untrapped(uint instruction, ReadOnlySpan<byte> what)
    {
        Code.Begin();
        Code.Nop();
        Code.Emit(instruction);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        end->Check(end->Finished, El2.Prefix, what, " does not trap"u8);
    }

    /// <summary>With HCR_EL2.HCD an HVC at EL1 is EL1's to refuse; the vectors cannot call, so EL1 asks by a trapped read.</summary>
    private static void Own1UnderHcd()
    {
        ulong before = SystemRegisters.HCR_EL2;
        Code.Begin();
        Code.Hvc(1);
        ulong vectors = (Symbols.CodeArea & ~0x7ffUL) + 0x800;
        Code.Publish();
        uint* handler = (uint*)(vectors + 0x200);
        *handler = Mrs(Encoding.ACTLR_EL1);
        Code.Publish();
        El1.Write(Encoding.VBAR_EL1, vectors);
        Code.Begin();
        Code.Hvc(1);
        Code.Publish();
        Cpu.SetHcr(before | Hcr.TACR | (1UL << 29));
        Excursion* end = Excursion.Run(Pstate.El1h);
        Cpu.SetHcr(before);
        end->Check(end->Pc == vectors + 0x200 && end->Class == ExceptionClass.SystemRegister, El2.Prefix, "HCR_EL2.HCD: HVC at EL1 is undefined there"u8, default);
        El1.Write(Encoding.VBAR_EL1, Symbols.NestedVectors);
    }
}
