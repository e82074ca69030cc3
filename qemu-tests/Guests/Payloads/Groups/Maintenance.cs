// TLB maintenance and address translation instructions of EL2: none is refused, and what they do is seen.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Maintenance
{
    private const ulong Failed = 1;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Tlbi("TLBI ALLE2"u8, 4, 0, operand: false, range: false);
        Tlbi("TLBI VAE2"u8, 4, 1, operand: true, range: true);
        Tlbi("TLBI ALLE1"u8, 4, 4, operand: false, range: false);
        Tlbi("TLBI VALE2"u8, 4, 5, operand: true, range: true);
        Tlbi("TLBI VMALLS12E1"u8, 4, 6, operand: false, range: false);
        Tlbi("TLBI VMALLE1"u8, 0, 0, operand: false, range: false);
        Tlbi("TLBI VAE1"u8, 0, 1, operand: true, range: true);
        Tlbi("TLBI ASIDE1"u8, 0, 2, operand: true, range: false);
        Tlbi("TLBI VAAE1"u8, 0, 3, operand: true, range: true);
        Tlbi("TLBI VALE1"u8, 0, 5, operand: true, range: true);
        Tlbi("TLBI VAALE1"u8, 0, 7, operand: true, range: true);
        One("TLBI IPAS2E1"u8, 4, 8, 4, 1);
        One("TLBI IPAS2E1IS"u8, 4, 8, 0, 1);
        One("TLBI IPAS2E1OS"u8, 4, 8, 4, 0);
        One("TLBI IPAS2LE1"u8, 4, 8, 4, 5);
        One("TLBI IPAS2LE1IS"u8, 4, 8, 0, 5);
        One("TLBI IPAS2LE1OS"u8, 4, 8, 4, 4);
        One("TLBI RIPAS2E1"u8, 4, 8, 4, 2);
        One("TLBI RIPAS2E1IS"u8, 4, 8, 0, 2);
        One("TLBI RIPAS2LE1"u8, 4, 8, 4, 6);
        One("TLBI RIPAS2LE1IS"u8, 4, 8, 0, 6);
        One("AT S1E2R"u8, 4, 7, 8, 0);
        One("AT S1E2W"u8, 4, 7, 8, 1);
        One("AT S12E1R"u8, 4, 7, 8, 4);
        One("AT S12E1W"u8, 4, 7, 8, 5);
        One("AT S12E0R"u8, 4, 7, 8, 6);
        One("AT S12E0W"u8, 4, 7, 8, 7);
        One("AT S1E1R"u8, 0, 7, 8, 0);
        One("AT S1E1W"u8, 0, 7, 8, 1);
        One("AT S1E0R"u8, 0, 7, 8, 2);
        One("AT S1E0W"u8, 0, 7, 8, 3);
        One("AT S1E1RP"u8, 0, 7, 9, 0);
        One("AT S1E1WP"u8, 0, 7, 9, 1);
        Own();
        if (El2.IsE2h)
        {
            OwnUnderTge();
        }

        OfEl1();
    }

    /// <summary>The forms for this CPU, the inner and the outer shareable domain are CRm 7, 3 and 1; for ranges 6, 2 and 5.</summary>
    private static void Tlbi(ReadOnlySpan<byte> name, uint op1, uint op2, bool operand, bool range)
    {
        uint register = operand ? 0 : 31u;
        Tap.Check(Executes(op1, 8, 7, op2, register), El2.Prefix, name, " executes"u8);
        Tap.Check(Executes(op1, 8, 3, op2, register) && Executes(op1, 8, 1, op2, register), El2.Prefix, name, "IS and OS execute"u8);
        if (range)
        {
            Tap.Check(
                Executes(op1, 8, 6, op2, register) && Executes(op1, 8, 2, op2, register) && Executes(op1, 8, 5, op2, register),
                El2.Prefix, name, " for ranges executes"u8);
        }
    }

    private static void One(ReadOnlySpan<byte> name, uint op1, uint crn, uint crm, uint op2)
    {
        bool good = Executes(op1, crn, crm, op2, 0);
        Excursion.Here->Check(good, El2.Prefix, name, " executes"u8);
    }

    private static bool Executes(uint op1, uint crn, uint crm, uint op2, uint register)
    {
        Code.Begin();
        Code.Sys(op1, crn, crm, op2, register);
        Code.Dsb();
        Code.Isb();
        Code.Finish();
        return Excursion.Run(Pstate.El2h)->Finished;
    }

    /// <summary>PAR_EL1 after an AT instruction.</summary>
    private static ulong Translate(uint op1, uint op2, ulong address)
    {
        Code.Begin();
        Code.Sys(op1, 7, 8, op2, 0);
        Code.Isb();
        Code.Mrs(1, Encoding.PAR_EL1);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[0] = address;
        Excursion.Run();
        return end->X[1];
    }

    private static bool Gives(ulong par, ulong physical) => (par & 0x0000_ffff_ffff_f001) == physical;

    private static bool Faults(ulong par, ulong status) => (par & 0x7f) == (Failed | (status << 1));

    /// <summary>EL2's own translation.</summary>
    private static void Own()
    {
        ulong data = Symbols.DataArea;
        Paging.EnableEl2(El2.IsE2h);
        Tap.Check(Gives(Translate(4, 0, Paging.Writable), data), El2.Prefix, "AT S1E2R finds a page"u8, default);
        Tap.Check(Gives(Translate(4, 1, Paging.Writable), data), El2.Prefix, "AT S1E2W finds a page"u8, default);
        Tap.Check(Gives(Translate(4, 0, Paging.ReadOnly), data + 0x1000), El2.Prefix, "AT S1E2R finds a read-only page"u8, default);
        Tap.Check(Faults(Translate(4, 1, Paging.ReadOnly), 0xf), El2.Prefix, "AT S1E2W finds it not writable"u8, default);
        Tap.Check(Faults(Translate(4, 0, Paging.Missing), 7), El2.Prefix, "AT S1E2R finds a page missing"u8, default);
        Tap.Check(Faults(Translate(4, 0, Paging.MissingBlock), 5), El2.Prefix, "AT S1E2R finds a block missing"u8, default);

        // Remapped and made known by address, by all, and for the inner shareable domain.
        Remap(data + 0x2000, 7, 1);
        Tap.Check(Gives(Translate(4, 0, Paging.Writable), data + 0x2000), El2.Prefix, "TLBI VAE2 makes a new page known to AT"u8, default);
        Remap(data + 0x1000, 3, 5);
        Tap.Check(Gives(Translate(4, 0, Paging.Writable), data + 0x1000), El2.Prefix, "TLBI VALE2IS makes a new page known to AT"u8, default);
        *(ulong*)(data + 0x1000) = 0x7777;
        *(ulong*)(data + 0x2000) = 0x8888;
        Tap.Check(*(ulong*)Paging.Writable == 0x7777, El2.Prefix, "and to a load"u8, default);
        Remap(data + 0x2000, 7, 0);
        Tap.Check(*(ulong*)Paging.Writable == 0x8888, El2.Prefix, "TLBI ALLE2 makes a new page known to a load"u8, default);
        Remap(data + 0x1000, 1, 1);
        Tap.Check(*(ulong*)Paging.Writable == 0x7777, El2.Prefix, "TLBI VAE2OS makes a new page known to a load"u8, default);
        Paging.DisableEl2();
    }

    private static void Remap(ulong physical, uint crm, uint op2)
    {
        *Paging.Entry(Paging.Writable) = Paging.PageOf(physical, El2.IsE2h);
        Instructions.DsbSy();
        Code.Begin();
        Code.Sys(4, 8, crm, op2, op2 == 0 ? 31u : 0);
        Code.Dsb();
        Code.Isb();
        Code.Finish();
        Excursion.Prepare(Pstate.El2h)->X[0] = Paging.Writable >> 12;
        Excursion.Run();
    }

    /// <summary>With E2H=1 and TGE=1 the instructions of EL1 and EL0 mean EL2's translation.</summary>
    private static void OwnUnderTge()
    {
        ulong data = Symbols.DataArea;
        Paging.EnableEl2(true);
        El2.Change(Hcr.TGE);
        Tap.Check(Gives(Translate(0, 0, Paging.Writable), data), El2.Prefix, "TGE=1: AT S1E1R finds EL2's page"u8, default);
        Tap.Check(Gives(Translate(0, 2, Paging.User), data), El2.Prefix, "TGE=1: AT S1E0R finds EL0's page"u8, default);
        Tap.Check(Faults(Translate(0, 2, Paging.Writable), 0xf), El2.Prefix, "TGE=1: AT S1E0R finds EL2's page forbidden"u8, default);
        Tap.Check(Faults(Translate(0, 1, Paging.ReadOnly), 0xf), El2.Prefix, "TGE=1: AT S1E1W finds a page not writable"u8, default);
        *Paging.Entry(Paging.Writable) = Paging.PageOf(data + 0x2000, true);
        Instructions.DsbSy();
        Instructions.TlbiVae1is(Paging.Writable >> 12);
        Instructions.DsbSy();
        Instructions.Isb();
        Tap.Check(*(ulong*)Paging.Writable == 0x8888, El2.Prefix, "TGE=1: TLBI VAE1IS makes a new page known to a load"u8, default);
        *Paging.Entry(Paging.Writable) = Paging.PageOf(data + 0x1000, true);
        Instructions.DsbSy();
        Instructions.TlbiVmalle1is();
        Instructions.DsbSy();
        Instructions.Isb();
        Tap.Check(*(ulong*)Paging.Writable == 0x7777, El2.Prefix, "TGE=1: TLBI VMALLE1IS makes a new page known to a load"u8, default);
        El2.Change(0, Hcr.TGE);
        Paging.DisableEl2();
    }

    /// <summary>EL1's translation, seen from EL2.</summary>
    private static void OfEl1()
    {
        ulong data = Symbols.DataArea;
        Paging.Build(user: true);
        El1.Translate();
        Instructions.TlbiAlle1();
        Instructions.DsbSy();
        Tap.Check(Gives(Translate(0, 0, Paging.Writable), data), El2.Prefix, "AT S1E1R finds EL1's page"u8, default);
        Tap.Check(Faults(Translate(0, 1, Paging.ReadOnly), 0xf), El2.Prefix, "AT S1E1W finds EL1's page not writable"u8, default);
        Tap.Check(Faults(Translate(0, 0, Paging.Missing), 7), El2.Prefix, "AT S1E1R finds EL1's page missing"u8, default);
        Tap.Check(Gives(Translate(0, 2, Paging.User), data), El2.Prefix, "AT S1E0R finds EL0's page of EL1"u8, default);
        Tap.Check(Faults(Translate(0, 2, Paging.Writable), 0xf), El2.Prefix, "AT S1E0R finds EL1's page forbidden"u8, default);
        Tap.Check(Gives(Translate(4, 4, Paging.Writable), data), El2.Prefix, "AT S12E1R finds EL1's page"u8, default);
        Tap.Check(Gives(Translate(4, 6, Paging.User), data), El2.Prefix, "AT S12E0R finds EL0's page of EL1"u8, default);
        Excursion* end = LoadAtEl1();
        end->Check(end->Finished && end->X[0] == *(ulong*)data, El2.Prefix, "EL1 loads through its page"u8, default);
        *Paging.Entry(Paging.Writable) = Paging.PageOf(data + 0x2000, true);
        Instructions.DsbSy();
        Instructions.TlbiVae1is(Paging.Writable >> 12);
        Instructions.DsbSy();
        Tap.Check(Gives(Translate(0, 0, Paging.Writable), data + 0x2000), El2.Prefix, "TLBI VAE1IS at EL2 makes EL1's new page known to AT"u8, default);
        end = LoadAtEl1();
        end->Check(end->Finished && end->X[0] == 0x8888, El2.Prefix, "and to a load at EL1"u8, default);
        *Paging.Entry(Paging.Writable) = Paging.PageOf(data + 0x1000, true);
        Instructions.DsbSy();
        Instructions.TlbiVmalle1();
        Instructions.DsbSy();
        end = LoadAtEl1();
        end->Check(end->Finished && end->X[0] == 0x7777, El2.Prefix, "TLBI VMALLE1 at EL2 makes EL1's new page known to EL1"u8, default);
        El1.TranslateNoMore();
    }

    private static Excursion* LoadAtEl1()
    {
        Code.Begin();
        Code.Load(0, 1);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El1h);
        end->X[1] = Paging.Writable;
        Excursion.Run();
        return end;
    }
}
