// TLB maintenance of EL2 for its guest with two stages: each instruction makes known what was changed, under each VMID that
// it is about, whatever was cached before; and what is no instruction is undefined.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Invalidation
{
    private const ulong Window = 0x8000_0000;
    private const ulong TwoMiB = 0x20_0000;
    private const ulong LongVmids = 1UL << 19;          // VTCR_EL2.VS
    private const uint WithoutXs = 9;                   // CRn of the nXS forms
    private const ulong First = 0x1111;
    private const ulong Second = 0x2222;

    private static ulong Data => Symbols.DataArea;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        *(ulong*)Data = First;
        *(ulong*)(Data + 0x1000) = Second;
        Instructions.DsbSy();
        El2.Change(Hcr.VM);
        Pages();
        Sizes();
        Vmids();
        Stage1();
        El2.Reset();
        Own();
        NoInstruction();
    }

    private static void Begin()
    {
        Stage2Tables.BeginWithRam();
        Stage2Tables.Map(Window, Data, 3, Stage2Tables.Plain);
    }

    private static void Pages()
    {
        Stage2Tables.Reset();
        Begin();
        Stage2Tables.Use(Stage2Tables.Control, 1);
        Replaced(4, 0, 1, Page(Window, 0), "IPAS2E1IS"u8);
        Replaced(4, 0, 5, Page(Window, 0), "IPAS2LE1IS"u8);
        Replaced(4, 4, 1, Page(Window, 0), "IPAS2E1"u8);
        Replaced(4, 4, 0, Page(Window, 0), "IPAS2E1OS"u8);
        Replaced(4, 4, 4, Page(Window, 0), "IPAS2LE1OS"u8);
        Replaced(4, 0, 1, Page(Window, 7), "IPAS2E1IS with a hint of level 3"u8);
        Replaced(4, 0, 2, Range(Window, 0, 0), "RIPAS2E1IS"u8);
        Replaced(4, 0, 6, Range(Window, 0, 0), "RIPAS2LE1IS"u8);
        Replaced(4, 4, 2, Range(Window, 0, 0), "RIPAS2E1"u8);
        Replaced(4, 4, 3, Range(Window, 0, 0), "RIPAS2E1OS"u8);
        Replaced(4, 4, 7, Range(Window, 0, 0), "RIPAS2LE1OS"u8);
        Replaced(4, 0, 2, Range(Window - TwoMiB, 1, 15), "RIPAS2E1IS of 4 MiB around it"u8);
        Replaced(4, 0, 2, Range(0, 3, 31), "RIPAS2E1IS of 8 GiB around it"u8);
        Replaced(4, 3, 6, 0, "VMALLS12E1IS"u8);
        Replaced(4, 7, 6, 0, "VMALLS12E1"u8);
        Replaced(4, 1, 6, 0, "VMALLS12E1OS"u8);
        Replaced(4, 3, 4, 0, "ALLE1IS"u8);
        Replaced(4, 7, 4, 0, "ALLE1"u8);
        Replaced(4, 1, 4, 0, "ALLE1OS"u8);
        Replaced(4, 0, 1, Page(Window, 0), "IPAS2E1ISnXS"u8, WithoutXs);
        Replaced(4, 4, 4, Page(Window, 0), "IPAS2LE1OSnXS"u8, WithoutXs);
        Replaced(4, 0, 2, Range(Window, 0, 0), "RIPAS2E1ISnXS"u8, WithoutXs);
        Replaced(4, 3, 6, 0, "VMALLS12E1ISnXS"u8, WithoutXs);
        Replaced(4, 7, 4, 0, "ALLE1nXS"u8, WithoutXs);
    }

    /// <summary>Operand of IPAS2E1: a page, with a hint in TTL.</summary>
    private static ulong Page(ulong address, ulong hint) => (address >> 12) | (hint << 44);

    /// <summary>Operand of RIPAS2E1 with pages of 4 KiB: (number + 1) times 2 to the power of 5 * scale + 1.</summary>
    private static ulong Range(ulong address, ulong scale, ulong number) => (address >> 12) | (1UL << 46) | (scale << 44) | (number << 39);

    private static void Replaced(uint op1, uint crm, uint op2, ulong operand, ReadOnlySpan<byte> what, uint crn = 8)
    {
        ulong* entry = Stage2Tables.Entry(Window, 3);
        *entry = Data | Stage2Tables.Plain | 3;
        Stage2Tables.Forget();
        bool good = Probe.Reads(Window, First);
        *entry = 0;
        good &= Maintain.Tlbi(op1, crm, op2, operand, crn)->Finished;
        Maintain.Tlbi(0, 3, 0, 0);
        *entry = (Data + 0x1000) | Stage2Tables.Plain | 3;
        Instructions.DsbSy();
        good &= Probe.Reads(Window, Second);
        Excursion.Here->Check(good, El2.Prefix, what, ": a page is another"u8);
    }

    private static void Sizes()
    {
        const ulong Hint2 = 6;                          // 4 KiB granule, level 2
        ulong* block = Stage2Tables.Entry(Window, 2);
        ulong table = *block;
        ulong inBlock = Window + (Data & (TwoMiB - 1));
        *Stage2Tables.Entry(Window, 3) = Data | Stage2Tables.Plain | 3;
        *Stage2Tables.Entry(Window + 0x7000, 3) = (Data + 0x1000) | Stage2Tables.Plain | 3;
        Stage2Tables.Forget();
        bool good = Probe.Reads(Window, First) && Probe.Reads(Window + 0x7000, Second);
        *block = 0;
        Maintain.Tlbi(4, 0, 2, Range(Window, 1, 7));
        Maintain.Tlbi(0, 3, 0, 0);
        *block = (Data & ~(TwoMiB - 1)) | Stage2Tables.Plain | 1;
        Instructions.DsbSy();
        good &= Probe.Reads(inBlock, First) && Probe.Reads(inBlock + 0x1000, Second);
        Excursion.Here->Check(good, El2.Prefix, "pages become a block"u8, default);
        good = Probe.Store(inBlock + 8, 0x88)->Finished && *(ulong*)(Data + 8) == 0x88;
        Excursion.Here->Check(good, El2.Prefix, "which is written"u8, default);
        *block = 0;
        Maintain.Tlbi(4, 0, 5, Page(Window, Hint2));
        Maintain.Tlbi(0, 3, 0, 0);
        good = Probe.LoadFaults(inBlock, 6);
        Excursion.Here->Check(good, El2.Prefix, "and gone after TLBI IPAS2LE1IS with a hint of level 2"u8, default);
        *block = table;
        Instructions.DsbSy();
        good = Probe.Reads(Window, First) && Probe.Reads(Window + 0x7000, Second);
        Excursion.Here->Check(good, El2.Prefix, "and pages again"u8, default);

        // Fewer rights, then more: what is cached with fewer is not in the way.
        ulong* entry = Stage2Tables.Entry(Window, 3);
        *entry = Data | (Stage2Tables.Plain & ~Stage2Tables.Writable) | 3;
        Maintain.Ipa(Window);
        good = Probe.StoreFaults(Window + 8, 0xf);
        *entry = Data | Stage2Tables.Plain | 3;
        Maintain.Ipa(Window);
        good &= Probe.Store(Window + 8, 0x99)->Finished && *(ulong*)(Data + 8) == 0x99;
        Excursion.Here->Check(good, El2.Prefix, "a page loses the right to be written, and has it back"u8, default);
    }

    private static void Vmids()
    {
        ulong one = Stage2Tables.Root;
        ulong* entryOne = Stage2Tables.Entry(Window, 3);
        Begin();
        ulong two = Stage2Tables.Root;
        ulong* entryTwo = Stage2Tables.Entry(Window, 3);
        Across(one, entryOne, two, entryTwo, 3, 3, Stage2Tables.Control, 6, "VMALLS12E1IS reaches other tables of its VMID"u8);
        Across(one, entryOne, two, entryTwo, 3, 4, Stage2Tables.Control, 4, "ALLE1IS reaches other VMIDs"u8);
        Across(one, entryOne, two, entryTwo, 0x103, 0x003, Stage2Tables.Control, 6, "VTCR_EL2.VS=0: VMIDs have 8 bits"u8);
        Across(one, entryOne, two, entryTwo, 0x103, 0x104, Stage2Tables.Control | LongVmids, 4, "VTCR_EL2.VS=1: ALLE1IS reaches a VMID of 16 bits"u8);
        Across(one, entryOne, two, entryTwo, 3, 3, Stage2Tables.Control, 0, "IPAS2E1IS reaches other tables of its VMID"u8);

        // A VMID that is another's without maintenance: what was cached may be seen, but nothing else.
        *entryOne = Data | Stage2Tables.Plain | 3;
        *entryTwo = (Data + 0x1000) | Stage2Tables.Plain | 3;
        Set(one, 9, Stage2Tables.Control);
        Stage2Tables.Forget();
        bool good = Probe.Reads(Window, First);
        Set(two, 9, Stage2Tables.Control);
        Excursion* end = Probe.Load(Window);
        good &= end->Finished && end->X[2] is First or Second;
        Excursion.Here->Check(good, El2.Prefix, "a VMID that is used again without maintenance shows one of its two pages"u8, default);
        Maintain.Tlbi(4, 3, 6, 0);
        good = Probe.Reads(Window, Second);
        Excursion.Here->Check(good, El2.Prefix, "and with it the new one"u8, default);
    }

    private static void Set(ulong root, ulong vmid, ulong control)
    {
        Instructions.DsbSy();
        SystemRegisters.VTCR_EL2 = control;
        SystemRegisters.VTTBR_EL2 = root | (vmid << 48);
        Instructions.Isb();
    }

    private static void Across(ulong one, ulong* entryOne, ulong two, ulong* entryTwo, ulong vmidOne, ulong vmidTwo, ulong control, uint op2, ReadOnlySpan<byte> what)
    {
        *entryOne = Data | Stage2Tables.Plain | 3;
        *entryTwo = Data | Stage2Tables.Plain | 3;
        Set(one, vmidOne, control);
        Stage2Tables.Forget();
        bool good = Probe.Reads(Window, First);
        Set(two, vmidTwo, control);
        good &= Probe.Reads(Window, First);
        *entryOne = (Data + 0x1000) | Stage2Tables.Plain | 3;
        Instructions.DsbSy();
        if (op2 == 0)
        {
            Maintain.Ipa(Window);
        }
        else
        {
            Maintain.Tlbi(4, 3, op2, 0);
        }

        Set(one, vmidOne, control);
        good &= Probe.Reads(Window, Second);
        Excursion.Here->Check(good, El2.Prefix, what, default);
    }

    private static void Stage1()
    {
        Stage2Tables.Reset();
        Begin();
        Stage2Tables.Use(Stage2Tables.Control, 5);
        Paging.Build(user: true);
        El1.Translate(asid: 0x21);
        const ulong Asid = 0x21UL << 48;
        const ulong Granule = 1UL << 46;
        ulong page = Paging.Writable >> 12;
        Remapped(0, 3, 1, page | Asid, "VAE1IS"u8);
        Remapped(0, 7, 1, page | Asid, "VAE1"u8);
        Remapped(0, 1, 5, page | Asid, "VALE1OS"u8);
        Remapped(0, 3, 3, page, "VAAE1IS"u8);
        Remapped(0, 3, 7, page, "VAALE1IS"u8);
        Remapped(0, 3, 2, Asid, "ASIDE1IS"u8);
        Remapped(0, 3, 0, 0, "VMALLE1IS"u8);
        Remapped(0, 2, 1, page | Granule | Asid, "RVAE1IS"u8);
        Remapped(0, 6, 5, page | Granule | Asid, "RVALE1"u8);
        Remapped(0, 5, 3, page | Granule, "RVAAE1OS"u8);
        Remapped(0, 2, 7, page | Granule, "RVAALE1IS"u8);
        Remapped(0, 3, 1, page | Asid, "VAE1ISnXS"u8, WithoutXs);
        Remapped(0, 7, 3, page, "VAAE1nXS"u8, WithoutXs);
        Remapped(0, 1, 2, Asid, "ASIDE1OSnXS"u8, WithoutXs);
        Remapped(0, 3, 0, 0, "VMALLE1ISnXS"u8, WithoutXs);
        Remapped(0, 2, 1, page | Granule | Asid, "RVAE1ISnXS"u8, WithoutXs);
        El1.TranslateNoMore();
    }

    private static void Remapped(uint op1, uint crm, uint op2, ulong operand, ReadOnlySpan<byte> what, uint crn = 8)
    {
        ulong* entry = Paging.Entry(Paging.Writable);
        *entry = Paging.PageOf(Window, user: true);
        Stage2Tables.Forget();
        bool good = Probe.Reads(Paging.Writable, First);
        *entry = 0;
        good &= Maintain.Tlbi(op1, crm, op2, operand, crn)->Finished;
        *entry = Paging.PageOf(Data + 0x1000, user: true);
        Instructions.DsbSy();
        good &= Probe.Reads(Paging.Writable, Second);
        Excursion.Here->Check(good, El2.Prefix, what, ": a page of stage 1 is another"u8);
    }

    /// <summary>EL2's own translation, by range; the rest is in another group.</summary>
    private static void Own()
    {
        const ulong Granule = 1UL << 46;
        ulong page = Paging.Writable >> 12;
        Paging.EnableEl2(El2.IsE2h);
        OwnPage(4, 2, 1, page | Granule, "RVAE2IS"u8);
        OwnPage(4, 6, 5, page | Granule, "RVALE2"u8);
        OwnPage(4, 5, 1, page | Granule, "RVAE2OS"u8);
        OwnPage(4, 7, 5, page, "VALE2"u8);
        OwnPage(4, 3, 1, page, "VAE2ISnXS"u8, WithoutXs);
        OwnPage(4, 7, 0, 0, "ALLE2nXS"u8, WithoutXs);
        OwnPage(4, 2, 5, page | Granule, "RVALE2ISnXS"u8, WithoutXs);
        if (El2.IsE2h)
        {
            El2.Change(Hcr.TGE);
            OwnPage(0, 2, 1, page | Granule, "TGE=1, RVAE1IS"u8);
            OwnPage(0, 6, 7, page | Granule, "TGE=1, RVAALE1"u8);
            OwnPage(0, 3, 2, 0, "TGE=1, ASIDE1IS"u8);
            OwnPage(0, 3, 1, page, "TGE=1, VAE1ISnXS"u8, WithoutXs);
            El2.Change(0, Hcr.TGE);
        }

        Paging.DisableEl2();
    }

    private static void OwnPage(uint op1, uint crm, uint op2, ulong operand, ReadOnlySpan<byte> what, uint crn = 8)
    {
        ulong* entry = Paging.Entry(Paging.Writable);
        *entry = Paging.PageOf(Data, El2.IsE2h);
        Instructions.DsbSy();
        Instructions.TlbiAlle2();
        Instructions.DsbSy();
        Instructions.Isb();
        bool good = Mmio.Read64(Paging.Writable) == First;
        *entry = Paging.PageOf(Data + 0x1000, El2.IsE2h);
        Instructions.DsbSy();
        good &= Maintain.Tlbi(op1, crm, op2, operand, crn)->Finished;
        good &= Mmio.Read64(Paging.Writable) == Second;
        Tap.Check(good, El2.Prefix, what, ": a page of EL2's own is another"u8);
    }

    private static void NoInstruction()
    {
        Undefined(0, 8, 7, 4, "TLBI op1=0 CRm=7 op2=4"u8);
        Undefined(0, 8, 3, 6, "TLBI op1=0 CRm=3 op2=6"u8);
        Undefined(0, 8, 2, 0, "TLBI op1=0 CRm=2 op2=0"u8);
        Undefined(0, 8, 0, 1, "TLBI op1=0 CRm=0 op2=1"u8);
        Undefined(0, 8, 4, 1, "TLBI op1=0 CRm=4 op2=1"u8);
        Undefined(4, 8, 7, 2, "TLBI op1=4 CRm=7 op2=2"u8);
        Undefined(4, 8, 3, 7, "TLBI op1=4 CRm=3 op2=7"u8);
        Undefined(4, 8, 0, 0, "TLBI op1=4 CRm=0 op2=0"u8);
        Undefined(4, 8, 2, 3, "TLBI op1=4 CRm=2 op2=3"u8);
        Undefined(0, 9, 7, 4, "TLBI nXS op1=0 CRm=7 op2=4"u8);
        Undefined(4, 9, 0, 0, "TLBI nXS op1=4 CRm=0 op2=0"u8);
        Undefined(6, 8, 7, 0, "TLBI ALLE3 without EL3"u8);
        Undefined(6, 7, 8, 0, "AT S1E3R without EL3"u8);
        Undefined(4, 7, 8, 2, "AT op1=4 CRm=8 op2=2"u8);
        Undefined(0, 7, 8, 4, "AT op1=0 CRm=8 op2=4"u8);
    }

    private static void Undefined(uint op1, uint crn, uint crm, uint op2, ReadOnlySpan<byte> what)
    {
        Code.Begin();
        Code.Nop();
        Code.Sys(op1, crn, crm, op2, 0);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El2h);
        end->Check(end->EndedBy(Vector.Current, ExceptionClass.Unknown, 0) && end->Offset == 4, El2.Prefix, what, " is undefined"u8);
    }
}
