// Between the model and the list registers. A refill takes everything back into the model and then
// chooses afresh: there is no difference to keep between "changed" and "unchanged", so a route, a
// priority, a mask or a line that moved meanwhile needs no case of its own.
//
// For the same reason a vCPU that stops running keeps nothing in saved list registers: its interrupts
// return to the model, where another vCPU's register accesses see the truth and an SPI can be routed away.
//
// Who may take what: a shared interrupt in a list register is Resident, with one owner, until it is read
// back there; an active one stays with its owner until deactivated, whatever GICD_IROUTER says.

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>Filling and reading back list registers. All functions need the VM's GIC lock.</summary>
public static unsafe class VirtualGicDelivery
{
    /// <summary><see cref="HighestPending"/>: nothing.</summary>
    public const uint NothingPending = uint.MaxValue;

    /// <summary><see cref="SlotForPrivate"/>: it takes a refill.</summary>
    public const uint NoSlot = uint.MaxValue;

    // LPIs count as a bank behind the others.
    private const uint LpiBank = VirtualGic.BankCount;

    /// <summary>
    /// Takes what the guest did out of the list registers and fills them with the best that is to be delivered:
    /// active interrupts, then pending ones by priority and INTID. Sets <see cref="ListRegisters.Control"/>.
    /// To be called on the CPU that runs the vCPU: before entering it, when kicked, and on a maintenance interrupt.
    /// </summary>
    /// <returns>
    /// Mask of other vCPUs to kick: interrupts read back here that are routed to them by now. This one is among them if it should
    /// fill its list registers again soon, because LPIs are left to be looked at.
    /// </returns>
    public static uint Refill(VirtualGic* gic, uint vcpu, ListRegisters* registers)
    {
        uint kick = Evict(gic, vcpu, registers);
        VirtualRedistributor* redistributor = VirtualGic.Redistributor(gic, vcpu);
        uint limit = registers->Count < ListRegisters.Maximum ? registers->Count : ListRegisters.Maximum;
        uint used = 0;
        uint control = 0;
        uint banksToDeliver = 0;
        for (uint index = 0; index < VirtualGic.BankCount; index++)
        {
            InterruptBank* bank = VirtualGic.Bank(gic, vcpu, index);
            if ((bank->Latch | bank->Line | bank->Active) == 0)
            {
                continue; // The usual case, and this is the path of every interrupt.
            }

            if ((InterruptBank.Deliverable(bank, gic) & redistributor->Routed[index]) != 0)
            {
                banksToDeliver |= 1u << (int)index;
            }

            uint active = bank->Active & ~bank->Resident & redistributor->Owned[index];
            if (active != 0 && !InsertAll(registers->Value, 0, &used, limit, bank, index, active))
            {
                control = ListRegisterFormat.ControlEntryNotPresent | ListRegisterFormat.ControlTrapDeactivate;
            }
        }

        if (LpiDelivery.MayWait(redistributor))
        {
            LpiDelivery.Look(gic, vcpu);
            banksToDeliver |= redistributor->Lpis.Ready != 0 ? 1u << (int)LpiBank : 0;
        }

        // A pending interrupt must be able to preempt: active ones never take the last list register from it.
        if (banksToDeliver != 0 && used == limit && limit != 0)
        {
            registers->Value[--used] = 0;
            control = ListRegisterFormat.ControlEntryNotPresent | ListRegisterFormat.ControlTrapDeactivate;
        }

        uint activeCount = used;
        while (banksToDeliver != 0)
        {
            uint index = (uint)BitOperations.TrailingZeroCount(banksToDeliver);
            banksToDeliver &= banksToDeliver - 1;
            bool all = index == LpiBank
                ? LpiDelivery.InsertAll(gic, vcpu, registers->Value, activeCount, &used, limit)
                : InsertAll(registers->Value, activeCount, &used, limit, VirtualGic.Bank(gic, vcpu, index), index,
                    InterruptBank.Deliverable(VirtualGic.Bank(gic, vcpu, index), gic) & redistributor->Routed[index]);
            if (!all)
            {
                control |= ListRegisterFormat.ControlNoPending;
            }
        }

        for (uint slot = 0; slot < used; slot++)
        {
            ulong key = registers->Value[slot];
            uint intId = (uint)key;
            registers->Value[slot] = slot < activeCount
                ? LoadActive(gic, vcpu, redistributor, intId, (control & ListRegisterFormat.ControlNoPending) != 0)
                : intId < VirtualLpis.First ? LoadPending(gic, vcpu, redistributor, intId) : LpiDelivery.Load(gic, vcpu, slot, key);
        }

        registers->InUse = used;
        registers->Control = control;
        redistributor->ListRegistersInUse = used;
        return redistributor->Lpis.Stale == 0 ? kick : kick | (1u << (int)vcpu);
    }

