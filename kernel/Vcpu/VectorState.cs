// FP, SIMD, SVE and SME state: switched with the vCPU, never per trap. Kept in pages of its own behind the structure.

using System.Runtime;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The vector state of a vCPU.</summary>
public static unsafe class VectorState
{
    /// <summary>Bytes behind the vCPU's structure for it.</summary>
    public const int Size = 4096;

    /// <summary>Puts the vCPU's vectors into the CPU.</summary>
    public static void Load(VirtualCpu* vcpu)
    {
    }

    /// <summary>Takes them out.</summary>
    public static void Save(VirtualCpu* vcpu)
    {
    }
}
