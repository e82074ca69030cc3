// ESR_ELx (Arm ARM D19.2.37): what an exception says of itself.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>Fields of a syndrome.</summary>
public static class Syndrome
{
    /// <summary>EC. Above it are bits of ISS2, which some CPUs set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ExceptionClass Class(ulong syndrome) => (ExceptionClass)((uint)syndrome >> 26);
}
