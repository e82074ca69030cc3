// Between the interrupt controller's model and the hardware's list registers: who has to look, and the looking itself.

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Delivery of virtual interrupts to vCPUs.</summary>
public static unsafe class VirtualInterrupts
{
    private const ulong Enable = 1;
    private const ulong StateMask = ListRegisterFormat.Pending | ListRegisterFormat.Active;
    private const ulong TrapMask = 0x1fUL << 10;        // ICH_HCR_EL2.{TC, TALL0, TALL1, TSEI, TDIR}

    /// <summary>Sets a line of the VM's interrupt controller.</summary>
    public static void SetLine(VirtualMachine* machine, uint vcpu, uint interrupt, bool high)
    {
        machine->GicLock.Enter();
        uint kick = VirtualGicInput.SetLine(&machine->Gic, vcpu, interrupt, high);
        machine->GicLock.Exit();
        if (kick != 0 && high && interrupt < VirtualGic.FirstSpi)
        {
            Ask(VirtualMachine.Vcpu(machine, vcpu), Request.Private);
        }
        else
        {
            Notify(machine, kick);
        }
    }

    /// <summary>Makes the vCPUs of a mask look at their interrupts: this CPU's before it goes on, others by an SGI.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Notify(VirtualMachine* machine, uint mask)
    {
        if (mask != 0)
        {
            AskAll(machine, mask);
        }
    }

    private static void AskAll(VirtualMachine* machine, uint mask)
    {
        while (mask != 0)
        {
            uint index = (uint)BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            Ask(VirtualMachine.Vcpu(machine, index), Request.Interrupts);
        }
    }

    /// <summary>Sets a request and makes sure that the vCPU's owner sees it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(VirtualCpu* vcpu, uint request)
    {
        Interlocked.Or(ref vcpu->Requests, request);
        PerCpu* cpu = vcpu->Cpu;
        if (cpu != PerCpu.Current)
        {
            Instructions.DsbIshst();
            GicCpuInterface.SendSgi(cpu->Kick);
        }
    }

