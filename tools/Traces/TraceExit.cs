// One exit of a guest as a trace file has it.

namespace Nestor.Tools.Traces;

/// <summary>An exit.</summary>
/// <param name="Time">CNTPCT_EL0.</param>
/// <param name="Pc">The guest's PC.</param>
/// <param name="Syndrome">ESR_EL2; all ones for a physical interrupt.</param>
/// <param name="Pstate">The guest's PSTATE as hardware had it.</param>
/// <param name="Vcpu">Number of the vCPU in the file.</param>
/// <param name="Context">Which registers were loaded: 0 EL1's, 1 virtual EL2's with E2H=1, 2 with E2H=0.</param>
public readonly record struct TraceExit(ulong Time, ulong Pc, ulong Syndrome, ulong Pstate, uint Vcpu, uint Context);

/// <summary>A guest of a trace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="HasVirtualEl2">It began at virtual EL2.</param>
public sealed record TraceGuest(string Name, bool HasVirtualEl2);

/// <summary>A vCPU of a trace.</summary>
/// <param name="Guest">Number of its guest.</param>
/// <param name="Index">Its number in the guest.</param>
public sealed record TraceVcpu(uint Guest, uint Index);
