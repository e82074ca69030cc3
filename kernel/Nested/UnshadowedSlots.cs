// Which of hardware's VMIDs stands for which VMID of a guest hypervisor, for guests that it runs without stage 2. Guarded by the VM's
// ShadowLock; only a vCPU that keeps a slot may look at it without: nobody changes the VMID of a slot that has a user.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The slots of a VM, as many as it can have vCPUs.</summary>
public unsafe struct UnshadowedSlots
{
    /// <summary>VirtualCpu.UnshadowedSlot of a vCPU that keeps none.</summary>
    public const uint None = uint.MaxValue;

    /// <summary>The VMID of the guest hypervisor, where VTTBR_EL2 has it.</summary>
    public fixed ulong Vmid[(int)VirtualGic.MaximumVcpus];

    /// <summary>vCPUs that keep the slot.</summary>
    public fixed uint Users[(int)VirtualGic.MaximumVcpus];

    /// <summary>Slots, a bit each, under whose VMID hardware may have TLB entries.</summary>
    public volatile uint Cached;

    /// <summary>The slot of a VMID, or one that nobody keeps, best without entries.</summary>
    public static uint Find(UnshadowedSlots* slots, ulong vmid)
    {
        uint best = 0;
        uint least = uint.MaxValue;
        for (uint i = 0; i < VirtualGic.MaximumVcpus; i++)
        {
            if (slots->Vmid[i] == vmid)
            {
                return i;
            }

            uint cost = slots->Users[i] != 0 ? 2 : slots->Cached >> (int)i & 1;
            if (cost < least)
            {
                least = cost;
                best = i;
            }
        }

        return best;
    }
}
