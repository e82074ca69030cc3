// Two contexts of EL1 that only a VMID tells apart: same ASID, other tables, no TLB maintenance between them. Entries have the VMID with
// stage 2 as without.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Vmids
{
    private const ulong Vmid = 1UL << 48;
    private const int Rounds = 4;

    private static ulong s_otherRoot;

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Paging.Build(user: true);
        *Paging.Entry(Paging.User) = Paging.PageOf(Symbols.DataArea, user: true);
        s_otherRoot = Paging.Copy(Paging.User, 0x1000);
        *(ulong*)Symbols.DataArea = 1;
        *(ulong*)(Symbols.DataArea + 0x1000) = 2;
        Probe.CodeAt = Symbols.CodeArea;
        El1.Translate();
        SystemRegisters.VTTBR_EL2 = 0;
        Check("without stage 2: each VMID has its own translations"u8);
        Stage2Tables.Reset();
        Stage2Tables.BeginWithRam();
        Stage2Tables.Use(Stage2Tables.Control, 0);
        El2.Change(Hcr.VM);
        Check("with one stage 2: each VMID has its own translations"u8);
        El2.Change(0, Hcr.VM);
        Check("without stage 2 again: each VMID has its own translations"u8);
        El1.TranslateNoMore();
    }

    private static void Check(ReadOnlySpan<byte> what)
    {
        bool good = true;
        ulong tables = SystemRegisters.VTTBR_EL2 & (Vmid - 1);
        for (int i = 0; i < Rounds; i++)
        {
            good &= Finds(tables | (3 * Vmid), Paging.Root, 1);
            good &= Finds(tables | (4 * Vmid), s_otherRoot, 2);
        }

        Tap.Check(good, El2.Prefix, what, default);
    }

    private static bool Finds(ulong vttbr, ulong root, ulong value)
    {
        SystemRegisters.VTTBR_EL2 = vttbr;
        El1.Write(Encoding.TTBR0_EL1, root);
        Instructions.Isb();
        return Probe.Reads(Paging.User, value);
    }
}
