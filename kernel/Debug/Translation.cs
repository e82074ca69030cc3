// A guest's address to where it is in the machine, in up to three walks: stage 1 of a regime, the guest hypervisor's stage 2,
// ours. The walks stay to be looked at. One at a time: the monitor's, on the CPU that runs it.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>Translation of a held vCPU's addresses.</summary>
public static unsafe class Translation
{
    private const ulong MmuOn = 1;                      // SCTLR_ELx.M
    private const ulong BigEndian = 1UL << 25;          // SCTLR_ELx.EE
    private const ulong UpperHalf = 1UL << 55;

    private static TableWalk s_stage1;
    private static TableWalk s_guestStage2;
    private static TableWalk s_hostStage2;
    private static TableWalk s_tables;

    /// <summary>Stage 1 of the last translation.</summary>
    public static TableWalk* Stage1 => (TableWalk*)Unsafe.AsPointer(ref s_stage1);

    /// <summary>The guest hypervisor's stage 2.</summary>
    public static TableWalk* GuestStage2 => (TableWalk*)Unsafe.AsPointer(ref s_guestStage2);

    /// <summary>Ours.</summary>
    public static TableWalk* HostStage2 => (TableWalk*)Unsafe.AsPointer(ref s_hostStage2);

    /// <summary>The last translation went through stage 1, through the guest hypervisor's stage 2, and came to ours.</summary>
    public static bool HasStage1 { get; private set; }

    /// <summary>See <see cref="HasStage1"/>.</summary>
    public static bool HasGuestStage2 { get; private set; }

    /// <summary>See <see cref="HasStage1"/>.</summary>
    public static bool HasHostStage2 { get; private set; }

    /// <summary>The VM's physical address that the last translation came to, if <see cref="HasHostStage2"/>.</summary>
    public static ulong Physical { get; private set; }

    /// <summary>Where an address is in the machine, or null: then the walks say why, or it is a device's.</summary>
    /// <param name="vcpu">A vCPU that is held.</param>
    /// <param name="space">What kind of address it is.</param>
    /// <param name="address">The address.</param>
    public static byte* Run(VirtualCpu* vcpu, AddressSpace space, ulong address)
    {
        HasStage1 = HasGuestStage2 = HasHostStage2 = false;
        VirtualMachine* machine = vcpu->Machine;
        bool isEl2 = space == AddressSpace.El2 || (space == AddressSpace.Current && vcpu->Context != Context.El1);
        bool isNested = machine->HasVirtualEl2 && (VcpuView.Get(vcpu, Register.HCR_EL2) & (Hcr.VM | Hcr.DC)) != 0;
        if (space <= AddressSpace.El2)
        {
            isNested &= !isEl2;
            HasStage1 = true;
            PrepareStage1(vcpu, isEl2, address, isNested);
            ulong input = (address & UpperHalf) != 0 ? address & ((1UL << (Stage1->InputBits & 63)) - 1) : address & 0x00ff_ffff_ffff_ffff;
            PrepareGuestStage2(vcpu, Tables);
            if (!(isNested ? TableWalk.RunNested(Stage1, Tables, machine, input) : TableWalk.Run(Stage1, machine, input)))
            {
                return null;
            }

            address = Stage1->Output;
        }

        if (space <= AddressSpace.El2 ? isNested : space == AddressSpace.NestedPhysical)
        {
            HasGuestStage2 = true;
            PrepareGuestStage2(vcpu, GuestStage2);
            if (!TableWalk.Run(GuestStage2, machine, address))
            {
                return null;
            }

            address = GuestStage2->Output;
        }

        HasHostStage2 = true;
        Physical = address;
        TableWalk* walk = HostStage2;
        walk->Root = (ulong)machine->Stage2Root;
        PrepareOurs(walk, Stage2.AddressBits);
        return TableWalk.Run(walk, machine, address) ? (byte*)walk->Output : null;
    }

    /// <summary>Whether the last stage 1 and the guest hypervisor's stage 2 let an access through.</summary>
    public static bool Allows(bool isWrite) =>
        !isWrite || !HasHostStage2 || (TableWalk.Last(HostStage2) & Stage2.Write) != 0;

