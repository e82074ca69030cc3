// A vCPU, as a trace file names it.
namespace Nestor.Tools.Traces;

/// <summary>A vCPU of a trace.</summary>
/// <param name="Guest">Number of its guest.</param>
/// <param name="Index">Its number in the guest.</param>
public sealed record TraceVcpu(uint Guest, uint Index);
