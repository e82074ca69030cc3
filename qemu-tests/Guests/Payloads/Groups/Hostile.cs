// A hypervisor that does its worst: more translations than anybody has room for, tables that another CPU changes while they
// are walked. The answers must be right, or be what one of the states that were there would have given.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Hostile
{
    private const ulong TwoMiB = 0x20_0000;
    private const ulong Above = 0x8000_0000;
    private const ulong Window = 0x8000_0000;
    private const ulong Nowhere = 0x30_0000_0000;
    private const ulong First = 0x1111;
    private const ulong Second = 0x2222;
    private const ulong Translation = 4;
    private const ulong External = 0x14;
    private const ulong KeepAccess = 1UL << 21;         // VTCR_EL2.HA
    private const int Rounds = 400;
    private const int Replacements = 200;

    private static ulong Data => Symbols.DataArea;

    public static void Run()
    {
        El2.Enter(true);
        El2.Change(Hcr.VM);
        *(ulong*)Data = First;
        *(ulong*)(Data + 0x1000) = Second;
        Instructions.DsbSy();
        Everywhere();
        ManyTables();
        if (SecondCpu.TurnOn() == 0 && SecondCpu.Do(SecondCpu.Report))
        {
            TwoCpus();
            Changing();
            Replaced();
            Tap.Check(SecondCpu.TurnOff(), "the second CPU switches itself off"u8);
        }
        else
        {
            Tap.Check(false, "there is a second CPU"u8);
        }

        Cpu.ResetHcr(true);
        El1.Reset();
        Cpu.ResetHcr(false);
    }

    /// <summary>Tables that have the data page behind each address above 2 GiB, and RAM below.</summary>
    private static ulong Repeated()
    {
        Stage2Tables.BeginWithRam();
        ulong pages = Stage2Tables.Take(0x1000);
        ulong middle = Stage2Tables.Take(0x1000);
        for (int i = 0; i < 512; i++)
        {
            ((ulong*)pages)[i] = Data | Stage2Tables.Plain | 3;
            ((ulong*)middle)[i] = pages | 3;
        }

        for (int i = 2; i < 512; i++)
        {
            ((ulong*)Stage2Tables.Root)[i] = middle | 3;
        }

        Instructions.DsbSy();
        return Stage2Tables.Root;
    }

    // x4 is the sum of x3 loads from x1 on, x2 apart.
    private static void EmitSum()
    {
        Code.Begin();
        Code.Load(5, 1);
        Code.Emit(0x8b050084);                          // add x4, x4, x5
        Code.Emit(0x8b020021);                          // add x1, x1, x2
        Code.Emit(0xf1000463);                          // subs x3, x3, #1
        Code.Emit(0x54ffff81);                          // b.ne the load
        Code.Finish();
    }

    /// <summary>Runs the code on this CPU below these tables.</summary>
    public static void RunHere(Excursion* here, ulong vttbr, ulong control, ulong start, ulong stride, ulong count)
    {
        Cpu.SetHcr(Hcr.RW | Hcr.E2H | Hcr.API | Hcr.APK | Hcr.VM);
        SystemRegisters.VTCR_EL2 = control;
        SystemRegisters.VTTBR_EL2 = vttbr;
        Instructions.Isb();
        here->Pc = Symbols.CodeArea;
        here->Pstate = Pstate.El1h;
        here->X[1] = start;
        here->X[2] = stride;
        here->X[3] = count;
        here->X[4] = 0;
        Symbols.RunAtEl2(here);
    }

    private static bool Sums(ulong root, ulong vmid, ulong start, ulong stride, ulong count)
    {
        RunHere(Excursion.Here, root | (vmid << 48), Stage2Tables.Control, start, stride, count);
        return Excursion.Here->Finished && Excursion.Here->X[4] == count * First;
    }

    private static void Everywhere()
    {
        Stage2Tables.Reset();
        ulong root = Repeated();
        Stage2Tables.Use(Stage2Tables.Control, 1);
        EmitSum();
        Probe.Check(Sums(root, 1, Above, TwoMiB, 2000), "2000 pages, 2 MiB apart"u8);
        Probe.Check(Sums(root, 1, Above, TwoMiB, 2000), "the same again"u8);
        Probe.Check(Sums(root, 1, Above, 0x4000_0000, 500), "500 pages, 1 GiB apart"u8);
        Probe.Check(Sums(root, 1, Above + 0x1000, 0x1000, 2000), "2000 pages, side by side"u8);
    }

    private static void ManyTables()
    {
        Stage2Tables.Reset();
        for (ulong i = 0; i < 40; i++)
        {
            Repeated();
        }

        ulong first = 0;
        bool good = true;
        for (ulong round = 0; round < 3; round++)
        {
            // Tables of one make are as far apart as the first two.
            Stage2Tables.Reset();
            ulong one = Repeated();
            first = first == 0 ? one : first;
            ulong apart = Repeated() - one;
            EmitSum();
            for (ulong i = 0; i < 40; i++)
            {
                good &= Sums(first + (i * apart), i + 1, Above + (round << 30), TwoMiB, 60);
            }
        }

        Probe.Check(good, "40 tables under 40 VMIDs in turn, 60 pages each"u8);
        for (ulong i = 0; i < 80; i++)
        {
            good &= Sums(first, i + 100, Above, TwoMiB, 10);
        }

        Probe.Check(good, "one table under 80 VMIDs"u8);
        Stage2Tables.Forget();
    }

    private static void TwoCpus()
    {
        Stage2Tables.Reset();
        ulong one = Repeated();
        ulong two = Repeated();
        Stage2Tables.Use(Stage2Tables.Control, 1);
        EmitSum();
        bool good = true;
        for (ulong i = 0; i < 4; i++)
        {
            SecondCpu.Tell(0, two | (2UL << 48));
            SecondCpu.Tell(1, Stage2Tables.Control);
            SecondCpu.Tell(2, Above);
            SecondCpu.Tell(3, TwoMiB);
            SecondCpu.Tell(4, 700);
            SecondCpu.Begin(SecondCpu.RunGuest);
            good &= Sums(one, 1, Above, TwoMiB, 700);
            good &= SecondCpu.WaitForEnd() && SecondCpu.Value(0) == 700 * First;
        }

        Probe.Check(good, "two CPUs, whose tables do not fit together"u8);
        for (ulong i = 0; i < 4; i++)
        {
            SecondCpu.Tell(0, one | (1UL << 48));
            SecondCpu.Begin(SecondCpu.RunGuest);
            good &= Sums(one, 1, Above, TwoMiB, 700);
            good &= SecondCpu.WaitForEnd() && SecondCpu.Value(0) == 700 * First;
        }

        Probe.Check(good, "two CPUs with the same tables under one VMID"u8);
    }

    private static void Changing()
    {
        Stage2Tables.Reset();
        Stage2Tables.BeginWithRam();
        Stage2Tables.Map(Window, Data, 3, Stage2Tables.Plain);
        ulong* page = Stage2Tables.Entry(Window, 3);
        ulong* table = Stage2Tables.Entry(Window, 2);
        ulong good = *table;
        Stage2Tables.Use(Stage2Tables.Control, 1);
        ulong one = Data | Stage2Tables.Plain | 3;
        ulong two = (Data + 0x1000) | Stage2Tables.Plain | 3;
        Under(page, one, two, Stage2Tables.Control, 0, "a page that becomes another and back: each load finds one of them"u8);
        Under(page, one, 0, Stage2Tables.Control, Translation | 3, "a page that goes and comes: each load finds it, or nothing"u8);
        Under(page, one & ~Stage2Tables.Accessed, two & ~Stage2Tables.Accessed, Stage2Tables.Control | KeepAccess, 0x31, "pages without an access flag, which hardware sets: each load finds one of them"u8);
        *page = one;
        Under(table, good, Nowhere | 3, Stage2Tables.Control, External | 3, "a table that is now and then outside memory: each load finds the page, or an abort"u8);
        Under(table, good, 0, Stage2Tables.Control, Translation | 2, "a table that goes and comes: each load finds the page, or nothing"u8);
        *table = good;
        Stage2Tables.Use(Stage2Tables.Control, 1);
        Probe.Check(Probe.Reads(Window, First), "and after all that the page is there"u8);
    }

    private static void Under(ulong* place, ulong one, ulong two, ulong control, ulong status, ReadOnlySpan<byte> what)
    {
        *place = one;
        Stage2Tables.Use(control, 1);
        SecondCpu.BeginFlip((ulong)place, one, two);
        bool good = true;
        for (int i = 0; i < Rounds && good; i++)
        {
            Excursion* end = Probe.Load(Window);
            bool found = end->Finished && end->X[2] is First or Second;
            bool refused = end->Vector == Vector.Lower && end->Class == ExceptionClass.DataAbortLower && (end->Syndrome & 0x3f) == status
                && end->Far == Window && end->Hpfar == Window >> 12 << 4;
            good = found || (status != 0 && refused);
            Instructions.TlbiVmalls12e1is();
            Instructions.DsbSy();
        }

        Probe.Check(good, what);
        Tap.Check(SecondCpu.StopFlipping(), what, ": the other CPU goes on"u8, default);
    }

    /// <summary>
    /// After the maintenance nobody finds the page of before, however close to it another CPU's access has missed and its walk has
    /// read the entry of before.
    /// </summary>
    private static void Replaced()
    {
        const ulong Stop = 16;
        ulong report = Data + 0x2000;
        Stage2Tables.Reset();
        Stage2Tables.BeginWithRam();
        Stage2Tables.Map(Window, Data, 3, Stage2Tables.Plain);
        ulong* page = Stage2Tables.Entry(Window, 3);
        Stage2Tables.Use(Stage2Tables.Control, 1);
        Code.Begin();
        Code.MoveImmediate(5, 0);
        Code.Load(4, 1);
        Code.Store(4, 2);
        Code.Add(5, 5, 1);
        Code.Emit(0xf9000445);                          // str x5, [x2, #8]
        Code.Emit(0xf9400846);                          // ldr x6, [x2, #16]
        Code.Emit(0xb4ffff66);                          // cbz x6, the load
        Code.Finish();
        Mmio.Write64(report + 8, 0);
        Mmio.Write64(report + Stop, 0);
        SecondCpu.Tell(0, Stage2Tables.Root | (1UL << 48));
        SecondCpu.Tell(1, Stage2Tables.Control);
        SecondCpu.Tell(2, Window);
        SecondCpu.Tell(3, report);
        SecondCpu.Begin(SecondCpu.RunGuest);
        bool good = true;
        for (int i = 0; i < Replacements && good; i++)
        {
            Forget();
            for (int wait = i & 127; wait > 0; wait--)
            {
                Instructions.Isb();
            }

            *page = (Data + ((ulong)(i & 1) << 12)) | Stage2Tables.Plain | 3;
            Forget();
            good = LastLoad(report) == ((i & 1) == 0 ? First : Second);
        }

        Mmio.Write64(report + Stop, 1);
        Tap.Check(good, "a page that is replaced while another CPU uses it: after the maintenance each load finds the new one"u8);
        Tap.Check(SecondCpu.WaitForEnd(), "and the other CPU goes on"u8);
    }

    private static void Forget()
    {
        Instructions.DsbSy();
        Instructions.TlbiVmalls12e1is();
        Instructions.DsbSy();
    }

    // What a load found that began after this was called, or 0.
    private static ulong LastLoad(ulong report)
    {
        ulong before = Mmio.Read64(report + 8);
        for (int i = 0; i < 100_000_000; i++)
        {
            if (Mmio.Read64(report + 8) - before >= 2)
            {
                return Mmio.Read64(report);
            }

            Symbols.Yield();
        }

        return 0;
    }
}
