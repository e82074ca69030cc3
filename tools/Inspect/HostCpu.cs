// A CPU of the machine, as Nestor has it in memory.
namespace Nestor.Tools.Inspect;

/// <summary>A CPU of the machine.</summary>
/// <param name="Data">Nestor's PerCpu.</param>
public sealed record HostCpu(KernelObject Data);
