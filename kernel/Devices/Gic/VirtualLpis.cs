// What the interrupt controller knows about the LPIs of one vCPU, and it is little: which are pending stands in the pending
// table and which are enabled, and how urgent, in the configuration table, both memory that the guest gave for it. Ours is
// only what makes looking there cheap: of each chunk of LPIs the best one. A look at all would be 8192 steps in one trap.

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

    /// <summary>Chunks of them, a bit each in a word.</summary>
    public const uint Chunks = 64;

    /// <summary>LPIs of a chunk.</summary>
    public const uint PerChunk = Count / Chunks;

    /// <summary>GICR_PROPBASER.</summary>
    public ulong PropertyBase;

    /// <summary>GICR_PENDBASER, PTZ as it was written.</summary>
    public ulong PendingBase;

    /// <summary>
    /// Bit n: the n-th chunk has to be looked at in the tables, before which none of its LPIs is delivered. Zero while
    /// GICR_CTLR.EnableLPIs is clear.
    /// </summary>
    public ulong Stale;

    /// <summary>Bit n: the n-th chunk has pending and enabled LPIs, and <see cref="VirtualMachine.BestLpis"/> has the best; never one that is stale.</summary>
    public ulong Ready;

    /// <summary>GICR_CTLR.EnableLPIs: 0 or 1.</summary>
    public uint Enabled;

    /// <summary>
    /// For each list register with an LPI in it: INTID, and from bit 16 the vCPU that gets it if it comes back pending. 0 for no
    /// LPI, or one that was taken back meanwhile. An LPI in a list register is not pending in the table, so a new event is told
    /// from the old one.
    /// </summary>
    public fixed uint Loaded[(int)ListRegisters.Maximum];
}
