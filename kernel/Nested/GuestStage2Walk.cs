// Walks a guest hypervisor's stage 2 tables as the hardware would (Arm ARM D8.2, D8.3): all granules, concatenated start
// levels, blocks, access flag and dirty state, both endiannesses. Every address in them is an allegation.

using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The software walker.</summary>
public static unsafe class GuestStage2Walk
{
    private const ulong TableOrPage = 2;
    private const ulong AccessFlag = 1UL << 10;
    private const ulong DirtyModifier = 1UL << 51;
    private const ulong VtcrHa = 1UL << 21;
    private const ulong VtcrHd = 1UL << 22;
    private const ulong BigEndian = 1UL << 25;          // SCTLR_EL2.EE
    private const ulong AddressMask = 0xffff_ffff_ffff;
    private const int SmallestInput = 16;               // FEAT_TTST; the 64 KiB granule has a bit more
    private const int LastLevel = 3;
    private const int UpdateAttempts = 8;

    /// <summary>Physical addresses have this many bits for guests: ID_AA64MMFR0_EL1.PARange.</summary>
    public static int AddressBits => OutputBits(Features.PhysicalRange);

    /// <summary>Whether the guest hypervisor's VTCR_EL2 wants more input bits than <see cref="Stage2.AddressBits"/>.</summary>
    public static bool IsWide(ulong vtcr) => InputSize(vtcr) > Stage2.AddressBits;

    /// <summary>Translates a guest's guest's physical address.</summary>
    /// <param name="vcpu">The vCPU; its stored VTTBR_EL2, VTCR_EL2 and SCTLR_EL2 say how.</param>
    /// <param name="address">The address.</param>
    /// <param name="access">What is done to it.</param>
    /// <param name="result">Where it leads, or the fault.</param>
    /// <returns>False for a fault that is the guest hypervisor's to see.</returns>
    public static bool Walk(VirtualCpu* vcpu, ulong address, Stage2Access access, Stage2WalkResult* result)
    {
        ulong control = vcpu->VTCR_EL2;
        int granule = (control >> 14 & 3) switch { 1 => 16, 2 => 14, _ => 12 };
        int stride = granule - 3;
        int inputSize = InputSize(control);
        int outputSize = OutputSize((uint)(control >> 16) & 7);
        int level = StartLevel(granule, (uint)(control >> 6) & 3);
        int shift = granule + ((LastLevel - level) * stride);
        int indexBits = inputSize - shift;
        int smallest = granule == 16 ? SmallestInput + 1 : SmallestInput;
        if (level < 0 || inputSize > AddressBits || inputSize < smallest || indexBits < 1 || indexBits > stride + 4 || address >> inputSize != 0)
        {
            return Fail(result, FaultStatus.Translation, 0);
        }

        ulong table = vcpu->VTTBR_EL2 & AddressMask;
        if (table >> outputSize != 0)
        {
            return Fail(result, FaultStatus.AddressSize, 0);
        }

        table &= ~((8UL << indexBits) - 1);
        for (; level <= LastLevel; level++)
        {
            ulong index = address >> shift & ((1UL << indexBits) - 1);
            ulong* entry = (ulong*)VirtualMachine.Memory(vcpu->Machine, new Ipa(table + (index * 8)), 8);
            if (entry == null)
            {
                return Fail(result, FaultStatus.ExternalOnWalk, level);
            }

            ulong descriptor = Load(vcpu, entry);
            if (level == LastLevel || (descriptor & TableOrPage) == 0)
            {
                result->Shift = shift;
                result->Level = level;
                return Leaf(vcpu, entry, descriptor, granule, outputSize, address, access, result);
            }

            if ((descriptor & 1) == 0)
            {
                return Fail(result, FaultStatus.Translation, level);
            }

            table = descriptor & AddressMask & ~((1UL << granule) - 1);
            if (table >> outputSize != 0)
            {
                return Fail(result, FaultStatus.AddressSize, level);
            }

            shift -= stride;
            indexBits = stride;
        }

        return Fail(result, FaultStatus.Translation, LastLevel);
    }

