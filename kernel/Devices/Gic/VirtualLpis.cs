// What the interrupt controller knows about the LPIs of one vCPU, and it is little: which are pending stands in the pending
// table and which are enabled, and how urgent, in the configuration table, both memory that the guest gave for it. Ours is
// only what makes looking there cheap, above all where there is nothing to see: one word that is zero.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>LPI state of one redistributor. Lives in <see cref="VirtualRedistributor"/>; guarded by the VM's GIC lock.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct VirtualLpis
{
    /// <summary>First LPI.</summary>
    public const uint First = 8192;

    /// <summary>LPIs of a VM: what INTIDs of 14 bits leave for them.</summary>
    public const uint Count = 8192;

    /// <summary>INTIDs that one bit of <see cref="Waiting"/> speaks for.</summary>
    public const uint PerChunk = Count / 64;

    /// <summary>GICR_PROPBASER.</summary>
    public ulong PropertyBase;

    /// <summary>GICR_PENDBASER, PTZ as it was written.</summary>
    public ulong PendingBase;

    /// <summary>
    /// Bit n: some of the n-th 128 LPIs may be pending in the table. Zero while GICR_CTLR.EnableLPIs is clear. The guest may
    /// write its table behind our back, so a set bit is a hint, never a promise.
    /// </summary>
    public ulong Waiting;

    /// <summary>GICR_CTLR.EnableLPIs: 0 or 1.</summary>
    public uint Enabled;

    /// <summary>
    /// For each list register with an LPI in it: INTID, and from bit 16 the vCPU that gets it if it comes back pending. 0 for no
    /// LPI, or one that was taken back meanwhile. An LPI in a list register is not pending in the table, so a new event is told
    /// from the old one.
    /// </summary>
    public fixed uint Loaded[(int)ListRegisters.Maximum];
}
