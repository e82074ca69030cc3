// Where interrupts come from: device lines, edges, and SGIs from vCPUs (LPIs: LpiDelivery). Each says which vCPUs are to
// look at their list registers again.

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>
/// Raising and deactivating interrupts. All functions need the VM's GIC lock and return a mask of vCPUs to kick: each of
/// them must call <see cref="VirtualGicDelivery.Refill"/> soon, the running one before it returns to the guest.
/// </summary>
public static unsafe class VirtualGicInput
{
    // ICC_SGI1R_EL1: Aff3, RS, Aff2, Aff1. All must be zero to reach a vCPU: GICD_TYPER.RSS is 0, affinities are 0.0.0.n.
    private const ulong SgiElsewhere = 0x00FF_F0FF_00FF_0000;

    /// <summary>
    /// Tells the level of a line. Level-sensitive: pending as long as it is high. Edge-triggered: pending once for each rise.
    /// <paramref name="vcpu"/> matters for private interrupts only.
    /// </summary>
    public static uint SetLine(VirtualGic* gic, uint vcpu, uint intId, bool high)
    {
        if (!Exists(gic, vcpu, intId))
        {
            return 0;
        }

        uint index = intId >> 5;
        uint bit = 1u << (int)(intId & 31);
        InterruptBank* bank = VirtualGic.Bank(gic, vcpu, index);
        bool wasHigh = (bank->Line & bit) != 0;
        if (wasHigh == high)
        {
            return 0;
        }

        bank->Line ^= bit;
        if ((bank->Edge & bit) != 0)
        {
            if (!high)
            {
                return 0;
            }

            bank->Latch |= bit;
        }

        return VirtualGicNotify.Changed(gic, vcpu, index, bit);
    }

    /// <summary>
    /// Makes an interrupt pending once, as an edge does. <paramref name="vcpu"/> matters for private interrupts only.
    /// </summary>
    public static uint Pulse(VirtualGic* gic, uint vcpu, uint intId)
    {
        if (!Exists(gic, vcpu, intId))
        {
            return 0;
        }

        uint bit = 1u << (int)(intId & 31);
        VirtualGic.Bank(gic, vcpu, intId >> 5)->Latch |= bit;
        return VirtualGicNotify.Changed(gic, vcpu, intId >> 5, bit);
    }

    /// <summary>
    /// A write of <paramref name="value"/> to ICC_SGI1R_EL1 (<paramref name="group1"/>) or ICC_SGI0R_EL1 by vCPU
    /// <paramref name="from"/>. Targets where the SGI is in the other group do not get it (IHI 0069, 12.2, with GICD_CTLR.DS set).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint SendSgi(VirtualGic* gic, uint from, ulong value, bool group1 = true)
    {
        uint bit = 1u << (int)((value >> 24) & 0xF);
        uint targets = VirtualGic.AllVcpus(gic);
        if ((value & (1UL << 40)) != 0)
        {
            targets &= ~(1u << (int)(from & 31));
        }
        else if ((value & SgiElsewhere) != 0)
        {
            return 0;
        }
        else
        {
            targets &= (uint)value & 0xFFFF;
        }

        uint otherGroup = group1 ? 0 : bit;
        uint kick = 0;
        while (targets != 0)
        {
            uint target = (uint)BitOperations.TrailingZeroCount(targets);
            targets &= targets - 1;
            InterruptBank* bank = &VirtualGic.Redistributor(gic, target)->Private;
            if ((bank->Group1 & bit) == otherGroup)
            {
                continue;
            }

            bank->Latch |= bit;
            if (((bank->Active | bank->Resident | InterruptBank.Deliverable(bank, gic)) & bit) != 0)
            {
                kick |= 1u << (int)target;
            }
        }

        return kick;
    }

    /// <summary>
    /// The vCPU acknowledges an interrupt that <see cref="VirtualGicDelivery.HighestPending"/> has named, without a list register:
    /// it is active, or, an LPI, no longer there. The vCPU must have been evicted.
    /// </summary>
    public static uint Acknowledge(VirtualGic* gic, uint vcpu, uint intId)
    {
        if (intId >= VirtualGic.IntIdCount)
        {
            return LpiDelivery.Move(gic, vcpu, LpiDelivery.Nobody, intId);
        }

        uint bit = 1u << (int)(intId & 31);
        InterruptBank* bank = VirtualGic.Bank(gic, vcpu, intId >> 5);
        bank->Latch &= ~bit;
        bank->Active |= bit;
        VirtualGic.Redistributor(gic, vcpu)->Owned[intId >> 5] |= bit;
        return 0;
    }

    /// <summary>
    /// A trapped write to ICC_DIR_EL1 by the vCPU, or the end of a nested guest's interrupt that stands for one of this vCPU's
    /// (HW in the guest hypervisor's list register). An SPI may be active on another vCPU. The vCPU must have been evicted.
    /// While ICC_DIR_EL1 is not trapped, hardware only counts a deactivation of another vCPU's interrupt (ICH_HCR_EL2.EOIcount),
    /// without naming it: a caller that wants these to work too keeps ICH_HCR_EL2.TDIR set for guests with EOImode 1.
    /// </summary>
    public static uint Deactivate(VirtualGic* gic, uint vcpu, uint intId)
    {
        if (!Exists(gic, vcpu, intId))
        {
            return 0;
        }

        return VirtualGicRegisters.ClearActive(gic, vcpu, intId >> 5, 1u << (int)(intId & 31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Exists(VirtualGic* gic, uint vcpu, uint intId) => intId < VirtualGic.IntIdCount && vcpu < gic->VcpuCount;
}
