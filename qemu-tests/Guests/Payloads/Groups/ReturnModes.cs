// ERET with every value of SPSR_EL2.M, under each control that decides whether it is legal; AArch32 at EL0; a single step;
// and accesses of EL0 under TGE that no EL1 can be told of.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class ReturnModes
{
    private const ulong Svc32 = 0x11;
    private const ulong StepLower = 0x32;

    // EL1, which is just below EL2, is in AArch64. But the host's EL0, with E2H=1 and TGE=1, is just below EL2 itself.
    private static ulong FromAArch32 => El2.IsE2h ? 0x600UL : Vector.Lower;

    private static ReadOnlySpan<byte> Digits => "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"u8;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Modes(0, El2.IsE2h ? "E2H=1: M="u8 : "E2H=0: M="u8);
        Modes(Hcr.TGE, El2.IsE2h ? "E2H=1, TGE=1: M="u8 : "E2H=0, TGE=1: M="u8);
        Modes(Hcr.RW, El2.IsE2h ? "E2H=1, RW=0: M="u8 : "E2H=0, RW=0: M="u8);
        ThirtyTwo();
        Step();
        HostAccesses();
    }

    /// <summary>Each mode with a bit of HCR_EL2 flipped.</summary>
    private static void Modes(ulong flipped, ReadOnlySpan<byte> prefix)
    {
        ulong hcr = SystemRegisters.HCR_EL2 ^ flipped;
        bool general = (hcr & Hcr.TGE) != 0;
        bool wide = (hcr & Hcr.RW) != 0;
        for (uint mode = 0; mode < 32; mode++)
        {
            bool isEl1 = mode is 4 or 5;
            bool isEl1Of32 = mode is 0x11 or 0x12 or 0x13 or 0x17 or 0x1b or 0x1f;
            if (!wide && (isEl1Of32 || mode is 0 or 0x10))
            {
                continue;                               // depends on whether EL1 can be AArch32
            }

            bool isLegal = mode is 0 or 8 or 9 or 0x10 || (isEl1 && !general && wide);
            Code.Begin();
            if (mode == 0x10)
            {
                Code.Emit(0xef000000);                  // svc #0 of A32
                Code.Publish();
            }
            else
            {
                Code.Finish();
            }

            Cpu.SetHcr(hcr);
            Excursion* end = Excursion.Run(Pstate.Daif | 0xf000_0000 | mode);
            Cpu.SetHcr(hcr ^ flipped);
            bool isRefused = end->EndedBy(Vector.Current, ExceptionClass.IllegalState, 0) && end->Offset == 0
                && (end->Pstate & (0xf000_0000 | Pstate.Il | Pstate.Daif | 0x1f)) == (Pstate.El2h | Pstate.Il | 0xf000_0000);
            bool good = isLegal ? end->Class != ExceptionClass.IllegalState && (end->Pstate & Pstate.Il) == 0 : isRefused;
            end->Check(good, prefix, Digits.Slice((int)mode * 2, 2), isLegal ? " is legal"u8 : " is illegal"u8);
        }
    }

    /// <summary>A program of EL0 in AArch32 below an EL1 in AArch64.</summary>
    private static void ThirtyTwo()
    {
        const ulong User = 0x10, Thumb = 0x20;
        CallOf32();
        Excursion* end = Excursion.Run(User);
        bool told = end->EndedBy(Vector.Lower, ExceptionClass.Hvc, 0x10c) && end->X[0] == 0x77;
        ulong esr = El1.Read(Encoding.ESR_EL1);
        ulong elr = El1.Read(Encoding.ELR_EL1) - Symbols.CodeArea;
        ulong spsr = El1.Read(Encoding.SPSR_EL1);
        Tap.Check(told && esr == ((Svc32 << 26) | (1 << 25) | 0x21) && elr == 8 && (spsr & 0x3f) == User, El2.Prefix, "EL0 in A32: SVC goes to EL1"u8, default);

        El2.Change(Hcr.TGE);
        CallOf32();
        end = Excursion.Run(User);
        end->Check(end->EndedBy(FromAArch32, Svc32, 0x21) && end->Offset == 8 && end->X[0] == 0x77, El2.Prefix, "EL0 in A32, TGE=1: SVC goes to EL2"u8, default);
        Code.Begin();
        Code.Emit(0xdf212077);                          // movs r0, #0x77; svc #0x21
        Code.Publish();
        end = Excursion.Run(User | Thumb);
        end->Check(end->Vector == FromAArch32 && end->Esr == ((Svc32 << 26) | 0x21) && end->Offset == 4 && (end->Pstate & 0x3f) == (User | Thumb), El2.Prefix, "EL0 in T32, TGE=1: SVC goes to EL2"u8, default);
        Code.Begin();
        Code.Emit(0xe7f000f0);                          // udf #0
        Code.Publish();
        end = Excursion.Run(User);
        end->Check(end->EndedBy(FromAArch32, ExceptionClass.Unknown, 0) && end->Offset == 0, El2.Prefix, "EL0 in A32, TGE=1: an undefined instruction goes to EL2"u8, default);
        end = Excursion.Run(User | Pstate.Il);
        end->Check(end->EndedBy(FromAArch32, ExceptionClass.IllegalState, 0), El2.Prefix, "EL0 in A32, TGE=1: SPSR.IL stops it"u8, default);
        El2.Change(0, Hcr.TGE);
    }

    private static void CallOf32()
    {
        Code.Begin();
        Code.Emit(0xe3a00077);                          // mov r0, #0x77
        Code.Emit(0xef000021);                          // svc #0x21
        Code.Publish();
    }

    /// <summary>MDCR_EL2.TDE and MDSCR_EL1.SS: EL2 lets EL1 do one instruction.</summary>
    private static void Step()
    {
        const ulong RouteDebug = 1 << 8;
        const ulong Completed = 0x22;
        ulong mdscr = SystemRegister.Read(Encoding.MDSCR_EL1);
        ulong mdcr = SystemRegisters.MDCR_EL2;
        SystemRegister.Write(Encoding.MDSCR_EL1, mdscr | 1);
        SystemRegisters.MDCR_EL2 = mdcr | RouteDebug;
        Code.Begin();
        Code.Nop();
        Code.Nop();
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h | Pstate.Ss);
        end->Check(
            end->Vector == Vector.Lower && end->Class == StepLower && (end->Syndrome & 0x3f) == Completed && end->Offset == 4 && (end->Pstate & Pstate.Ss) == 0,
            El2.Prefix, "SPSR.SS=1: EL1 does one instruction"u8, default);
        end = Excursion.Run(Pstate.El1h);
        end->Check(end->Vector == Vector.Lower && end->Class == StepLower && end->Offset == 0, El2.Prefix, "SPSR.SS=0: EL1 does none"u8, default);
        El2.Change(Hcr.TGE);
        end = Excursion.Run(Pstate.El0 | Pstate.Ss);
        end->Check(
            end->Vector == Vector.Lower && end->Class == StepLower && end->Offset == 4, El2.Prefix, "TGE=1, SPSR.SS=1: EL0 does one instruction"u8, default);
        El2.Change(0, Hcr.TGE);

        // A hypervisor may do this instruction in EL1's place; it is a step all the same.
        Code.Begin();
        Code.Mrs(0, Encoding.ID_AA64PFR0_EL1);
        Code.Nop();
        Code.Finish();
        end = Excursion.Run(Pstate.El1h | Pstate.Ss);
        end->Check(end->Vector == Vector.Lower && end->Class == StepLower && end->Offset == 4, El2.Prefix, "SPSR.SS=1: EL1 reads one ID register"u8, default);
        SystemRegisters.MDCR_EL2 = mdcr;
        SystemRegister.Write(Encoding.MDSCR_EL1, mdscr);
        end = Excursion.Run(Pstate.El1h | Pstate.Ss);
        end->Check(end->Finished && end->Offset == 12, El2.Prefix, "without stepping: EL1 does all"u8, default);
    }

    /// <summary>EL0 under TGE: what goes wrong is EL2's to hear.</summary>
    private static void HostAccesses()
    {
        El2.Change(Hcr.TGE);
        HostLoad(0x30_0000_0008, 0x10, "a load from where nothing is"u8);
        HostLoad(0x20_0000_0000_0000, 0, "a load from beyond all addresses"u8);
        Code.Begin();
        Code.Branch(1);
        Code.Publish();
        Excursion* end = Excursion.Prepare(Pstate.El0);
        end->X[1] = Symbols.CodeArea + 2;
        Excursion.Run();
        end->Check(end->Vector == Vector.Lower && end->Class == ExceptionClass.PcAlignment, El2.Prefix, "EL0, TGE=1: a branch to an odd place"u8, default);
        El2.Change(0, Hcr.TGE);
    }

    private static void HostLoad(ulong address, ulong status, ReadOnlySpan<byte> what)
    {
        Code.Begin();
        Code.Load(2, 1);
        Code.Publish();
        Excursion* end = Excursion.Prepare(Pstate.El0);
        end->X[1] = address;
        Excursion.Run();
        end->Check(
            end->Vector == Vector.Lower && end->Class == ExceptionClass.DataAbortLower && (end->Syndrome & 0x3f) == status && end->Far == address && end->Offset == 0,
            El2.Prefix, "EL0, TGE=1: "u8, what);
    }
}
