// Which device answers at a guest physical address.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>The guest's device accesses.</summary>
public static unsafe class DeviceBus
{
    /// <summary>A load of 1, 2, 4 or 8 bytes; false when no device is there.</summary>
    public static bool Read(VirtualCpu* vcpu, Ipa address, uint size, out ulong value)
    {
        VirtualMachine* machine = vcpu->Machine;
        uint kick;
        if (address.Value - GuestMap.Uart < GuestMap.UartSize)
        {
            uint offset = (uint)(address.Value - GuestMap.Uart);
            value = GuestConsole.Read(machine, offset);
            if (size == 8)
            {
                value |= (ulong)GuestConsole.Read(machine, offset + 4) << 32;
            }

            return true;
        }

        if (address.Value - GuestMap.GicDistributor < GuestMap.GicDistributorSize)
        {
            uint offset = (uint)(address.Value - GuestMap.GicDistributor);
            Settle(vcpu, offset);
            machine->GicLock.Enter();
            value = VirtualGicDistributor.Read(&machine->Gic, offset, size, out kick);
            machine->GicLock.Exit();
            VirtualInterrupts.Notify(machine, kick);
            return true;
        }

        if (address.Value - GuestMap.GicIts < VirtualIts.FrameSize)
        {
            VirtualInterrupts.ContinueCommands(vcpu);
            machine->GicLock.Enter();
            value = VirtualIts.Read(&machine->Gic, (uint)(address.Value - GuestMap.GicIts), size);
            machine->GicLock.Exit();
            return true;
        }

        if (IsRedistributor(machine, address, out uint owner, out uint within))
        {
            Settle(vcpu, within & 0xffff);
            machine->GicLock.Enter();
            value = VirtualGicRedistributor.Read(&machine->Gic, owner, within, size, out kick);
            machine->GicLock.Exit();
            VirtualInterrupts.Notify(machine, kick);
            return true;
        }

        // Flash behind the firmware is empty.
        value = 0;
        return address.Value < GuestMap.FlashBanks * GuestMap.FlashSize;
    }

    /// <summary>A store of 1, 2, 4 or 8 bytes; false when no device is there.</summary>
    public static bool Write(VirtualCpu* vcpu, Ipa address, uint size, ulong value)
    {
        VirtualMachine* machine = vcpu->Machine;
        if (address.Value - GuestMap.GicDistributor < GuestMap.GicDistributorSize)
        {
            uint offset = (uint)(address.Value - GuestMap.GicDistributor);
            Settle(vcpu, offset);
            machine->GicLock.Enter();
            uint kick = VirtualGicDistributor.Write(&machine->Gic, offset, size, value);
            machine->GicLock.Exit();
            VirtualInterrupts.Notify(machine, kick);
            return true;
        }

        if (address.Value - GuestMap.GicIts < VirtualIts.FrameSize)
        {
            machine->GicLock.Enter();
            uint kick = VirtualIts.Write(&machine->Gic, (uint)(address.Value - GuestMap.GicIts), size, value);
            machine->GicLock.Exit();
            VirtualInterrupts.Notify(machine, kick);
            VirtualInterrupts.ContinueCommands(vcpu);
            return true;
        }

        if (IsRedistributor(machine, address, out uint owner, out uint within))
        {
            Settle(vcpu, within & 0xffff);
            machine->GicLock.Enter();
            uint kick = VirtualGicRedistributor.Write(&machine->Gic, owner, within, size, value);
            machine->GicLock.Exit();
            VirtualInterrupts.Notify(machine, kick);
            return true;
        }

        if (address.Value - GuestMap.Uart < GuestMap.UartSize)
        {
            uint offset = (uint)(address.Value - GuestMap.Uart);
            GuestConsole.Write(machine, offset, (uint)value);
            if (size == 8)
            {
                GuestConsole.Write(machine, offset + 4, (uint)(value >> 32));
            }

            return true;
        }

        // Flash is read-only to the guest: a store to it is lost, as on the bus.
        return address.Value < GuestMap.FlashBanks * GuestMap.FlashSize;
    }

    // The model must know what the guest did with its list registers before it shows or changes pending and active state.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Settle(VirtualCpu* vcpu, uint offset)
    {
        if (VirtualGicRegisters.DependsOnListRegisters(offset))
        {
            if (vcpu->Machine->HasVirtualEl2)
            {
                NestedInterrupts.UpdateMaintenanceLine(vcpu);
            }

            VirtualInterrupts.Evict(vcpu);
            System.Threading.Interlocked.Or(ref vcpu->Requests, Request.Interrupts);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsRedistributor(VirtualMachine* machine, Ipa address, out uint owner, out uint within)
    {
        ulong offset = address.Value - GuestMap.GicRedistributors;
        owner = (uint)(offset / VirtualGicRedistributor.Stride);
        within = (uint)(offset % VirtualGicRedistributor.Stride);
        return offset < machine->VcpuCount * (ulong)VirtualGicRedistributor.Stride;
    }
}
