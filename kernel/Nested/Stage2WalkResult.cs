// What a walk of a guest hypervisor's stage 2 tables found.

namespace Nestor.Kernel;

/// <summary>The result of <see cref="GuestStage2Walk"/>.</summary>
public struct Stage2WalkResult
{
    /// <summary>Where the guest hypervisor maps the address: a guest physical address of its VM.</summary>
    public ulong Output;

    /// <summary>The final descriptor.</summary>
    public ulong Descriptor;

    /// <summary>log2 of the size of the page or block.</summary>
    public int Shift;

    /// <summary>Fault status code (ESR_ELx.xFSC) when the walk failed.</summary>
    public uint Fault;

    /// <summary>The level at which the walk ended.</summary>
    public int Level;
}
