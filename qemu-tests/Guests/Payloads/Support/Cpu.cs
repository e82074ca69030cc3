// Where the guest runs, and the calls whose conduit depends on it.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static class Cpu
{
    /// <summary>Whether C# runs at EL2; else at EL1.</summary>
    public static bool IsAtEl2 => (SystemRegisters.CurrentEL & 0xc) == 8;

    /// <summary>PSTATE of that level, with everything masked.</summary>
    public static ulong Level => IsAtEl2 ? Pstate.El2h : Pstate.El1h;

    /// <summary>A PSCI call: by SMC from EL2, by HVC from EL1.</summary>
    public static long Psci(ulong function, ulong first, ulong second, ulong third) =>
        (long)(IsAtEl2 ? Instructions.SecureMonitorCall(function, first, second, third) : Symbols.HypervisorCall(function, first, second, third));

    /// <summary>Sets HCR_EL2.</summary>
    public static void SetHcr(ulong value)
    {
        SystemRegisters.HCR_EL2 = value;
        Instructions.Isb();
    }

    /// <summary>AArch64 at EL1 and usable pointer authentication there; everything else off, E2H as told.</summary>
    public static void ResetHcr(bool e2h) => SetHcr(Hcr.RW | Hcr.API | Hcr.APK | (e2h ? Hcr.E2H : 0));

    /// <summary>No trap of vectors at any level, in the format that E2H selects.</summary>
    public static void OpenVectors(bool e2h)
    {
        SystemRegisters.CPTR_EL2 = e2h ? 0x0333_0000UL : 0x22ff;
        Instructions.Isb();
    }

    /// <summary>Switches the machine off.</summary>
    public static void PowerOff()
    {
        Psci(Hal.Psci.SystemOff, 0, 0, 0);
        while (true)
        {
            Instructions.Wfi();
        }
    }
}
