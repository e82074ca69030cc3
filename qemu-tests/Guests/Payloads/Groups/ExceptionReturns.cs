// ERET from EL2 to every level, and back: what arrives there, and what an illegal return does.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class ExceptionReturns
{
    private const ulong AllFlags = 0xf000_0000;

    public static void Run()
    {
        Level(false, "E2H=0: "u8);
        Level(true, "E2H=1: "u8);
    }

    private static void Level(bool e2h, ReadOnlySpan<byte> prefix)
    {
        Cpu.ResetHcr(e2h);
        Cpu.OpenVectors(e2h);
        El1.Reset();
        ToEl1(prefix);
        ToEl2(prefix);
        ToEl0(prefix);
        Illegal(prefix);
        Cpu.SetHcr(SystemRegisters.HCR_EL2 | Hcr.TGE);
        ToEl0OfEl2(prefix);
        Refused(prefix, Pstate.El1h, "a return to EL1h with TGE=1 is illegal"u8);
        Refused(prefix, Pstate.El1t, "a return to EL1t with TGE=1 is illegal"u8);
        Cpu.ResetHcr(e2h);
        Authenticated(prefix);
        Cpu.ResetHcr(false);
    }

    private static void Probe()
    {
        Code.Begin();
        Code.Mrs(0, Encoding.CurrentEL);
        Code.Mrs(1, Encoding.DAIF);
        Code.Emit(0xd53b4202);          // mrs x2, nzcv
        Code.Mrs(3, Encoding.SPSel);
        Code.Hvc(9);
        Code.Publish();
    }

    private static void ToEl1(ReadOnlySpan<byte> prefix)
    {
        Probe();
        Excursion* end = Excursion.Run(Pstate.El1h);
        end->Check(end->EndedBy(Vector.Lower, ExceptionClass.Hvc, 9), prefix, "EL1h: "u8, "HVC comes back from below"u8);
        end->Check(end->X[0] == 4, prefix, "EL1h: "u8, "CurrentEL is 1"u8);
        end->Check(end->X[3] == 1, prefix, "EL1h: "u8, "SPSel is 1"u8);
        end->Check(end->Pstate == Pstate.El1h, prefix, "EL1h: "u8, "PSTATE is saved"u8);
        end->Check(end->Offset == 20, prefix, "EL1h: "u8, "HVC returns behind itself"u8);
        end = Excursion.Run(Pstate.El1t);
        end->Check(end->EndedBy(Vector.Lower, ExceptionClass.Hvc, 9), prefix, "EL1t: "u8, "HVC comes back from below"u8);
        end->Check(end->X[3] == 0, prefix, "EL1t: "u8, "SPSel is 0"u8);
        end->Check(end->Pstate == Pstate.El1t, prefix, "EL1t: "u8, "PSTATE is saved"u8);
        Flags(prefix, "EL1h: "u8, 5);
        end = Excursion.Run(Pstate.El1h | Pstate.Ss);
        end->Check(end->X[0] == 4 && end->Pstate == Pstate.El1h, prefix, "EL1h: "u8, "SPSR.SS does nothing without stepping"u8);

        Code.Begin();
        Code.Nop();
        Code.Hvc(9);
        Code.Publish();
        end = Excursion.Run(Pstate.El1h | Pstate.Il);
        ulong esr = El1.Read(Encoding.ESR_EL1);
        ulong spsr = El1.Read(Encoding.SPSR_EL1);
        end = Excursion.Here;
        end->Check(esr >> 26 == ExceptionClass.IllegalState, prefix, "EL1h: "u8, "SPSR.IL stops EL1's first instruction"u8);
        end->Check(spsr == (Pstate.El1h | Pstate.Il), prefix, "EL1h: "u8, "PSTATE.IL is saved"u8);
    }

    private static void ToEl2(ReadOnlySpan<byte> prefix)
    {
        Probe();
        Excursion* end = Excursion.Run(Pstate.El2h);
        end->Check(end->EndedBy(Vector.Current, ExceptionClass.Hvc, 9) && end->X[0] == 8, prefix, "EL2h: "u8, "a return to EL2 stays there"u8);
        end = Excursion.Run(Pstate.El2t);
        end->Check(end->EndedBy(Vector.CurrentSp0, ExceptionClass.Hvc, 9) && end->X[3] == 0, prefix, "EL2t: "u8, "a return changes the stack"u8);
        Flags(prefix, "EL2h: "u8, 9);
    }

    private static void Flags(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> mode, ulong level)
    {
        Probe();
        Excursion* end = Excursion.Run(level | Pstate.Daif | AllFlags);
        end->Check(end->X[2] == AllFlags && end->Pstate == (level | Pstate.Daif | AllFlags), prefix, mode, "all of NZCV arrives and comes back"u8);
        end = Excursion.Run(level | Pstate.Daif | 0x6000_0000);
        end->Check(end->X[2] == 0x6000_0000 && end->Pstate == (level | Pstate.Daif | 0x6000_0000), prefix, mode, "half of NZCV arrives and comes back"u8);
        end = Excursion.Run(level | 0x380);
        end->Check(end->X[1] == 0x380 && end->Pstate == (level | 0x380), prefix, mode, "DAIF without F arrives and comes back"u8);
        end = Excursion.Run(level | 0x1c0);
        end->Check(end->X[1] == 0x1c0 && end->Pstate == (level | 0x1c0), prefix, mode, "DAIF without D arrives and comes back"u8);
    }

    /// <summary>EL0 of EL1: its calls go to EL1, which hands over.</summary>
    private static void ToEl0(ReadOnlySpan<byte> prefix)
    {
        const ulong FromEl0 = 0x108;
        Code.Begin();
        Code.MoveImmediate(0, 0x77);
        Code.Svc(0x21);
        Code.Publish();
        Excursion* end = Excursion.Run(0);
        end->Check(end->EndedBy(Vector.Lower, ExceptionClass.Hvc, FromEl0) && end->X[0] == 0x77, prefix, "EL0: "u8, "SVC goes to EL1"u8);
        ulong esr = El1.Read(Encoding.ESR_EL1);
        ulong elr = El1.Read(Encoding.ELR_EL1);
        ulong spsr = El1.Read(Encoding.SPSR_EL1);
        end = Excursion.Here;
        end->Check(esr == 0x5600_0021, prefix, "EL0: "u8, "ESR_EL1 says what EL1 was told"u8);
        end->Check(elr == Symbols.CodeArea + 8, prefix, "EL0: "u8, "ELR_EL1 is behind the SVC"u8);
        end->Check(spsr == 0, prefix, "EL0: "u8, "SPSR_EL1 is EL0's"u8);
        Code.Begin();
        Code.Hvc(1);
        Code.Publish();
        end = Excursion.Run(Pstate.El0);
        end->Check(end->EndedBy(Vector.Lower, ExceptionClass.Hvc, FromEl0), prefix, "EL0: "u8, "HVC is EL1's to refuse"u8);
        esr = El1.Read(Encoding.ESR_EL1);
        Excursion.Here->Check(esr >> 26 == 0, prefix, "EL0: "u8, "HVC is undefined"u8);
    }

    /// <summary>EL0 under TGE: its calls go to EL2.</summary>
    private static void ToEl0OfEl2(ReadOnlySpan<byte> prefix)
    {
        Code.Begin();
        Code.MoveImmediate(0, 0x77);
        Code.Svc(0x21);
        Code.Publish();
        Excursion* end = Excursion.Run(AllFlags);
        end->Check(end->EndedBy(Vector.Lower, ExceptionClass.Svc, 0x21) && end->X[0] == 0x77, prefix, "EL0, TGE=1: "u8, "SVC goes to EL2"u8);
        end->Check(end->Offset == 8 && end->Pstate == AllFlags, prefix, "EL0, TGE=1: "u8, "ELR and SPSR are EL0's"u8);
        Code.Begin();
        Code.Hvc(1);
        Code.Publish();
        end = Excursion.Run(0);
        end->Check(end->EndedBy(Vector.Lower, ExceptionClass.Unknown, 0) && end->Offset == 0, prefix, "EL0, TGE=1: "u8, "HVC is undefined and EL2 is told"u8);
        Code.Begin();
        Code.Brk(3);
        Code.Publish();
        end = Excursion.Run(0);
        end->Check(end->EndedBy(Vector.Lower, ExceptionClass.Brk, 3), prefix, "EL0, TGE=1: "u8, "BRK goes to EL2"u8);
        Code.Begin();
        Code.Mrs(0, Encoding.TTBR0_EL1);
        Code.Publish();
        end = Excursion.Run(0);
        end->Check(end->Vector == Vector.Lower && end->Offset == 0 && end->Class == 0, prefix, "EL0, TGE=1: "u8, "a register of EL1 is undefined and EL2 is told"u8);
    }

    private static void Illegal(ReadOnlySpan<byte> prefix)
    {
        Refused(prefix, Pstate.Daif | 0xd, "a return to EL3h is illegal"u8);
        Refused(prefix, Pstate.Daif | 0xc, "a return to EL3t is illegal"u8);
        Refused(prefix, Pstate.Daif | 0x1, "a return to EL0 with SP_EL1 is illegal"u8);
        Refused(prefix, Pstate.Daif | 0x6, "a return to a reserved mode of EL1 is illegal"u8);
        Refused(prefix, Pstate.Daif | 0xb, "a return to a reserved mode of EL2 is illegal"u8);
        Refused(prefix, Pstate.Daif | 0x13, "a return to AArch32 EL1 with RW=1 is illegal"u8);
        Refused(prefix, Pstate.Daif | 0x1a, "a return to AArch32 EL2 is illegal"u8);
    }

    private static void Refused(ReadOnlySpan<byte> prefix, ulong pstate, ReadOnlySpan<byte> what)
    {
        Code.Begin();
        Code.Nop();
        Code.Finish();
        Excursion* end = Excursion.Run(pstate | AllFlags);
        end->Check(
            end->EndedBy(Vector.Current, ExceptionClass.IllegalState, 0) && end->Offset == 0
                && (end->Pstate & (AllFlags | Pstate.Il | Pstate.Daif | 0x1f)) == (Pstate.El2h | Pstate.Il | AllFlags),
            prefix, what, default);
    }

    private static void Authenticated(ReadOnlySpan<byte> prefix)
    {
        const ulong EnableIA = 1UL << 31, EnableIB = 1UL << 30;
        SystemRegisters.APIAKeyLo_EL1 = 0x1122_3344_5566_7788;
        SystemRegisters.APIAKeyHi_EL1 = 0x99aa_bbcc_ddee_ff00;
        SystemRegisters.APIBKeyLo_EL1 = 0x0f1e_2d3c_4b5a_6978;
        SystemRegisters.APIBKeyHi_EL1 = 0x8796_a5b4_c3d2_e1f0;
        SystemRegisters.SCTLR_EL2 |= EnableIA | EnableIB;
        Instructions.Isb();
        Signed(prefix, Pstate.El2h, Vector.Current, "to EL2: "u8);
        Signed(prefix, Pstate.El1h, Vector.Lower, "to EL1: "u8);
        SystemRegisters.SCTLR_EL2 &= ~(EnableIA | EnableIB);
        Instructions.Isb();
    }

    private static void Signed(ReadOnlySpan<byte> prefix, ulong pstate, ulong vector, ReadOnlySpan<byte> where)
    {
        Excursion* end = Return(false, pstate, 0);
        end->Check(end->Vector == vector && end->Finished && end->X[0] >> 48 != 0, prefix, where, "ERETAA takes its own signature"u8);
        end = Return(true, pstate, 0);
        end->Check(end->Vector == vector && end->Finished && end->X[0] >> 48 != 0, prefix, where, "ERETAB takes its own signature"u8);
        end = Return(false, pstate, 1UL << 54);
        end->Check(end->EndedBy(Vector.Current, ExceptionClass.PointerAuthentication, 0) && end->Offset == 16, prefix, where, "ERETAA refuses a forged signature"u8);
        end = Return(true, pstate, 1UL << 54);
        end->Check(end->EndedBy(Vector.Current, ExceptionClass.PointerAuthentication, 1) && end->Offset == 16, prefix, where, "ERETAB refuses a forged signature"u8);
    }

    private static Excursion* Return(bool keyB, ulong pstate, ulong forgery)
    {
        const uint Sp = 31;
        Code.Begin();
        if (keyB)
        {
            Code.PacIB(0, Sp);
        }
        else
        {
            Code.PacIA(0, Sp);
        }

        Code.Emit(0xca020000);          // eor x0, x0, x2
        Code.Msr(Encoding.ELR_EL2, 0);
        Code.Msr(Encoding.SPSR_EL2, 1);
        if (keyB)
        {
            Code.EretAB();
        }
        else
        {
            Code.EretAA();
        }

        Code.Hvc(1);
        ulong target = Code.Offset;
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[0] = Symbols.CodeArea + target;
        end->X[1] = pstate;
        end->X[2] = forgery;
        Excursion.Run();
        return end;
    }
}
