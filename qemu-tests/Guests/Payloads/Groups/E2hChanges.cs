// HCR_EL2.E2H changes, and the next instructions use EL1's names: with E2H=1 each means EL2's register, with E2H=0 EL1's. Nothing
// in between traps on hardware, nor would it at virtual EL2. Firmware and kernels do this before they run anything below EL2.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class E2hChanges
{
    private const ulong All = ulong.MaxValue;
    private const ulong Word = 0xffff_ffff;
    private const ulong Pattern = 0x5a69_a596_3cc3_5aa5;

    public static void Run()
    {
        Register("SCTLR_EL1"u8, Encoding.SCTLR_EL1, Encoding.SCTLR_EL12, Encoding.SCTLR_EL2, 0x1008);
        Register("CPACR_EL1"u8, Encoding.CPACR_EL1, Encoding.CPACR_EL12, Encoding.CPTR_EL2, 0x0030_0000);
        Register("TTBR0_EL1"u8, Encoding.TTBR0_EL1, Encoding.TTBR0_EL12, Encoding.TTBR0_EL2, ~0xfffUL);
        Register("TTBR1_EL1"u8, Encoding.TTBR1_EL1, Encoding.TTBR1_EL12, Encoding.TTBR1_EL2, ~0xfffUL);
        Register("TCR_EL1"u8, Encoding.TCR_EL1, Encoding.TCR_EL12, Encoding.TCR_EL2, 0x3f3f);
        Register("SPSR_EL1"u8, Encoding.SPSR_EL1, Encoding.SPSR_EL12, Encoding.SPSR_EL2, 0xf000_03c0);
        Register("ELR_EL1"u8, Encoding.ELR_EL1, Encoding.ELR_EL12, Encoding.ELR_EL2, All);
        Register("ESR_EL1"u8, Encoding.ESR_EL1, Encoding.ESR_EL12, Encoding.ESR_EL2, Word);
        Register("FAR_EL1"u8, Encoding.FAR_EL1, Encoding.FAR_EL12, Encoding.FAR_EL2, All);
        Register("MAIR_EL1"u8, Encoding.MAIR_EL1, Encoding.MAIR_EL12, Encoding.MAIR_EL2, All);
        Register("VBAR_EL1"u8, Encoding.VBAR_EL1, Encoding.VBAR_EL12, Encoding.VBAR_EL2, ~0x7ffUL);
        Register("CONTEXTIDR_EL1"u8, Encoding.CONTEXTIDR_EL1, Encoding.CONTEXTIDR_EL12, Encoding.CONTEXTIDR_EL2, Word);
        Register("SCXTNUM_EL1"u8, Encoding.SCXTNUM_EL1, Encoding.SCXTNUM_EL12, Encoding.SCXTNUM_EL2, All);
        Register("CNTKCTL_EL1"u8, Encoding.CNTKCTL_EL1, Encoding.CNTKCTL_EL12, Encoding.CNTHCTL_EL2, 0x303);
        Register("CNTP_CVAL_EL0"u8, Encoding.CNTP_CVAL_EL0, Encoding.CNTP_CVAL_EL02, Encoding.CNTHP_CVAL_EL2, All);
        Register("CNTV_CVAL_EL0"u8, Encoding.CNTV_CVAL_EL0, Encoding.CNTV_CVAL_EL02, Encoding.CNTHV_CVAL_EL2, All);
        AfterEl1();
        Cpu.ResetHcr(false);
    }

    private static void Register(ReadOnlySpan<byte> name, uint register, uint alias, uint own, ulong mask)
    {
        Cpu.ResetHcr(false);
        FromE2h0(name, register, own, mask);
        Cpu.ResetHcr(true);
        FromE2h1(name, register, alias, mask);
        Cpu.ResetHcr(false);
    }

    // x0 and x1: HCR_EL2 with E2H=0 and 1. x2 and x3: values for EL1 and EL2. x10 and x11: what was there.
    private static Excursion* Prepare(ulong el1, ulong el2, ulong mask)
    {
        Excursion* start = Excursion.Prepare(Cpu.Level);
        start->X[0] = SystemRegisters.HCR_EL2 & ~Hcr.E2H;
        start->X[1] = SystemRegisters.HCR_EL2 | Hcr.E2H;
        start->X[2] = (el1 & ~mask) | (Pattern & mask);
        start->X[3] = (el2 & ~mask) | (~Pattern & mask);
        start->X[10] = el1;
        start->X[11] = el2;
        return start;
    }

    private static void FromE2h0(ReadOnlySpan<byte> name, uint register, uint own, ulong mask)
    {
        ulong el1 = SystemRegister.Read(register);
        ulong el2 = SystemRegister.Read(own);
        Code.Begin();
        Code.Msr(register, 2);
        SetE2h(1);
        Code.Mrs(4, register);
        Code.Msr(register, 3);
        Code.Mrs(5, register);
        SetE2h(0);
        Code.Mrs(6, register);
        Code.Mrs(7, own);
        Code.Msr(register, 10);
        Code.Msr(own, 11);
        Code.Finish();
        Excursion* end = Prepare(el1, el2, mask);
        ulong wanted1 = end->X[2] & mask;
        ulong wanted2 = end->X[3] & mask;
        Excursion.Run();
        end->Check(end->Finished && ((end->X[4] ^ el2) & mask) == 0, name, " reads as EL2's right after E2H is set"u8, default);
        end->Check((end->X[5] & mask) == wanted2 && (end->X[7] & mask) == wanted2, name, " writes EL2's then"u8, default);
        end->Check((end->X[6] & mask) == wanted1, name, " is EL1's again right after E2H is cleared"u8, default);
    }

    private static void FromE2h1(ReadOnlySpan<byte> name, uint register, uint alias, ulong mask)
    {
        ulong el1 = SystemRegister.Read(alias);
        ulong el2 = SystemRegister.Read(register);
        Code.Begin();
        Code.Msr(register, 3);
        SetE2h(0);
        Code.Mrs(4, register);
        Code.Msr(register, 2);
        Code.Mrs(5, register);
        SetE2h(1);
        Code.Mrs(6, register);
        Code.Mrs(7, alias);
        Code.Msr(register, 11);
        Code.Msr(alias, 10);
        Code.Finish();
        Excursion* end = Prepare(el1, el2, mask);
        ulong wanted1 = end->X[2] & mask;
        ulong wanted2 = end->X[3] & mask;
        Excursion.Run();
        end->Check(end->Finished && ((end->X[4] ^ el1) & mask) == 0, name, " reads as EL1's right after E2H is cleared"u8, default);
        end->Check((end->X[5] & mask) == wanted1 && (end->X[7] & mask) == wanted1, name, " writes EL1's then"u8, default);
        end->Check((end->X[6] & mask) == wanted2, name, " is EL2's again right after E2H is set"u8, default);
    }

    private static void SetE2h(uint value)
    {
        Code.Msr(Encoding.HCR_EL2, value);
        Code.Isb();
    }

    // A hypervisor that has run at EL1 without stage 2, as a kernel does that starts with E2H=0 and becomes a VHE host.
    private static void AfterEl1()
    {
        El2.Enter(false);
        Code.Begin();
        Code.Finish();
        Tap.Check(Excursion.Run(Pstate.El1h)->Finished, "EL2 returns to EL1 and comes back"u8);
        Register("after that, FAR_EL1"u8, Encoding.FAR_EL1, Encoding.FAR_EL12, Encoding.FAR_EL2, All);
        Register("after that, VBAR_EL1"u8, Encoding.VBAR_EL1, Encoding.VBAR_EL12, Encoding.VBAR_EL2, ~0x7ffUL);
    }
}
