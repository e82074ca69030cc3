// Shadow stage 2: a guest hypervisor's tables combined with ours, filled on faults, thrown away on its TLB maintenance.
// A VM keeps several, by VTTBR_EL2 (VMID included) and VTCR_EL2, and reuses them; their memory is bounded.
//
// Invariants:
// - Hardware's TLB entries under one VMID of hardware are those of one VMID of the guest hypervisor.
// - Its vCPUs that run under one VMID of theirs without stage 2 run under one VMID of hardware, so that a TLBI of one reaches all.

using System.Numerics;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The shadows of a VM.</summary>
public static unsafe class ShadowStage2
{
    /// <summary>Shadows of a VM: twice as many as it can have vCPUs, so that one is always free to take.</summary>
    public const uint Count = 16;

    /// <summary>Pages of tables that a VM's shadows may have together: 3 MiB. Beyond, some are emptied and filled anew.</summary>
    public const uint MaximumPages = 768;

    // To look through more than this for what is to be forgotten may take a hundred thousand steps; the whole shadow is forgotten
    // then, in as many as it has tables. To forget more than was asked for is allowed (Arm ARM D8.13).
    private const ulong LargestSearch = 1UL << 30;

    // Hardware's VMIDs of a VM, 32: two of its own, one for each shadow, and for VMIDs without stage 2 as many as it can have vCPUs.
    private const uint FirstShadowVmid = 2;
    private const uint FirstUnshadowedVmid = FirstShadowVmid + Count;

    private const ulong TableBaseMask = 0xffff_ffff_fffe;
    private const ulong Shareability = 3UL << 8;

    /// <summary>VTTBR_EL2 of hardware for the vCPU's guest: of a shadow, which is taken for it, or of the VM when it has no stage 2 of its own.</summary>
    public static ulong Choose(VirtualCpu* vcpu)
    {
        return (vcpu->HCR_EL2 & (Hcr.VM | Hcr.DC)) != 0 ? Take(vcpu) : WithoutStage2(vcpu);
    }

    // A TLB entry of the EL1&0 regime has VTTBR_EL2.VMID whether stage 2 is enabled or not (the TLB context in the Arm ARM's
    // pseudocode), so a guest hypervisor may tell two contexts apart by it without a TLBI. A vCPU keeps its slot, with hardware's
    // VMID, until it runs under another VMID of the guest hypervisor: only then is there a lock to take.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WithoutStage2(VirtualCpu* vcpu)
    {
        VirtualMachine* machine = vcpu->Machine;
        ulong vmid = vcpu->VTTBR_EL2 & VmidMask(vcpu->VTCR_EL2);
        uint slot = vcpu->UnshadowedSlot;
        if (slot == UnshadowedSlots.None || machine->Unshadowed.Vmid[slot] != vmid || (machine->Unshadowed.Cached >> (int)slot & 1) == 0)
        {
            slot = TakeUnshadowed(vcpu, vmid);
        }

        return UnshadowedVttbr(machine, slot);
    }

