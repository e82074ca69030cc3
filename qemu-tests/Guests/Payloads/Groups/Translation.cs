// AT instructions with two stages: what PAR_EL1 says of an address that both stages know, and of each way to fail. Values
// that come from combining both stages are printed, so that they are compared with the hardware's.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Translation
{
    private const ulong Window = 0x8000_0000;
    private const ulong Pan = 1UL << 22;
    private const ulong DefaultCacheable = 1UL << 12;   // HCR_EL2.DC
    private const ulong CachesOff = 1UL << 32;          // HCR_EL2.CD
    private const ulong ForceWriteBack = 1UL << 46;     // HCR_EL2.FWB
    private const ulong Of1 = 0x801;                    // F, and the bit that is one
    private const ulong Of2 = 0x200 | Of1;
    private const ulong OfWalk = 0x100 | Of2;

    // MAIR_EL1: write-back, nGnRnE, non-cacheable, write-through, nGnRE, write-back that allocates on reads alone.
    private const ulong Kinds = 0xee04_bb44_00ff;

    private static ulong Data => Symbols.DataArea;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        BuildStage2();
        Paging.Build(user: true);
        *Paging.Entry(Paging.Writable) = Paging.PageOf(Window, user: true);
        *Paging.Entry(Paging.ReadOnly) = Paging.PageOf(Window + 0x1000, user: true);
        *Paging.Entry(Paging.Missing) = Paging.PageOf(Window + 0x2000, user: true);
        *Paging.Entry(Paging.Device) = Paging.PageOf(Window + 0x3000, user: true);
        El1.Translate();
        El1.Write(Encoding.MAIR_EL1, Kinds);
        El2.Change(Hcr.VM);
        Stages();
        Privileges();
        Walks();
        Attributes();
        Defaults();
        if (El2.IsE2h)
        {
            Hosts();
        }

        El1.TranslateNoMore();
    }

    private static void BuildStage2()
    {
        Stage2Tables.Reset();
        Stage2Tables.Begin(12, 39, 1);
        const ulong Ram = 0x4000_0000, TwoMiB = 0x20_0000, Image = Ram + TwoMiB;
        for (ulong at = Image; at < Image + TwoMiB; at += 0x1000)
        {
            Stage2Tables.Map(at, at, 3, Stage2Tables.Plain);
        }

        Stage2Tables.Map(Window, Data, 3, Stage2Tables.Plain);
        Stage2Tables.Map(Window + 0x1000, Data + 0x1000, 3, Stage2Tables.Plain & ~Stage2Tables.Writable);
        Stage2Tables.Map(Window + 0x3000, Data, 3, Stage2Tables.Plain & ~Stage2Tables.Accessed);
        Stage2Tables.Map(Window + 0x4000, 0x30_0000_0000, 3, Stage2Tables.Plain);
        Stage2Tables.Use(Stage2Tables.Control, 7);
    }

    /// <summary>PAR_EL1 after an AT instruction at EL2, with this PSTATE.</summary>
    private static ulong Translate(uint op1, uint crm, uint op2, ulong address, ulong pstate = 0)
    {
        Code.Begin();
        Code.Sys(op1, 7, crm, op2, 0);
        Code.Isb();
        Code.Mrs(1, Encoding.PAR_EL1);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h | pstate);
        end->X[0] = address;
        Excursion.Run();
        return end->Finished ? end->X[1] : ulong.MaxValue;
    }

    private static void Is(ulong par, ulong expected, ReadOnlySpan<byte> what)
    {
        const ulong FaultBits = 0xb7f;
        const ulong AddressBits = 0x0000_ffff_ffff_f001;
        bool failed = (expected & 1) != 0;
        ulong mask = failed ? FaultBits : AddressBits;
        Tap.Check((par & mask) == (expected & mask), El2.Prefix, what, default);
        if ((par & mask) != (expected & mask))
        {
            Tap.Value("PAR_EL1"u8, par);
        }
    }

    private static void Stages()
    {
        Is(Translate(0, 8, 0, Paging.Writable), Window, "AT S1E1R, the first walk of all, gives stage 1's address"u8);
        Stage2Tables.Forget();
        Is(Translate(4, 8, 4, Paging.Writable), Data, "AT S12E1R, the first walk of all, gives both's"u8);
        Is(Translate(4, 8, 5, Paging.Writable), Data, "AT S12E1W gives both's"u8);
        Is(Translate(4, 8, 4, Paging.Writable + 0x123), Data, "AT S12E1R of an address in a page"u8);
        Is(Translate(4, 8, 4, Paging.ReadOnly), Data + 0x1000, "AT S12E1R of a page that stage 2 has read-only"u8);
        // AT S12E1W of it would fail in stage 2; QEMU 10.0 ends with a failed assertion instead.
        Is(Translate(0, 8, 1, Paging.ReadOnly), Window + 0x1000, "AT S1E1W of it does not know stage 2"u8);
        Is(Translate(0, 8, 0, Paging.Missing), Window + 0x2000, "AT S1E1R of a page that stage 2 lacks does not know it"u8);
        Is(Translate(4, 8, 4, Paging.Missing), Of2 | (7 << 1), "AT S12E1R of it fails in stage 2"u8);
        Is(Translate(4, 8, 4, Paging.Device), Of2 | (0xb << 1), "AT S12E1R of a page without stage 2's access flag fails"u8);
        Is(Translate(4, 8, 4, Paging.NotAccessed), Of1 | (0xb << 1), "AT S12E1R of a page without stage 1's fails in stage 1"u8);
        Is(Translate(4, 8, 4, Paging.MissingBlock), Of1 | (5 << 1), "AT S12E1R of what stage 1 lacks fails in stage 1"u8);
        *Paging.Entry(Paging.Missing) = Paging.PageOf(Window + 0x4000, user: true);
        Stage2Tables.Forget();
        Is(Translate(4, 8, 4, Paging.Missing), 0x30_0000_0000, "AT S12E1R of what leads outside memory gives the address"u8);
        *Paging.Entry(Paging.Missing) = Paging.PageOf(Window + 0x2000, user: true);
        Stage2Tables.Forget();
    }

    private static void Privileges()
    {
        const ulong Unprivileged = 1UL << 6;
        *Paging.Entry(Paging.User) = Paging.PageOf(Window, user: true) | Unprivileged;
        Stage2Tables.Forget();
        Is(Translate(4, 8, 6, Paging.User), Data, "AT S12E0R of EL0's page"u8);
        Is(Translate(4, 8, 7, Paging.User), Data, "AT S12E0W of EL0's page"u8);
        Is(Translate(4, 8, 6, Paging.Writable), Of1 | (0xf << 1), "AT S12E0R of EL1's page fails in stage 1"u8);
        Is(Translate(0, 9, 0, Paging.User), Window, "PAN=0: AT S1E1RP of EL0's page"u8);
        Is(Translate(0, 9, 1, Paging.User), Window, "PAN=0: AT S1E1WP of EL0's page"u8);
        Is(Translate(0, 9, 0, Paging.User, Pan), Of1 | (0xf << 1), "PAN=1: AT S1E1RP of EL0's page fails"u8);
        Is(Translate(0, 9, 1, Paging.User, Pan), Of1 | (0xf << 1), "PAN=1: AT S1E1WP of EL0's page fails"u8);
        Is(Translate(0, 9, 0, Paging.Writable, Pan), Window, "PAN=1: AT S1E1RP of EL1's page"u8);
        Is(Translate(0, 8, 0, Paging.User, Pan), Window, "PAN=1: AT S1E1R does not know it"u8);
    }

    private static void Walks()
    {
        ulong pages = Paging.Root + 0x2000;
        ulong* entry = Stage2Tables.Entry(pages, 3);
        *entry = 0;
        Stage2Tables.Forget();
        Is(Translate(0, 8, 0, Paging.Writable), OfWalk | (7 << 1), "AT S1E1R through a table that stage 2 lacks"u8);
        Is(Translate(4, 8, 4, Paging.Writable), OfWalk | (7 << 1), "AT S12E1R through a table that stage 2 lacks"u8);
        Is(Translate(0, 8, 2, Paging.User), OfWalk | (7 << 1), "AT S1E0R through a table that stage 2 lacks"u8);
        *entry = pages | (Stage2Tables.Plain & ~Stage2Tables.Accessed) | 3;
        Stage2Tables.Forget();
        Is(Translate(0, 8, 0, Paging.Writable), OfWalk | (0xb << 1), "AT S1E1R through a table without stage 2's access flag"u8);
        *entry = 0x30_0000_0000 | Stage2Tables.Plain | 3;
        Stage2Tables.Forget();
        Code.Begin();
        Code.Sys(0, 7, 8, 0, 0);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[0] = Paging.Writable;
        Excursion.Run();
        end->Check(
            end->EndedBy(Vector.Current, ExceptionClass.DataAbort, 0x140 | 0x17) && end->Far == Paging.Writable && end->Offset == 0,
            El2.Prefix, "AT S1E1R through a table outside memory is an external abort of its own"u8, default);
        *entry = pages | Stage2Tables.Plain | 3;
        Stage2Tables.Forget();
    }

    private static void Attributes()
    {
        Tap.Comment(El2.IsE2h ? "E2H=1: ATTR for stage 2's MemAttr 0 1 2 3 5 6 7 9, and 10 11 13 14 15"u8 : "E2H=0: ATTR for stage 2's MemAttr 0 1 2 3 5 6 7 9, and 10 11 13 14 15"u8);
        Row(0, 0, 0x9765_3210, 0xf_edba, "stage 1 write-back"u8);
        Row(1, 0, 0x9765_3210, 0xf_edba, "stage 1 nGnRnE"u8);
        Row(2, 0, 0x9765, 0xf_edba, "stage 1 non-cacheable"u8);
        Row(3, 0, 0x9765_3210, 0xf_edba, "stage 1 write-through"u8);
        Row(4, 0, 0x9765_3210, 0xf_edba, "stage 1 nGnRE"u8);
        Row(5, 0, 0x9765_3210, 0xf_edba, "stage 1 write-back, read-allocate"u8);
        Row(0, CachesOff, 0x9765_3210, 0xf_edba, "HCR_EL2.CD, stage 1 write-back"u8);
        Tap.Comment("HCR_EL2.FWB: ATTR for stage 2's MemAttr 0 1 2 3 5 6 7"u8);
        Row(0, ForceWriteBack, 0x765_3210, 0, "stage 1 write-back"u8);
        Row(1, ForceWriteBack, 0x765_3210, 0, "stage 1 nGnRnE"u8);
        Row(2, ForceWriteBack, 0x765_3210, 0, "stage 1 non-cacheable"u8);
        Row(3, ForceWriteBack, 0x765_3210, 0, "stage 1 write-through"u8);
        Row(4, ForceWriteBack, 0x765_3210, 0, "stage 1 nGnRE"u8);
        Row(5, ForceWriteBack, 0x765_3210, 0, "stage 1 write-back, read-allocate"u8);
        Tap.Comment("SH for none, outer and inner of stage 1 with each of stage 2"u8);
        ulong shareability = 0;
        for (ulong first = 0; first < 4; first++)
        {
            for (ulong second = 0; second < 4; second++)
            {
                shareability = first == 1 || second == 1 ? shareability : (shareability << 4) | (Both(0, 0xf, first, second) >> 7 & 3);
            }
        }

        Tap.Value("SH"u8, shareability);
        *Stage2Tables.Entry(Window, 3) = Data | Stage2Tables.Plain | 3;
        *Paging.Entry(Paging.Writable) = Paging.PageOf(Window, user: true);
        Stage2Tables.Forget();
    }

    private static void Row(ulong index, ulong hcr, ulong first, ulong second, ReadOnlySpan<byte> what)
    {
        El2.Change(hcr);
        Half(index, first, what);
        if (second != 0)
        {
            Half(index, second, what);
        }

        El2.Change(0, hcr);
    }

    // A digit of the list is a MemAttr; a byte of the value is what became of it.
    private static void Half(ulong index, ulong list, ReadOnlySpan<byte> what)
    {
        ulong result = 0;
        for (int at = 28; at >= 0; at -= 4)
        {
            ulong attribute = list >> at & 0xf;
            if (attribute != 0 || at == 0)
            {
                result = (result << 8) | (Both(index, attribute, 3, 3) >> 56);
            }
        }

        Tap.Value(what, result);
    }

    private static ulong Both(ulong index, ulong attribute, ulong first, ulong second)
    {
        *Paging.Entry(Paging.Writable) = (Paging.PageOf(Window, user: true) & ~0x31cUL) | (index << 2) | (first << 8);
        *Stage2Tables.Entry(Window, 3) = Data | (Stage2Tables.Plain & ~(Stage2Tables.Normal | Stage2Tables.InnerShareable)) | (attribute << 2) | (second << 8) | 3;
        Stage2Tables.Forget();
        return Translate(4, 8, 4, Paging.Writable);
    }

    private static void Defaults()
    {
        El2.Change(DefaultCacheable);
        Stage2Tables.Forget();
        Is(Translate(0, 8, 0, Window), Window, "HCR_EL2.DC: AT S1E1R, stage 1 is off"u8);
        ulong par = Translate(4, 8, 4, Window);
        Is(par, Data, "HCR_EL2.DC: AT S12E1R, stage 2 is on"u8);
        Tap.Check(par >> 56 == 0xff, El2.Prefix, "HCR_EL2.DC: memory is write-back"u8, default);
        El2.Change(0, Hcr.VM);
        Is(Translate(4, 8, 4, Window), Data, "HCR_EL2.DC with VM=0: AT S12E1R, stage 2 is on"u8);
        El2.Change(0, DefaultCacheable);
        Stage2Tables.Forget();
        Is(Translate(4, 8, 4, Paging.Writable), Window, "HCR_EL2.VM=0: AT S12E1R is stage 1's alone"u8);
        Is(Translate(4, 8, 5, Paging.ReadOnly), Window + 0x1000, "HCR_EL2.VM=0: AT S12E1W too"u8);
        El2.Change(Hcr.VM);
        Stage2Tables.Forget();
    }

    private static void Hosts()
    {
        SystemRegisters.MAIR_EL2 = Paging.Attributes;
        SystemRegisters.TCR_EL2 = Paging.ControlTwoHalves;
        SystemRegisters.TTBR0_EL2 = Paging.Root;
        El2.Change(Hcr.TGE);
        Instructions.TlbiAlle2();
        Instructions.DsbSy();
        SystemRegisters.SCTLR_EL2 |= El1.TranslationOn;
        Instructions.Isb();
        Is(Translate(4, 8, 4, Paging.Writable), Window, "TGE=1: AT S12E1R is of EL2's own, which has one stage"u8);
        Is(Translate(4, 8, 6, Paging.User), Window, "TGE=1: AT S12E0R is of EL2's own"u8);
        Is(Translate(4, 8, 6, Paging.Writable), Of1 | (0xf << 1), "TGE=1: AT S12E0R of EL2's page fails"u8);
        Is(Translate(0, 9, 0, Paging.User, Pan), Of1 | (0xf << 1), "TGE=1: AT S1E1RP with PAN=1 fails on EL0's page"u8);
        Is(Translate(0, 9, 0, Paging.User), Window, "TGE=1: AT S1E1RP with PAN=0 does not"u8);
        SystemRegisters.SCTLR_EL2 &= ~El1.TranslationOn;
        Instructions.Isb();
        El2.Change(0, Hcr.TGE);
        Instructions.TlbiAlle2();
        Instructions.DsbSy();
        Instructions.Isb();
    }
}
