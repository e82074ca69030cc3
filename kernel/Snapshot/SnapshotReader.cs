// Restoring a VM: the list of pairs into a VM that has just been made and has not run. Everything is checked, and what does not
// fit is refused by name: the file may be of another Nestor. A register that the list lacks keeps its value of reset.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Takes a list of pairs.</summary>
public static unsafe class SnapshotReader
{
    /// <summary>Gives a new VM the state of a saved one. Refuses, and ends the machine, where that is impossible.</summary>
    public static void Restore(VirtualMachine* machine, ulong* pairs, ulong bytes)
    {
        VirtualCpu* vcpu = null;
        if (bytes == 0 || bytes % StateList.PairSize != 0)
        {
            Panic.Refuse("the snapshot's list of registers is cut off"u8);
        }

        for (ulong i = 0; i < bytes / StateList.PairSize; i++)
        {
            ulong id = pairs[2 * i];
            ulong value = pairs[(2 * i) + 1];
            if (id == StateId.Vcpu)
            {
                vcpu = value < machine->VcpuCount ? VirtualMachine.Vcpu(machine, (uint)value) : null;
            }

            if (!Take(machine, vcpu, id, value))
            {
                SnapshotRefusal.Value(id, value);
            }
        }

        Complete(machine);
    }

    private static bool Take(VirtualMachine* machine, VirtualCpu* vcpu, ulong id, ulong value)
    {
        switch (StateId.ClassOf(id))
        {
            case StateId.Machine:
                return TakeMachine(machine, id, value);
            case StateId.Vcpu:
                return id == StateId.Vcpu && TakeVcpu(vcpu);
            case RegisterId.General:
            case RegisterId.SystemRegister:
                return vcpu != null && TakeRegister(vcpu, id, value);
            case StateId.Distributor:
            case StateId.Translation:
            case StateId.Serial:
                return TakeField(machine, VirtualMachine.Vcpu(machine, 0), id, value);
            default:
                return vcpu != null && TakeField(machine, vcpu, id, value);
        }
    }

    private static bool TakeMachine(VirtualMachine* machine, ulong id, ulong value)
    {
        if (id == StateId.Counter)
        {
            ulong offset = SystemRegisters.CNTPCT_EL0 - value;
            for (uint i = 0; i < machine->VcpuCount; i++)
            {
                VirtualMachine.Vcpu(machine, i)->CounterOffset = offset;
            }

            return true;
        }

        return id < StateId.Counter && StateList.MachineValue(machine, id) == value;
    }

    // A list of a Nestor that did not keep the OS lock is of a guest that had opened it.
    private static bool TakeVcpu(VirtualCpu* vcpu)
    {
        if (vcpu == null)
        {
            return false;
        }

        vcpu->IsOsLocked = false;
        return true;
    }

    // As it was stored, whatever bits a write today would leave out: the guest sees no difference.
    private static bool TakeRegister(VirtualCpu* vcpu, ulong id, ulong value)
    {
        if (RegisterId.TryRegister(id, out Register register))
        {
            *RegisterAccess.Stored(vcpu, register) = value;
            return true;
        }

        return id == RegisterId.General + RegisterId.PstateNumber ? TakePstate(vcpu, value) : RegisterId.TrySet(vcpu, id, value);
    }

    // Never a mode that is not the guest's: EL1 and EL0, or virtual EL2, which hardware has as EL1.
    private static bool TakePstate(VirtualCpu* vcpu, ulong value)
    {
        bool isHypervisor = vcpu->Context != Context.El1;
        switch (value & Pstate.ModeMask)
        {
            case Pstate.El2t:
            case Pstate.El2h:
                vcpu->Pstate = (value & Pstate.Restored) ^ (Pstate.El1t ^ Pstate.El2t);
                return isHypervisor;
            case Pstate.El1t:
            case Pstate.El1h:
                vcpu->Pstate = value & Pstate.Restored;
                return !isHypervisor;
            case Pstate.El0t:
                vcpu->Pstate = value & Pstate.Restored;
                return true;
            case Pstate.AArch32:
                vcpu->Pstate = (uint)value;
                return true;
            default:
                return false;
        }
    }

    private static bool TakeField(VirtualMachine* machine, VirtualCpu* vcpu, ulong id, ulong value)
    {
        byte* at = StateField.Find(machine, vcpu, id, out uint size);
        if (at == null)
        {
            return false;
        }

        switch (size)
        {
            case 8:
                *(ulong*)at = value;
                return true;
            case 4:
                *(uint*)at = (uint)value;
                return value <= uint.MaxValue && IsPossible(machine, id, value);
            default:
                *at = (byte)value;
                return id == StateId.Context ? IsPossible(machine, id, value) : value <= 1;
        }
    }

    private static bool IsPossible(VirtualMachine* machine, ulong id, ulong value) => id switch
    {
        StateId.State => value <= (ulong)RunState.Waiting,
        StateId.Context => machine->HasVirtualEl2 ? value <= (ulong)Context.HypervisorNvhe : value == (ulong)Context.El1,
        _ => true,
    };

    private static void Complete(VirtualMachine* machine)
    {
        GicState.Complete(&machine->Gic);
        if (!VirtualUart.Complete(&machine->Uart))
        {
            Panic.Refuse("the snapshot's serial port has more in its ring or its FIFO than these hold"u8);
        }

        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            VirtualCpu* vcpu = VirtualMachine.Vcpu(machine, i);
            vcpu->IsNested = machine->HasVirtualEl2 && vcpu->Context == Context.El1;
            SelfHostedDebug.Count(vcpu);
            if (!RegisterId.IsPossible(vcpu, vcpu->HCR_EL2))
            {
                Panic.Refuse("the snapshot has a vCPU at EL1 with HCR_EL2.TGE, which there cannot be"u8);
            }

            vcpu->Requests = (vcpu->Requests & (Request.Start | Request.Commands)) | Request.Interrupts;

            // As one that was held and is let go: its CPU looks at its timers before it runs.
            vcpu->Hold = VcpuHold.Parked;
        }
    }
}
