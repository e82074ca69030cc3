// The second CPU: started by PSCI, it does what the first one writes into a mailbox and powers itself off when told.

using System.Threading;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class SecondCpu
{
    /// <summary>Tells its level, its affinity and its interrupt masks.</summary>
    public const uint Report = 1;

    /// <summary>Spins until an interrupt comes, and tells its number.</summary>
    public const uint TakeInterrupt = 2;

    /// <summary>Sends SGI 3 to the first CPU.</summary>
    public const uint SendSgi = 3;

    /// <summary>Adds to the counter as often as the first CPU does.</summary>
    public const uint Count = 4;

    /// <summary>Keeps a value in TPIDR_EL2 (TPIDR_EL1 at EL1) and tells the value before it.</summary>
    public const uint KeepValue = 5;

    /// <summary>Answers each SGI with one, as often as a measurement wants.</summary>
    public const uint AnswerInterrupts = 6;

    /// <summary>Gives its turn away, until told to stop.</summary>
    public const uint TakeTurns = 7;

    /// <summary>Writes two values to a place in turn, until told by <see cref="StopFlipping"/>.</summary>
    public const uint Flip = 8;

    /// <summary>Runs the code at EL1 below a stage 2 and tells x4.</summary>
    public const uint RunGuest = 10;

    /// <summary>Waits in WFI until an interrupt comes, and tells its number.</summary>
    public const uint WaitForInterrupt = 11;

    /// <summary>Spins at EL1, until told by <see cref="StopSpin"/>.</summary>
    public const uint Spin = 12;

    /// <summary>Writes every register that it can, and tells how many they are.</summary>
    public const uint WriteEverything = 13;

    /// <summary>Tells how many of them have another value.</summary>
    public const uint CheckEverything = 14;

    /// <summary>Reads a page at EL1 again and again, and tells whether it was always its own.</summary>
    public const uint ReadThroughOwnTables = 15;

    /// <summary>Gets tables of its own for that.</summary>
    public const uint PrepareOwnTables = 16;

    /// <summary>Additions by each CPU.</summary>
    public const int Additions = 2000;

    private const uint Stop = 9;
    private const int Patience = 100_000_000;
    private const ulong SpinAt = 0x400;                 // in the code area

    private static ulong Mailbox => Symbols.DataArea + 0x3000;

    private static int* Counter => (int*)(Mailbox + 0x80);

    public static int Sum => *Counter;

    /// <summary>What the last command told.</summary>
    public static ulong Value(uint index) => Mmio.Read64(Mailbox + 16 + (index * 8));

    public static long TurnOn() => Cpu.Psci(Psci.CpuOn64, 1, Symbols.SecondaryStart, Symbols.SecondStackTop);

    /// <summary>Gives a command and waits for its end; false when that does not come.</summary>
    public static bool Do(uint command)
    {
        Begin(command);
        return WaitForEnd();
    }

    /// <summary>Gives a command.</summary>
    public static void Begin(uint command)
    {
        Mmio.Write32(Mailbox, command);
        Instructions.DsbSy();
        Symbols.Sev();
    }

    /// <summary>Waits for the end of the command.</summary>
    public static bool WaitForEnd()
    {
        for (int i = 0; i < Patience; i++)
        {
            if (Mmio.Read32(Mailbox) == 0)
            {
                return true;
            }

            Symbols.Yield();
        }

        return false;
    }

    public static bool TurnOff()
    {
        Begin(Stop);
        for (int i = 0; i < Patience; i++)
        {
            if (Cpu.Psci(Psci.AffinityInfo64, 1, 0, 0) == 1)
            {
                return true;
            }

            Symbols.Yield();
        }

        return false;
    }

    public static void Add()
    {
        for (int i = 0; i < Additions; i++)
        {
            int before;
            do
            {
                before = (int)Mmio.Read32((ulong)Counter);
            }
            while (Interlocked.CompareExchange(ref *Counter, before + 1, before) != before);
        }
    }

    public static void Main()
    {
        while (true)
        {
            switch (Mmio.Read32(Mailbox))
            {
                case 0:
                    Symbols.Yield();
                    continue;
                case Report:
                    Tell(0, SystemRegisters.CurrentEL);
                    Tell(1, SystemRegisters.MPIDR_EL1);
                    Tell(2, SystemRegisters.DAIF);
                    break;
                case TakeInterrupt:
                    Take(wait: false);
                    break;
                case WaitForInterrupt:
                    Take(wait: true);
                    break;
                case SendSgi:
                    SystemRegisters.ICC_SGI1R_EL1 = (3UL << 24) | 1;
                    break;
                case Count:
                    Add();
                    break;
                case KeepValue:
                    Tell(0, SystemRegisters.TPIDR_EL2);
                    SystemRegisters.TPIDR_EL2 = 0x2222;
                    break;
                case AnswerInterrupts:
                    InterruptRows.Answer();
                    break;
                case TakeTurns:
                    InterruptRows.TakeTurns();
                    break;
                case Flip:
                    FlipUntilTold();
                    break;
                case Spin:
                    SpinAtEl1();
                    break;
                case RunGuest:
                    Hostile.RunHere(Excursion.Here + 1, Value(0), Value(1), Value(2), Value(3), Value(4));
                    Tell(0, (Excursion.Here + 1)->Finished ? (Excursion.Here + 1)->X[4] : 0);
                    break;
                case WriteEverything:
                    Leak.WriteOnSecond();
                    break;
                case CheckEverything:
                    Leak.CheckOnSecond();
                    break;
                case PrepareOwnTables:
                    OwnTables.PrepareSecond();
                    break;
                case ReadThroughOwnTables:
                    OwnTables.ReadOnSecond();
                    break;
                case Stop:
                    Mmio.Write32(Mailbox, 0);
                    Cpu.Psci(Psci.CpuOff, 0, 0, 0);
                    return;
            }

            Instructions.DsbSy();
            Mmio.Write32(Mailbox, 0);
        }
    }

    /// <summary>Has another CPU write two values to a place in turn.</summary>
    public static void BeginFlip(ulong place, ulong one, ulong two)
    {
        Tell(2, place);
        Tell(3, one);
        Tell(4, two);
        Tell(5, 0);
        Begin(Flip);
    }

    /// <summary>Ends it.</summary>
    public static bool StopFlipping()
    {
        Tell(5, 1);
        return WaitForEnd();
    }

    private static void FlipUntilTold()
    {
        for (int i = 0; i < Patience && Value(5) == 0; i++)
        {
            Mmio.Write64(Value(2), Value(3));
            Mmio.Write64(Value(2), Value(4));
            Symbols.Yield();
        }
    }

    /// <summary>Has another CPU spin at EL1, until told by <see cref="StopSpin"/>.</summary>
    public static void BeginSpin()
    {
        Code.Begin();
        Code.SkipTo(SpinAt);
        Code.Load(0, 1);
        Code.Emit(0xb4ffffe0);                          // cbz x0, .-4
        Code.Finish();
        Tell(0, 0);
        Tell(5, 0);
        Begin(Spin);
    }

    /// <summary>Ends it; false when it did not run, or the CPU has not kept its MDSCR_EL1, which is 0.</summary>
    public static bool StopSpin()
    {
        Tell(5, 1);
        return WaitForEnd() && Value(0) == 1;
    }

    private static void SpinAtEl1()
    {
        SystemRegisters.MDSCR_EL1 = 0;
        Cpu.ResetHcr(El2.IsE2h);
        Excursion* here = Excursion.Here + 1;
        here->Pc = Symbols.CodeArea + SpinAt;
        here->Pstate = Pstate.El1h;
        here->X[1] = Mailbox + 16 + (5 * 8);
        Symbols.RunAtEl2(here);
        Tell(0, here->Finished && SystemRegisters.MDSCR_EL1 == 0 ? 1UL : 0);
    }

    /// <summary>Before a command: none of what the last one told.</summary>
    public static void Forget()
    {
        Tell(0, 0);
        Tell(1, 0);
    }

    private static void Take(bool wait)
    {
        Gic.OpenThisCpu();
        Tell(1, 1);
        uint taken = Gic.None;
        for (int i = 0; i < Patience && taken == Gic.None; i++)
        {
            if (wait)
            {
                Instructions.Wfi();
            }

            taken = Gic.Acknowledge();
        }

        Gic.End(taken);
        Tell(0, taken);
    }

    /// <summary>Leaves a value for the first CPU.</summary>
    public static void Tell(uint index, ulong value) => Mmio.Write64(Mailbox + 16 + (index * 8), value);
}