    /// <summary>
    /// When one private interrupt is all that came, it mostly needs no refill: it goes into a list register that was free, or into
    /// the one that it was in before, if the guest has ended it there. What the others hold need not be read for that.
    /// </summary>
    /// <param name="gic">The VM's interrupt controller.</param>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="registers">Its list registers.</param>
    /// <param name="bit">The interrupt, a bit of the private bank.</param>
    /// <returns>The list register; or <see cref="NoSlot"/> when it is not as simple as that.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint SlotForPrivate(VirtualGic* gic, uint vcpu, ListRegisters* registers, out uint bit)
    {
        InterruptBank* bank = &VirtualGic.Redistributor(gic, vcpu)->Private;
        uint owned = bank->Resident | bank->Active;
        bit = InterruptBank.Pending(bank) & InterruptBank.Open(bank, gic);
        if (bit == 0 || (bit & (bit - 1)) != 0 || (bank->ActiveForced & bit) != 0 || registers->Control != 0)
        {
            return NoSlot;
        }

        uint inUse = registers->InUse;
        if ((owned & bit) == 0)
        {
            return inUse < registers->Count && inUse < ListRegisters.Maximum ? inUse : NoSlot;
        }

        uint intId = (uint)BitOperations.TrailingZeroCount(bit);
        for (uint slot = 0; slot < inUse; slot++)
        {
            if ((uint)registers->Value[slot] == intId)
            {
                return slot;
            }
        }

        return NoSlot;
    }

    /// <summary>Loads what <see cref="SlotForPrivate"/> is about; what was in that list register has ended.</summary>
    /// <returns>The list register's value.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong LoadPrivate(VirtualGic* gic, uint vcpu, ListRegisters* registers, uint slot, uint bit)
    {
        VirtualRedistributor* redistributor = VirtualGic.Redistributor(gic, vcpu);
        InterruptBank* bank = &redistributor->Private;
        bank->Active &= ~bit;
        ulong value = PendingValue(bank, (uint)BitOperations.TrailingZeroCount(bit), bit);
        registers->Value[slot] = value;
        if (slot == registers->InUse)
        {
            registers->InUse = slot + 1;
            redistributor->ListRegistersInUse = slot + 1;
        }

        return value;
    }

    /// <summary>
    /// Takes what the guest did out of the list registers and leaves them empty. To be called when the vCPU is switched
    /// away from or stops, and before an access to a register that shows what list registers may have changed
    /// (see <see cref="VirtualGicRegisters.DependsOnListRegisters"/>). A vCPU that is not loaded must have been evicted.
    /// </summary>
    /// <returns>Mask of other vCPUs to kick: interrupts read back here that are routed to them by now.</returns>
    public static uint Evict(VirtualGic* gic, uint vcpu, ListRegisters* registers)
    {
        VirtualRedistributor* redistributor = VirtualGic.Redistributor(gic, vcpu);
        uint kick = 0;

        // First, while Resident still tells apart the active interrupts that had no list register.
        uint ended = registers->EndOfInterruptCount < 32 ? registers->EndOfInterruptCount : 31;
        for (; ended != 0; ended--)
        {
            kick |= EndHighestAbsent(gic, vcpu, redistributor);
        }

        uint inUse = registers->InUse < ListRegisters.Maximum ? registers->InUse : ListRegisters.Maximum;
        for (uint slot = 0; slot < inUse; slot++)
        {
            kick |= ReadBack(gic, vcpu, redistributor, slot, registers->Value[slot]);
            registers->Value[slot] = 0;
        }

        registers->InUse = 0;
        registers->EndOfInterruptCount = 0;
        registers->Control = 0;
        redistributor->ListRegistersInUse = 0;
        gic->Unsettled &= ~(1u << (int)vcpu);
        return kick & ~(1u << (int)vcpu);
    }

