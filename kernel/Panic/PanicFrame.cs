// What boot/Vectors.S lays down on the panic stack when Nestor itself takes an exception.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>The state at an exception taken from EL2. Known to boot/Vectors.S.</summary>
[StructLayout(LayoutKind.Explicit, Size = 288)]
public unsafe struct PanicFrame
{
    /// <summary>x0 to x30.</summary>
    [FieldOffset(0)] public fixed ulong X[31];

    /// <summary>SP_EL2.</summary>
    [FieldOffset(248)] public ulong Sp;

    /// <summary>ELR_EL2.</summary>
    [FieldOffset(256)] public ulong Pc;

    /// <summary>SPSR_EL2.</summary>
    [FieldOffset(264)] public ulong Pstate;

    /// <summary>ESR_EL2.</summary>
    [FieldOffset(272)] public ulong Syndrome;

    /// <summary>FAR_EL2.</summary>
    [FieldOffset(280)] public ulong FaultAddress;
}
