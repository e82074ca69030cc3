// Tables in big endian: SCTLR_EL1.EE for EL1's, SCTLR_EL2.EE for stage 2 and EL2's own. EE turns the bytes of EL2's own data
// round as well, so C# never runs with it: a piece of test code sets it, and vectors beside it clear it again.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class ByteOrder
{
    private const ulong Window = 0x8000_0000;
    private const ulong BigEndian = 1UL << 25;          // SCTLR_ELx.EE
    private const ulong KeepAccess = 1UL << 21;         // VTCR_EL2.HA
    private const ulong Failed = 1;
    private const ulong Value = 0x0123_4567_89ab_cdef;
    private const ulong AddressBits = 0x0000_ffff_ffff_f001;

    // Places in the code area: EL1's code, vectors of EL2, and the one that EL1 arrives at.
    private const ulong OfEl1 = 0x200;
    private const ulong Vectors = 0x800;
    private const ulong FromEl1 = Vectors + 0x400;

    private static ulong Data => Symbols.DataArea;

    public static void Run() => El2.InBothFormats(&Checks);

    /// <summary>The other byte order.</summary>
    public static ulong Turned(ulong value)
    {
        value = (value & 0x00ff_00ff_00ff_00ff) << 8 | (value >> 8 & 0x00ff_00ff_00ff_00ff);
        value = (value & 0x0000_ffff_0000_ffff) << 16 | (value >> 16 & 0x0000_ffff_0000_ffff);
        return value << 32 | value >> 32;
    }

    private static void Checks()
    {
        *(ulong*)Data = Value;
        Instructions.DsbSy();
        Stage1();
        Stage2();
        Own();
    }

    private static void Check(bool condition, ReadOnlySpan<byte> what) => Excursion.Here->Check(condition, El2.Prefix, what, default);

    /// <summary>EL1's tables: walks of its accesses and of AT.</summary>
    private static void Stage1()
    {
        Paging.Build(user: true);
        El1.Translate();
        El1.Write(Encoding.SCTLR_EL1, El1.Read(Encoding.SCTLR_EL1) | BigEndian);
        Instructions.TlbiAlle1();
        Instructions.DsbSy();
        Check((Translate(0, 0, Paging.Writable) & Failed) != 0, "SCTLR_EL1.EE=1: tables in little endian are none"u8);
        Paging.TurnBytes();
        Instructions.TlbiAlle1();
        Instructions.DsbSy();
        Check((Translate(0, 0, Paging.Writable) & AddressBits) == Data, "SCTLR_EL1.EE=1: AT S1E1R goes through tables in big endian"u8);
        Check((Translate(4, 4, Paging.ReadOnly) & AddressBits) == Data + 0x1000, "SCTLR_EL1.EE=1: AT S12E1R too"u8);
        Check((Translate(0, 0, Paging.Missing) & 0x7f) == (Failed | (7 << 1)), "SCTLR_EL1.EE=1: a page that is missing is so at level 3"u8);
        Probe.CodeAt = Symbols.CodeArea;
        Check(Probe.Reads(Paging.Writable, Turned(Value)), "SCTLR_EL1.EE=1: a load at EL1, which has its bytes turned round"u8);
        El1.Reset();
    }

    /// <summary>Stage 2's tables, alone and below EL1's.</summary>
    private static void Stage2()
    {
        Stage2Tables.Reset();
        Stage2Tables.BeginWithRam();
        Stage2Tables.Map(Window, Data, 3, Stage2Tables.Plain);
        Stage2Tables.Map(Window + 0x2000, Data, 3, Stage2Tables.Plain & ~Stage2Tables.Writable);
        Stage2Tables.Map(Window + 0x3000, Data, 3, Stage2Tables.Plain & ~Stage2Tables.Accessed);
        ulong* unused = Stage2Tables.Entry(Window + 0x3000, 3);
        ulong* page = Stage2Tables.Entry(Window, 3);
        Stage2Tables.TurnBytes();
        Stage2Tables.Use(Stage2Tables.Control, 3);
        El2.Change(Hcr.VM);
        Excursion* end = Below(Window, store: false);
        Check(end->X[5] == HvcOfEl1 && end->X[2] == Value, "SCTLR_EL2.EE=1: a load at EL1 through a stage 2 in big endian"u8);
        Below(Window + 8, store: true);
        Check(end->X[5] == HvcOfEl1 && *(ulong*)(Data + 8) == 0x5555, "SCTLR_EL2.EE=1: a store"u8);
        Below(Window + 0x1000, store: false);
        Check(Faults(Window + 0x1000, 7), "SCTLR_EL2.EE=1: a page that is missing"u8);
        Below(Window + 0x2000, store: true);
        Check(Faults(Window + 0x2000, 0xf), "SCTLR_EL2.EE=1: a page that is read-only"u8);
        Below(Window + 0x3000, store: false);
        Check(Faults(Window + 0x3000, 0xb), "SCTLR_EL2.EE=1: a page without its access flag"u8);
        Stage2Tables.Use(Stage2Tables.Control | KeepAccess, 3);
        Below(Window + 0x3000, store: false);
        Check(end->X[5] == HvcOfEl1 && end->X[2] == Value && (Turned(*unused) & Stage2Tables.Accessed) != 0, "SCTLR_EL2.EE=1: hardware sets it in its place"u8);
        *page = Turned((Data + 0x1000) | Stage2Tables.Plain | 3);
        *(ulong*)(Data + 0x1000) = ~Value;
        Stage2Tables.Forget();
        Below(Window, store: false);
        Check(end->X[2] == ~Value, "SCTLR_EL2.EE=1: a page that is another"u8);

        Paging.Build(user: true);
        *Paging.Entry(Paging.Writable) = Paging.PageOf(Window, user: true);
        El1.Translate();
        Stage2Tables.Forget();
        Check((TranslateTurned(4, 4, Paging.Writable) & AddressBits) == Data + 0x1000, "SCTLR_EL2.EE=1, EL1.EE=0: AT S12E1R, the first walk of all"u8);
        Below(Paging.Writable, store: false);
        Check(end->X[2] == ~Value, "SCTLR_EL2.EE=1, EL1.EE=0: a load"u8);
        Paging.TurnBytes();
        El1.Write(Encoding.SCTLR_EL1, El1.Read(Encoding.SCTLR_EL1) | BigEndian);
        Stage2Tables.Forget();
        Check((TranslateTurned(4, 4, Paging.Writable) & AddressBits) == Data + 0x1000, "SCTLR_EL2.EE=1, EL1.EE=1: AT S12E1R, the first walk of all"u8);
        Below(Paging.Writable, store: false);
        Check(end->X[2] == Turned(~Value), "SCTLR_EL2.EE=1, EL1.EE=1: a load"u8);
        Stage2Tables.TurnBytes();
        Stage2Tables.Forget();
        Check((Translate(4, 4, Paging.Writable) & AddressBits) == Data + 0x1000, "SCTLR_EL2.EE=0, EL1.EE=1: AT S12E1R, the first walk of all"u8);
        Check(Probe.Reads(Paging.Writable, Turned(~Value)), "SCTLR_EL2.EE=0, EL1.EE=1: a load"u8);
        El1.Reset();
        El2.Reset();
        Stage2Tables.Forget();
    }

    /// <summary>EL2's own translation.</summary>
    private static void Own()
    {
        Paging.EnableEl2(El2.IsE2h);
        Paging.DisableEl2();
        Paging.TurnBytes();
        Code.Begin();
        EmitTurned(translation: true);
        Code.Sys(4, 7, 8, 0, 1);
        Code.Isb();
        Code.Mrs(2, Encoding.PAR_EL1);
        Code.Load(3, 1);
        EmitTurnedBack();
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[1] = Paging.Writable;
        Excursion.Run();
        Check((end->X[2] & AddressBits) == Data, "SCTLR_EL2.EE=1: AT S1E2R goes through tables in big endian"u8);
        Check(end->X[3] == Turned(Value), "SCTLR_EL2.EE=1: a load at EL2"u8);
        Instructions.TlbiAlle2();
        Instructions.DsbSy();
        Instructions.Isb();
    }

    private static ulong HvcOfEl1 => (ExceptionClass.Hvc << 26) | (1UL << 25) | 1;

    private static bool Faults(ulong address, ulong status) =>
        Excursion.Here->X[5] >> 26 == ExceptionClass.DataAbortLower && (Excursion.Here->X[5] & 0x3f) == status
            && Excursion.Here->X[6] == address && Excursion.Here->X[7] == address >> 12 << 4;

    /// <summary>PAR_EL1 after an AT instruction at EL2.</summary>
    private static ulong Translate(uint op1, uint op2, ulong address)
    {
        Code.Begin();
        Code.Sys(op1, 7, 8, op2, 1);
        Code.Isb();
        Code.Mrs(2, Encoding.PAR_EL1);
        return Par(address);
    }

    /// <summary>The same with SCTLR_EL2.EE=1.</summary>
    private static ulong TranslateTurned(uint op1, uint op2, ulong address)
    {
        Code.Begin();
        EmitTurned();
        Code.Sys(op1, 7, 8, op2, 1);
        Code.Isb();
        Code.Mrs(2, Encoding.PAR_EL1);
        EmitTurnedBack();
        return Par(address);
    }

    private static ulong Par(ulong address)
    {
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[1] = address;
        Excursion.Run();
        return end->Finished ? end->X[2] : ulong.MaxValue;
    }

    // x20 is SCTLR_EL2 as it was.
    private static void EmitTurned(bool translation = false)
    {
        Code.Mrs(20, Encoding.SCTLR_EL2);
        Code.Emit(0xb2670293);                          // orr x19, x20, #1 << 25
        if (translation)
        {
            Code.Emit(0xb2400273);                      // orr x19, x19, #1
        }

        Code.Msr(Encoding.SCTLR_EL2, 19);
        Code.Isb();
    }

    private static void EmitTurnedBack()
    {
        Code.Msr(Encoding.SCTLR_EL2, 20);
        Code.Isb();
    }

    /// <summary>
    /// One access at EL1 from x1 to x2 or back, with SCTLR_EL2.EE=1. How it ended: ESR_EL2 in x5, FAR_EL2 in x6, HPFAR_EL2 in x7.
    /// </summary>
    private static Excursion* Below(ulong address, bool store)
    {
        Code.Begin();
        Code.Mrs(22, Encoding.VBAR_EL2);
        Code.Msr(Encoding.VBAR_EL2, 21);
        Code.Msr(Encoding.ELR_EL2, 10);
        Code.Msr(Encoding.SPSR_EL2, 11);
        EmitTurned();
        Code.Eret();
        Code.SkipTo(OfEl1);
        if (store)
        {
            Code.Store(2, 1);
        }
        else
        {
            Code.Load(2, 1);
        }

        Code.Hvc(1);
        Code.SkipTo(FromEl1);
        EmitTurnedBack();
        Code.Msr(Encoding.VBAR_EL2, 22);
        Code.Mrs(5, Encoding.ESR_EL2);
        Code.Mrs(6, Encoding.FAR_EL2);
        Code.Mrs(7, Encoding.HPFAR_EL2);
        Code.Isb();
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[1] = address;
        end->X[2] = 0x5555;
        end->X[10] = Symbols.CodeArea + OfEl1;
        end->X[11] = Pstate.El1h;
        end->X[21] = Symbols.CodeArea + Vectors;
        Excursion.Run();
        return end;
    }
}