    /// <summary>
    /// The best interrupt outside list registers that the vCPU should get, as priority &lt;&lt; 16 | INTID (less is better), or
    /// <see cref="NothingPending"/>. Meant for a vCPU that is not loaded, or has other list registers loaded: does it have
    /// to be woken? The priority mask and running priority of its CPU interface are not known here.
    /// </summary>
    /// <param name="gic">The VM's interrupt controller.</param>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="groups">The groups that count, a bit each.</param>
    public static uint HighestPending(VirtualGic* gic, uint vcpu, uint groups = InterruptBank.BothGroups)
    {
        VirtualRedistributor* redistributor = VirtualGic.Redistributor(gic, vcpu);
        uint best = NothingPending;
        for (uint index = 0; index < VirtualGic.BankCount; index++)
        {
            InterruptBank* bank = VirtualGic.Bank(gic, vcpu, index);
            best = Best(best, bank, index, InterruptBank.Deliverable(bank, gic) & redistributor->Routed[index] & InterruptBank.OfGroups(bank, groups));
        }

        if (!LpiDelivery.MayWait(redistributor))
        {
            return best;
        }

        LpiDelivery.Look(gic, vcpu);
        uint lpi = (groups & InterruptBank.OnlyGroup1) == 0 ? NothingPending : LpiDelivery.Best(gic, vcpu);
        return lpi < best ? lpi : best;
    }

    /// <summary>
    /// Puts a key (priority &lt;&lt; 32 | INTID) into its place among the sorted keys[first..used), which become list registers.
    /// False if one is left over, the worst.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Insert(ulong* keys, uint first, uint* used, uint limit, ulong key)
    {
        bool all = true;
        uint slot = *used;
        if (slot == limit)
        {
            all = false;
            if (slot == first || keys[slot - 1] < key)
            {
                return false;
            }

            slot--;
        }
        else
        {
            *used = slot + 1;
        }

        while (slot > first && keys[slot - 1] > key)
        {
            keys[slot] = keys[slot - 1];
            slot--;
        }

        keys[slot] = key;
        return all;
    }

    private static bool InsertAll(ulong* keys, uint first, uint* used, uint limit, InterruptBank* bank, uint index, uint interrupts)
    {
        bool all = true;
        while (interrupts != 0)
        {
            uint bit = (uint)BitOperations.TrailingZeroCount(interrupts);
            interrupts &= interrupts - 1;
            all &= Insert(keys, first, used, limit, ((ulong)bank->Priority[bit] << 32) | (index * 32) | bit);
        }

        return all;
    }

    private static ulong LoadPending(VirtualGic* gic, uint vcpu, VirtualRedistributor* redistributor, uint intId)
    {
        uint index = intId >> 5;
        uint bit = 1u << (int)(intId & 31);
        redistributor->Owned[index] |= bit;
        return PendingValue(VirtualGic.Bank(gic, vcpu, index), intId, bit);
    }

    // From now on it is in a list register, and its latch with it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PendingValue(InterruptBank* bank, uint intId, uint bit)
    {
        bank->Resident |= bit;
        bank->Loaded |= bank->Latch & bit;
        bank->Latch &= ~bit;
        ulong value = Common(bank, intId, bit) | ListRegisterFormat.Pending;

        // A level is looked at again when the guest has finished.
        return (bank->Edge & bit) == 0 ? value | ListRegisterFormat.EndMaintenance : value;
    }

