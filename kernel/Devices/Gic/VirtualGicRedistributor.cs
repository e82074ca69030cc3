// A redistributor as a guest sees it: RD_base, which says who it is, and SGI_base with the private interrupts. Any vCPU
// may access any redistributor, so the frame's vCPU and the accessing one are not the same thing.

namespace Nestor.Kernel;

/// <summary>GICR_* (IHI 0069, 12.11). All functions need the VM's GIC lock.</summary>
public static unsafe class VirtualGicRedistributor
{
    /// <summary>Bytes of both frames together: the distance from one redistributor to the next.</summary>
    public const uint Stride = 0x2_0000;

    private const uint SgiBase = 0x1_0000;

    private const uint Ctlr = 0x0000;
    private const uint Iidr = 0x0004;
    private const uint Typer = 0x0008;
    private const uint TyperHigh = 0x000C;
    private const uint Waker = 0x0014;

    private const uint PropertyBase = 0x0070;
    private const uint PendingBase = 0x0078;

    // PTZ of GICR_PENDBASER can only be written; in GICR_PROPBASER it is RES0.
    private const ulong PendingTableZero = 1UL << 62;

    private const uint CtlrEnableLpis = 1u << 0;
    private const uint CtlrClearEnableSupported = 1u << 1;
    private const uint CtlrWritePending = 1u << 3;
    private const uint TyperPhysicalLpis = 1u << 0;
    private const uint TyperLast = 1u << 4;
    private const uint TyperCommonLpiAffinity = 1u << 24;       // as QEMU: those of one Aff3 share a configuration table
    private const uint WakerProcessorSleep = 1u << 1;
    private const uint WakerChildrenAsleep = 1u << 2;

    /// <summary>
    /// Reads <paramref name="size"/> bytes (1, 2, 4 or 8) at <paramref name="offset"/> from RD_base of the redistributor of
    /// <paramref name="vcpu"/>. <paramref name="kick"/> as for <see cref="VirtualGicDistributor.Read"/>.
    /// </summary>
    public static ulong Read(VirtualGic* gic, uint vcpu, uint offset, uint size, out uint kick)
    {
        kick = 0;
        if (vcpu >= gic->VcpuCount)
        {
            return 0;
        }

        if (offset >= SgiBase)
        {
            return IsBankAccess(offset - SgiBase, size)
                ? VirtualGicRegisters.Read(gic, vcpu, offset - SgiBase, size, out kick)
                : 0;
        }

        if (IsBase(offset, size))
        {
            return WideRegister.Read(*BaseOf(gic, vcpu, offset) & ~PendingTableZero, offset, size);
        }

        if (size == 8)
        {
            return offset == Typer ? TyperOf(gic, vcpu) : 0;
        }

        if (size != 4 || (offset & 3) != 0)
        {
            return 0;
        }

        switch (offset)
        {
            case Ctlr:
                return VirtualGic.Redistributor(gic, vcpu)->Lpis.Enabled | CtlrClearEnableSupported
                    | ((gic->Unsettled & (1u << (int)vcpu)) != 0 ? CtlrWritePending : 0);
            case Iidr:
                return VirtualGicIdentification.Implementer;
            case Typer:
                return (uint)TyperOf(gic, vcpu);
            case TyperHigh:
                return (uint)(TyperOf(gic, vcpu) >> 32);
            case Waker:
                return VirtualGic.Redistributor(gic, vcpu)->Asleep != 0 ? WakerProcessorSleep | WakerChildrenAsleep : 0;
            default:
                return offset - VirtualGicIdentification.Start < 0x30 ? VirtualGicIdentification.Read(offset) : 0;
        }
    }

    /// <summary>
    /// Writes the low <paramref name="size"/> bytes (1, 2, 4 or 8) of <paramref name="value"/>. Returns the mask of vCPUs to kick.
    /// </summary>
    public static uint Write(VirtualGic* gic, uint vcpu, uint offset, uint size, ulong value)
    {
        if (vcpu >= gic->VcpuCount)
        {
            return 0;
        }

        if (offset >= SgiBase)
        {
            return IsBankAccess(offset - SgiBase, size)
                ? VirtualGicRegisters.Write(gic, vcpu, offset - SgiBase, size, (uint)value)
                : 0;
        }

        if (IsBase(offset, size))
        {
            if (VirtualGic.Redistributor(gic, vcpu)->Lpis.Enabled == 0)
            {
                ulong* register = BaseOf(gic, vcpu, offset);
                *register = WideRegister.Write(*register, offset, size, value);
            }

            return 0;
        }

        if (size != 4)
        {
            return 0;
        }

        if (offset == Ctlr)
        {
            return LpiDelivery.SetEnabled(gic, vcpu, (value & CtlrEnableLpis) != 0);
        }

        // Interrupts reach a vCPU whose redistributor sleeps: for a virtual one, being woken by an interrupt and
        // getting it are the same thing. So sleep is only remembered.
        if (offset == Waker)
        {
            VirtualGic.Redistributor(gic, vcpu)->Asleep = (value & WakerProcessorSleep) != 0 ? 1u : 0;
        }

        return 0;
    }

    private static bool IsBase(uint offset, uint size) =>
        offset - PropertyBase < PendingBase + 8 - PropertyBase && WideRegister.Answers(offset, size);

    private static ulong* BaseOf(VirtualGic* gic, uint vcpu, uint offset)
    {
        VirtualLpis* lpis = &VirtualGic.Redistributor(gic, vcpu)->Lpis;
        return offset < PendingBase ? &lpis->PropertyBase : &lpis->PendingBase;
    }

    private static bool IsBankAccess(uint offset, uint size) =>
        VirtualGicRegisters.Answers(offset, size) && VirtualGicRegisters.BankOf(offset) == 0;

    private static ulong TyperOf(VirtualGic* gic, uint vcpu) =>
        ((ulong)vcpu << 32) | TyperCommonLpiAffinity | (vcpu << 8) | TyperPhysicalLpis | (vcpu == gic->VcpuCount - 1 ? TyperLast : 0);
}