    // A page, a block, or nothing; result has shift and level. Who changes it meanwhile has it looked at again, as often as can be expected.
    private static bool Leaf(VirtualCpu* vcpu, ulong* entry, ulong descriptor, int granule, int outputSize, ulong address, Stage2Access access, Stage2WalkResult* result)
    {
        int level = result->Level;
        ulong control = vcpu->VTCR_EL2;
        bool updatesDirty = (control & (VtcrHa | VtcrHd)) == (VtcrHa | VtcrHd);
        for (int attempt = 0; attempt < UpdateAttempts; attempt++)
        {
            if ((descriptor & 1) == 0 || ((descriptor & TableOrPage) != 0) != (level == LastLevel) || !IsLeafLevel(granule, level))
            {
                return Fail(result, FaultStatus.Translation, level);
            }

            if ((descriptor & AddressMask & ~((1UL << granule) - 1)) >> outputSize != 0)
            {
                return Fail(result, FaultStatus.AddressSize, level);
            }

            if ((descriptor & AccessFlag) == 0 && (control & VtcrHa) == 0)
            {
                return Fail(result, FaultStatus.AccessFlag, level);
            }

            ulong updated = descriptor | AccessFlag;
            if ((access & Stage2Access.Write) != 0 && updatesDirty && (descriptor & DirtyModifier) != 0)
            {
                updated |= Stage2.Write;
            }

            result->Descriptor = updated;
            if (!Permits(updated, access))
            {
                return Fail(result, FaultStatus.Permission, level);
            }

            ulong found = updated == descriptor ? descriptor : Exchange(vcpu, entry, descriptor, updated);
            if (found == descriptor)
            {
                ulong offset = address & ((1UL << result->Shift) - 1);
                result->Output = (updated & AddressMask & ~((1UL << result->Shift) - 1)) | offset;
                result->Fault = 0;
                return true;
            }

            descriptor = found;
        }

        result->Fault = FaultStatus.UnsupportedAtomicUpdate;
        return false;
    }

    // XN[1:0] (FEAT_XNX): 00 both levels, 01 EL0 alone, 10 neither, 11 EL1 alone. S2AP does not speak of execution.
    private static bool Permits(ulong descriptor, Stage2Access access)
    {
        Stage2Access permitted = (Stage2Access)(descriptor >> 6 & 3) | (descriptor >> 53 & 3) switch
        {
            0 => Stage2Access.Execute | Stage2Access.ExecuteAtEl0,
            1 => Stage2Access.ExecuteAtEl0,
            3 => Stage2Access.Execute,
            _ => 0,
        };
        return (access & ~permitted) == 0;
    }

    private static bool Fail(Stage2WalkResult* result, uint fault, int level)
    {
        result->Fault = fault + (uint)level;
        result->Level = level;
        return false;
    }

    private static int InputSize(ulong vtcr) => 64 - (int)(vtcr & 0x3f);

    private static int StartLevel(int granule, uint sl0) => granule == 12
        ? sl0 switch { 0 => 2, 1 => 1, 2 => 0, _ => 3 }
        : sl0 switch { 0 => 3, 1 => 2, 2 => 1, _ => -1 };

    private static int OutputSize(uint ps)
    {
        int size = OutputBits(ps);
        return size < AddressBits ? size : AddressBits;
    }

    private static int OutputBits(uint range) => range switch { 0 => 32, 1 => 36, 2 => 40, 3 => 42, 4 => 44, _ => Stage2.WideAddressBits };

    private static bool IsLeafLevel(int granule, int level) => level >= 2 || (level == 1 && granule == 12);

    private static bool IsBigEndian(VirtualCpu* vcpu) => (vcpu->SCTLR_EL2 & BigEndian) != 0;

    private static ulong Load(VirtualCpu* vcpu, ulong* entry)
    {
        ulong value = (ulong)((Volatile*)entry)->Value;
        return IsBigEndian(vcpu) ? Swap(value) : value;
    }

    // What was there: `from`, and now `to` is, or something else.
    private static ulong Exchange(VirtualCpu* vcpu, ulong* entry, ulong from, ulong to)
    {
        bool big = IsBigEndian(vcpu);
        ulong found = (ulong)Interlocked.CompareExchange(ref *(long*)entry, (long)(big ? Swap(to) : to), (long)(big ? Swap(from) : from));
        return big ? Swap(found) : found;
    }

    /// <summary>The other byte order.</summary>
    public static ulong Swap(ulong value)
    {
        value = (value & 0x00ff_00ff_00ff_00ff) << 8 | (value >> 8 & 0x00ff_00ff_00ff_00ff);
        value = (value & 0x0000_ffff_0000_ffff) << 16 | (value >> 16 & 0x0000_ffff_0000_ffff);
        return value << 32 | value >> 32;
    }

    private struct Volatile
    {
        public volatile nuint Value;
    }
}
