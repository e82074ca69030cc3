// EL0 below EL2 with HCR_EL2.TGE, in both formats: each instruction that a control can keep from EL0 is tried with the controls of EL1 (of EL2 with
// E2H=1) closed and open, and then with those of EL2. Class, syndrome and place are printed, so that they are compared with hardware's.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class UserOfEl2
{
    private const ulong End = 0x77;

    // SCTLR: DZE, UCT, UCI, UMA, nTWI, nTWE, EnRCTX, EnTP2 open; TSCXT, TIDCP close.
    private const ulong ControlOpen = (1 << 14) | (1 << 15) | (1 << 26) | (1 << 9) | (1 << 16) | (1 << 18) | (1 << 10) | (1UL << 60) | (1UL << 33);
    private const ulong ControlClosed = (1UL << 20) | (1UL << 63);
    private const ulong VectorsOpen = 0x0333_0000;      // CPACR_EL1, or CPTR_EL2 with E2H=1: FPEN, ZEN, SMEN
    private const ulong VectorsClosed = 0x0111_0000;    // EL0 alone
    private const ulong CountersOpen = 0x303;           // EL0PTEN, EL0VTEN, EL0VCTEN, EL0PCTEN
    private const ulong DebugTrap = 1 << 12;            // MDSCR_EL1.TDCC

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        El2.Change(Hcr.TGE | Hcr.EnSCXT);
        Tap.Comment("the controls of EL0 are closed"u8);
        Controls(VectorsClosed, ControlClosed, ControlOpen, 0, DebugTrap);
        All();
        Waits();
        Tap.Comment("they are open"u8);
        Controls(VectorsOpen, ControlOpen, ControlClosed, CountersOpen, 0);
        All();
        Exceptions();
        Tap.Comment("they are open, and EL2 traps"u8);
        OfEl2();
        Controls(VectorsOpen, 0, 0, 0, 0);
        El2.Change(0, Hcr.TGE);
        El2.Reset();
    }

    private static void Controls(ulong vectors, ulong set, ulong clear, ulong counters, ulong debug)
    {
        if (El2.IsE2h)
        {
            SystemRegisters.SCTLR_EL2 = (SystemRegisters.SCTLR_EL2 & ~clear) | set;
            SystemRegisters.CPTR_EL2 = vectors;
            SystemRegisters.CNTHCTL_EL2 = counters | (3 << 10);
        }
        else
        {
            El1.Write(Encoding.SCTLR_EL1, (El1.Read(Encoding.SCTLR_EL1) & ~clear) | set);
            El1.Write(Encoding.CPACR_EL1, vectors);
            El1.Write(Encoding.CNTKCTL_EL1, counters);
            SystemRegisters.CNTHCTL_EL2 = 3;
        }

        SystemRegisters.MDSCR_EL1 = debug;
        Instructions.Isb();
    }

    // Ended in EL2's vector for a lower level; how.
    private static void Try(ReadOnlySpan<byte> name, uint instruction, ulong operand = 0, ulong pstate = Pstate.El0)
    {
        Code.Begin();
        Code.Nop();
        Code.Emit(instruction);
        Code.Svc((uint)End);
        Code.Publish();
        Excursion* end = Excursion.Prepare(pstate);
        end->X[1] = operand;
        end->X[2] = 16;
        Excursion.Run();
        end->Check(end->Vector == Vector.Lower, El2.Prefix, name, " ends at EL2"u8);
        if (end->Class == ExceptionClass.Svc && end->Syndrome == End)
        {
            Tap.Comment("done"u8);
            return;
        }

        Tap.Value("esr"u8, end->Esr);
        Tap.Value("pc"u8, end->Offset);
        Tap.Value("spsr"u8, end->Pstate & Pstate.Lasting);
    }

    private static void Read(ReadOnlySpan<byte> name, uint encoding) => Try(name, 0xd5200000 | (encoding << 5));

    private static void Write(ReadOnlySpan<byte> name, uint encoding) => Try(name, 0xd5000001 | (encoding << 5));

    private static void System(ReadOnlySpan<byte> name, uint op1, uint crn, uint crm, uint op2) =>
        Try(name, 0xd5080001 | (op1 << 16) | (crn << 12) | (crm << 8) | (op2 << 5), Symbols.DataArea);

    private static void All()
    {
        const uint Mpidr = 0xc005, Sctlr = 0xc080, Debug = 0x9808, Implementation = 0xdd80, Reserved = 0xc03f, ThreadOfUser = 0xde82;
        Read("MRS CNTVCT_EL0"u8, Encoding.CNTVCT_EL0);
        Read("MRS CNTVCTSS_EL0"u8, Encoding.CNTVCTSS_EL0);
        Read("MRS CNTPCT_EL0"u8, Encoding.CNTPCT_EL0);
        Read("MRS CNTPCTSS_EL0"u8, Encoding.CNTPCTSS_EL0);
        Read("MRS CNTFRQ_EL0"u8, Encoding.CNTFRQ_EL0);
        Write("MSR CNTV_CVAL_EL0"u8, Encoding.CNTV_CVAL_EL0);
        Read("MRS CNTV_CTL_EL0"u8, Encoding.CNTV_CTL_EL0);
        Write("MSR CNTV_TVAL_EL0"u8, Encoding.CNTV_TVAL_EL0);
        Write("MSR CNTP_CVAL_EL0"u8, Encoding.CNTP_CVAL_EL0);
        Read("MRS CNTP_CTL_EL0"u8, Encoding.CNTP_CTL_EL0);
        Write("MSR CNTP_TVAL_EL0"u8, Encoding.CNTP_TVAL_EL0);
        Read("MRS CTR_EL0"u8, Encoding.CTR_EL0);
        Read("MRS DCZID_EL0"u8, Encoding.DCZID_EL0);
        Read("MRS ID_AA64PFR0_EL1"u8, Encoding.ID_AA64PFR0_EL1);
        Read("MRS MIDR_EL1"u8, Encoding.MIDR_EL1);
        Read("MRS MPIDR_EL1"u8, Mpidr);
        Read("MRS CCSIDR_EL1"u8, Encoding.CCSIDR_EL1);
        Read("MRS of reserved identification"u8, Reserved);
        Read("MRS CSSELR_EL1"u8, Encoding.CSSELR_EL1);
        Read("MRS SCTLR_EL1"u8, Sctlr);
        Write("MSR SCTLR_EL1"u8, Sctlr);
        Read("MRS HCR_EL2"u8, Encoding.HCR_EL2);
        Read("MRS TPIDR_EL0"u8, ThreadOfUser);
        Read("MRS TPIDR2_EL0"u8, Encoding.TPIDR2_EL0);
        if (!El2.IsE2h)
        {
            Write("MSR SCXTNUM_EL0"u8, Encoding.SCXTNUM_EL0);     // QEMU 10.0 minds HCR_EL2.EnSCXT with E2H and TGE, too
        }

        Read("MRS MDCCSR_EL0"u8, Debug);
        Read("MRS DAIF"u8, Encoding.DAIF);
        Try("MSR DAIFSet"u8, 0xd50342df);
        Try("MSR DAIFClr"u8, 0xd50341ff);
        Read("MRS of an implementation's own"u8, Implementation);
        System("SYS of an implementation's own"u8, 3, 11, 0, 0);
        System("DC CVAU"u8, 3, 7, 11, 1);
        System("DC CVAC"u8, 3, 7, 10, 1);
        System("DC CVAP"u8, 3, 7, 12, 1);
        System("DC CIVAC"u8, 3, 7, 14, 1);
        System("DC ZVA"u8, 3, 7, 4, 1);
        System("DC IVAC"u8, 0, 7, 6, 1);
        System("IC IVAU"u8, 3, 7, 5, 1);
        System("CFP RCTX"u8, 3, 7, 3, 4);
        System("TLBI VMALLE1"u8, 0, 8, 7, 0);
        System("AT S1E0R"u8, 0, 7, 8, 2);
        Try("FMOV"u8, 0x9e6703e0);
        Try("RDVL"u8, 0x04bf5020);
        Try("RDSVL"u8, 0x04bf5820);
    }

    private static void Waits()
    {
        Try("WFI"u8, 0xd503207f);
        Try("WFE"u8, 0xd503205f);
    }

    private static void Exceptions()
    {
        Try("SVC"u8, 0xd40000a1);
        Try("HVC"u8, 0xd40000a2);
        Try("SMC"u8, 0xd40000a3);
        Try("BRK"u8, 0xd42000a0);
        Try("ERET"u8, 0xd69f03e0);
        Try("UDF"u8, 0);
        Try("a NOP in an illegal state"u8, 0xd503201f, 0, Pstate.El0 | Pstate.Il);
        Try("BR to an address that is not aligned"u8, 0xd61f0020, Symbols.CodeArea + 2);
        Tap.Value("far"u8, Excursion.Here->Far - Symbols.CodeArea);
    }

    private static void OfEl2()
    {
        const ulong Tid2 = 1 << 17, Tidcp = 1 << 20, Tpcp = 1 << 23, Tpu = 1 << 24, Tdz = 1 << 28;
        if (El2.IsE2h)
        {
            return;                                     // none of these is in force with E2H and TGE
        }

        SystemRegisters.CNTHCTL_EL2 = 0;
        El2.Change(Tid2 | Tidcp | Tpcp | Tpu | Tdz | Hcr.TWI | Hcr.TWE, Hcr.EnSCXT);
        Read("MRS CNTPCT_EL0"u8, Encoding.CNTPCT_EL0);
        Write("MSR CNTP_CVAL_EL0"u8, Encoding.CNTP_CVAL_EL0);
        Read("MRS CNTVCT_EL0"u8, Encoding.CNTVCT_EL0);
        Read("MRS CTR_EL0"u8, Encoding.CTR_EL0);
        Read("MRS SCXTNUM_EL0"u8, Encoding.SCXTNUM_EL0);
        Read("MRS of an implementation's own"u8, 0xdd80);
        System("DC CVAU"u8, 3, 7, 11, 1);
        System("DC CIVAC"u8, 3, 7, 14, 1);
        System("DC ZVA"u8, 3, 7, 4, 1);
        Waits();
        El2.Change(Hcr.EnSCXT, Tid2 | Tidcp | Tpcp | Tpu | Tdz | Hcr.TWI | Hcr.TWE);
        SystemRegisters.CPTR_EL2 = 0x22ff | (1 << 8) | (1 << 10) | (1 << 12);
        Instructions.Isb();
        Try("FMOV"u8, 0x9e6703e0);
        Cpu.OpenVectors(false);
    }
}