    // There is a slot: each other vCPU keeps one at most.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint TakeUnshadowed(VirtualCpu* vcpu, ulong vmid)
    {
        VirtualMachine* machine = vcpu->Machine;
        UnshadowedSlots* slots = &machine->Unshadowed;
        machine->ShadowLock.Enter();
        if (vcpu->UnshadowedSlot != UnshadowedSlots.None)
        {
            slots->Users[vcpu->UnshadowedSlot]--;
        }

        uint slot = UnshadowedSlots.Find(slots, vmid);
        if (slots->Vmid[slot] != vmid)
        {
            if ((slots->Cached >> (int)slot & 1) != 0)
            {
                Tlb.Invalidate(UnshadowedVttbr(machine, slot), TlbScope.BothStages, 0);
            }

            slots->Vmid[slot] = vmid;
        }

        slots->Users[slot]++;
        slots->Cached |= 1u << (int)slot;
        vcpu->UnshadowedSlot = slot;
        machine->ShadowLock.Exit();
        Instructions.DsbIsh();                          // before hardware walks for it: see InvalidateUnshadowed
        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong UnshadowedVttbr(VirtualMachine* machine, uint slot) =>
        (ulong)machine->Stage2Root | ((ulong)(((uint)machine->Vmid << 5) + FirstUnshadowedVmid + slot) << 48);

    // The shadow for the present VTTBR_EL2 and VTCR_EL2.
    private static ulong Take(VirtualCpu* vcpu)
    {
        VirtualMachine* machine = vcpu->Machine;
        ulong vtcr = vcpu->VTCR_EL2;
        ulong vttbr = vcpu->VTTBR_EL2 & (VmidMask(vtcr) | TableBaseMask);
        machine->ShadowLock.Enter();
        Shadow* found = Find(machine, vttbr, vtcr);
        if (found == null)
        {
            found = LeastRecentlyUsed(machine);
            Clear(machine, found);
            found->Vttbr = vttbr;
            found->Vtcr = vtcr;
            found->AddressBits = GuestStage2Walk.IsWide(vtcr) ? Stage2.WideAddressBits : Stage2.AddressBits;
            found->Taken = 0;
            found->Filled = 0;
            found->IsUsed = true;
        }

        found->Users++;
        found->IsCached = true;
        found->Taken++;
        found->LastUse = ++machine->ShadowClock;
        vcpu->Shadow = found;
        machine->ShadowLock.Exit();
        return HardwareVttbr(found);
    }

    /// <summary>The vCPU no longer runs on its shadow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Release(VirtualCpu* vcpu)
    {
        if (vcpu->Shadow != null)
        {
            GiveBack(vcpu);
        }
    }

    private static void GiveBack(VirtualCpu* vcpu)
    {
        vcpu->Machine->ShadowLock.Enter();
        vcpu->Shadow->Users--;
        vcpu->Machine->ShadowLock.Exit();
        vcpu->Shadow = null;
    }

    /// <summary>VTCR_EL2 of hardware for what the vCPU is loaded with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Control(VirtualCpu* vcpu) =>
        vcpu->Shadow != null && vcpu->Shadow->AddressBits == Stage2.WideAddressBits ? Stage2.WideControl : Stage2.VTCR_EL2;

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
            shadow->Vmid = ((uint)machine->Vmid << 5) + FirstShadowVmid + i;
            if (shadow->Root == null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Maps what a walk of the guest hypervisor's tables found, unless another vCPU has done TLB maintenance since the walk began:
    /// then the access is to miss again, and what is found then is not older than the maintenance.
    /// </summary>
    /// <param name="vcpu">The vCPU, loaded with the shadow.</param>
    /// <param name="address">The faulting address of its guest.</param>
    /// <param name="walk">What the walk found.</param>
    /// <param name="epoch">The VM's ShadowEpoch before the walk.</param>
    /// <returns>False when there is no memory for it even with the shadow emptied.</returns>
    public static bool Map(VirtualCpu* vcpu, ulong address, Stage2WalkResult* walk, uint epoch)
    {
        const ulong Kept = Stage2.Read | Stage2.Write | Stage2.AttributeMask | Stage2.ExecuteNeverMask | Shareability;
        VirtualMachine* machine = vcpu->Machine;
        Shadow* shadow = vcpu->Shadow;
        int shift = walk->Shift >= 30 && IsWhole(machine, walk->Output, 30) ? 30 : walk->Shift >= 21 && IsWhole(machine, walk->Output, 21) ? 21 : 12;
        ulong host = (ulong)VirtualMachine.Memory(machine, new Ipa(walk->Output), 1);
        ulong attributes = walk->Descriptor & Kept;
        machine->ShadowLock.Enter();
        if (machine->ShadowEpoch != epoch)
        {
            machine->ShadowLock.Exit();
            return true;
        }

        if (walk->Shift > shift && walk->Shift > shadow->LargestPiece)
        {
            shadow->LargestPiece = walk->Shift;
        }

        if (PagesOf(machine) >= MaximumPages)
        {
            MakeRoom(machine);
        }

        bool mapped = MakePlace(machine, shadow, address, shift, Stage2.Leaf(host, shift, attributes))
            || Stage2.MapLeaf(shadow->Root, shadow->AddressBits, address, host, shift, attributes, &shadow->Pages);
        if (!mapped)
        {
            // Nestor has no page left: the VM must do with those that its shadows have.
            Clear(machine, shadow);
            MakeRoom(machine);
            mapped = Stage2.MapLeaf(shadow->Root, shadow->AddressBits, address, host, shift, attributes, &shadow->Pages);
        }

        shadow->Filled++;
        machine->ShadowLock.Exit();
        return mapped;
    }

    /// <summary>
    /// Forgets a range in every shadow of the present VMID. Hardware may remember until the maintenance of stage 1 that has to
    /// follow (Arm ARM D8.13.5): that of stage 2 alone need not reach what a TLB has made of both.
    /// </summary>
    /// <param name="vcpu">The vCPU whose VTTBR_EL2 has the VMID.</param>
    /// <param name="address">Start, of a page at least.</param>
    /// <param name="size">Bytes; 0 when the size of the mapping is not known.</param>
    public static void Forget(VirtualCpu* vcpu, ulong address, ulong size)
    {
        VirtualMachine* machine = vcpu->Machine;
        machine->ShadowLock.Enter();
        machine->ShadowEpoch++;
        for (uint i = 0; i < Count; i++)
        {
            Shadow* shadow = machine->Shadows + i;
            if (!HasPresentVmid(vcpu, shadow) || address >> shadow->AddressBits != 0)
            {
                continue;
            }

            ulong start = address;
            ulong length = size != 0 ? size : 1UL << 12;
            if (size == 0 && shadow->LargestPiece != 0)
            {
                length = 1UL << shadow->LargestPiece;
                start &= ~(length - 1);
            }

            if (length > LargestSearch)
            {
                Clear(machine, shadow);
            }
            else
            {
                shadow->IsStale |= Stage2.Unmap(shadow->Root, shadow->AddressBits, start, length);
            }
        }

        machine->ShadowLock.Exit();
    }

    /// <summary>Forgets everything of the present VMID, or of all.</summary>
    public static void ForgetAll(VirtualCpu* vcpu, bool everyVmid)
    {
        VirtualMachine* machine = vcpu->Machine;
        machine->ShadowLock.Enter();
        machine->ShadowEpoch++;
        for (uint i = 0; i < Count; i++)
        {
            Shadow* shadow = machine->Shadows + i;
            if (shadow->IsUsed && (everyVmid || HasPresentVmid(vcpu, shadow)))
            {
                Clear(machine, shadow);
            }
        }

        if (machine->Unshadowed.Cached != 0)
        {
            InvalidateUnshadowed(vcpu, everyVmid, TlbScope.BothStages, 0);
        }

        machine->ShadowLock.Exit();
    }

    /// <summary>Stage 1 maintenance for the present VMID: hardware's TLBs, the tables stay.</summary>
    public static void InvalidateStage1(VirtualCpu* vcpu, TlbScope scope, ulong operand)
    {
        VirtualMachine* machine = vcpu->Machine;
        machine->ShadowLock.Enter();
        for (uint i = 0; i < Count; i++)
        {
            Shadow* shadow = machine->Shadows + i;
            if (HasPresentVmid(vcpu, shadow) && shadow->IsCached)
            {
                Invalidate(shadow, shadow->IsStale ? TlbScope.BothStages : scope, operand);
            }
        }

        if (machine->Unshadowed.Cached != 0)
        {
            InvalidateUnshadowed(vcpu, everyVmid: false, scope, operand);
        }

        machine->ShadowLock.Exit();
    }

    // Entries made without a stage 2 of the guest hypervisor's. This vCPU is at virtual EL2 and does not make any; others may, so a slot
    // that another vCPU keeps counts as cached still.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InvalidateUnshadowed(VirtualCpu* vcpu, bool everyVmid, TlbScope scope, ulong operand)
    {
        VirtualMachine* machine = vcpu->Machine;
        UnshadowedSlots* slots = &machine->Unshadowed;
        ulong mask = everyVmid ? 0 : VmidMask(vcpu->VTCR_EL2);
        for (uint left = slots->Cached; left != 0; left &= left - 1)
        {
            uint slot = (uint)BitOperations.TrailingZeroCount(left);
            if (((slots->Vmid[slot] ^ vcpu->VTTBR_EL2) & mask) != 0)
            {
                continue;
            }

            Tlb.Invalidate(UnshadowedVttbr(machine, slot), scope, operand);
            if (scope == TlbScope.BothStages && slots->Users[slot] == (slot == vcpu->UnshadowedSlot ? 1 : 0))
            {
                slots->Cached &= ~(1u << (int)slot);
            }
        }
    }

    private static ulong HardwareVttbr(Shadow* shadow) => (ulong)shadow->Root | ((ulong)shadow->Vmid << 48);

    // VTCR_EL2.VS: VMIDs of 16 bits, else of 8.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong VmidMask(ulong vtcr) => (vtcr & (1UL << 19)) != 0 ? 0xffffUL << 48 : 0xffUL << 48;

    private static bool HasPresentVmid(VirtualCpu* vcpu, Shadow* shadow) =>
        shadow->IsUsed && ((shadow->Vttbr ^ vcpu->VTTBR_EL2) & VmidMask(vcpu->VTCR_EL2)) == 0;

    // A block around an address lies in the guest's RAM, and is aligned in the machine as it is in the VM.
    private static bool IsWhole(VirtualMachine* machine, ulong address, int shift)
    {
        ulong mask = (1UL << shift) - 1;
        return ((machine->RamAt.Value ^ machine->RamStart.Value) & mask) == 0
            && VirtualMachine.Memory(machine, new Ipa(address & ~mask), mask + 1) != null;
    }

    // What is mapped in its place already, because of fewer rights or of smaller pages, goes first, hardware's memory of it
    // included (break before make). True when it is the very thing: another vCPU was quicker.
    private static bool MakePlace(VirtualMachine* machine, Shadow* shadow, ulong address, int shift, ulong leaf)
    {
        int found;
        ulong* entry = Stage2.Find(shadow->Root, shadow->AddressBits, address, shift, &found);
        ulong old = *entry;
        if (old == 0 || old == leaf)
        {
            return old != 0;
        }

        ulong* detached = Stage2.DetachEntry(entry, found);
        Invalidate(shadow, TlbScope.BothStages, 0);
        shadow->Pages -= Stage2.FreeDetached(detached);
        return false;
    }

    /// <summary>The shadow that a vCPU which is not loaded would take, or null; without the lock, for looking only.</summary>
    public static Shadow* Peek(VirtualCpu* vcpu) =>
        Find(vcpu->Machine, vcpu->VTTBR_EL2 & (VmidMask(vcpu->VTCR_EL2) | TableBaseMask), vcpu->VTCR_EL2);

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

    // Shadows that nobody runs on go first, then the largest: the others keep what they need to get on.
    private static void MakeRoom(VirtualMachine* machine)
    {
        Shadow* largest = machine->Shadows;
        for (uint i = 0; i < Count; i++)
        {
            Shadow* shadow = machine->Shadows + i;
            if (shadow->Users == 0 && shadow->Pages != 0)
            {
                Clear(machine, shadow);
                shadow->IsUsed = false;
            }

            largest = shadow->Pages > largest->Pages ? shadow : largest;
        }

        if (PagesOf(machine) > MaximumPages / 2)
        {
            Clear(machine, largest);
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
        shadow->LargestPiece = 0;
        if (!shadow->IsUsed)
        {
            return;
        }

        // Hardware must have forgotten the tables before their memory is somebody else's.
        ulong* detached = Stage2.Detach(shadow->Root, shadow->AddressBits);
        if (shadow->IsCached)
        {
            Invalidate(shadow, TlbScope.BothStages, 0);
        }

        _ = Stage2.FreeDetached(detached);
        shadow->Pages = 0;
    }

    private static void Invalidate(Shadow* shadow, TlbScope scope, ulong operand)
    {
        Tlb.Invalidate(HardwareVttbr(shadow), scope, operand);
        if (scope == TlbScope.BothStages)
        {
            shadow->IsStale = false;
            shadow->IsCached = shadow->Users != 0;
        }
    }
}
