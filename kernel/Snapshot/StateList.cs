// A VM as a list of pairs, an id and its value: what the VM is, its devices, then vCPU by vCPU. What can be made again is not
// in it: the shadow stage 2, windows for VNCR pages, TLBs. All vCPUs must be held, so that everything is in memory.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The list of a VM.</summary>
public static unsafe class StateList
{
    /// <summary>Bytes of a pair.</summary>
    public const ulong PairSize = 2 * sizeof(ulong);

    // Of the one list that is being made.
    private static ulong s_count;
    private static ulong* s_pairs;
    private static VirtualMachine* s_machine;
    private static VirtualCpu* s_vcpu;

    /// <summary>Lists a VM. Only for one CPU at a time: the monitor's.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="pairs">Where the pairs go; null to count them only.</param>
    /// <returns>The number of pairs.</returns>
    public static ulong Make(VirtualMachine* machine, ulong* pairs)
    {
        s_count = 0;
        s_pairs = pairs;
        s_machine = machine;
        s_vcpu = VirtualMachine.Vcpu(machine, 0);
        for (ulong id = StateId.Vcpus; id <= StateId.Counter; id++)
        {
            Put(id, MachineValue(machine, id));
        }

        PutClass(StateId.Distributor);
        PutClass(StateId.Translation);
        PutClass(StateId.Serial);
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            s_vcpu = VirtualMachine.Vcpu(machine, i);
            Put(StateId.Vcpu, i);
            PutClass(StateId.Run);
            PutRegisters();
            PutVectors();
            PutClass(StateId.Private);
        }

        return s_count;
    }

    /// <summary>What a VM is, by a number of class 16.</summary>
    public static ulong MachineValue(VirtualMachine* machine, ulong id) => id switch
    {
        StateId.Vcpus => machine->VcpuCount,
        StateId.RamStart => machine->RamStart.Value,
        StateId.RamSize => machine->RamSize,
        StateId.Level => machine->HasVirtualEl2 ? 2UL : 1,
        StateId.Redirection => VirtualMachine.Vcpu(machine, 0)->MemoryRedirection ? 2UL : 1,
        _ => SystemRegisters.CNTPCT_EL0 - VirtualMachine.Vcpu(machine, 0)->CounterOffset,
    };

    private static void PutClass(ulong stateClass)
    {
        uint count = StateField.Count(stateClass);
        for (uint number = 0; number < count; number++)
        {
            PutField(stateClass | number);
        }
    }

    private static void PutRegisters()
    {
        for (ulong id = RegisterId.Next(0); id != 0; id = RegisterId.Next(id))
        {
            RegisterId.TryGet(s_vcpu, id, out ulong value);
            Put(id, value);
        }
    }

    private static void PutVectors()
    {
        const ulong Kinds = 6;
        for (ulong kind = 0; kind < Kinds; kind++)
        {
            for (ulong number = 0; PutVector(StateId.Vector | (kind << 24) | (number << 8)); number++)
            {
            }
        }
    }

    private static bool PutVector(ulong id)
    {
        ulong word = 0;
        while (PutField(id + word))
        {
            word++;
        }

        return word != 0;
    }

    private static bool PutField(ulong id)
    {
        byte* at = StateField.Find(s_machine, s_vcpu, id, out uint size);
        if (at != null)
        {
            Put(id, size == 8 ? *(ulong*)at : size == 4 ? *(uint*)at : *at);
        }

        return at != null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Put(ulong id, ulong value)
    {
        if (s_pairs != null)
        {
            s_pairs[2 * s_count] = id;
            s_pairs[(2 * s_count) + 1] = value;
        }

        s_count++;
    }
}
