// What the interrupt controller knows about one vCPU: its private interrupts, and which of the shared
// ones are its business. The two masks of shared interrupts are per vCPU, not a vCPU number per
// interrupt, so that looking for work is word arithmetic.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>State of one vCPU's redistributor. Lives in <see cref="VirtualGic"/>; guarded by that VM's GIC lock.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct VirtualRedistributor
{
    /// <summary>SGIs (INTIDs 0-15) and PPIs (16-31).</summary>
    public InterruptBank Private;

    /// <summary>Per bank: interrupts whose GICD_IROUTER names this vCPU. Bank 0 is always all ones.</summary>
    public fixed uint Routed[(int)VirtualGic.BankCount];

    /// <summary>
    /// Per bank: interrupts in a list register of this vCPU, or active on it, whatever their route says now.
    /// At most one vCPU owns a shared interrupt. Bank 0 is always all ones.
    /// </summary>
    public fixed uint Owned[(int)VirtualGic.BankCount];

    /// <summary>Its LPIs.</summary>
    public VirtualLpis Lpis;

    /// <summary>Number of list registers that the last refill filled; 0 while the vCPU is not loaded.</summary>
    public uint ListRegistersInUse;

    /// <summary>GICR_WAKER.ProcessorSleep, and ChildrenAsleep, which follows it at once: 0 or 1.</summary>
    public uint Asleep;
}
