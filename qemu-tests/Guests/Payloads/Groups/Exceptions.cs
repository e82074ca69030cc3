// Exceptions taken from EL2 to EL2: which vector, what the syndrome says, and where it says it happened.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Exceptions
{
    private const ulong Write = 1 << 6;
    private const ulong AlignmentFault = 0x21;
    private const ulong TranslationFault = 0x04;
    private const ulong AccessFlagFault = 0x08;
    private const ulong PermissionFault = 0x0c;

    public static void Run()
    {
        Level(false, "E2H=0: "u8);
        Level(true, "E2H=1: "u8);
    }

    private static void Level(bool e2h, ReadOnlySpan<byte> prefix)
    {
        Cpu.ResetHcr(e2h);
        Cpu.OpenVectors(e2h);
        Calls(Pstate.El2h, Vector.Current, prefix, "EL2h: "u8);
        Calls(Pstate.El2t, Vector.CurrentSp0, prefix, "EL2t: "u8);
        Paging.EnableEl2(e2h);
        WithTranslation(prefix);
        Paging.DisableEl2();
        Cpu.ResetHcr(false);
    }

    private static void Calls(ulong pstate, ulong vector, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> mode)
    {
        Code.Begin();
        Code.Nop();
        Code.Svc(0x1234);
        Code.Publish();
        Excursion* end = Excursion.Run(pstate);
        end->Check(end->EndedBy(vector, ExceptionClass.Svc, 0x1234), prefix, mode, "SVC arrives with its number"u8);
        end->Check(end->Offset == 8, prefix, mode, "SVC returns behind itself"u8);
        end->Check(end->Pstate == pstate, prefix, mode, "SVC saves PSTATE"u8);

        Code.Begin();
        Code.Mrs(0, Encoding.CurrentEL);
        Code.Mrs(1, Encoding.SPSel);
        Code.Hvc(0xabcd);
        Code.Publish();
        end = Excursion.Run(pstate);
        end->Check(end->EndedBy(vector, ExceptionClass.Hvc, 0xabcd), prefix, mode, "HVC arrives with its number"u8);
        end->Check(end->Offset == 12, prefix, mode, "HVC returns behind itself"u8);
        end->Check(end->Pstate == pstate, prefix, mode, "HVC saves PSTATE"u8);
        end->Check(end->X[0] == 8, prefix, mode, "CurrentEL is 2"u8);
        end->Check(end->X[1] == (pstate & 1), prefix, mode, "SPSel is as PSTATE said"u8);

        Code.Begin();
        Code.Nop();
        Code.Brk(0x4321);
        Code.Publish();
        end = Excursion.Run(pstate);
        end->Check(end->EndedBy(vector, ExceptionClass.Brk, 0x4321), prefix, mode, "BRK arrives with its number"u8);
        end->Check(end->Offset == 4, prefix, mode, "BRK returns to itself"u8);

        Code.Begin();
        Code.Nop();
        Code.Udf();
        Code.Publish();
        end = Excursion.Run(pstate);
        end->Check(end->EndedBy(vector, ExceptionClass.Unknown, 0), prefix, mode, "an undefined instruction has class 0"u8);
        end->Check(end->Offset == 4, prefix, mode, "an undefined instruction returns to itself"u8);
        end->Check((end->Esr & (1 << 25)) != 0, prefix, mode, "an undefined instruction is 32 bits long"u8);

        Code.Begin();
        Code.Emit(0xd4400000);          // hlt #0
        Code.Publish();
        end = Excursion.Run(pstate);
        end->Check(end->EndedBy(vector, ExceptionClass.Unknown, 0), prefix, mode, "HLT is undefined without a debugger"u8);

        Code.Begin();
        Code.Smc(0);
        Code.Finish();
        end = Excursion.Prepare(pstate);
        end->X[0] = Hal.Psci.Version;
        end->X[5] = 0x1234_5678_9abc_def0;
        Excursion.Run();
        end->Check(end->Finished && end->X[0] == 0x1_0001, prefix, mode, "SMC is answered: PSCI 1.1"u8);
        end->Check(end->X[5] == 0x1234_5678_9abc_def0, prefix, mode, "SMC leaves x5 alone"u8);

        Code.Begin();
        Code.Nop();
        Code.Finish();
        end = Excursion.Run(pstate | Pstate.Il);
        end->Check(end->EndedBy(vector, ExceptionClass.IllegalState, 0), prefix, mode, "PSTATE.IL stops the next instruction"u8);
        end->Check(end->Offset == 0 && end->Pstate == (pstate | Pstate.Il), prefix, mode, "PSTATE.IL is saved"u8);

        Code.Begin();
        Code.Branch(0);
        Code.Publish();
        end = Excursion.Prepare(pstate);
        end->X[0] = Symbols.CodeArea + 2;
        Excursion.Run();
        end->Check(end->EndedBy(vector, ExceptionClass.PcAlignment, 0), prefix, mode, "a misaligned PC has a class of its own"u8);
        end->Check(end->Far == Symbols.CodeArea + 2 && end->Offset == 2, prefix, mode, "a misaligned PC is in FAR and ELR"u8);
    }

    private static void WithTranslation(ReadOnlySpan<byte> prefix)
    {
        *(ulong*)Symbols.DataArea = 0x0123_4567_89ab_cdef;
        *(ulong*)(Symbols.DataArea + 0x1000) = 0xfedc_ba98_7654_3210;
        Excursion* end = Load(Paging.Writable, false);
        end->Check(end->Finished && end->X[0] == 0x0123_4567_89ab_cdef, prefix, "MMU on: "u8, "a load goes where the table says"u8);
        end = Load(Paging.Writable, true);
        end->Check(end->Finished && *(ulong*)Symbols.DataArea == 0x5555, prefix, "MMU on: "u8, "a store goes where the table says"u8);
        end = Load(Paging.Writable + 1, false);
        end->Check(end->Finished, prefix, "MMU on: "u8, "an unaligned load of memory works"u8);
        end = Load(Paging.ReadOnly, false);
        end->Check(end->Finished && end->X[0] == 0xfedc_ba98_7654_3210, prefix, "MMU on: "u8, "a read-only page can be read"u8);
        Fault(Paging.Device + 1, false, AlignmentFault, prefix, "an unaligned load of a device faults"u8);
        Fault(Paging.Missing + 0x10, false, TranslationFault | 3, prefix, "a missing page faults at level 3"u8);
        Fault(Paging.Missing + 0x18, true, TranslationFault | 3 | Write, prefix, "a store to a missing page says so"u8);
        Fault(Paging.ReadOnly + 0x20, true, PermissionFault | 3 | Write, prefix, "a store to a read-only page faults"u8);
        Fault(Paging.NotAccessed, false, AccessFlagFault | 3, prefix, "a page without its access flag faults"u8);
        Fault(Paging.Window + 0x20_0000, false, TranslationFault | 2, prefix, "a missing table faults at level 2"u8);
        Fault(Paging.MissingBlock, false, TranslationFault | 1, prefix, "a missing block faults at level 1"u8);
        Fault(1UL << 40, false, TranslationFault, prefix, "an address beyond the table faults at level 0"u8);

        Code.Begin();
        Code.Branch(1);
        Code.Finish();
        end = Excursion.Prepare(Pstate.El2h);
        end->X[1] = Paging.Executable + 4;
        Excursion.Run();
        end->Check(end->Finished && end->Pc == Paging.Executable + 8, prefix, "MMU on: "u8, "code runs where the table says"u8);
        Jump(Paging.Missing, TranslationFault | 3, prefix, "a fetch from a missing page faults"u8);
        Jump(Paging.Writable, PermissionFault | 3, prefix, "a fetch from an execute-never page faults"u8);
    }

    private static Excursion* Load(ulong address, bool store)
    {
        Code.Begin();
        if (store)
        {
            Code.Store(0, 1);
        }
        else
        {
            Code.Load(0, 1);
        }

        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[0] = 0x5555;
        end->X[1] = address;
        Excursion.Run();
        return end;
    }

    private static void Fault(ulong address, bool store, ulong syndrome, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> what)
    {
        Excursion* end = Load(address, store);
        end->Check(
            end->EndedBy(Vector.Current, ExceptionClass.DataAbort, syndrome) && end->Far == address && end->Offset == 0,
            prefix, "MMU on: "u8, what);
    }

    private static void Jump(ulong address, ulong syndrome, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> what)
    {
        Code.Begin();
        Code.Branch(1);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[1] = address;
        Excursion.Run();
        end->Check(
            end->EndedBy(Vector.Current, ExceptionClass.InstructionAbort, syndrome) && end->Far == address && end->Pc == address,
            prefix, "MMU on: "u8, what);
    }
}
