// Walks a guest hypervisor's stage 2 tables as the hardware would (Arm ARM D8.2, D8.3): all granules, concatenated start
// levels, blocks, access flag and dirty state, both endiannesses. Every address in them is an allegation.

using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>What a walk found.</summary>
public unsafe struct Stage2WalkResult
{
    /// <summary>Where the guest hypervisor maps the address: a guest physical address of its VM.</summary>
    public ulong Output;

    /// <summary>log2 of the size of the page or block.</summary>
    public int Shift;

    /// <summary>The final descriptor.</summary>
    public ulong Descriptor;

    /// <summary>Fault status code (ESR_ELx.xFSC) when the walk failed.</summary>
    public uint Fault;
}

/// <summary>The software walker.</summary>
public static unsafe class GuestStage2Walk
{
    private const uint AddressSizeFault = 0x00;
    private const uint TranslationFault = 0x04;
    private const uint AccessFlagFault = 0x08;
    private const uint PermissionFault = 0x0c;
    private const uint WalkExternalAbort = 0x14;

    private const ulong AccessFlag = 1UL << 10;
    private const ulong DirtyModifier = 1UL << 51;
    private const ulong VtcrHa = 1UL << 21;
    private const ulong VtcrHd = 1UL << 22;
    private const ulong BigEndian = 1UL << 25;          // SCTLR_EL2.EE
    private const ulong AddressMask = 0xffff_ffff_ffff;

    /// <summary>Translates a guest's guest's physical address.</summary>
    /// <param name="vcpu">The vCPU; its VTTBR_EL2, VTCR_EL2 and SCTLR_EL2 say how.</param>
    /// <param name="address">The address.</param>
    /// <param name="write">It is written.</param>
    /// <param name="execute">It is executed.</param>
    /// <param name="result">Where it leads, or the fault.</param>
    /// <returns>False for a fault that is the guest hypervisor's to see.</returns>
    public static bool Walk(VirtualCpu* vcpu, ulong address, bool write, bool execute, Stage2WalkResult* result)
    {
        ulong control = vcpu->VTCR_EL2;
        int granule = (control >> 14 & 3) switch { 1 => 16, 2 => 14, _ => 12 };
        int inputSize = 64 - (int)(control & 0x3f);
        int level = StartLevel(granule, (uint)(control >> 6) & 3);
        int outputSize = OutputSize((uint)(control >> 16) & 7);
        if (inputSize > Stage2.AddressBits || inputSize < granule + 1 || level < 0 || address >> inputSize != 0)
        {
            return Fail(result, TranslationFault, 0);
        }

        ulong table = vcpu->VTTBR_EL2 & 0xffff_ffff_fffe;
        for (; level <= 3; level++)
        {
            int shift = granule + ((3 - level) * (granule - 3));
            bool start = level == StartLevel(granule, (uint)(control >> 6) & 3);
            int indexBits = start ? inputSize - shift : granule - 3;
            if (indexBits <= 0 || indexBits > granule - 3 + 4)
            {
                return Fail(result, TranslationFault, 0);
            }

            if (start)
            {
                table &= ~((8UL << indexBits) - 1);
            }

            ulong index = address >> shift & ((1UL << indexBits) - 1);
            ulong* entry = (ulong*)VirtualMachine.Memory(vcpu->Machine, new Ipa(table + (index * 8)), 8);
            if (entry == null)
            {
                return Fail(result, WalkExternalAbort, level);
            }

            ulong descriptor = Load(vcpu, entry);
            if ((descriptor & 1) == 0 || (level == 3 && (descriptor & 2) == 0))
            {
                return Fail(result, TranslationFault, level);
            }

            if ((descriptor & AddressMask & ~((1UL << granule) - 1)) >> outputSize != 0)
            {
                return Fail(result, AddressSizeFault, level);
            }

            if (level < 3 && (descriptor & 2) != 0)
            {
                table = descriptor & AddressMask & ~((1UL << granule) - 1);
                continue;
            }

            if (level < 3 && !IsBlockLevel(granule, level))
            {
                return Fail(result, TranslationFault, level);
            }

            return Leaf(vcpu, entry, descriptor, control, level, shift, address, write, execute, result);
        }

        return Fail(result, TranslationFault, 3);
    }

    private static bool Leaf(VirtualCpu* vcpu, ulong* entry, ulong descriptor, ulong control, int level, int shift, ulong address, bool write, bool execute, Stage2WalkResult* result)
    {
        ulong updated = descriptor;
        if ((descriptor & AccessFlag) == 0)
        {
            if ((control & VtcrHa) == 0)
            {
                return Fail(result, AccessFlagFault, level);
            }

            updated |= AccessFlag;
        }

        if (write && (updated & Stage2.Write) == 0 && (control & VtcrHd) != 0 && (updated & DirtyModifier) != 0)
        {
            updated |= Stage2.Write;
        }

        if ((write && (updated & Stage2.Write) == 0)
            || (!write && !execute && (updated & Stage2.Read) == 0)
            || (execute && !MayExecute(updated)))
        {
            return Fail(result, PermissionFault, level);
        }

        if (updated != descriptor && !Store(vcpu, entry, descriptor, updated))
        {
            // Changed while being walked: the access is made again.
            updated = descriptor;
        }

        ulong offset = address & ((1UL << shift) - 1);
        result->Output = (updated & AddressMask & ~((1UL << shift) - 1)) | offset;
        result->Shift = shift;
        result->Descriptor = updated;
        result->Fault = 0;
        return true;
    }

    // XN[1:0] (FEAT_XNX): 00 both levels, 01 EL0 alone, 10 neither, 11 EL1 alone. Which level it was is not asked: when
    // either may, the shadow carries the bits and hardware decides.
    private static bool MayExecute(ulong descriptor) => (descriptor >> 53 & 3) != 2 && (descriptor & Stage2.Read) != 0;

    private static bool Fail(Stage2WalkResult* result, uint fault, int level)
    {
        result->Fault = fault + (uint)level;
        return false;
    }

    private static int StartLevel(int granule, uint sl0) => granule == 12
        ? sl0 switch { 0 => 2, 1 => 1, 2 => 0, _ => 3 }
        : sl0 switch { 0 => 3, 1 => 2, 2 => 1, _ => -1 };

    private static int OutputSize(uint ps) => ps switch { 0 => 32, 1 => 36, _ => Stage2.AddressBits };

    private static bool IsBlockLevel(int granule, int level) => granule == 12 ? level is 1 or 2 : level == 2;

    private static bool IsBigEndian(VirtualCpu* vcpu) => (vcpu->SCTLR_EL2 & BigEndian) != 0;

    private static ulong Load(VirtualCpu* vcpu, ulong* entry)
    {
        ulong value = (ulong)((Volatile*)entry)->Value;
        return IsBigEndian(vcpu) ? Swap(value) : value;
    }

    private static bool Store(VirtualCpu* vcpu, ulong* entry, ulong from, ulong to)
    {
        bool big = IsBigEndian(vcpu);
        long expected = (long)(big ? Swap(from) : from);
        return Interlocked.CompareExchange(ref *(long*)entry, (long)(big ? Swap(to) : to), expected) == expected;
    }

    private static ulong Swap(ulong value)
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
