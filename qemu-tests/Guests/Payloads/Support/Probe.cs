// Single accesses at EL1 below a stage 2: what they find, or how they fault. The code runs at the address that a check has
// put the code area at.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

/// <summary>Loads, stores and fetches at EL1.</summary>
internal static unsafe class Probe
{
    private const ulong Valid = 1UL << 24;
    private const ulong DoubleWord = (3UL << 22) | (1UL << 15) | (2UL << 16);       // x2
    private const ulong Write = 1UL << 6;

    /// <summary>Where EL1 finds the code area.</summary>
    public static ulong CodeAt { get; set; }

    /// <summary>Loads into x2 from x1.</summary>
    public static Excursion* Load(ulong address)
    {
        Code.Begin();
        Code.Load(2, 1);
        return Run(address, 0);
    }

    /// <summary>Stores a value.</summary>
    public static Excursion* Store(ulong address, ulong value)
    {
        Code.Begin();
        Code.Store(2, 1);
        return Run(address, value);
    }

    /// <summary>Jumps to an address, at EL1 or EL0.</summary>
    public static Excursion* Fetch(ulong address, ulong pstate)
    {
        Excursion* end = Excursion.Prepare(pstate);
        end->Pc = address;
        Excursion.Run();
        return end;
    }

    /// <summary>Whether a load finds a value.</summary>
    public static bool Reads(ulong address, ulong value)
    {
        Excursion* end = Load(address);
        return end->Finished && end->X[2] == value;
    }

    /// <summary>Whether a load ends in an abort of stage 2 with this status, and everything that belongs to it.</summary>
    public static bool LoadFaults(ulong address, ulong status) => IsDataFault(Load(address), address, status, false);

    /// <summary>The same for a store.</summary>
    public static bool StoreFaults(ulong address, ulong status) => IsDataFault(Store(address, 0x5555), address, status, true);

    /// <summary>The same for a fetch.</summary>
    public static bool FetchFaults(ulong address, ulong pstate, ulong status)
    {
        Excursion* end = Fetch(address, pstate);
        return end->EndedBy(Vector.Lower, ExceptionClass.InstructionAbortLower, status) && end->Far == address
            && end->Hpfar == address >> 12 << 4 && end->Pc == address;
    }

    /// <summary>One line about the last excursion.</summary>
    public static void Check(bool condition, ReadOnlySpan<byte> what) => Excursion.Here->Check(condition, what, default, default);

    private static bool IsDataFault(Excursion* end, ulong address, ulong status, bool store) =>
        end->EndedBy(Vector.Lower, ExceptionClass.DataAbortLower, Valid | DoubleWord | (store ? Write : 0) | status)
            && end->Far == address && end->Hpfar == address >> 12 << 4 && end->Pc == CodeAt;

    private static Excursion* Run(ulong address, ulong value)
    {
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El1h);
        end->Pc = CodeAt;
        end->X[1] = address;
        end->X[2] = value;
        Excursion.Run();
        return end;
    }
}
