// FEAT_NV and FEAT_NV2 as EL2 offers them to EL1: what EL1 then calls EL2 registers is a page of EL2's, a register of EL1, or a
// trap. The page is at an address of EL2's own translation, whose faults and changes are seen.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Recursion
{
    private const ulong Nv = 1UL << 42;
    private const ulong Nv1 = 1UL << 43;
    private const ulong At = 1UL << 44;
    private const ulong Nv2 = 1UL << 45;
    private const ulong Pattern = 0x0000_5a5a_c3c3_1000;

    private static uint s_level;

    private static bool IsE2h => s_level >= 2;

    private static bool IsNv1 => (s_level & 1) != 0;

    private static ReadOnlySpan<byte> Prefix =>
        IsE2h ? (IsNv1 ? "E2H=1, NV1=1: "u8 : "E2H=1, NV1=0: "u8) : (IsNv1 ? "E2H=0, NV1=1: "u8 : "E2H=0, NV1=0: "u8);

    public static void Run()
    {
        for (s_level = 0; s_level < 4; s_level++)
        {
            Level();
        }

        Cpu.ResetHcr(false);
    }

    private static void Level()
    {
        Cpu.ResetHcr(IsE2h);
        Cpu.OpenVectors(IsE2h);
        El1.Reset();
        Redirect(Symbols.DataArea);
        Memory();
        Registers();
        Traps();
        OwnException();
        Page();
        Cpu.ResetHcr(IsE2h);
        Cpu.SetHcr(SystemRegisters.HCR_EL2 | Nv | (IsNv1 ? Nv1 : 0));
        Trap(Encoding.VTTBR_EL2, true, "without NV2 reading VTTBR_EL2 traps"u8);
        Trap(Encoding.VTTBR_EL2, false, "without NV2 writing VTTBR_EL2 traps"u8);
        Trap(Encoding.ELR_EL2, true, "without NV2 reading ELR_EL2 traps"u8);
        Cpu.ResetHcr(IsE2h);
    }

    private static void Redirect(ulong page)
    {
        SystemRegisters.VNCR_EL2 = page;
        Cpu.SetHcr(SystemRegisters.HCR_EL2 | Nv | Nv2 | At | (IsNv1 ? Nv1 : 0));
    }

    /// <summary>What EL1 writes is in the page, and what is in the page is what it reads.</summary>
    private static void Memory()
    {
        Code.Begin();
        Code.Mrs(0, Encoding.CurrentEL);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        end->Check(end->Finished && end->X[0] == 8, Prefix, "CurrentEL at EL1 says EL2"u8, default);
        Slot("VTTBR_EL2"u8, Encoding.VTTBR_EL2, 0x20, true);
        Slot("VTCR_EL2"u8, Encoding.VTCR_EL2, 0x40, true);
        Slot("HCR_EL2"u8, Encoding.HCR_EL2, 0x78, true);
        Slot("TPIDR_EL2"u8, Encoding.TPIDR_EL2, 0x90, true);
        Slot("VNCR_EL2"u8, Encoding.VNCR_EL2, 0xb0, true);
        Slot("ICH_LR0_EL2"u8, Encoding.ICH_LR0_EL2, 0x400, true);
        Slot("TTBR0_EL1"u8, Encoding.TTBR0_EL1, 0x200, IsNv1);
        Slot("VBAR_EL1"u8, Encoding.VBAR_EL1, 0x250, IsNv1);
        Slot("TTBR0_EL12"u8, Encoding.TTBR0_EL12, 0x200, !IsNv1);
    }

    private static void Slot(ReadOnlySpan<byte> name, uint register, ulong offset, bool redirected)
    {
        if (!redirected && register == Encoding.TTBR0_EL12)
        {
            Trap(register, true, "TTBR0_EL12 traps"u8);
            return;
        }

        ulong* slot = (ulong*)(Symbols.DataArea + offset);
        *slot = ~Pattern;
        Code.Begin();
        Code.Mrs(2, register);
        Code.Msr(register, 0);
        Code.Isb();
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El1h);
        end->X[0] = Pattern;
        Excursion.Run();
        end->Check(end->Finished && (end->X[2] == ~Pattern && *slot == Pattern) == redirected, Prefix, name, redirected ? " is in the page"u8 : " is a register"u8);
        El1.Write(Encoding.VBAR_EL1, Symbols.NestedVectors);
    }

    /// <summary>The special-purpose registers and the syndrome of EL2 are those of EL1.</summary>
    private static void Registers()
    {
        Same("ELR_EL2"u8, Encoding.ELR_EL2, Encoding.ELR_EL1);
        Same("SPSR_EL2"u8, Encoding.SPSR_EL2, Encoding.SPSR_EL1);
        Same("ESR_EL2"u8, Encoding.ESR_EL2, Encoding.ESR_EL1);
        Same("FAR_EL2"u8, Encoding.FAR_EL2, Encoding.FAR_EL1);
    }

    private static void Same(ReadOnlySpan<byte> name, uint register, uint standIn)
    {
        const ulong Value = 0x3c5;
        El1.Write(standIn, 0);
        Code.Begin();
        Code.Msr(register, 0);
        Code.Isb();
        Code.Mrs(2, register);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El1h);
        end->X[0] = Value;
        Excursion.Run();
        bool good = end->Finished && end->X[2] == Value;
        Tap.Check(good && El1.Read(standIn) == Value, Prefix, name, " is EL1's"u8);
    }

    private static void Traps()
    {
        Trap(Encoding.SCTLR_EL2, true, "reading SCTLR_EL2 traps"u8);
        Trap(Encoding.VBAR_EL2, false, "writing VBAR_EL2 traps"u8);
        Trap(Encoding.CPTR_EL2, false, "writing CPTR_EL2 traps"u8);
        Trap(Encoding.ICH_VTR_EL2, true, "reading ICH_VTR_EL2 traps"u8);
        Trap(Encoding.CNTHCTL_EL2, true, "reading CNTHCTL_EL2 traps"u8);
        Trap(Encoding.CNTHP_CTL_EL2, true, "reading CNTHP_CTL_EL2 traps"u8);
        Trap(0x63b8 + 0x80, false, "TLBI ALLE2 traps"u8);
        Trap(0x43c0, false, "AT S1E1R traps"u8);
        Code.Begin();
        Code.Eret();
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        end->Check(end->EndedBy(Vector.Lower, ExceptionClass.Eret, 0) && end->Offset == 0, Prefix, "ERET traps"u8, default);
    }

    private static void Trap(uint encoding, bool isRead, ReadOnlySpan<byte> what)
    {
        Code.Begin();
        Code.Nop();
        Code.Emit((isRead ? 0xd5200000u : 0xd5000000) | (encoding << 5));
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        end->Check(end->Vector == Vector.Lower && end->Class == ExceptionClass.SystemRegister && end->Offset == 4, Prefix, what, default);
    }

    /// <summary>An exception that EL1 takes itself comes from EL2, as its SPSR has it.</summary>
    private static void OwnException()
    {
        const ulong FromCurrent = 0x104;
        Code.Begin();
        Code.Svc(1);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        bool good = end->EndedBy(Vector.Lower, ExceptionClass.Hvc, FromCurrent);
        if (IsNv1)
        {
            // VBAR_EL1 by name is in the page, the register still is what El1 wrote before.
            Tap.Check(good, Prefix, "SVC at EL1 stays there"u8, default);
            return;
        }

        Tap.Check(good && (El1.Read(Encoding.SPSR_EL1) & 0x1f) == 9, Prefix, "SVC at EL1 stays there, and its SPSR says EL2"u8, default);
    }

    /// <summary>The page is at an address of EL2's stage 1.</summary>
    private static void Page()
    {
        ulong data = Symbols.DataArea;
        Paging.EnableEl2(IsE2h);
        *(ulong*)(data + 0x20) = 0;
        Store(Paging.Writable, 0x1234_5000, 0, "the page is where EL2's tables say"u8);
        Tap.Check(*(ulong*)(data + 0x20) == 0x1234_5000, Prefix, "and has what was written"u8, default);
        Store(Paging.Missing, 0x5555_5000, 0x9600_2047, "a missing page faults: a data abort of EL2's own"u8);
        Store(Paging.MissingBlock, 0x5555_5000, 0x9600_2045, "a missing block faults at its level"u8);
        Store(Paging.ReadOnly, 0x5555_5000, 0x9600_204f, "a read-only page faults for a write"u8);
        *(ulong*)(data + 0x1020) = 0x7777_6000;
        Load(Paging.ReadOnly, 0x7777_6000, "and can be read"u8);
        Store(Paging.ReadOnly, 0x5555_5000, 0x9600_204f, "and still not be written"u8);

        // Another page at the same address: known after maintenance.
        *Paging.Entry(Paging.Writable) = Paging.PageOf(data + 0x2000, IsE2h);
        Instructions.DsbSy();
        Code.Begin();
        Code.Sys(4, 8, 7, 1, 0);
        Code.Dsb();
        Code.Isb();
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[0] = Paging.Writable >> 12;
        Excursion.Run();
        *(ulong*)(data + 0x2020) = 0x4444_3000;
        Load(Paging.Writable, 0x4444_3000, "TLBI VAE2 makes another page known"u8);
        Store(Paging.Writable, 0x6666_7000, 0, "which is written"u8);
        Tap.Check(*(ulong*)(data + 0x2020) == 0x6666_7000 && *(ulong*)(data + 0x20) == 0x1234_5000, Prefix, "and the former is not"u8, default);
        Paging.DisableEl2();
        SystemRegisters.VNCR_EL2 = data;
    }

    private static void Store(ulong page, ulong value, ulong syndrome, ReadOnlySpan<byte> what)
    {
        SystemRegisters.VNCR_EL2 = page;
        Code.Begin();
        Code.Msr(Encoding.VTTBR_EL2, 0);
        Code.Isb();
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El1h);
        end->X[0] = value;
        Excursion.Run();
        bool good = syndrome == 0 ? end->Finished : end->Vector == Vector.Lower && end->Esr == syndrome && end->Far == page + 0x20 && end->Offset == 0;
        end->Check(good, Prefix, what, default);
    }

    private static void Load(ulong page, ulong value, ReadOnlySpan<byte> what)
    {
        SystemRegisters.VNCR_EL2 = page;
        Code.Begin();
        Code.Mrs(2, Encoding.VTTBR_EL2);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        end->Check(end->Finished && end->X[2] == value, Prefix, what, default);
    }
}
