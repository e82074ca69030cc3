// The registers that exist both in the distributor (for SPIs) and in a redistributor's SGI_base frame (for
// SGIs and PPIs), at the same offsets: here once, over a bank. The two frames decide which bank it is.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>Registers of a bank. All functions need the VM's GIC lock.</summary>
public static unsafe class VirtualGicRegisters
{
    // Offset / 0x80 of each array of one bit per interrupt; IHI 0069, table 12-25.
    private const uint Group = 0x080 >> 7;
    private const uint SetEnable = 0x100 >> 7;
    private const uint ClearEnable = 0x180 >> 7;
    private const uint SetPending = 0x200 >> 7;
    private const uint ClearPending = 0x280 >> 7;
    private const uint SetActive = 0x300 >> 7;
    private const uint ClearActiveArray = 0x380 >> 7;

    private const uint PriorityStart = 0x400;
    private const uint PriorityEnd = 0x800;
    private const uint ConfigurationStart = 0xC00;
    private const uint ConfigurationEnd = 0xD00;

    // ICFGR: the upper bit of each pair says edge, the lower one is RES0.
    private const uint ConfigurationBits = 0xAAAA_AAAA;

    /// <summary>
    /// True if an access at this offset (of the distributor, or of SGI_base) reads or writes pending or active state, which the
    /// guest may have changed in list registers: the accessing vCPU, if it is loaded, must be evicted first and refilled after.
    /// </summary>
    public static bool DependsOnListRegisters(uint offset) => offset - 0x200 < 0x200;

    /// <summary>Is this access, by size (1, 2, 4 or 8 bytes) and alignment, one that a bank's registers answer?</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Answers(uint offset, uint size) =>
        size == 4 ? (offset & 3) == 0 : size == 1 && offset - PriorityStart < PriorityEnd - PriorityStart;

    /// <summary>Which bank an offset speaks about: INTID / 32; 32 or more where there is no such array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint BankOf(uint offset)
    {
        if (offset < PriorityStart)
        {
            return offset < 0x80 ? uint.MaxValue : (offset & 0x7F) >> 2;
        }

        if (offset < PriorityEnd)
        {
            return (offset - PriorityStart) >> 5;
        }

        return offset - ConfigurationStart < ConfigurationEnd - ConfigurationStart
            ? (offset - ConfigurationStart) >> 3
            : uint.MaxValue;
    }

    /// <summary>Reads; the caller has checked <see cref="Answers"/> and the bank. RAZ where nothing is.</summary>
    internal static uint Read(VirtualGic* gic, uint vcpu, uint offset, uint size, out uint kick)
    {
        kick = 0;
        uint index = BankOf(offset);
        InterruptBank* bank = VirtualGic.Bank(gic, vcpu, index);
        if (offset >= ConfigurationStart)
        {
            return Configuration(bank, (offset >> 2) & 1);
        }

        if (offset >= PriorityStart)
        {
            byte* priority = bank->Priority + (offset & 31);
            return size == 1 ? *priority : *(uint*)priority;
        }

        switch (offset >> 7)
        {
            case Group:
                return bank->Group1;
            case SetEnable:
            case ClearEnable:
                return bank->Enabled;
            case SetPending:
            case ClearPending:
                // What another vCPU has in its list registers is known as of its last exit; make it tell, for the next read.
                kick = VirtualGicNotify.Holders(gic, vcpu, index, bank->Resident);
                return InterruptBank.Pending(bank) | bank->Loaded;
            case SetActive:
            case ClearActiveArray:
                kick = VirtualGicNotify.Holders(gic, vcpu, index, bank->Resident);
                return bank->Active;
            default:
                return 0;
        }
    }

