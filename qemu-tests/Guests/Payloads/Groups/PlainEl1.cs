// A kernel at EL1 with no EL2 of its own: its exceptions are its own, what belongs to EL2 is undefined, its registers hold
// what it writes.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class PlainEl1
{
    public static void Run()
    {
        Ends(0xd4000001 | (0x1234 << 5), ExceptionClass.Svc, 0x1234, 8, "SVC"u8);
        Ends(0xd4200000 | (0x4321 << 5), ExceptionClass.Brk, 0x4321, 4, "BRK"u8);
        Ends(0, ExceptionClass.Unknown, 0, 4, "an undefined instruction"u8);
        Ends(Mrs(Encoding.HCR_EL2), ExceptionClass.Unknown, 0, 4, "reading HCR_EL2"u8);
        Ends(Mrs(Encoding.VBAR_EL2), ExceptionClass.Unknown, 0, 4, "reading VBAR_EL2"u8);
        Ends(Mrs(Encoding.SCTLR_EL12), ExceptionClass.Unknown, 0, 4, "reading SCTLR_EL12"u8);
        Ends(Mrs(Encoding.SP_EL1), ExceptionClass.Unknown, 0, 4, "reading SP_EL1 by name"u8);
        Ends(Mrs(Encoding.ICH_VTR_EL2), ExceptionClass.Unknown, 0, 4, "reading ICH_VTR_EL2"u8);
        Ends(Mrs(Encoding.CNTHP_CTL_EL2), ExceptionClass.Unknown, 0, 4, "reading CNTHP_CTL_EL2"u8);
        Ends(0xd50c871f, ExceptionClass.Unknown, 0, 4, "TLBI ALLE2"u8);
        Ends(0xd50c7800, ExceptionClass.Unknown, 0, 4, "AT S1E2R"u8);
        Illegal(Pstate.El2h, "a return to EL2h"u8);
        Illegal(Pstate.Daif | 0xd, "a return to EL3h"u8);
        Illegal(Pstate.Daif | 0x6, "a return to a reserved mode"u8);
        Levels();
        Registers.Row("SCTLR_EL1"u8, Encoding.SCTLR_EL1, 0x100c);
        Registers.Row("CPACR_EL1"u8, Encoding.CPACR_EL1, 0x0033_0000);
        Registers.Row("TTBR0_EL1"u8, Encoding.TTBR0_EL1, ~0xfffUL);
        Registers.Row("TTBR1_EL1"u8, Encoding.TTBR1_EL1, ~0xfffUL);
        Registers.Row("TCR_EL1"u8, Encoding.TCR_EL1, 0x007f_3f3f);
        Registers.Row("SPSR_EL1"u8, Encoding.SPSR_EL1, 0xf030_03cf);
        Registers.Row("ELR_EL1"u8, Encoding.ELR_EL1, ulong.MaxValue);
        Registers.Row("ESR_EL1"u8, Encoding.ESR_EL1, 0xffff_ffff);
        Registers.Row("FAR_EL1"u8, Encoding.FAR_EL1, ulong.MaxValue);
        Registers.Row("MAIR_EL1"u8, Encoding.MAIR_EL1, ulong.MaxValue);
        Registers.Row("VBAR_EL1"u8, Encoding.VBAR_EL1, ~0x7ffUL);
        Registers.Row("CONTEXTIDR_EL1"u8, Encoding.CONTEXTIDR_EL1, 0xffff_ffff);
        Registers.Row("TPIDR_EL1"u8, Encoding.TPIDR_EL1, ulong.MaxValue);
        Registers.Row("TPIDR_EL0"u8, Encoding.TPIDR_EL0, ulong.MaxValue);
        Registers.Row("SP_EL0"u8, Encoding.SP_EL0, ulong.MaxValue);
        Registers.Row("PAR_EL1"u8, Encoding.PAR_EL1, 0x0000_ffff_ffff_f000);
        Registers.Row("CSSELR_EL1"u8, Encoding.CSSELR_EL1, 7);
        Registers.Row("CNTKCTL_EL1"u8, Encoding.CNTKCTL_EL1, 0x303);
        Registers.Row("MDSCR_EL1"u8, Encoding.MDSCR_EL1, 0x9000);
        Registers.Row("APIAKeyLo_EL1"u8, Encoding.APIAKeyLo_EL1, ulong.MaxValue);
        Registers.Row("DBGBVR0_EL1"u8, Encoding.DBGBVR0_EL1, 0x0000_ffff_ffff_fffc);
    }

    private static uint Mrs(uint register) => 0xd5200000 | (register << 5);

    private static void Ends(uint instruction, ulong exceptionClass, ulong syndrome, ulong offset, ReadOnlySpan<byte> what)
    {
        Code.Begin();
        Code.Nop();
        Code.Emit(instruction);
        Code.Publish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        end->Check(end->EndedBy(Vector.Current, exceptionClass, syndrome) && end->Offset == offset, what, " at EL1h is told to EL1"u8, default);
        end = Excursion.Run(Pstate.El1t);
        end->Check(end->EndedBy(Vector.CurrentSp0, exceptionClass, syndrome) && end->Offset == offset, what, " at EL1t is told to EL1"u8, default);
        end = Excursion.Run(0);
        end->Check(end->EndedBy(Vector.Lower, exceptionClass, syndrome) && end->Offset == offset && end->Pstate == 0, what, " at EL0 is told to EL1"u8, default);
    }

    private static void Illegal(ulong pstate, ReadOnlySpan<byte> what)
    {
        Code.Begin();
        Code.Nop();
        Code.Finish();
        Excursion* end = Excursion.Run(pstate);
        end->Check(end->EndedBy(Vector.Current, ExceptionClass.IllegalState, 0) && end->Offset == 0, what, " is illegal"u8, default);
    }

    private static void Levels()
    {
        Code.Begin();
        Code.Mrs(0, Encoding.CurrentEL);
        Code.Mrs(1, Encoding.DAIF);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        end->Check(end->Finished && end->X[0] == 4, "CurrentEL is 1"u8, default, default);
        end->Check(end->X[1] == 0x3c0, "DAIF is as PSTATE said"u8, default, default);
        Code.Begin();
        Code.Hvc(0);
        Code.Finish();
        end = Excursion.Prepare(Pstate.El1h);
        end->X[0] = Psci.Version;
        end->X[7] = 0x7777;
        Excursion.Run();
        end->Check(end->Finished && end->X[0] == 0x1_0001, "HVC is answered: PSCI 1.1"u8, default, default);
        end->Check(end->X[7] == 0x7777, "HVC leaves x7 alone"u8, default, default);
    }
}
