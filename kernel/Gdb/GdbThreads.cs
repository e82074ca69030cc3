// gdb's threads are the vCPUs of all VMs, numbered from 1 in the order of the VMs: one number names a vCPU for the machine's life.

using System;

namespace Nestor.Kernel;

internal static unsafe class GdbThreads
{
    /// <summary>How many there are.</summary>
    internal static uint Count
    {
        get
        {
            uint count = 0;
            for (uint i = 0; i < Machines.Count; i++)
            {
                count += Machines.At(i)->VcpuCount;
            }

            return count;
        }
    }

    /// <summary>The vCPU of a number; null when there is none.</summary>
    internal static VirtualCpu* At(ulong number)
    {
        for (uint i = 0; i < Machines.Count; i++)
        {
            VirtualMachine* machine = Machines.At(i);
            if (number - 1 < machine->VcpuCount)
            {
                return VirtualMachine.Vcpu(machine, (uint)number - 1);
            }

            number -= machine->VcpuCount;
        }

        return null;
    }

    /// <summary>The number of a vCPU.</summary>
    internal static ulong NumberOf(VirtualCpu* vcpu)
    {
        ulong number = vcpu->Index + 1;
        for (uint i = 0; Machines.At(i) != vcpu->Machine; i++)
        {
            number += Machines.At(i)->VcpuCount;
        }

        return number;
    }

    /// <summary>Writes all numbers.</summary>
    internal static void List(PacketWriter* reply)
    {
        PacketWriter.Put(reply, (byte)'m');
        for (uint i = 1; i <= Count; i++)
        {
            if (i != 1)
            {
                PacketWriter.Put(reply, (byte)',');
            }

            PacketWriter.Number(reply, i);
        }
    }

    /// <summary>Writes what a person sees of a thread: the guest, its vCPU, where it is.</summary>
    internal static void Describe(PacketWriter* reply, VirtualCpu* vcpu)
    {
        PacketWriter.Hexadecimal(reply, VirtualMachine.NameOf(vcpu->Machine));
        PacketWriter.Byte(reply, (byte)'/');
        PacketWriter.Byte(reply, (byte)('0' + vcpu->Index));
        PacketWriter.Byte(reply, (byte)' ');
        PacketWriter.Hexadecimal(reply, State(vcpu));
    }

    private static ReadOnlySpan<byte> State(VirtualCpu* vcpu)
    {
        switch (vcpu->State)
        {
            case RunState.Off: return "off"u8;
            case RunState.Stopped: return "ended"u8;
            default: return VcpuCommand.Level(vcpu);
        }
    }
}
