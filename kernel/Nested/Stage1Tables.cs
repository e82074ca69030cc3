// The stage 1 tables that the EL1&0 regime of hardware walks for an address, found in software: an AT cannot make the
// shadow be filled as an access does, so the pages that its walk will read are mapped before. What the entries permit
// is not looked at; hardware does that. The loaded bank's registers are in hardware, in the format of EL1.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>A walk that only finds the tables.</summary>
public static unsafe class Stage1Tables
{
    private const ulong AddressMask = 0xffff_ffff_ffff;
    private const ulong BigEndian = 1UL << 25;          // SCTLR_EL1.EE
    private const int LastLevel = 3;
    private const int SmallestInput = 16;               // FEAT_TTST
    private const int LargestInput = 48;

    /// <summary>Maps the tables for an address in the vCPU's shadow, if it has one.</summary>
    /// <param name="vcpu">The vCPU, loaded with the context whose tables are meant.</param>
    /// <param name="address">The virtual address.</param>
    /// <param name="access">Read; and Write when hardware is to update the entries.</param>
    /// <param name="fault">
    /// The fault status that the walk ends with at stage 2 of the guest hypervisor, or of an external abort at a level of stage 1.
    /// </param>
    /// <param name="isStage2">The fault is of stage 2.</param>
    /// <returns>False when there is a fault.</returns>
    public static bool Prepare(VirtualCpu* vcpu, ulong address, Stage2Access access, uint* fault, bool* isStage2)
    {
        ulong control = SystemRegisters.TCR_EL1;
        bool upper = (address >> 55 & 1) != 0;
        int granule = upper
            ? (control >> 30 & 3) switch { 1 => 14, 3 => 16, _ => 12 }
            : (control >> 14 & 3) switch { 1 => 16, 2 => 14, _ => 12 };
        int inputSize = 64 - (int)(control >> (upper ? 16 : 0) & 0x3f);
        int stride = granule - 3;
        if (inputSize is < SmallestInput or > LargestInput)
        {
            return true;                                // hardware has its own opinion
        }

        int level = 4 - ((inputSize - granule + stride - 1) / stride);
        int shift = granule + ((LastLevel - level) * stride);
        ulong index = (address & ((1UL << inputSize) - 1)) >> shift;
        ulong table = (upper ? SystemRegisters.TTBR1_EL1 : SystemRegisters.TTBR0_EL1) & AddressMask;
        table &= ~((8UL << (inputSize - shift)) - 1);
        for (; level <= LastLevel; level++)
        {
            ulong entry = table + (index * 8);
            ulong* at = Find(vcpu, entry, access, fault, isStage2);
            if (at == null)
            {
                *fault += *isStage2 ? 0 : (uint)level;
                return false;
            }

            ulong descriptor = (SystemRegisters.SCTLR_EL1 & BigEndian) != 0 ? GuestStage2Walk.Swap(*at) : *at;
            if ((descriptor & 3) != 3 || level == LastLevel)
            {
                return true;
            }

            table = descriptor & AddressMask & ~((1UL << granule) - 1);
            shift -= stride;
            index = address >> shift & ((1UL << stride) - 1);
        }

        return true;
    }

    // Where an entry is, mapped in the shadow.
    private static ulong* Find(VirtualCpu* vcpu, ulong entry, Stage2Access access, uint* fault, bool* isStage2)
    {
        Stage2WalkResult* walk = &vcpu->Walk;
        uint epoch = vcpu->Machine->ShadowEpoch;
        walk->Output = entry;
        if (vcpu->Shadow != null)
        {
            *isStage2 = true;
            if (!GuestStage2Walk.Walk(vcpu, entry, access, walk))
            {
                *fault = walk->Fault;
                return null;
            }

            if (NestedAborts.IsForbiddenWalk(vcpu))
            {
                *fault = FaultStatus.Permission + (uint)walk->Level;
                return null;
            }
        }

        *isStage2 = false;
        *fault = FaultStatus.ExternalOnWalk;
        ulong* at = (ulong*)VirtualMachine.Memory(vcpu->Machine, new Ipa(walk->Output), 8);
        return at != null && (vcpu->Shadow == null || ShadowStage2.Map(vcpu, entry, walk, epoch)) ? at : null;
    }
}
