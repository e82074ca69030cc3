// Shadow stage 2: a guest hypervisor's tables combined with ours, filled on faults, thrown away on its TLB maintenance.
// A VM keeps several, by VTTBR_EL2 (VMID included) and VTCR_EL2, and reuses them; their memory is bounded.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>One shadow. Guarded by the VM's shadow lock.</summary>
public unsafe struct Shadow
{
    /// <summary>The guest hypervisor's VTTBR_EL2 and VTCR_EL2 that it stands for.</summary>
    public ulong Vttbr;
    public ulong Vtcr;

    /// <summary>Our tables; null while the slot has never been used.</summary>
    public ulong* Root;

    /// <summary>The hardware's VMID for it.</summary>
    public uint Vmid;

    /// <summary>vCPUs that are loaded with it.</summary>
    public uint Users;

    /// <summary>Pages of tables below the root.</summary>
    public uint Pages;

    /// <summary>It maps blocks of which the guest hypervisor's own is larger than 2 MiB.</summary>
    public bool HasHugeBlocks;

    /// <summary>It stands for something.</summary>
    public bool IsUsed;

    /// <summary>When it was last taken, for choosing the one to give up.</summary>
    public ulong LastUse;
}

/// <summary>The shadows of a VM.</summary>
public static unsafe class ShadowStage2
{
    /// <summary>Shadows of a VM: twice as many as it can have vCPUs, so that one is always free to take.</summary>
    public const uint Count = 16;

    /// <summary>Pages of tables that a VM's shadows may have together: 3 MiB. Beyond, some are emptied and filled anew.</summary>
    private const uint MaximumPages = 768;

    /// <summary>A larger range of addresses is not walked entry by entry: the whole shadow goes.</summary>
    private const ulong LargestRange = 64UL << 20;

    private const ulong VmidMask = 0xffffUL << 48;
    private const ulong TableBaseMask = 0xffff_ffff_fffe;
    private const ulong TwoMiB = 1UL << 21;
    private const ulong OneGiB = 1UL << 30;

    /// <summary>The shadow for the guest hypervisor's present VTTBR_EL2 and VTCR_EL2, taken for this vCPU; its VTTBR_EL2 for hardware.</summary>
    public static ulong Take(VirtualCpu* vcpu)
    {
        VirtualMachine* machine = vcpu->Machine;
        ulong vttbr = vcpu->VTTBR_EL2 & (VmidMask | TableBaseMask);
        ulong vtcr = vcpu->VTCR_EL2;
        machine->ShadowLock.Enter();
        Shadow* found = Find(machine, vttbr, vtcr);
        if (found == null)
        {
            found = LeastRecentlyUsed(machine);
            Clear(machine, found);
            found->Vttbr = vttbr;
            found->Vtcr = vtcr;
            found->IsUsed = true;
        }

        found->Users++;
        found->LastUse = ++machine->ShadowClock;
        vcpu->Shadow = found;
        machine->ShadowLock.Exit();
        return (ulong)found->Root | ((ulong)found->Vmid << 48);
    }

    /// <summary>The vCPU no longer runs on its shadow.</summary>
    public static void Release(VirtualCpu* vcpu)
    {
        if (vcpu->Shadow != null)
        {
            vcpu->Machine->ShadowLock.Enter();
            vcpu->Shadow->Users--;
            vcpu->Machine->ShadowLock.Exit();
            vcpu->Shadow = null;
        }
    }