    /// <summary>Writes; the caller has checked <see cref="Answers"/> and the bank. Returns the vCPUs to kick.</summary>
    internal static uint Write(VirtualGic* gic, uint vcpu, uint offset, uint size, uint value)
    {
        uint index = BankOf(offset);
        InterruptBank* bank = VirtualGic.Bank(gic, vcpu, index);
        uint changed = value;
        if (offset >= ConfigurationStart)
        {
            Configure(bank, (offset >> 2) & 1, value, index == 0);
            changed = uint.MaxValue;
        }
        else if (offset >= PriorityStart)
        {
            byte* priority = bank->Priority + (offset & 31);
            if (size == 1)
            {
                *priority = (byte)(value & VirtualGic.PriorityMask);
                changed = 1u << (int)(offset & 31);
            }
            else
            {
                *(uint*)priority = value & (VirtualGic.PriorityMask * 0x0101_0101);
                changed = 0xFu << (int)(offset & 31);
            }
        }
        else
        {
            switch (offset >> 7)
            {
                case Group:
                    changed = bank->Group1 ^ value;
                    bank->Group1 = value;
                    break;
                case SetEnable:
                    changed = value & ~bank->Enabled;
                    bank->Enabled |= value;
                    break;
                case ClearEnable:
                    changed = value & bank->Enabled;
                    bank->Enabled &= ~value;
                    gic->Unsettled |= VirtualGicNotify.Holders(gic, vcpu, index, changed);
                    break;
                case SetPending:
                    bank->Latch |= value;
                    break;
                case ClearPending:
                    bank->Latch &= ~value;
                    bank->Loaded &= ~value;
                    break;
                case SetActive:
                    Activate(gic, vcpu, index, value);
                    break;
                case ClearActiveArray:
                    return ClearActive(gic, vcpu, index, value);
                default:
                    return 0;
            }
        }

        return VirtualGicNotify.Changed(gic, vcpu, index, changed);
    }

    /// <summary>Deactivates interrupts of a bank, wherever they are active. Returns the vCPUs to kick.</summary>
    internal static uint ClearActive(VirtualGic* gic, uint vcpu, uint index, uint interrupts)
    {
        InterruptBank* bank = VirtualGic.Bank(gic, vcpu, index);
        bank->Active &= ~interrupts;
        bank->ActiveForced |= interrupts & bank->Resident;
        uint absent = interrupts & ~bank->Resident;
        for (uint other = 0; index != 0 && other < gic->VcpuCount; other++)
        {
            VirtualGic.Redistributor(gic, other)->Owned[index] &= ~absent;
        }

        return VirtualGicNotify.Changed(gic, vcpu, index, interrupts);
    }

    // A shared interrupt that nobody had becomes its target's, which gets it into a list register and may so deactivate it.
    private static void Activate(VirtualGic* gic, uint vcpu, uint index, uint interrupts)
    {
        InterruptBank* bank = VirtualGic.Bank(gic, vcpu, index);
        uint fresh = interrupts & ~(bank->Active | bank->Resident);
        bank->Active |= interrupts;
        bank->ActiveForced |= interrupts & bank->Resident;
        for (uint other = 0; index != 0 && other < gic->VcpuCount; other++)
        {
            VirtualRedistributor* redistributor = VirtualGic.Redistributor(gic, other);
            redistributor->Owned[index] |= fresh & redistributor->Routed[index];
        }
    }

    // Sixteen interrupts of two bits each: half 0 is the lower half of the bank.
    private static uint Configuration(InterruptBank* bank, uint half)
    {
        uint edges = bank->Edge >> (int)(half * 16);
        uint value = 0;
        for (int n = 0; n < 16; n++)
        {
            value |= ((edges >> n) & 1) << ((n * 2) + 1);
        }

        return value;
    }

    private static void Configure(InterruptBank* bank, uint half, uint value, bool isPrivate)
    {
        if (isPrivate && half == 0)
        {
            return; // SGIs are always edge-triggered.
        }

        value &= ConfigurationBits;
        uint edges = 0;
        for (int n = 0; n < 16; n++)
        {
            edges |= ((value >> ((n * 2) + 1)) & 1) << n;
        }

        int shift = (int)(half * 16);
        bank->Edge = (bank->Edge & ~(0xFFFFu << shift)) | (edges << shift);
    }
}
