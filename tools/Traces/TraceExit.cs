// One exit of a guest as a trace file has it.

namespace Nestor.Tools.Traces;

/// <summary>An exit.</summary>
/// <param name="Time">CNTPCT_EL0.</param>
/// <param name="Pc">The guest's PC.</param>
/// <param name="Syndrome">ESR_EL2, with <see cref="IllegalReturn"/> for an illegal exception return; all ones for a physical interrupt.</param>
/// <param name="Pstate">The guest's PSTATE as hardware had it.</param>
/// <param name="Vcpu">Number of the vCPU in the file.</param>
/// <param name="Context">Which registers were loaded: 0 EL1's, 1 virtual EL2's with E2H=1, 2 with E2H=0.</param>
/// <param name="Detail">Of an abort its address, of an illegal exception return SPSR_EL2; else nothing.</param>
public readonly record struct TraceExit(ulong Time, ulong Pc, ulong Syndrome, ulong Pstate, uint Vcpu, uint Context, ulong Detail = 0)
{
    /// <summary>As kernel/Trace/TraceRing.cs has it.</summary>
    public const ulong IllegalReturn = 1UL << 63;

    private const ulong InstructionAbort = 0x20;
    private const ulong DataAbort = 0x24;

    /// <summary>A physical interrupt.</summary>
    public bool IsInterrupt => Syndrome == ulong.MaxValue;

    /// <summary>An exception return that was illegal.</summary>
    public bool IsIllegalReturn => !IsInterrupt && (Syndrome & IllegalReturn) != 0;

    /// <summary>An abort from a lower level.</summary>
    public bool IsAbort => (Syndrome >> 26 & 0x3f) is InstructionAbort or DataAbort;

    /// <summary>ESR_EL2.</summary>
    public ulong Esr => Syndrome & ~IllegalReturn;
}
