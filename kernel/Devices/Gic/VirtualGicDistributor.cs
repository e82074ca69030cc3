// The distributor as a guest sees it: 64 KiB of registers. Affinity routing is always on and there is one security
// state, so everything about INTIDs below 32 is RAZ/WI here (it is in the redistributors), as are the registers of
// GICv2. An access of a size or at an offset that the architecture does not define reads as zero and does nothing.

namespace Nestor.Kernel;

/// <summary>GICD_* (IHI 0069, 12.9). All functions need the VM's GIC lock.</summary>
public static unsafe class VirtualGicDistributor
{
    private const uint Ctlr = 0x0000;
    private const uint Typer = 0x0004;
    private const uint Iidr = 0x0008;
    private const uint Router = 0x6000;
    private const uint RouterSpi = Router + (VirtualGic.FirstSpi * 8);
    private const uint RouterEnd = Router + (VirtualGic.IntIdCount * 8);

    private const uint CtlrEnableGroup0 = 1u << 0;
    private const uint CtlrEnableGroup1 = 1u << 1;
    private const uint CtlrAffinityRouting = 1u << 4;
    private const uint CtlrDisableSecurity = 1u << 6;
    private const uint CtlrWritePending = 1u << 31;

    // ITLinesNumber, LPIS, IDbits (minus one), No1N: GICD_IROUTER.IRM is RES0. No message-based SPIs, no Aff3.
    private const uint TyperValue = (VirtualGic.BankCount - 1) | (1u << 17) | (13u << 19) | (1u << 25);

    // GICD_IROUTER.Aff2-Aff0: Aff3 is RES0 with GICD_TYPER.A3V clear.
    private const uint AffinityMask = 0x00FF_FFFF;

    /// <summary>
    /// Reads <paramref name="size"/> bytes (1, 2, 4 or 8) at <paramref name="offset"/>. <paramref name="kick"/> is not zero if the
    /// answer may be out of date because of what those vCPUs have done in their list registers since.
    /// </summary>
    public static ulong Read(VirtualGic* gic, uint offset, uint size, out uint kick)
    {
        kick = 0;
        if (offset - RouterSpi < RouterEnd - RouterSpi)
        {
            return ReadRouter(gic, offset, size);
        }

        if (!VirtualGicRegisters.Answers(offset, size))
        {
            return 0;
        }

        // Bank 0 is the redistributors'.
        if (VirtualGicRegisters.BankOf(offset) - 1 < VirtualGic.BankCount - 1)
        {
            return VirtualGicRegisters.Read(gic, 0, offset, size, out kick);
        }

        switch (offset)
        {
            case Ctlr:
                return (gic->Group0Mask & CtlrEnableGroup0) | (gic->Group1Mask & CtlrEnableGroup1)
                    | CtlrAffinityRouting | CtlrDisableSecurity | (gic->Unsettled != 0 ? CtlrWritePending : 0);
            case Typer:
                return TyperValue;
            case Iidr:
                return VirtualGicIdentification.Implementer;
            default:
                return offset - VirtualGicIdentification.Start < 0x30 ? VirtualGicIdentification.Read(offset) : 0;
        }
    }

    /// <summary>
    /// Writes the low <paramref name="size"/> bytes (1, 2, 4 or 8) of <paramref name="value"/>. Returns the mask of vCPUs to kick.
    /// </summary>
    public static uint Write(VirtualGic* gic, uint offset, uint size, ulong value)
    {
        if (offset - RouterSpi < RouterEnd - RouterSpi)
        {
            return WriteRouter(gic, offset, size, value);
        }

        if (!VirtualGicRegisters.Answers(offset, size))
        {
            return 0;
        }

        if (VirtualGicRegisters.BankOf(offset) - 1 < VirtualGic.BankCount - 1)
        {
            return VirtualGicRegisters.Write(gic, 0, offset, size, (uint)value);
        }

        return offset == Ctlr ? WriteControl(gic, (uint)value) : 0;
    }

    private static uint WriteControl(VirtualGic* gic, uint value)
    {
        uint group0 = (value & CtlrEnableGroup0) != 0 ? uint.MaxValue : 0;
        uint group1 = (value & CtlrEnableGroup1) != 0 ? uint.MaxValue : 0;
        if (group0 == gic->Group0Mask && group1 == gic->Group1Mask)
        {
            return 0;
        }

        gic->Group0Mask = group0;
        gic->Group1Mask = group1;
        for (uint vcpu = 0; vcpu < gic->VcpuCount; vcpu++)
        {
            if (VirtualGic.Redistributor(gic, vcpu)->ListRegistersInUse != 0)
            {
                gic->Unsettled |= 1u << (int)vcpu;
            }
        }

        return VirtualGic.AllVcpus(gic);
    }

    // Whole, or the lower half; the upper half is Aff3 and reserved bits, all RES0.
    private static bool IsRouterAccess(uint offset, uint size) => (offset & 7) == 0 && (size == 8 || size == 4);

    private static ulong ReadRouter(VirtualGic* gic, uint offset, uint size)
    {
        return IsRouterAccess(offset, size) ? gic->Affinity[(offset - Router) >> 3] : 0;
    }

    private static uint WriteRouter(VirtualGic* gic, uint offset, uint size, ulong value)
    {
        if (!IsRouterAccess(offset, size))
        {
            return 0;
        }

        uint intId = (offset - Router) >> 3;
        uint index = intId >> 5;
        uint bit = 1u << (int)(intId & 31);
        uint affinity = (uint)value & AffinityMask;
        gic->Affinity[intId] = affinity;

        // An affinity that no vCPU has leaves the interrupt without target: pending, delivered to none.
        for (uint vcpu = 0; vcpu < gic->VcpuCount; vcpu++)
        {
            VirtualRedistributor* redistributor = VirtualGic.Redistributor(gic, vcpu);
            redistributor->Routed[index] = vcpu == affinity
                ? redistributor->Routed[index] | bit
                : redistributor->Routed[index] & ~bit;
        }

        return VirtualGicNotify.Changed(gic, 0, index, bit);
    }
}
