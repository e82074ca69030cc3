// EL2 in the two formats that HCR_EL2.E2H selects. Most groups run once in each, and every line says in which.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class El2
{
    /// <summary>The format that was entered last.</summary>
    public static bool IsE2h { get; private set; }

    /// <summary>What the lines of that format begin with.</summary>
    public static ReadOnlySpan<byte> Prefix => IsE2h ? "E2H=1: "u8 : "E2H=0: "u8;

    /// <summary>Runs checks in both formats, each from a fresh start of EL2 and EL1.</summary>
    public static void InBothFormats(delegate*<void> checks)
    {
        Enter(false);
        checks();
        Enter(true);
        checks();
        Enter(false);
    }

    /// <summary>No traps, no stage 2, vectors open at all levels; EL1 without translation.</summary>
    public static void Enter(bool e2h)
    {
        IsE2h = e2h;
        Reset();
        El1.Reset();
    }

    /// <summary>EL2's controls as after <see cref="Enter"/>; EL1 stays as it is.</summary>
    public static void Reset()
    {
        Cpu.ResetHcr(IsE2h);
        Cpu.OpenVectors(IsE2h);
    }

    /// <summary>Sets and clears bits of HCR_EL2.</summary>
    public static void Change(ulong set, ulong clear = 0) => Cpu.SetHcr((SystemRegisters.HCR_EL2 & ~clear) | set);
}
