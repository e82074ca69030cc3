// The ITS's command queue (IHI 0069, 5.3). As QEMU does, a command that makes no sense is passed over; only one that cannot
// be read stalls the queue. A queue holds up to 32768 commands, so a trap does some of them, and says that others wait.

namespace Nestor.Kernel;

/// <summary>Commands of the ITS. All functions need the VM's GIC lock.</summary>
public static unsafe class ItsCommands
{
    private const uint Move = 0x01;
    private const uint Interrupt = 0x03;
    private const uint Clear = 0x04;
    private const uint Synchronise = 0x05;
    private const uint MapDevice = 0x08;
    private const uint MapCollection = 0x09;
    private const uint MapInterrupt = 0x0A;
    private const uint MapIdentity = 0x0B;
    private const uint Invalidate = 0x0C;
    private const uint InvalidateAll = 0x0D;
    private const uint MoveAll = 0x0E;
    private const uint Discard = 0x0F;

    private const ulong QueueValid = 1UL << 63;
    private const ulong QueueAddress = 0x000F_FFFF_FFFF_F000;
    private const uint CommandSize = 32;

    // A MOVALL goes over a whole pending table.
    private const int CommandsAtOnce = 32;
    private const int MoveAllCost = 16;

    /// <summary>
    /// Does what stands in the queue, some of it. The calling vCPU must have been evicted.
    /// </summary>
    /// <param name="gic">The controller.</param>
    /// <param name="unfinished">More is to be done: call again soon.</param>
    /// <returns>The vCPUs to kick.</returns>
    public static uint Process(VirtualGic* gic, out bool unfinished)
    {
        VirtualIts* its = &gic->Its;
        ulong size = ((its->QueueBase & 0xFF) + 1) << 12;
        uint kick = 0;
        int budget = CommandsAtOnce;
        while (IsWaiting(its, size) && budget > 0)
        {
            ulong at = (its->QueueBase & QueueAddress) + its->ReadOffset;
            ulong* command = (ulong*)VirtualMachine.Memory(gic->Machine, new Ipa(at), CommandSize);
            if (command == null)
            {
                its->Stalled = 1;
                break;
            }

            uint number = (byte)command[0];
            if (number == Synchronise && gic->Unsettled != 0)
            {
                break; // A vCPU on another CPU still sees what was there before.
            }

            kick |= Do(gic, number, command[0], command[1], command[2], command[3]);
            budget -= number == MoveAll ? MoveAllCost : 1;
            its->ReadOffset = its->ReadOffset + CommandSize == size ? 0 : its->ReadOffset + CommandSize;
        }

        unfinished = IsWaiting(its, size);
        return kick;
    }

    /// <summary>A device's event happens. Returns the vCPUs to kick.</summary>
    public static uint Signal(VirtualGic* gic, uint device, uint number) =>
        Find(gic, device, number, out uint vcpu, out uint intId) != null ? LpiDelivery.Pend(gic, vcpu, intId) : 0;

    private static bool IsWaiting(VirtualIts* its, ulong size) =>
        its->Enabled != 0 && its->Stalled == 0 && (its->QueueBase & QueueValid) != 0
        && its->ReadOffset != its->WriteOffset && its->WriteOffset < size && its->ReadOffset < size;

    private static uint Do(VirtualGic* gic, uint number, ulong word0, ulong word1, ulong word2, ulong word3)
    {
        uint device = (uint)(word0 >> 32);
        uint identifier = (uint)word1;
        uint collection = (ushort)word2;
        switch (number)
        {
            case MapDevice:
                Map(ItsTables.Device(gic, device), word2, (word2 & ItsTables.InterruptTableAddress) | (word1 & 31), (word1 & 31) < 16);
                return 0;
            case MapCollection:
                Map(ItsTables.Collection(gic, collection), word2, Processor(word2), Processor(word2) < gic->VcpuCount);
                return 0;
            case MapInterrupt:
                return MapEvent(gic, device, identifier, (uint)(word1 >> 32), collection);
            case MapIdentity:
                return MapEvent(gic, device, identifier, identifier, collection);
            case Interrupt:
                return Signal(gic, device, identifier);
            case Move:
                return MoveEvent(gic, device, identifier, collection);
            case Clear:
            case Discard:
            case Invalidate:
                return OnEvent(gic, number, device, identifier);
            case InvalidateAll:
                return VcpuOf(gic, collection, out uint vcpu) ? LpiDelivery.ReconsiderAll(gic, vcpu) : 0;
            case MoveAll:
                return Processor(word2) < gic->VcpuCount && Processor(word3) < gic->VcpuCount
                    ? LpiDelivery.MoveAll(gic, (uint)Processor(word2), (uint)Processor(word3))
                    : 0;
            default:
                return 0;
        }
    }

    // RDbase: with GITS_TYPER.PTA clear, GICR_TYPER.Processor_Number.
    private static ulong Processor(ulong word) => word >> 16 & 0x7_FFFF_FFFF;

    private static void Map(ulong* entry, ulong word, ulong value, bool isSound)
    {
        bool valid = (word & ItsTables.Valid) != 0;
        if (entry != null && (isSound || !valid))
        {
            *entry = valid ? ItsTables.Valid | value : 0;
        }
    }

    private static uint MapEvent(VirtualGic* gic, uint device, uint number, uint intId, uint collection)
    {
        ulong* entry = ItsTables.Interrupt(gic, device, number);
        if (entry != null && LpiDelivery.Exists(intId) && ItsTables.Collection(gic, collection) != null)
        {
            *entry = ItsTables.Valid | (intId << 16) | collection;
        }

        return 0;
    }

    private static uint MoveEvent(VirtualGic* gic, uint device, uint number, uint collection)
    {
        ulong* entry = Find(gic, device, number, out uint from, out uint intId);
        if (entry == null || !VcpuOf(gic, collection, out uint to))
        {
            return 0;
        }

        *entry = ItsTables.Valid | (intId << 16) | collection;
        return from == to ? 0 : LpiDelivery.Move(gic, from, to, intId);
    }

    private static uint OnEvent(VirtualGic* gic, uint number, uint device, uint identifier)
    {
        ulong* entry = Find(gic, device, identifier, out uint vcpu, out uint intId);
        if (entry == null)
        {
            return 0;
        }

        if (number == Invalidate)
        {
            return LpiDelivery.Reconsider(gic, vcpu, intId);
        }

        if (number == Discard)
        {
            *entry = 0;
        }

        return LpiDelivery.Move(gic, vcpu, LpiDelivery.Nobody, intId);
    }

    /// <summary>The mapping of an event and what it says, all of it checked; null if there is none.</summary>
    private static ulong* Find(VirtualGic* gic, uint device, uint number, out uint vcpu, out uint intId)
    {
        vcpu = 0;
        intId = 0;
        ulong* entry = ItsTables.Interrupt(gic, device, number);
        ulong value = entry == null ? 0 : *entry;
        intId = (ushort)(value >> 16);
        return (value & ItsTables.Valid) != 0 && LpiDelivery.Exists(intId) && VcpuOf(gic, (ushort)value, out vcpu) ? entry : null;
    }

    private static bool VcpuOf(VirtualGic* gic, uint collection, out uint vcpu)
    {
        ulong* entry = ItsTables.Collection(gic, collection);
        ulong value = entry == null ? 0 : *entry;
        vcpu = (ushort)value;
        return (value & ItsTables.Valid) != 0 && vcpu < gic->VcpuCount;
    }
}
