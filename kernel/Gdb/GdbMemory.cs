// Memory for gdb: at virtual addresses of the thread that it looks at, as that vCPU would see them at this moment.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class GdbMemory
{
    private static GuestBytes s_window;

    /// <summary>Reads, in two digits a byte or as binary. False when not even the first byte can be read; what follows may be shorter than asked.</summary>
    internal static bool TryRead(PacketWriter* reply, VirtualCpu* vcpu, ulong address, ulong length, bool isBinary)
    {
        GuestBytes* window = (GuestBytes*)Unsafe.AsPointer(ref s_window);
        GuestBytes.Open(window, vcpu, AddressSpace.Current, isWritten: false);
        for (ulong i = 0; i < length && PacketWriter.Room(reply) >= 2; i++)
        {
            byte* at = GuestBytes.At(window, address + i);
            if (at == null)
            {
                return i != 0;
            }

            if (isBinary)
            {
                PacketWriter.Binary(reply, *at);
            }
            else
            {
                PacketWriter.Byte(reply, *at);
            }
        }

        return true;
    }

    /// <summary>Writes what a packet holds. False when the packet is too short or an address cannot be written; nothing is written then.</summary>
    internal static bool TryWrite(PacketCursor* packet, VirtualCpu* vcpu, ulong address, ulong length, bool isBinary)
    {
        if (length > PacketReader.Capacity || !VcpuHold.IsParked(vcpu))
        {
            return false;
        }

        byte* start = packet->At;
        return Pass(packet, vcpu, address, length, isBinary, isChecked: true) && Again(packet, start)
            && Pass(packet, vcpu, address, length, isBinary, isChecked: false);
    }

    private static bool Again(PacketCursor* packet, byte* start)
    {
        packet->At = start;
        return true;
    }

    private static bool Pass(PacketCursor* packet, VirtualCpu* vcpu, ulong address, ulong length, bool isBinary, bool isChecked)
    {
        GuestBytes* window = (GuestBytes*)Unsafe.AsPointer(ref s_window);
        GuestBytes.Open(window, vcpu, AddressSpace.Current, isWritten: true);
        for (ulong i = 0; i < length; i++)
        {
            byte* at = GuestBytes.At(window, address + i);
            if (at == null || !(isBinary ? PacketCursor.TryBinary(packet, out byte value) : PacketCursor.TryByte(packet, out value)))
            {
                return false;
            }

            if (!isChecked)
            {
                *at = value;
            }
        }

        return true;
    }
}
