// Pending LPIs between the guest's tables and list registers. An LPI has no active state: acknowledged, it is nobody's
// business any more, so what comes back from a list register is either still pending or done.
//
// The configuration table is read whenever list registers are filled, never remembered: then INV and INVALL have only to make
// that happen. A guest with thousands of pending LPIs makes each filling look at all of them; that is at most 8192, its own time.

using System.Numerics;

namespace Nestor.Kernel;

/// <summary>Pending state of LPIs. All functions need the VM's GIC lock; those that return a mask mean vCPUs to kick.</summary>
public static unsafe class LpiDelivery
{
    /// <summary>What <see cref="Move"/> takes for no vCPU: the LPI is no longer pending anywhere.</summary>
    public const uint Nobody = uint.MaxValue;

    private const byte ConfigurationEnable = 1;
    private const ulong PropertyAddress = 0x000F_FFFF_FFFF_F000;
    private const ulong PendingAddress = 0x000F_FFFF_FFFF_0000;
    private const ulong PropertyIdBits = 0x1F;
    private const uint TableOffset = VirtualLpis.First / 8;
    private const uint TableSize = VirtualLpis.Count / 8;

    /// <summary>Is this the INTID of an LPI that exists?</summary>
    public static bool Exists(uint intId) => intId - VirtualLpis.First < VirtualLpis.Count;

    /// <summary>GICR_CTLR.EnableLPIs. What is pending stays in the guest's table while they are off.</summary>
    public static uint SetEnabled(VirtualGic* gic, uint vcpu, bool enabled)
    {
        const ulong PendingTableZero = 1UL << 62;
        VirtualLpis* lpis = Of(gic, vcpu);
        if ((lpis->Enabled != 0) == enabled)
        {
            return 0;
        }

        lpis->Enabled = enabled ? 1u : 0;
        lpis->Waiting = enabled && (lpis->PendingBase & PendingTableZero) == 0 ? ulong.MaxValue : 0;
        return Reconsider(gic, vcpu);
    }

    /// <summary>An LPI happens. Lost where the vCPU's LPIs are off, or there is no pending table in its memory.</summary>
    public static uint Pend(VirtualGic* gic, uint vcpu, uint intId) =>
        Of(gic, vcpu)->Enabled != 0 && Mark(gic, vcpu, intId) ? 1u << (int)vcpu : 0;

    /// <summary>
    /// Takes a pending LPI from one vCPU and gives it to another, or to <see cref="Nobody"/>; in a list register, too. Nothing
    /// happens where it is not pending.
    /// </summary>
    public static uint Move(VirtualGic* gic, uint from, uint to, uint intId)
    {
        uint kick = 0;
        byte* at = Byte(gic, from, intId);
        byte bit = (byte)(1 << (int)(intId & 7));
        if (at != null && (*at & bit) != 0)
        {
            *at &= (byte)~bit;
            kick = to != Nobody ? Pend(gic, to, intId) : 0;
        }

        return kick | Redirect(gic, from, to, intId, 0xFFFF);
    }

    /// <summary>The same for all LPIs of a vCPU.</summary>
    public static uint MoveAll(VirtualGic* gic, uint from, uint to)
    {
        ulong* source = Table(gic, from);
        ulong* target = Table(gic, to);
        if (from == to || source == null || target == null || (Of(gic, from)->Enabled & Of(gic, to)->Enabled) == 0)
        {
            return 0;
        }

        for (uint i = 0; i < TableSize / sizeof(ulong); i++)
        {
            target[i] |= source[i];
            source[i] = 0;
        }

        Of(gic, to)->Waiting |= Of(gic, from)->Waiting;
        return Redirect(gic, from, to, 0, 0) | (1u << (int)to);
    }

    /// <summary>The configuration of some of a vCPU's LPIs may have changed: it fills its list registers anew.</summary>
    public static uint Reconsider(VirtualGic* gic, uint vcpu)
    {
        if (VirtualGic.Redistributor(gic, vcpu)->ListRegistersInUse != 0)
        {
            gic->Unsettled |= 1u << (int)vcpu;
        }

        return 1u << (int)vcpu;
    }

    /// <summary>
    /// Puts the pending and enabled LPIs of a vCPU among the best of <paramref name="keys"/>, as
    /// <see cref="VirtualGicDelivery.Insert"/> does. False if there are more of them than place.
    /// </summary>
    internal static bool InsertAll(VirtualGic* gic, uint vcpu, ulong* keys, uint first, uint* used, uint limit)
    {
        VirtualLpis* lpis = Of(gic, vcpu);
        byte* properties = Properties(gic, lpis, out uint count);
        ulong* table = Table(gic, vcpu);
        if (gic->Group1Mask == 0 || properties == null || table == null)
        {
            return true; // LPIs are in group 1.
        }

        bool all = true;
        ulong waiting = lpis->Waiting;
        while (waiting != 0)
        {
            int chunk = BitOperations.TrailingZeroCount(waiting);
            waiting &= waiting - 1;
            bool any = false;
            uint firstWord = (uint)chunk * (VirtualLpis.PerChunk / 64);
            for (uint word = firstWord; word < firstWord + (VirtualLpis.PerChunk / 64); word++)
            {
                ulong bits = table[word];
                any |= bits != 0;
                while (bits != 0)
                {
                    uint index = (word * 64) + (uint)BitOperations.TrailingZeroCount(bits);
                    bits &= bits - 1;
                    byte configuration = index < count ? properties[index] : (byte)0;
                    if ((configuration & ConfigurationEnable) != 0)
                    {
                        ulong key = ((ulong)(configuration & VirtualGic.PriorityMask) << 32) | (VirtualLpis.First + index);
                        all &= VirtualGicDelivery.Insert(keys, first, used, limit, key);
                    }
                }
            }

            lpis->Waiting &= any ? ulong.MaxValue : ~(1UL << chunk);
        }

        return all;
    }

