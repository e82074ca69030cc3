// A virtual CPU: everything that a guest's CPU remembers. The VNCR page is the page in front of this structure, so that
// each register, in the page or not, has one fixed offset from the structure's address (kernel/Generated).

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>State of one vCPU. Belongs to the CPU that runs it; others only set <see cref="Requests"/>.</summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
public unsafe partial struct VirtualCpu
{
    /// <summary>Bytes of the structure; the VNCR page in front of it takes another 4096.</summary>
    public const int Size = 4096;

    // boot/Vectors.S knows the offsets down to HostStack.

    /// <summary>x0 to x30.</summary>
    [FieldOffset(0)] public fixed ulong X[31];

    /// <summary>Where the guest goes on: ELR_EL2 of the machine.</summary>
    [FieldOffset(256)] public ulong Pc;

    /// <summary>Its PSTATE: SPSR_EL2 of the machine.</summary>
    [FieldOffset(264)] public ulong Pstate;

    /// <summary>Top of the stack of the CPU that runs it.</summary>
    [FieldOffset(272)] public ulong HostStack;

    // 1024 to 2047: registers without a place in the VNCR page, laid out by the generator.
}