    private static ulong LoadActive(
        VirtualGic* gic, uint vcpu, VirtualRedistributor* redistributor, uint intId, bool moreWait)
    {
        uint index = intId >> 5;
        uint bit = 1u << (int)(intId & 31);
        InterruptBank* bank = VirtualGic.Bank(gic, vcpu, index);
        bool again = (bank->Latch & InterruptBank.Open(bank, gic) & redistributor->Routed[index] & bit) != 0;
        bank->Resident |= bit;

        ulong value = Common(bank, intId, bit) | ListRegisterFormat.Active;
        // Happened again while active: the list register delivers it after deactivation, unless better ones wait outside, which it
        // would overtake. A level is read from the line instead.
        if (again && !moreWait && (bank->Edge & bit) != 0)
        {
            bank->Loaded |= bit;
            bank->Latch &= ~bit;
            value |= ListRegisterFormat.Pending;
        }

        // A line that is down by now needs no look at the end: if it rises before, that is a look of its own.
        return (InterruptBank.Pending(bank) & bit) != 0 ? value | ListRegisterFormat.EndMaintenance : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Common(InterruptBank* bank, uint intId, uint bit)
    {
        ulong value = ((ulong)bank->Priority[intId & 31] << ListRegisterFormat.PriorityShift) | intId;
        return (bank->Group1 & bit) != 0 ? value | ListRegisterFormat.Group1 : value;
    }

    private static uint ReadBack(VirtualGic* gic, uint vcpu, VirtualRedistributor* redistributor, uint slot, ulong value)
    {
        uint intId = (uint)value;
        uint index = intId >> 5;
        uint bit = 1u << (int)(intId & 31);
        if (index >= VirtualGic.BankCount)
        {
            return LpiDelivery.ReadBack(gic, vcpu, slot, value);
        }

        InterruptBank* bank = VirtualGic.Bank(gic, vcpu, index);
        if ((bank->Resident & redistributor->Owned[index] & bit) == 0)
        {
            return 0;
        }

        bank->Resident &= ~bit;
        if ((bank->ActiveForced & bit) == 0)
        {
            bank->Active = (value & ListRegisterFormat.Active) != 0 ? bank->Active | bit : bank->Active & ~bit;
        }

        bank->ActiveForced &= ~bit;
        if ((value & ListRegisterFormat.Pending) != 0)
        {
            bank->Latch |= bank->Loaded & bit;
        }

        bank->Loaded &= ~bit;
        return index == 0 ? 0 : Disown(gic, redistributor, bank, index, bit);
    }

    // An inactive shared interrupt belongs to its route again; who is that may have changed while it was here.
    private static uint Disown(VirtualGic* gic, VirtualRedistributor* redistributor, InterruptBank* bank, uint index, uint bit)
    {
        if ((bank->Active & bit) != 0)
        {
            return 0;
        }

        redistributor->Owned[index] &= ~bit;
        return (redistributor->Routed[index] & bit) != 0 ? 0 : VirtualGicNotify.Changed(gic, 0, index, bit);
    }

    // Ends nest (IHI 0069, 4.1.1), so the one that was ended is the best of the active ones that had no list register.
    private static uint EndHighestAbsent(VirtualGic* gic, uint vcpu, VirtualRedistributor* redistributor)
    {
        uint best = NothingPending;
        for (uint index = 0; index < VirtualGic.BankCount; index++)
        {
            InterruptBank* bank = VirtualGic.Bank(gic, vcpu, index);
            best = Best(best, bank, index, bank->Active & ~bank->Resident & redistributor->Owned[index]);
        }

        if (best == NothingPending)
        {
            return 0;
        }

        uint intId = best & 0xFFFF;
        uint bit = 1u << (int)(intId & 31);
        InterruptBank* ended = VirtualGic.Bank(gic, vcpu, intId >> 5);
        ended->Active &= ~bit;
        return intId < VirtualGic.FirstSpi ? 0 : Disown(gic, redistributor, ended, intId >> 5, bit);
    }

    private static uint Best(uint best, InterruptBank* bank, uint index, uint interrupts)
    {
        while (interrupts != 0)
        {
            uint bit = (uint)BitOperations.TrailingZeroCount(interrupts);
            interrupts &= interrupts - 1;
            uint key = ((uint)bank->Priority[bit] << 16) | (index * 32) | bit;
            best = key < best ? key : best;
        }

        return best;
    }
}