    /// <summary>Private interrupts came for the vCPU loaded on this CPU, and nothing else has changed.</summary>
    public static void TakePrivate(VirtualCpu* vcpu)
    {
        if (vcpu->HasNestedInterrupts || !TryLoadPrivate(vcpu))
        {
            Refill(vcpu);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryLoadPrivate(VirtualCpu* vcpu)
    {
        if ((vcpu->ICH_HCR_EL2 & Enable) != 0)
        {
            NestedInterrupts.UpdateMaintenanceLine(vcpu);
        }

        VirtualMachine* machine = vcpu->Machine;
        ListRegisters* registers = &vcpu->ListRegisters;
        machine->GicLock.Enter();
        uint slot = VirtualGicDelivery.SlotForPrivate(&machine->Gic, vcpu->Index, registers, out uint bit);
        bool isFree = slot != VirtualGicDelivery.NoSlot && (slot == registers->InUse || (ReadSoon(slot) & StateMask) == 0);
        ulong value = isFree ? VirtualGicDelivery.LoadPrivate(&machine->Gic, vcpu->Index, registers, slot, bit) : 0;
        machine->GicLock.Exit();
        if (isFree)
        {
            WriteSoon(slot, value);
            vcpu->State = vcpu->State == RunState.Waiting ? RunState.Ready : vcpu->State;
        }

        return isFree;
    }

    /// <summary>Reads the list registers back and fills them afresh. Only for the vCPU loaded on this CPU.</summary>
    public static void Refill(VirtualCpu* vcpu)
    {
        if (vcpu->HasNestedInterrupts)
        {
            NestedInterrupts.DeliverToHypervisor(vcpu);
            return;
        }

        if (vcpu->Machine->HasVirtualEl2)
        {
            NestedInterrupts.UpdateMaintenanceLine(vcpu);
        }

        VirtualMachine* machine = vcpu->Machine;
        ListRegisters* registers = &vcpu->ListRegisters;
        uint before = registers->InUse;
        ReadBack(registers);
        machine->GicLock.Enter();
        uint kick = VirtualGicDelivery.Refill(&machine->Gic, vcpu->Index, registers);
        machine->GicLock.Exit();
        uint count = registers->InUse > before ? registers->InUse : before;
        for (uint i = 0; i < count; i++)
        {
            WriteListRegister(i, registers->Value[i]);
        }

        LoadControl(vcpu);
        if (kick != 0)
        {
            AskAll(machine, kick);
            ComeBack(vcpu);
        }
    }

    /// <summary>
    /// Whatever is asked of a vCPU and left for its next exit is not left for long. Only for the vCPU loaded on this CPU.
    /// </summary>
    public static void ComeBack(VirtualCpu* vcpu)
    {
        if (vcpu->Requests != 0)
        {
            GicCpuInterface.SendSgi(vcpu->Cpu->Kick);
        }
    }

    /// <summary>A maintenance interrupt. It must be quiet afterwards, or it would be taken again at once.</summary>
    public static void Maintain(VirtualCpu* vcpu)
    {
        if (!vcpu->HasNestedInterrupts)
        {
            Refill(vcpu);
            return;
        }

        NestedInterrupts.Settle(vcpu);
        Interlocked.Or(ref vcpu->Requests, Request.Interrupts);
        PerCpu.SetEnabled(vcpu->Cpu, InterruptIds.Maintenance, SystemRegisters.ICH_MISR_EL2 == 0);
    }

    /// <summary>Takes everything back from the list registers: before the model is looked at, or the vCPU is unloaded.</summary>
    public static void Evict(VirtualCpu* vcpu)
    {
        if (vcpu->HasNestedInterrupts)
        {
            return;                                     // ours are with the model already
        }

        VirtualMachine* machine = vcpu->Machine;
        ListRegisters* registers = &vcpu->ListRegisters;
        uint before = registers->InUse;
        ReadBack(registers);
        machine->GicLock.Enter();
        uint kick = VirtualGicDelivery.Evict(&machine->Gic, vcpu->Index, registers);
        machine->GicLock.Exit();
        for (uint i = 0; i < before; i++)
        {
            WriteListRegister(i, 0);
        }

        Notify(machine, kick);
    }

    /// <summary>A trapped ICC_DIR_EL1: more interrupts are active than there are list registers.</summary>
    public static void Deactivate(VirtualCpu* vcpu, uint interrupt)
    {
        VirtualMachine* machine = vcpu->Machine;
        Evict(vcpu);
        machine->GicLock.Enter();
        uint kick = VirtualGicInput.Deactivate(&machine->Gic, vcpu->Index, interrupt);
        machine->GicLock.Exit();
        Notify(machine, kick);
        Refill(vcpu);
    }

    /// <summary>
    /// Does commands of the VM's ITS. Where some are left, this vCPU goes on with them at its next exit, which is made to come
    /// at once: the guest sees a long queue being worked off, and others are not kept waiting.
    /// </summary>
    public static void ContinueCommands(VirtualCpu* vcpu)
    {
        VirtualMachine* machine = vcpu->Machine;
        if (vcpu == vcpu->Cpu->Loaded)
        {
            Evict(vcpu);
            Interlocked.Or(ref vcpu->Requests, Request.Interrupts);
        }

        machine->GicLock.Enter();
        uint kick = ItsCommands.Process(&machine->Gic, out bool unfinished);
        machine->GicLock.Exit();
        Notify(machine, kick);
        if (unfinished)
        {
            Interlocked.Or(ref vcpu->Requests, Request.Commands);
            GicCpuInterface.SendSgi(vcpu->Cpu->Kick);
        }
    }

    /// <summary>Saves the virtual CPU interface; the list registers are empty by then.</summary>
    public static void Unload(VirtualCpu* vcpu)
    {
        if (vcpu->HasNestedInterrupts)
        {
            NestedInterrupts.Save(vcpu);
            return;
        }

        Evict(vcpu);
        vcpu->GicVmcr = SystemRegisters.ICH_VMCR_EL2;
        vcpu->GicActive0 = SystemRegisters.ICH_AP0R0_EL2;
        vcpu->GicActive1 = SystemRegisters.ICH_AP1R0_EL2;
        SystemRegisters.Change_ICH_HCR_EL2(0);
    }

    /// <summary>Loads the virtual CPU interface; a refill must follow.</summary>
    public static void Load(VirtualCpu* vcpu)
    {
        if (BelongToGuest(vcpu))
        {
            NestedInterrupts.Load(vcpu);
            return;
        }

        SystemRegisters.Change_ICH_VMCR_EL2(vcpu->GicVmcr);
        SystemRegisters.Change_ICH_AP0R0_EL2(vcpu->GicActive0);
        SystemRegisters.Change_ICH_AP1R0_EL2(vcpu->GicActive1);
        vcpu->ListRegisters.Count = 1 + (uint)(SystemRegisters.ICH_VTR_EL2 & 0x1f);
        vcpu->ListRegisters.InUse = 0;
    }

    /// <summary>
    /// ICH_HCR_EL2 while the list registers are the model's. A guest hypervisor that lets its guest take its interrupts may trap
    /// the accesses to their interface all the same.
    /// </summary>
    public static void LoadControl(VirtualCpu* vcpu) =>
        SystemRegisters.Change_ICH_HCR_EL2((Enable & ~(ulong)vcpu->InterruptsRest) | vcpu->ListRegisters.Control | (vcpu->IsNested ? vcpu->ICH_HCR_EL2 & TrapMask : 0));

    /// <summary>Whether the hardware's list registers are those that the guest hypervisor keeps for its guest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool BelongToGuest(VirtualCpu* vcpu) => vcpu->IsNested && (vcpu->HCR_EL2 & (Hcr.IMO | Hcr.FMO | Hcr.TGE)) != 0;

    /// <summary>Whether a list register of this CPU has an interrupt that waits, or the guest hypervisor made one up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPendingInHardware(VirtualCpu* vcpu)
    {
        uint count = vcpu->HasNestedInterrupts ? VirtualInterfaceControl.ListRegisterCount : vcpu->ListRegisters.InUse;
        return (count != 0 && (SystemRegisters.ICH_LR0_EL2 & ListRegisterFormat.Pending) != 0)
            || (count > 1 && IsPendingInRest(count))
            || (vcpu->IsNested && (SystemRegisters.HCR_EL2 & (Hcr.VF | Hcr.VI | Hcr.VSE)) != 0);
    }

    private static bool IsPendingInRest(uint count)
    {
        for (uint i = 1; i < count; i++)
        {
            if ((ReadListRegister(i) & ListRegisterFormat.Pending) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an interrupt waits for a vCPU that is not in hardware's hands.</summary>
    public static bool IsPending(VirtualCpu* vcpu)
    {
        if (BelongToGuest(vcpu) && NestedInterrupts.IsPending(vcpu))
        {
            return true;
        }

        VirtualMachine* machine = vcpu->Machine;
        machine->GicLock.Enter();
        bool isPending = VirtualGicDelivery.HighestPending(&machine->Gic, vcpu->Index) != VirtualGicDelivery.NothingPending
            || VirtualGic.Redistributor(&machine->Gic, vcpu->Index)->Lpis.Stale != 0;
        machine->GicLock.Exit();
        return isPending;
    }

    private static void ReadBack(ListRegisters* registers)
    {
        for (uint i = 0; i < registers->InUse; i++)
        {
            registers->Value[i] = ReadListRegister(i);
        }

        if (registers->Control != 0)
        {
            registers->EndOfInterruptCount = (uint)((SystemRegisters.ICH_HCR_EL2 & ListRegisterFormat.ControlEndCount) >> ListRegisterFormat.ControlEndCountShift);
        }
    }

    // The first two, where a single interrupt mostly is, without the way through a table.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ReadSoon(uint index) =>
        index == 0 ? SystemRegisters.ICH_LR0_EL2 : index == 1 ? SystemRegisters.ICH_LR1_EL2 : ReadListRegister(index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteSoon(uint index, ulong value)
    {
        if (index == 0)
        {
            SystemRegisters.ICH_LR0_EL2 = value;
        }
        else if (index == 1)
        {
            SystemRegisters.ICH_LR1_EL2 = value;
        }
        else
        {
            WriteListRegister(index, value);
        }
    }

    internal static ulong ReadListRegister(uint index) => index switch
    {
        0 => SystemRegisters.ICH_LR0_EL2,
        1 => SystemRegisters.ICH_LR1_EL2,
        2 => SystemRegisters.ICH_LR2_EL2,
        3 => SystemRegisters.ICH_LR3_EL2,
        4 => SystemRegisters.ICH_LR4_EL2,
        5 => SystemRegisters.ICH_LR5_EL2,
        6 => SystemRegisters.ICH_LR6_EL2,
        7 => SystemRegisters.ICH_LR7_EL2,
        8 => SystemRegisters.ICH_LR8_EL2,
        9 => SystemRegisters.ICH_LR9_EL2,
        10 => SystemRegisters.ICH_LR10_EL2,
        11 => SystemRegisters.ICH_LR11_EL2,
        12 => SystemRegisters.ICH_LR12_EL2,
        13 => SystemRegisters.ICH_LR13_EL2,
        14 => SystemRegisters.ICH_LR14_EL2,
        _ => SystemRegisters.ICH_LR15_EL2,
    };

    internal static void WriteListRegister(uint index, ulong value)
    {
        switch (index)
        {
            case 0: SystemRegisters.Change_ICH_LR0_EL2(value); break;
            case 1: SystemRegisters.Change_ICH_LR1_EL2(value); break;
            case 2: SystemRegisters.Change_ICH_LR2_EL2(value); break;
            case 3: SystemRegisters.Change_ICH_LR3_EL2(value); break;
            case 4: SystemRegisters.ICH_LR4_EL2 = value; break;
            case 5: SystemRegisters.ICH_LR5_EL2 = value; break;
            case 6: SystemRegisters.ICH_LR6_EL2 = value; break;
            case 7: SystemRegisters.ICH_LR7_EL2 = value; break;
            case 8: SystemRegisters.ICH_LR8_EL2 = value; break;
            case 9: SystemRegisters.ICH_LR9_EL2 = value; break;
            case 10: SystemRegisters.ICH_LR10_EL2 = value; break;
            case 11: SystemRegisters.ICH_LR11_EL2 = value; break;
            case 12: SystemRegisters.ICH_LR12_EL2 = value; break;
            case 13: SystemRegisters.ICH_LR13_EL2 = value; break;
            case 14: SystemRegisters.ICH_LR14_EL2 = value; break;
            default: SystemRegisters.ICH_LR15_EL2 = value; break;
        }
    }
}
