// A register of a vCPU with its value.
using Nestor.Tools.Registers;

namespace Nestor.Tools.Inspect;

/// <summary>A register's value.</summary>
/// <param name="Row">The register.</param>
/// <param name="Value">What it holds.</param>
/// <param name="IsOld">It is in hardware, where QEMU does not show it, or was and a fault of Nestor's has overwritten it; this is what it was when the vCPU last left its CPU.</param>
public sealed record RegisterValue(RegisterRow Row, ulong Value, bool IsOld);
