// A vCPU, as Nestor has it in memory.
namespace Nestor.Tools.Inspect;

/// <summary>A vCPU.</summary>
/// <param name="Guest">Its guest's number.</param>
/// <param name="Index">Its number in the guest.</param>
/// <param name="Cpu">The CPU that runs it.</param>
/// <param name="Data">Nestor's VirtualCpu.</param>
/// <param name="VncrPage">The page in front of that.</param>
public sealed record Vcpu(int Guest, int Index, int Cpu, KernelObject Data, ReadOnlyMemory<byte> VncrPage);
