// One shadow: our tables for one stage 2 translation of a guest hypervisor.

namespace Nestor.Kernel;

/// <summary>One shadow. Guarded by the VM's shadow lock.</summary>
public unsafe struct Shadow
{
    /// <summary>The guest hypervisor's VTTBR_EL2 and VTCR_EL2 that it stands for.</summary>
    public ulong Vttbr;
    public ulong Vtcr;

    /// <summary>Our tables; null while the slot has never been used.</summary>
    public ulong* Root;

    /// <summary>Bits of the addresses that they translate, as in <see cref="Stage2"/>; 0 while the slot has never been used.</summary>
    public int AddressBits;

    /// <summary>The hardware's VMID for it.</summary>
    public uint Vmid;

    /// <summary>vCPUs that are loaded with it.</summary>
    public uint Users;

    /// <summary>Pages of tables below the root.</summary>
    public uint Pages;

    /// <summary>log2 of the largest block of the guest hypervisor's of which it maps only pieces; 0 when it maps all as they are.</summary>
    public int LargestPiece;

    /// <summary>It stands for something.</summary>
    public bool IsUsed;

    /// <summary>A vCPU has run on it since hardware last forgot its VMID.</summary>
    public bool IsCached;

    /// <summary>Entries have been taken out that hardware may still remember, until the next maintenance of stage 1.</summary>
    public bool IsStale;

    /// <summary>How often a vCPU was loaded with it, since it stands for this.</summary>
    public ulong Taken;

    /// <summary>How often something was mapped in it, since it stands for this.</summary>
    public ulong Filled;

    /// <summary>When it was last taken, for choosing the one to give up.</summary>
    public ulong LastUse;
}
