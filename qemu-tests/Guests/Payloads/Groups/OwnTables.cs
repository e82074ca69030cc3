// Two CPUs that may be one, at EL1 below one stage 2, with one VMID and one ASID. Each has tables of its own, so no CPU may use what
// the TLB keeps of the other.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class OwnTables
{
    private const ulong Vmid = 5;
    private const ulong FirstValue = 1;
    private const ulong SecondValue = 2;
    private const ulong Loads = 20_000_000;             // enough for many slices of time
    private const ulong CodeOffset = 0x400;             // beyond the code that reads and writes EL1's registers

    private static ulong s_otherRoot;

    public static void Run()
    {
        Tap.Check(SecondCpu.TurnOn() == Psci.Success && SecondCpu.Do(SecondCpu.Report), "the second CPU runs"u8);
        El2.InBothFormats(&Checks);
        Tap.Check(SecondCpu.TurnOff(), "the second CPU goes off"u8);
    }

    /// <summary>The second CPU's part. Both CPUs use one area for code, so it does this before the first one goes on.</summary>
    public static void PrepareSecond()
    {
        El2.Reset();
        El1.Reset();
        Prepare(s_otherRoot);
    }

    /// <summary>The second CPU's part, at the same time as the first one's.</summary>
    public static void ReadOnSecond() => SecondCpu.Tell(0, Reads(Excursion.Here + 1, SecondValue) ? 1UL : 0);

    private static void Checks()
    {
        Paging.Build(user: true);
        *Paging.Entry(Paging.User) = Paging.PageOf(Symbols.DataArea, user: true);
        s_otherRoot = Paging.Copy(Paging.User, 0x1000);
        *(ulong*)Symbols.DataArea = FirstValue;
        *(ulong*)(Symbols.DataArea + 0x1000) = SecondValue;
        Stage2Tables.Reset();
        Stage2Tables.BeginWithRam();
        Tap.Check(SecondCpu.Do(SecondCpu.PrepareOwnTables), El2.Prefix, "the second CPU has its tables"u8, default);
        Prepare(Paging.Root);
        Code.Begin();
        Code.SkipTo(CodeOffset);
        Code.Load(0, 1);
        Code.Emit(0xeb02001f);                          // cmp x0, x2
        Code.Emit(0x54000061);                          // b.ne .+12
        Code.Emit(0xf1000463);                          // subs x3, x3, #1
        Code.Emit(0x54ffff81);                          // b.ne .-16
        Code.Finish();
        SecondCpu.Begin(SecondCpu.ReadThroughOwnTables);
        Tap.Check(Reads(Excursion.Here, FirstValue), El2.Prefix, "the first CPU reads through its own tables"u8, default);
        Tap.Check(SecondCpu.WaitForEnd() && SecondCpu.Value(0) == 1, El2.Prefix, "the second CPU reads through its own tables"u8, default);
        El1.TranslateNoMore();
    }

    private static void Prepare(ulong root)
    {
        El1.Translate();
        El1.Write(Encoding.TTBR0_EL1, root);
        Stage2Tables.Use(Stage2Tables.Control, Vmid);
    }

    // Whether every load of this CPU finds the value.
    private static bool Reads(Excursion* here, ulong value)
    {
        here->Pc = Symbols.CodeArea + CodeOffset;
        here->Pstate = Pstate.El1h;
        here->X[1] = Paging.User;
        here->X[2] = value;
        here->X[3] = Loads;
        El2.Change(Hcr.VM);
        Symbols.RunAtEl2(here);
        El2.Change(0, Hcr.VM);
        return here->Finished && here->X[3] == 0;
    }
}
