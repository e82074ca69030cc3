// All VMs, and the end of each: the machine ends with the last one.

using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The VMs of this machine.</summary>
public static unsafe class Machines
{
    /// <summary>Most VMs.</summary>
    public const uint Maximum = 8;

    private static Pointers s_machines;
    private static int s_running;
    private static int s_failed;

    /// <summary>How many VMs there are, ended ones included.</summary>
    public static uint Count { get; private set; }

    /// <summary>A VM by its number.</summary>
    public static VirtualMachine* At(uint index) =>
        (VirtualMachine*)((Pointers*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref s_machines))->Value[index];

    /// <summary>Adds a VM that is ready to run, or to be started.</summary>
    public static void Add(VirtualMachine* machine)
    {
        ((Pointers*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref s_machines))->Value[Count++] = (ulong)machine;
        s_running += machine->Ended == 0 ? 1 : 0;
    }

    /// <summary>Ends a VM: says so, and takes its vCPUs off their CPUs.</summary>
    public static void End(VirtualMachine* machine, EndReason reason)
    {
        if (Interlocked.CompareExchange(ref machine->Ended, (int)reason, 0) != 0)
        {
            return;
        }

        GuestConsole.Flush(machine);
        bool locked = Console.TryLock();
        Console.BeginMessage();
        Console.Write(VirtualMachine.NameOf(machine));
        Console.WriteLine(reason switch
        {
            EndReason.PowerOff => ": powered off"u8,
            EndReason.Reset => ": asked for a reset; Nestor ends it"u8,
            _ => ": stopped by Nestor"u8,
        });
        Console.EndMessage();
        Console.Unlock(locked);
        if (reason != EndReason.PowerOff)
        {
            Interlocked.Exchange(ref s_failed, 1);
        }

        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            VirtualInterrupts.Ask(VirtualMachine.Vcpu(machine, i), Request.Stop);
        }

        Interlocked.Add(ref s_running, -1);
    }

    /// <summary>A VM begins again; one that had ended counts as running again.</summary>
    public static void Restarted(VirtualMachine* machine)
    {
        if (Interlocked.Exchange(ref machine->Ended, 0) != 0)
        {
            Interlocked.Add(ref s_running, 1);
        }
    }

    /// <summary>Whether there is a VM that has not ended.</summary>
    public static bool AnyRuns => s_running != 0;

    /// <summary>Switches the machine off when no VM runs any more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PowerOffIfAllEnded()
    {
        if (s_running == 0)
        {
            PowerOff();
        }
    }

    private static void PowerOff()
    {
        GdbStop.SayEnd(s_failed != 0);
        Shutdown.End(s_failed != 0);
    }

    private struct Pointers
    {
        public fixed ulong Value[(int)Maximum];
    }
}