    /// <summary>Prepares a walk of one of our own stage 2 tables, whose root is set and which translate so many bits.</summary>
    public static void PrepareOurs(TableWalk* walk, int bits)
    {
        walk->Granule = 12;
        walk->InputBits = bits;
        walk->StartLevel = bits == Stage2.AddressBits ? 1 : 0;
        walk->Source = TableSource.Host;
        walk->IsBigEndian = false;
        walk->SetsAccessFlag = false;
        walk->End = WalkEnd.Mapped;
    }

    private static TableWalk* Tables => (TableWalk*)Unsafe.AsPointer(ref s_tables);

    private static void PrepareStage1(VirtualCpu* vcpu, bool isEl2, ulong address, bool isNested)
    {
        TableWalk* walk = Stage1;
        ulong control = VcpuView.Get(vcpu, isEl2 ? Register.SCTLR_EL2 : Register.SCTLR_EL1);
        ulong tcr = VcpuView.Get(vcpu, isEl2 ? Register.TCR_EL2 : Register.TCR_EL1);
        bool hasTwoRanges = !isEl2 || (VcpuView.Get(vcpu, Register.HCR_EL2) & Hcr.E2H) != 0;
        bool isUpper = hasTwoRanges && (address & UpperHalf) != 0;
        Register root = isEl2 ? (isUpper ? Register.TTBR1_EL2 : Register.TTBR0_EL2) : isUpper ? Register.TTBR1_EL1 : Register.TTBR0_EL1;
        int size = (int)(isUpper ? tcr >> 16 : tcr) & 0x3f;
        walk->Root = VcpuView.Get(vcpu, root) & 0xffff_ffff_fffe;
        walk->Granule = isUpper ? UpperGranule(tcr) : LowerGranule(tcr);
        walk->InputBits = 64 - size;
        walk->StartLevel = 3 - ((walk->InputBits - walk->Granule - 1) / (walk->Granule - 3));
        walk->Source = isNested ? TableSource.Nested : TableSource.Guest;
        walk->IsBigEndian = (control & BigEndian) != 0;
        walk->SetsAccessFlag = (hasTwoRanges ? tcr >> 39 & 1 : tcr >> 21 & 1) != 0;
        bool isDisabled = hasTwoRanges && (tcr >> (isUpper ? 23 : 7) & 1) != 0;
        bool isBeyond = isUpper && address << 8 >> 8 >> walk->InputBits != (1UL << (56 - walk->InputBits)) - 1;
        walk->End = (control & MmuOn) == 0 ? WalkEnd.Off : isDisabled || isBeyond ? WalkEnd.Range : WalkEnd.Mapped;
    }

    private static void PrepareGuestStage2(VirtualCpu* vcpu, TableWalk* walk)
    {
        ulong control = VcpuView.Get(vcpu, Register.VTCR_EL2);
        uint start = (uint)(control >> 6) & 3;
        walk->Root = VcpuView.Get(vcpu, Register.VTTBR_EL2) & 0xffff_ffff_fffe;
        walk->Granule = LowerGranule(control);
        walk->InputBits = 64 - (int)(control & 0x3f);
        walk->StartLevel = walk->Granule != 12 ? 3 - (int)start : start == 3 ? 3 : 2 - (int)start;
        walk->Source = TableSource.Guest;
        walk->IsBigEndian = (VcpuView.Get(vcpu, Register.SCTLR_EL2) & BigEndian) != 0;
        walk->SetsAccessFlag = (control >> 21 & 1) != 0;
        walk->End = (VcpuView.Get(vcpu, Register.HCR_EL2) & (Hcr.VM | Hcr.DC)) == Hcr.DC ? WalkEnd.Off : WalkEnd.Mapped;
    }

    private static int LowerGranule(ulong control) => (control >> 14 & 3) switch { 1 => 16, 2 => 14, _ => 12 };

    private static int UpperGranule(ulong control) => (control >> 30 & 3) switch { 1 => 14, 3 => 16, _ => 12 };
}
