// gdb's breakpoints and watchpoints, in hardware's debug registers, software ones too: a BRK in a guest's memory would be seen and hit
// by whoever else has that memory, at whatever level, and by a guest that copies or measures its code. gdb's packets do not say
// which guest is meant, so all have them.

using System.Numerics;

namespace Nestor.Kernel;

internal static unsafe class GdbPoints
{
    private const ulong Hardware = 1;
    private const ulong WriteWatch = 2;
    private const ulong ReadWatch = 3;
    private const ulong AccessWatch = 4;

    /// <summary>Whether gdb's number is a kind of point that there is.</summary>
    internal static bool IsKnown(ulong kind) => kind <= AccessWatch;

    /// <summary>Sets a point in every VM, or in none. All vCPUs must be held.</summary>
    internal static bool TrySet(ulong kind, ulong address, ulong size)
    {
        bool isWatch = kind > Hardware;
        if (isWatch ? size - 1 > 7 || (address & 7) + size > 8 : (address & 3) != 0)
        {
            return false;
        }

        for (uint i = 0; i < Machines.Count; i++)
        {
            VirtualMachine* machine = Machines.At(i);
            if (!(isWatch ? TrySetWatchpoint(machine, kind, address, (uint)size) : TrySetBreakpoint(machine, address)))
            {
                Remove(kind, address, size);
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes a point away everywhere.</summary>
    internal static void Remove(ulong kind, ulong address, ulong size)
    {
        for (uint i = 0; i < Machines.Count; i++)
        {
            VirtualMachine* machine = Machines.At(i);
            int number = kind > Hardware ? FindWatchpoint(machine, kind, address, (uint)size) : FindBreakpoint(machine, address);
            if (number < 0)
            {
                continue;
            }

            if (kind > Hardware)
            {
                VcpuDebug.SetWatchpoint(machine, number, 0, 0, 0);
            }
            else
            {
                VcpuDebug.SetBreakpoint(machine, number, 0, isSet: false);
            }
        }
    }

    /// <summary>Takes all of gdb's away.</summary>
    internal static void RemoveAll()
    {
        for (uint i = 0; i < Machines.Count; i++)
        {
            VirtualMachine* machine = Machines.At(i);
            for (int j = 0; machine->DebugPoints != null && j < DebugState.MaximumBreakpoints; j++)
            {
                if ((machine->DebugPoints->GdbBreakpoints >> j & 1) != 0)
                {
                    VcpuDebug.SetBreakpoint(machine, j, 0, isSet: false);
                }
            }

            for (int j = 0; machine->DebugPoints != null && j < DebugState.MaximumWatchpoints; j++)
            {
                if (machine->DebugPoints->GdbWatchpoints[j] != 0)
                {
                    VcpuDebug.SetWatchpoint(machine, j, 0, 0, 0);
                }
            }
        }
    }

    /// <summary>Whether the point that a vCPU has stopped at is gdb's; gdb itself sees to getting past those.</summary>
    internal static bool IsOurs(VirtualCpu* vcpu)
    {
        int number = (int)vcpu->Debug->StopNumber - 1;
        switch (vcpu->Debug->Stop)
        {
            case DebugStop.Breakpoint:
                return (vcpu->Machine->DebugPoints->GdbBreakpoints >> number & 1) != 0;
            case DebugStop.Watchpoint:
                return vcpu->Machine->DebugPoints->GdbWatchpoints[number] != 0;
            default:
                return true;
        }
    }

    /// <summary>For a vCPU that has stopped at a watchpoint: what gdb has to know of it.</summary>
    internal static void Describe(PacketWriter* reply, VirtualCpu* vcpu)
    {
        DebugPoints* points = vcpu->Machine->DebugPoints;
        uint number = vcpu->Debug->StopNumber - 1;
        switch (points->GdbWatchpoints[number])
        {
            case (byte)ReadWatch:
                PacketWriter.Put(reply, "rwatch:"u8);
                break;
            case (byte)AccessWatch:
                PacketWriter.Put(reply, "awatch:"u8);
                break;
            default:
                PacketWriter.Put(reply, "watch:"u8);
                break;
        }

        PacketWriter.Number(reply, points->WatchpointAt[number] + FirstByte(points->WatchpointControl[number]));
        PacketWriter.Put(reply, (byte)';');
    }

    private static bool TrySetBreakpoint(VirtualMachine* machine, ulong address)
    {
        int number = FindBreakpoint(machine, address);
        number = number < 0 ? VcpuDebug.FreeBreakpoint(machine) : number;
        if (number < 0 || !VcpuDebug.SetBreakpoint(machine, number, address, isSet: true))
        {
            return false;
        }

        machine->DebugPoints->GdbBreakpoints |= 1u << number;
        return true;
    }

    private static bool TrySetWatchpoint(VirtualMachine* machine, ulong kind, ulong address, uint size)
    {
        int number = FindWatchpoint(machine, kind, address, size);
        number = number < 0 ? VcpuDebug.FreeWatchpoint(machine) : number;
        if (number < 0 || !VcpuDebug.SetWatchpoint(machine, number, address, size, Access(kind)))
        {
            return false;
        }

        machine->DebugPoints->GdbWatchpoints[number] = (byte)kind;
        return true;
    }

    private static int FindBreakpoint(VirtualMachine* machine, ulong address) => VcpuDebug.FindBreakpoint(machine, address, isGdbs: true);

    private static int FindWatchpoint(VirtualMachine* machine, ulong kind, ulong address, uint size) =>
        VcpuDebug.FindWatchpoint(machine, address, size, Access(kind), (byte)kind);

    private static uint Access(ulong kind) => kind == WriteWatch ? 2u : kind == ReadWatch ? 1u : 3u;

    // DBGWCR.BAS: a bit for each byte of the eight.
    private static uint FirstByte(ulong control) => (uint)BitOperations.TrailingZeroCount((uint)(control >> 5) & 0xff);
}
