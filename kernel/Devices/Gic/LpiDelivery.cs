// Pending LPIs between the guest's tables and list registers. An LPI has no active state: acknowledged, it is nobody's
// business any more, so what comes back from a list register is either still pending or done.
//
// What is remembered of the tables is the best LPI of each chunk. What may have changed that (INV and INVALL, the best one's
// delivery, LPIs that are switched on) makes the chunk stale; stale ones are looked at a few at a time, at each filling of list
// registers, and another filling is asked for while some are left. So no trap takes longer for a guest that has thousands pending.

using System.Numerics;
using System.Runtime.CompilerServices;

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
    // LPIs and empty chunks that one call looks at, and at most a chunk more.
    private const uint StepsAtOnce = 256;

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
        lpis->Ready = 0;
        lpis->Stale = 0;
        return ReconsiderChunks(gic, vcpu, (lpis->PendingBase & PendingTableZero) == 0 ? ulong.MaxValue : 0);
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
            Unmark(gic, from, at, intId);
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

        ulong chunks = 0;
        for (uint i = 0; i < TableSize / sizeof(ulong); i++)
        {
            chunks |= source[i] != 0 ? Chunk(VirtualLpis.First + (i * 64)) : 0;
            target[i] |= source[i];
            source[i] = 0;
        }

        Of(gic, from)->Ready = 0;
        Of(gic, from)->Stale = 0;
        Forget(Of(gic, to), chunks);
        return Redirect(gic, from, to, 0, 0) | (1u << (int)to);
    }

    /// <summary>The configuration of an LPI may have changed: its vCPU fills its list registers anew.</summary>
    public static uint Reconsider(VirtualGic* gic, uint vcpu, uint intId) => ReconsiderChunks(gic, vcpu, Chunk(intId));

    /// <summary>That of all may have.</summary>
    public static uint ReconsiderAll(VirtualGic* gic, uint vcpu) => ReconsiderChunks(gic, vcpu, ulong.MaxValue);

    /// <summary>Whether there may be pending LPIs; the usual case is that there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool MayWait(VirtualRedistributor* redistributor) => (redistributor->Lpis.Ready | redistributor->Lpis.Stale) != 0;

    /// <summary>Looks at stale chunks, not at more than a trap has time for.</summary>
    internal static void Look(VirtualGic* gic, uint vcpu)
    {
        VirtualLpis* lpis = Of(gic, vcpu);
        byte* properties = Properties(gic, lpis, out uint count);
        ulong* table = Table(gic, vcpu);
        if (properties == null || table == null)
        {
            lpis->Ready = 0;
            lpis->Stale = 0;
        }

        uint steps = 0;
        while (lpis->Stale != 0 && steps < StepsAtOnce)
        {
            LookAt(lpis, Bests(gic, vcpu), properties, count, table, (uint)BitOperations.TrailingZeroCount(lpis->Stale), ref steps);
        }
    }

    /// <summary>
    /// Puts the pending and enabled LPIs of a vCPU among the best of <paramref name="keys"/>, as
    /// <see cref="VirtualGicDelivery.Insert"/> does. False if there are more of them than place. Those of stale chunks are left.
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

        ulong* bests = Bests(gic, vcpu);
        bool all = true;
        for (ulong ready = lpis->Ready; ready != 0; ready &= ready - 1)
        {
            all &= VirtualGicDelivery.Insert(keys, first, used, limit, bests[BitOperations.TrailingZeroCount(ready)]);
        }

        // The others of a chunk are worse than its best, so they only count where that one has found a place.
        uint steps = 0;
        for (ulong ready = lpis->Ready; ready != 0; ready &= ready - 1)
        {
            int chunk = BitOperations.TrailingZeroCount(ready);
            if (*used == limit && (limit == first || bests[chunk] > keys[limit - 1]))
            {
                continue;
            }

            all &= Insert(properties, count, table, (uint)chunk, keys, first, used, limit, ref steps, bests[chunk]);
        }

        return all;
    }

    /// <summary>The best pending and enabled LPI, as priority &lt;&lt; 16 | INTID; <see cref="VirtualGicDelivery.NothingPending"/> for none.</summary>
    internal static uint Best(VirtualGic* gic, uint vcpu)
    {
        VirtualLpis* lpis = Of(gic, vcpu);
        ulong best = ulong.MaxValue;
        for (ulong ready = gic->Group1Mask == 0 ? 0 : lpis->Ready; ready != 0; ready &= ready - 1)
        {
            ulong key = Bests(gic, vcpu)[BitOperations.TrailingZeroCount(ready)];
            best = key < best ? key : best;
        }

        return best == ulong.MaxValue ? VirtualGicDelivery.NothingPending : ((uint)(best >> 32) << 16) | (uint)best;
    }

    /// <summary>Takes an LPI that <see cref="InsertAll"/> found out of the table. Returns the list register.</summary>
    internal static ulong Load(VirtualGic* gic, uint vcpu, uint slot, ulong key)
    {
        uint intId = (uint)key;
        byte* at = Byte(gic, vcpu, intId);
        VirtualLpis* lpis = Of(gic, vcpu);
        byte* properties = Properties(gic, lpis, out uint count);
        if (at != null && properties != null)
        {
            // At once, for to be asked to come back by what it does itself a filling would never end.
            uint steps = 0;
            *at &= (byte)~(1 << (int)(intId & 7));
            LookAt(lpis, Bests(gic, vcpu), properties, count, Table(gic, vcpu), ChunkOf(intId), ref steps);
        }

        lpis->Loaded[slot] = (vcpu << 16) | intId;
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
                    kick |= ReconsiderChunks(gic, vcpu, 0);
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
        ulong chunk = Chunk(intId);
        if (lpis->Enabled == 0 || (lpis->Stale & chunk) != 0)
        {
            return true;
        }

        byte* properties = Properties(gic, lpis, out uint count);
        ulong key = properties == null ? 0 : Key(properties, count, intId - VirtualLpis.First);
        ulong* best = Bests(gic, vcpu) + ChunkOf(intId);
        if (key != 0 && ((lpis->Ready & chunk) == 0 || key < *best))
        {
            *best = key;
            lpis->Ready |= chunk;
        }

        return true;
    }

    // No longer pending: if it was the best of its chunk, another is now.
    private static void Unmark(VirtualGic* gic, uint vcpu, byte* at, uint intId)
    {
        *at &= (byte)~(1 << (int)(intId & 7));
        VirtualLpis* lpis = Of(gic, vcpu);
        if ((lpis->Ready & Chunk(intId)) != 0 && (uint)Bests(gic, vcpu)[ChunkOf(intId)] == intId)
        {
            Forget(lpis, Chunk(intId));
        }
    }

    private static uint ReconsiderChunks(VirtualGic* gic, uint vcpu, ulong chunks)
    {
        if (Of(gic, vcpu)->Enabled != 0)
        {
            Forget(Of(gic, vcpu), chunks);
        }

        if (VirtualGic.Redistributor(gic, vcpu)->ListRegistersInUse != 0)
        {
            gic->Unsettled |= 1u << (int)vcpu;
        }

        return 1u << (int)vcpu;
    }

    private static void Forget(VirtualLpis* lpis, ulong chunks)
    {
        lpis->Ready &= ~chunks;
        lpis->Stale |= chunks;
    }

    private static uint ChunkOf(uint intId) => (intId - VirtualLpis.First) / VirtualLpis.PerChunk;

    private static ulong Chunk(uint intId) => 1UL << (int)ChunkOf(intId);

    // Priority << 32 | INTID; 0 for one that is disabled.
    private static ulong Key(byte* properties, uint count, uint index)
    {
        byte configuration = index < count ? properties[index] : (byte)0;
        return (configuration & ConfigurationEnable) == 0
            ? 0 : ((ulong)(configuration & VirtualGic.PriorityMask) << 32) | (VirtualLpis.First + index);
    }

    // The best of a chunk, which is known then.
    private static void LookAt(VirtualLpis* lpis, ulong* bests, byte* properties, uint count, ulong* table, uint chunk, ref uint steps)
    {
        uint used = 0;
        Insert(properties, count, table, chunk, bests + chunk, 0, &used, 1, ref steps);
        lpis->Stale &= ~(1UL << (int)chunk);
        lpis->Ready = (lpis->Ready & ~(1UL << (int)chunk)) | ((ulong)used << (int)chunk);
        steps++;
    }

    // The pending and enabled ones of a chunk, but for one that is there already, maybe with the priority that it had before.
    private static bool Insert(
        byte* properties, uint count, ulong* table, uint chunk, ulong* keys, uint first, uint* used, uint limit, ref uint steps, ulong known = 0)
    {
        bool all = true;
        uint begin = chunk * (VirtualLpis.PerChunk / 64);
        for (uint word = begin; word < begin + (VirtualLpis.PerChunk / 64); word++)
        {
            for (ulong bits = table[word]; bits != 0; bits &= bits - 1)
            {
                ulong key = Key(properties, count, (word * 64) + (uint)BitOperations.TrailingZeroCount(bits));
                all &= key == 0 || (uint)key == (uint)known || VirtualGicDelivery.Insert(keys, first, used, limit, key);
                steps++;
            }
        }

        return all;
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

    private static ulong* Bests(VirtualGic* gic, uint vcpu) => gic->Machine->BestLpis + (vcpu * VirtualLpis.Chunks);

    private static VirtualLpis* Of(VirtualGic* gic, uint vcpu) => &VirtualGic.Redistributor(gic, vcpu)->Lpis;
}
