// One exit of a guest as a trace file has it.

namespace Nestor.Tools.Traces;

/// <summary>An exit.</summary>
/// <param name="Time">CNTPCT_EL0.</param>
/// <param name="Pc">The guest's PC.</param>
/// <param name="Syndrome">ESR_EL2, with <see cref="IllegalReturn"/> for an illegal exception return; all ones for a physical interrupt.</param>
/// <param name="Pstate">The guest's PSTATE as hardware had it.</param>
/// <param name="Vcpu">Number of the vCPU in the file.</param>
/// <param name="Context">Which registers were loaded: 0 EL1's, 1 virtual EL2's with E2H=1, 2 with E2H=0.</param>
/// <param name="Detail">What <see cref="DetailName"/> says; else 0.</param>
/// <param name="Vector">Where the guest had its synchronous exception for it; 0 if it had none.</param>
/// <param name="Value">What a device's register was read as or written with.</param>
public readonly record struct TraceExit(
    ulong Time, ulong Pc, ulong Syndrome, ulong Pstate, uint Vcpu, uint Context, ulong Detail = 0, ulong Vector = 0, ulong? Value = null)
{
    /// <summary>As kernel/Trace/TraceRing.cs has it.</summary>
    public const ulong IllegalReturn = 1UL << 63;

    private const ulong Hvc = 0x16;
    private const ulong Smc = 0x17;
    private const ulong SystemRegister = 0x18;
    private const ulong Eret = 0x1a;
    private const ulong InstructionAbort = 0x20;
    private const ulong DataAbort = 0x24;
    private const ulong SyndromeValid = 1UL << 24;

    /// <summary>A physical interrupt.</summary>
    public bool IsInterrupt => Syndrome == ulong.MaxValue;

    /// <summary>An exception return that was illegal.</summary>
    public bool IsIllegalReturn => !IsInterrupt && (Syndrome & IllegalReturn) != 0;

    /// <summary>An abort from a lower level.</summary>
    public bool IsAbort => Class is InstructionAbort or DataAbort;

    /// <summary>Whether it may have been a device's register: a load or store that the syndrome describes, and no exception for it.</summary>
    public bool IsAnsweredAccess => Class == DataAbort && (Syndrome & SyndromeValid) != 0 && Vector == 0;

    /// <summary>What <see cref="Detail"/> is, as TraceRing.DetailName has it; null when it is nothing.</summary>
    public string? DetailName => IsAbort ? "address" : IsIllegalReturn ? "spsr" : Vector != 0 ? null : Class switch
    {
        SystemRegister => "value",
        Hvc or Smc => "function",
        Eret => "to",
        _ => null,
    };

    private ulong Class => Syndrome >> 26 & 0x3f;

    /// <summary>ESR_EL2.</summary>
    public ulong Esr => Syndrome & ~IllegalReturn;
}
