// The virtual interrupt controller of one VM: a GICv3 distributor and up to eight redistributors, as pure
// state. It reaches no hardware: list registers come and go as values, and "tell that vCPU" is a bit in a
// mask that the caller turns into an interrupt between CPUs. So it runs unchanged in a unit test.
//
// Everything lies in one struct: it can be zeroed, saved and compared as bytes. LPIs and the ITS keep what the architecture
// keeps in memory in the guest's memory, which is reached through the VM, the one pointer here.
//
// LOCKING: one lock per VM, taken by the caller around every function of these files. Nothing here waits, so it is held briefly.

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>State of a VM's interrupt controller. Guarded by the VM's GIC lock.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct VirtualGic
{
    /// <summary>Most vCPUs that a VM can have. vCPU n has affinity 0.0.0.n.</summary>
    public const uint MaximumVcpus = 8;

    /// <summary>Banks of 32 INTIDs: one private, the others SPIs.</summary>
    public const uint BankCount = 4;

    /// <summary>INTIDs 0 to 127 exist.</summary>
    public const uint IntIdCount = BankCount * 32;

    /// <summary>First SPI.</summary>
    public const uint FirstSpi = 32;

    /// <summary>Implemented priority bits in a byte: five, as in the hardware's virtual CPU interface.</summary>
    public const uint PriorityMask = 0xF8;

    /// <summary>All ones when GICD_CTLR.EnableGrp0 is set, else zero.</summary>
    public uint Group0Mask;

    /// <summary>All ones when GICD_CTLR.EnableGrp1 is set, else zero.</summary>
    public uint Group1Mask;

    /// <summary>The VM, for its memory.</summary>
    public VirtualMachine* Machine;

    /// <summary>Number of vCPUs, 1 to 8.</summary>
    public uint VcpuCount;

    /// <summary>
    /// vCPUs that may still see an interrupt that was disabled: what GICD_CTLR.RWP and GICR_CTLR.RWP report.
    /// A vCPU's bit goes when its list registers are read back.
    /// </summary>
    public uint Unsettled;

    /// <summary>The interrupt translation service.</summary>
    public VirtualIts Its;

    /// <summary>GICD_IROUTER, Aff2.Aff1.Aff0; indexed by INTID, the first 32 unused.</summary>
    public fixed uint Affinity[(int)IntIdCount];

    // Fixed buffers hold primitives only, so the arrays of structs are spelled out; Bank and Redistributor index them.
    private InterruptBank _shared1;
    private InterruptBank _shared2;
    private InterruptBank _shared3;
    private VirtualRedistributor _redistributor0;
    private VirtualRedistributor _redistributor1;
    private VirtualRedistributor _redistributor2;
    private VirtualRedistributor _redistributor3;
    private VirtualRedistributor _redistributor4;
    private VirtualRedistributor _redistributor5;
    private VirtualRedistributor _redistributor6;
    private VirtualRedistributor _redistributor7;

    /// <summary>Prepares zeroed memory for a VM of 1 to 8 vCPUs. False, and nothing done, for any other number.</summary>
    public static bool Initialise(VirtualGic* gic, VirtualMachine* machine, uint vcpuCount)
    {
        if (vcpuCount - 1 >= MaximumVcpus)
        {
            return false;
        }

        gic->VcpuCount = vcpuCount;
        gic->Machine = machine;
        Reset(gic);
        return true;
    }

    /// <summary>
    /// Back to the state after a hardware reset: all disabled, nothing pending, every line low.
    /// Every vCPU must have been evicted.
    /// </summary>
    public static void Reset(VirtualGic* gic)
    {
        gic->Group0Mask = 0;
        gic->Group1Mask = 0;
        gic->Unsettled = 0;
        for (uint intId = 0; intId < IntIdCount; intId++)
        {
            gic->Affinity[intId] = 0;
        }

        for (uint index = 1; index < BankCount; index++)
        {
            Clear((byte*)Bank(gic, 0, index), (uint)sizeof(InterruptBank));
        }

        Clear((byte*)&gic->Its, (uint)sizeof(VirtualIts));
        VirtualIts.Reset(&gic->Its);

        for (uint vcpu = 0; vcpu < MaximumVcpus; vcpu++)
        {
            VirtualRedistributor* redistributor = Redistributor(gic, vcpu);
            Clear((byte*)&redistributor->Private, (uint)sizeof(InterruptBank));
            Clear((byte*)&redistributor->Lpis, (uint)sizeof(VirtualLpis));
            redistributor->Private.Edge = 0xFFFF;
            redistributor->ListRegistersInUse = 0;
            redistributor->Asleep = 1;
            redistributor->Routed[0] = uint.MaxValue;
            redistributor->Owned[0] = uint.MaxValue;
            for (uint index = 1; index < BankCount; index++)
            {
                // An SPI is routed to 0.0.0.0 until the guest says otherwise.
                redistributor->Routed[index] = vcpu == 0 ? uint.MaxValue : 0;
                redistributor->Owned[index] = 0;
            }
        }
    }

    /// <summary>The redistributor of a vCPU; <paramref name="vcpu"/> must be below 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VirtualRedistributor* Redistributor(VirtualGic* gic, uint vcpu) => &gic->_redistributor0 + vcpu;

    /// <summary>Bank <paramref name="index"/> (INTID / 32, below 4) as the vCPU sees it: bank 0 is its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static InterruptBank* Bank(VirtualGic* gic, uint vcpu, uint index) =>
        index == 0 ? &Redistributor(gic, vcpu)->Private : &gic->_shared1 + (index - 1);

    /// <summary>Whether an interrupt that exists is in group 0. LPIs are not.</summary>
    public static bool IsGroup0(VirtualGic* gic, uint vcpu, uint intId) =>
        intId < IntIdCount && (Bank(gic, vcpu, intId / 32)->Group1 >> (int)(intId % 32) & 1) == 0;

    /// <summary>A bit for every vCPU that exists.</summary>
    public static uint AllVcpus(VirtualGic* gic) => (1u << (int)gic->VcpuCount) - 1;

    // A loop over words: an assignment of default(InterruptBank) would be done in SIMD registers, which belong to the guest.
    private static void Clear(byte* at, uint size)
    {
        for (byte* end = at + size; at < end; at += sizeof(uint))
        {
            *(uint*)at = 0;
        }
    }
}