    /// <summary>Makes the shadows' roots, for a VM with a virtual EL2. False when there is no memory.</summary>
    public static bool Create(VirtualMachine* machine)
    {
        machine->Shadows = (Shadow*)PageAllocator.Allocate((ulong)sizeof(Shadow) * Count);
        if (machine->Shadows == null)
        {
            return false;
        }

        for (uint i = 0; i < Count; i++)
        {
            Shadow* shadow = machine->Shadows + i;
            shadow->Root = Stage2.CreateRoot();
            shadow->Vmid = ((uint)machine->Vmid << 5) + 2 + i;
            if (shadow->Root == null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Maps what a walk of the guest hypervisor's tables found.</summary>
    /// <param name="vcpu">The vCPU, loaded with the shadow.</param>
    /// <param name="address">The faulting address of its guest.</param>
    /// <param name="walk">What the walk found.</param>
    /// <param name="host">Where the result of the walk is in the machine.</param>
    /// <param name="hostContiguous">log2 of the aligned size around it that is contiguous in the machine as in the VM.</param>
    /// <returns>False when there is no memory for it even with the shadow emptied.</returns>
    public static bool Map(VirtualCpu* vcpu, ulong address, Stage2WalkResult* walk, Pa host, int hostContiguous)
    {
        VirtualMachine* machine = vcpu->Machine;
        Shadow* shadow = vcpu->Shadow;
        int shift = walk->Shift < hostContiguous ? walk->Shift : hostContiguous;
        shift = shift >= 21 ? 21 : 12;
        ulong mask = ~((1UL << shift) - 1);
        ulong attributes = (walk->Descriptor & (Stage2.Read | Stage2.Write | Stage2.AttributeMask | Stage2.ExecuteNeverMask))
            | Stage2.InnerShareable;
        machine->ShadowLock.Enter();
        if (walk->Shift > 21)
        {
            shadow->HasHugeBlocks = true;
        }

        bool mapped = PagesOf(machine) < MaximumPages && Stage2.MapLeaf(shadow->Root, address & mask, host.Value & mask, shift, attributes, &shadow->Pages);
        if (!mapped)
        {
            MakeRoom(machine, shadow);
            mapped = Stage2.MapLeaf(shadow->Root, address & mask, host.Value & mask, shift, attributes, &shadow->Pages);
        }

        machine->ShadowLock.Exit();
        return mapped;
    }

    /// <summary>Forgets a range in every shadow of the present VMID.</summary>
    /// <param name="vcpu">The vCPU whose VTTBR_EL2 has the VMID.</param>
    /// <param name="address">Start, of a page at least.</param>
    /// <param name="size">Bytes; 0 when the size of the mapping is not known.</param>
    public static void Forget(VirtualCpu* vcpu, ulong address, ulong size)
    {
        VirtualMachine* machine = vcpu->Machine;
        machine->ShadowLock.Enter();
        for (uint i = 0; i < Count; i++)
        {
            Shadow* shadow = machine->Shadows + i;
            if (!shadow->IsUsed || ((shadow->Vttbr ^ vcpu->VTTBR_EL2) & VmidMask) != 0)
            {
                continue;
            }

            if (size > LargestRange)
            {
                Clear(machine, shadow);
                continue;
            }

            ulong length = size != 0 ? size : shadow->HasHugeBlocks ? OneGiB : TwoMiB;
            ulong start = size != 0 ? address : address & ~(length - 1);
            Stage2.Unmap(shadow->Root, start, length);
            InvalidateVmid(machine, shadow);
        }

        machine->ShadowLock.Exit();
    }

    /// <summary>Forgets everything of the present VMID, or of all.</summary>
    public static void ForgetAll(VirtualCpu* vcpu, bool everyVmid)
    {
        VirtualMachine* machine = vcpu->Machine;
        machine->ShadowLock.Enter();
        for (uint i = 0; i < Count; i++)
        {
            Shadow* shadow = machine->Shadows + i;
            if (shadow->IsUsed && (everyVmid || ((shadow->Vttbr ^ vcpu->VTTBR_EL2) & VmidMask) == 0))
            {
                Clear(machine, shadow);
            }
        }

        machine->ShadowLock.Exit();
    }

    /// <summary>Stage 1 maintenance for the present VMID, or of all: hardware's TLBs, the tables stay.</summary>
    public static void InvalidateStage1(VirtualCpu* vcpu)
    {
        VirtualMachine* machine = vcpu->Machine;
        machine->ShadowLock.Enter();
        for (uint i = 0; i < Count; i++)
        {
            Shadow* shadow = machine->Shadows + i;
            if (shadow->IsUsed && ((shadow->Vttbr ^ vcpu->VTTBR_EL2) & VmidMask) == 0)
            {
                InvalidateVmid(machine, shadow);
            }
        }

        machine->ShadowLock.Exit();
    }

    private static Shadow* Find(VirtualMachine* machine, ulong vttbr, ulong vtcr)
    {
        for (uint i = 0; i < Count; i++)
        {
            Shadow* shadow = machine->Shadows + i;
            if (shadow->IsUsed && shadow->Vttbr == vttbr && shadow->Vtcr == vtcr)
            {
                return shadow;
            }
        }

        return null;
    }

    private static uint PagesOf(VirtualMachine* machine)
    {
        uint pages = 0;
        for (uint i = 0; i < Count; i++)
        {
            pages += machine->Shadows[i].Pages;
        }

        return pages;
    }

    // Shadows that nobody runs on go first, then the one that asks.
    private static void MakeRoom(VirtualMachine* machine, Shadow* asking)
    {
        for (uint i = 0; i < Count; i++)
        {
            Shadow* shadow = machine->Shadows + i;
            if (shadow->Users == 0 && shadow->Pages != 0)
            {
                Clear(machine, shadow);
                shadow->IsUsed = false;
            }
        }

        if (PagesOf(machine) > MaximumPages / 2)
        {
            Clear(machine, asking);
        }
    }

    private static Shadow* LeastRecentlyUsed(VirtualMachine* machine)
    {
        Shadow* best = null;
        for (uint i = 0; i < Count; i++)
        {
            Shadow* shadow = machine->Shadows + i;
            if (shadow->Users == 0 && (best == null || shadow->LastUse < best->LastUse))
            {
                best = shadow;
            }
        }

        return best;
    }

    private static void Clear(VirtualMachine* machine, Shadow* shadow)
    {
        shadow->HasHugeBlocks = false;
        if (shadow->Pages == 0 && !shadow->IsUsed)
        {
            return;
        }

        // Hardware must have forgotten the tables before their memory is somebody else's.
        ulong* detached = Stage2.Detach(shadow->Root);
        InvalidateVmid(machine, shadow);
        Stage2.FreeDetached(shadow->Root, detached);
        shadow->Pages = 0;
    }

    private static void InvalidateVmid(VirtualMachine* machine, Shadow* shadow) =>
        Tlb.InvalidateVmid((ulong)shadow->Root | ((ulong)shadow->Vmid << 48));
}
