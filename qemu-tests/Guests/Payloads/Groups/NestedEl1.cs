// A program at EL1 below EL2: the state that EL2 gives it is what it sees, what it changes is what EL2 sees, and each trap
// that EL2 asks for arrives there with the syndrome of the manual.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class NestedEl1
{
    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Bank();
        Identity();
        Exceptions();
        Errors();
        Traps();
        OpenEverything();
    }

    /// <summary>EL2 stores a value; EL1 reads it, stores another; EL2 reads that.</summary>
    private static void Shared(ReadOnlySpan<byte> name, uint register, uint from, ulong mask)
    {
        const ulong Pattern = 0x6996_a55a_c33c_9669;
        Code.Begin();
        Code.Mrs(4, from);
        Code.Emit(0x8a200085);          // bic x5, x4, x0
        Code.Emit(0xaa0100a6);          // orr x6, x5, x1
        Code.Msr(from, 6);
        Code.Isb();
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[0] = mask;
        end->X[1] = Pattern & mask;
        Excursion.Run();
        ulong old = end->X[4];
        bool good = end->Finished;

        Code.Begin();
        Code.Mrs(2, register);
        Code.Msr(register, 0);
        Code.Isb();
        Code.Finish();
        end = Excursion.Prepare(Pstate.El1h);
        end->X[0] = (old & ~mask) | (~Pattern & mask);
        Excursion.Run();
        good &= end->Finished && end->Vector == Vector.Lower && (end->X[2] & mask) == (Pattern & mask);
        end->Check(good, El2.Prefix, name, ": EL1 reads what EL2 stored"u8);

        Code.Begin();
        Code.Mrs(2, from);
        Code.Msr(from, 0);
        Code.Isb();
        Code.Finish();
        end = Excursion.Prepare(Pstate.El2h);
        end->X[0] = old;
        Excursion.Run();
        end->Check(end->Finished && (end->X[2] & mask) == (~Pattern & mask), El2.Prefix, name, ": EL2 reads what EL1 stored"u8);
    }

    private static void Bank()
    {
        Shared("SCTLR_EL1"u8, Encoding.SCTLR_EL1, El1.Name(Encoding.SCTLR_EL1), 0xd008);
        Shared("CPACR_EL1"u8, Encoding.CPACR_EL1, El1.Name(Encoding.CPACR_EL1), 0x0300_0000);
        Shared("TTBR0_EL1"u8, Encoding.TTBR0_EL1, El1.Name(Encoding.TTBR0_EL1), ~0xfffUL);
        Shared("TTBR1_EL1"u8, Encoding.TTBR1_EL1, El1.Name(Encoding.TTBR1_EL1), ~0xfffUL);
        Shared("TCR_EL1"u8, Encoding.TCR_EL1, El1.Name(Encoding.TCR_EL1), 0x007f_3f3f);
        Shared("MAIR_EL1"u8, Encoding.MAIR_EL1, El1.Name(Encoding.MAIR_EL1), ulong.MaxValue);
        Shared("VBAR_EL1"u8, Encoding.VBAR_EL1, El1.Name(Encoding.VBAR_EL1), ~0x7ffUL);
        Shared("ESR_EL1"u8, Encoding.ESR_EL1, El1.Name(Encoding.ESR_EL1), 0xffff_ffff);
        Shared("FAR_EL1"u8, Encoding.FAR_EL1, El1.Name(Encoding.FAR_EL1), ulong.MaxValue);
        Shared("ELR_EL1"u8, Encoding.ELR_EL1, El1.Name(Encoding.ELR_EL1), ulong.MaxValue);
        Shared("SPSR_EL1"u8, Encoding.SPSR_EL1, El1.Name(Encoding.SPSR_EL1), 0xf000_03c5);
        Shared("CONTEXTIDR_EL1"u8, Encoding.CONTEXTIDR_EL1, El1.Name(Encoding.CONTEXTIDR_EL1), 0xffff_ffff);
        Shared("CNTKCTL_EL1"u8, Encoding.CNTKCTL_EL1, El1.Name(Encoding.CNTKCTL_EL1), 0x303);
        Shared("TPIDR_EL1"u8, Encoding.TPIDR_EL1, Encoding.TPIDR_EL1, ulong.MaxValue);
        Shared("TPIDR_EL0"u8, Encoding.TPIDR_EL0, Encoding.TPIDR_EL0, ulong.MaxValue);
        Shared("SP_EL0"u8, Encoding.SP_EL0, Encoding.SP_EL0, ulong.MaxValue);
        Shared("PAR_EL1"u8, Encoding.PAR_EL1, Encoding.PAR_EL1, 0x0000_ffff_ffff_f000);
        Shared("APIAKeyLo_EL1"u8, Encoding.APIAKeyLo_EL1, Encoding.APIAKeyLo_EL1, ulong.MaxValue);
        Shared("CNTV_CVAL_EL0"u8, Encoding.CNTV_CVAL_EL0, El1.Name(Encoding.CNTV_CVAL_EL0), ulong.MaxValue);

        Code.Begin();
        Code.MoveFromSp(0);
        Code.MoveToSp(1);
        Code.Finish();
        SystemRegisters.SP_EL1 = 0x1111_2220;
        Excursion* end = Excursion.Prepare(Pstate.El1h);
        end->X[1] = 0x3333_4440;
        Excursion.Run();
        end->Check(end->X[0] == 0x1111_2220, El2.Prefix, "SP_EL1 is the stack of EL1h"u8, default);
        end->Check(SystemRegisters.SP_EL1 == 0x3333_4440, El2.Prefix, "SP_EL1 is what EL1h left"u8, default);
    }

    private static void Identity()
    {
        ulong midr = SystemRegisters.VPIDR_EL2;
        ulong mpidr = SystemRegisters.VMPIDR_EL2;
        SystemRegisters.VPIDR_EL2 = 0x410f_d034;
        SystemRegisters.VMPIDR_EL2 = 0x12_8000_0305;
        Instructions.Isb();
        Code.Begin();
        Code.Mrs(0, Encoding.MIDR_EL1);
        Code.Mrs(1, Encoding.MPIDR_EL1);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        end->Check(end->X[0] == 0x410f_d034, El2.Prefix, "MIDR_EL1 at EL1 is VPIDR_EL2"u8, default);
        end->Check(end->X[1] == 0x12_8000_0305, El2.Prefix, "MPIDR_EL1 at EL1 is VMPIDR_EL2"u8, default);
        end = Excursion.Run(Pstate.El2h);
        end->Check(end->X[1] != 0x12_8000_0305, El2.Prefix, "MPIDR_EL1 at EL2 is the CPU's own"u8, default);
        SystemRegisters.VPIDR_EL2 = midr;
        SystemRegisters.VMPIDR_EL2 = mpidr;
    }

    private static void Exceptions()
    {
        const ulong FromCurrent = 0x104, FromSp0 = 0x100;
        Own(Pstate.El1h, 0xd4000021, FromCurrent, 0x5600_0001, 8, "SVC at EL1 stays at EL1"u8);
        Own(Pstate.El1t, 0xd4000021, FromSp0, 0x5600_0001, 8, "SVC at EL1t uses the first vector"u8);
        Own(Pstate.El1h, 0xd4200040, FromCurrent, 0xf200_0002, 4, "BRK at EL1 stays at EL1"u8);
        Own(Pstate.El1h, 0x0000_0000, FromCurrent, 0x0200_0000, 4, "an undefined instruction stays at EL1"u8);
        Own(Pstate.El1h, Mrs(Encoding.HCR_EL2), FromCurrent, 0x0200_0000, 4, "reading HCR_EL2 at EL1 is undefined"u8);
        Own(Pstate.El1h, Msr(Encoding.VBAR_EL2), FromCurrent, 0x0200_0000, 4, "writing VBAR_EL2 at EL1 is undefined"u8);
        Own(Pstate.El1h, Mrs(Encoding.SCTLR_EL12), FromCurrent, 0x0200_0000, 4, "SCTLR_EL12 at EL1 is undefined"u8);
        Own(Pstate.El1h, Mrs(Encoding.SP_EL1), FromCurrent, 0x0200_0000, 4, "SP_EL1 by name at EL1 is undefined"u8);
        Own(Pstate.El1h, 0xd50c871f, FromCurrent, 0x0200_0000, 4, "TLBI ALLE2 at EL1 is undefined"u8);
    }

    /// <summary>An exception that EL1 takes itself; its vectors then tell EL2 which.</summary>
    private static void Own(ulong pstate, uint instruction, ulong handover, ulong syndrome, ulong offset, ReadOnlySpan<byte> what)
    {
        Code.Begin();
        Code.Nop();
        Code.Emit(instruction);
        Code.Finish();
        Excursion* end = Excursion.Run(pstate);
        bool good = end->EndedBy(Vector.Lower, ExceptionClass.Hvc, handover) && (end->Pstate & Pstate.Lasting) == Pstate.El1h;
        ulong esr = El1.Read(Encoding.ESR_EL1);
        ulong elr = El1.Read(Encoding.ELR_EL1) - Symbols.CodeArea;
        ulong spsr = El1.Read(Encoding.SPSR_EL1);
        Tap.Check(good && esr == syndrome && elr == offset && spsr == pstate, El2.Prefix, what, default);
        if (!(good && esr == syndrome && elr == offset && spsr == pstate))
        {
            Tap.Value("ESR_EL1"u8, esr);
            Tap.Value("ELR_EL1"u8, elr);
            Tap.Value("SPSR_EL1"u8, spsr);
        }
    }

    private static uint Mrs(uint register) => 0xd5200000 | (register << 5);

    private static uint Msr(uint register) => 0xd5000000 | (register << 5);

    private static void OpenEverything()
    {
        El2.Reset();
        SystemRegisters.MDCR_EL2 = 6;
        SystemRegisters.CNTHCTL_EL2 = El2.IsE2h ? 0xc03UL : 3;
    }
}