    /// <summary>Takes an LPI that <see cref="InsertAll"/> found out of the table. Returns the list register.</summary>
    internal static ulong Load(VirtualGic* gic, uint vcpu, uint slot, ulong key)
    {
        uint intId = (uint)key;
        byte* at = Byte(gic, vcpu, intId);
        if (at != null)
        {
            *at &= (byte)~(1 << (int)(intId & 7));
        }

        Of(gic, vcpu)->Loaded[slot] = (vcpu << 16) | intId;
        return ListRegisterFormat.Pending | ListRegisterFormat.Group1 | (key >> 32 << ListRegisterFormat.PriorityShift) | intId;
    }

    /// <summary>A list register that held an LPI comes back.</summary>
    internal static uint ReadBack(VirtualGic* gic, uint vcpu, uint slot, ulong value)
    {
        VirtualLpis* lpis = Of(gic, vcpu);
        uint loaded = lpis->Loaded[slot];
        lpis->Loaded[slot] = 0;
        if (loaded == 0 || (value & ListRegisterFormat.Pending) == 0)
        {
            return 0;
        }

        // Back into its own table even if the LPIs are off by now; one that was moved meanwhile happens at its new vCPU.
        uint home = loaded >> 16;
        uint intId = loaded & 0xFFFF;
        return home != vcpu ? Pend(gic, home, intId) : Mark(gic, vcpu, intId) ? 1u << (int)vcpu : 0;
    }

    // LPIs in list registers that would come back to vCPU `from`, all of them or (mask 0xFFFF) one.
    private static uint Redirect(VirtualGic* gic, uint from, uint to, uint intId, uint mask)
    {
        uint kick = 0;
        for (uint vcpu = 0; vcpu < gic->VcpuCount; vcpu++)
        {
            VirtualRedistributor* holder = VirtualGic.Redistributor(gic, vcpu);
            for (uint slot = 0; slot < holder->ListRegistersInUse; slot++)
            {
                uint loaded = holder->Lpis.Loaded[slot];
                if (loaded != 0 && loaded >> 16 == from && (loaded & mask) == intId)
                {
                    holder->Lpis.Loaded[slot] = to == Nobody ? 0 : (to << 16) | (loaded & 0xFFFF);
                    kick |= Reconsider(gic, vcpu);
                }
            }
        }

        return kick;
    }

    private static bool Mark(VirtualGic* gic, uint vcpu, uint intId)
    {
        byte* at = Byte(gic, vcpu, intId);
        if (at == null)
        {
            return false;
        }

        *at |= (byte)(1 << (int)(intId & 7));
        VirtualLpis* lpis = Of(gic, vcpu);
        if (lpis->Enabled != 0)
        {
            lpis->Waiting |= 1UL << (int)((intId - VirtualLpis.First) / VirtualLpis.PerChunk);
        }

        return true;
    }

    private static byte* Byte(VirtualGic* gic, uint vcpu, uint intId)
    {
        byte* table = (byte*)Table(gic, vcpu);
        return table == null || !Exists(intId) ? null : table + ((intId - VirtualLpis.First) / 8);
    }

    /// <summary>The pending table from the first LPI on, or null where it is not in the guest's memory.</summary>
    private static ulong* Table(VirtualGic* gic, uint vcpu)
    {
        ulong at = Of(gic, vcpu)->PendingBase & PendingAddress;
        return (ulong*)VirtualMachine.Memory(gic->Machine, new Ipa(at + TableOffset), TableSize);
    }

    private static byte* Properties(VirtualGic* gic, VirtualLpis* lpis, out uint count)
    {
        ulong intIds = 2UL << (int)(lpis->PropertyBase & PropertyIdBits);
        count = intIds <= VirtualLpis.First ? 0 : intIds >= VirtualLpis.First + VirtualLpis.Count ? VirtualLpis.Count : (uint)intIds - VirtualLpis.First;
        return VirtualMachine.Memory(gic->Machine, new Ipa(lpis->PropertyBase & PropertyAddress), count);
    }

    private static VirtualLpis* Of(VirtualGic* gic, uint vcpu) => &VirtualGic.Redistributor(gic, vcpu)->Lpis;
}
