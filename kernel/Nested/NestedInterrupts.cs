// The interrupt controller's CPU interface while a guest hypervisor's guest runs: the guest hypervisor's list registers
// (ICH_LR<n>_EL2 of virtual EL2) are the hardware's. A hardware-linked one names an interrupt of the guest hypervisor, which
// only exists in our model: it is loaded unlinked, with the end-of-interrupt maintenance bit, and its end deactivates there.

using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Second level interrupts. Only for the loaded vCPU.</summary>
public static unsafe class NestedInterrupts
{
    private const ulong Enable = 1;
    private const ulong StateMask = ListRegisterFormat.Pending | ListRegisterFormat.Active;
    private const ulong PhysicalMask = 0x1fffUL << ListRegisterFormat.PhysicalShift;
    private const ulong EndCountMask = 0x1fUL << 27;
    private const ulong GroupEnable1 = 2;

    /// <summary>Puts the guest hypervisor's virtual interface into hardware.</summary>
    public static void Load(VirtualCpu* vcpu)
    {
        for (uint i = 0; i < VirtualInterfaceControl.ListRegisterCount; i++)
        {
            ulong value = *Stored(vcpu, i);
            if ((value & StateMask) == 0)
            {
                // Ended: in hardware its end would go on raising the maintenance interrupt, which has been taken.
                value = 0;
            }
            else if ((value & ListRegisterFormat.Hardware) != 0)
            {
                value = (value & ~(ListRegisterFormat.Hardware | PhysicalMask)) | ListRegisterFormat.EndMaintenance;
            }

            VirtualInterrupts.WriteListRegister(i, value);
        }

        SystemRegisters.Change_ICH_VMCR_EL2(vcpu->ICH_VMCR_EL2);
        SystemRegisters.Change_ICH_AP0R0_EL2(vcpu->ICH_AP0R0_EL2);
        SystemRegisters.Change_ICH_AP1R0_EL2(vcpu->ICH_AP1R0_EL2);
        SystemRegisters.Change_ICH_HCR_EL2(vcpu->ICH_HCR_EL2);
        vcpu->HasNestedInterrupts = true;
        Interlocked.Or(ref vcpu->Requests, Request.Interrupts);
    }

    /// <summary>Takes it back, so that the guest hypervisor sees what its guest did.</summary>
    public static void Save(VirtualCpu* vcpu)
    {
        ReadBack(vcpu);
        for (uint i = 0; i < VirtualInterfaceControl.ListRegisterCount; i++)
        {
            VirtualInterrupts.WriteListRegister(i, 0);
        }

        SystemRegisters.Change_ICH_HCR_EL2(0);
        PerCpu.SetEnabled(vcpu->Cpu, InterruptIds.Maintenance, enabled: true);
        vcpu->HasNestedInterrupts = false;
    }

    /// <summary>Whether an interrupt waits in the stored list registers of a vCPU that is not loaded.</summary>
    public static bool IsPending(VirtualCpu* vcpu)
    {
        for (uint i = 0; i < VirtualInterfaceControl.ListRegisterCount; i++)
        {
            if ((*Stored(vcpu, i) & ListRegisterFormat.Pending) != 0)
            {
                return true;
            }
        }

        return (vcpu->HCR_EL2 & (Hcr.VI | Hcr.VF | Hcr.VSE)) != 0;
    }

    /// <summary>A maintenance interrupt, or any moment at which the guest hypervisor's interrupts are looked at.</summary>
    public static void Settle(VirtualCpu* vcpu)
    {
        if (vcpu->HasNestedInterrupts)
        {
            ReadBack(vcpu);
            Load(vcpu);
        }

        UpdateMaintenanceLine(vcpu);
    }

    /// <summary>The guest hypervisor's own maintenance interrupt follows its ICH_MISR_EL2.</summary>
    public static void UpdateMaintenanceLine(VirtualCpu* vcpu)
    {
        bool high = VirtualInterfaceControl.Read(vcpu, Register.ICH_MISR_EL2) != 0;
        if (high != vcpu->MaintenanceLine)
        {
            vcpu->MaintenanceLine = high;
            VirtualInterrupts.SetLine(vcpu->Machine, vcpu->Index, InterruptIds.Maintenance, high);
        }
    }

    /// <summary>
    /// While its guest runs, an interrupt for the guest hypervisor is an exception to virtual EL2 (HCR_EL2.IMO), whatever
    /// its guest masks; the guest hypervisor's own priority mask counts.
    /// </summary>
    /// <returns>True when virtual EL2 runs now.</returns>
    public static bool DeliverToHypervisor(VirtualCpu* vcpu)
    {
        VirtualMachine* machine = vcpu->Machine;
        machine->GicLock.Enter();
        uint best = VirtualGicDelivery.HighestPending(&machine->Gic, vcpu->Index);
        machine->GicLock.Exit();
        uint priorityMask = (uint)(vcpu->GicVmcr >> 24) & 0xff;
        if (best == VirtualGicDelivery.NothingPending || best >> 16 >= priorityMask || (vcpu->GicVmcr & GroupEnable1) == 0)
        {
            // A maintenance interrupt that the guest hypervisor masks must not keep its guest from running.
            PerCpu.SetEnabled(vcpu->Cpu, InterruptIds.Maintenance, !vcpu->MaintenanceLine);
            return false;
        }

        Exceptions.ToHypervisor(vcpu, Exceptions.Irq, 0, 0);
        return true;
    }

    private static void ReadBack(VirtualCpu* vcpu)
    {
        for (uint i = 0; i < VirtualInterfaceControl.ListRegisterCount; i++)
        {
            ulong before = *Stored(vcpu, i);
            if ((before & StateMask) == 0)
            {
                continue;
            }

            ulong state = VirtualInterrupts.ReadListRegister(i) & StateMask;
            *Stored(vcpu, i) = (before & ~StateMask) | state;
            if ((before & ListRegisterFormat.Hardware) != 0 && state == 0)
            {
                EndLinked(vcpu, (uint)((before & PhysicalMask) >> ListRegisterFormat.PhysicalShift));
            }
        }

        vcpu->ICH_VMCR_EL2 = SystemRegisters.ICH_VMCR_EL2;
        vcpu->ICH_AP0R0_EL2 = SystemRegisters.ICH_AP0R0_EL2;
        vcpu->ICH_AP1R0_EL2 = SystemRegisters.ICH_AP1R0_EL2;
        vcpu->ICH_HCR_EL2 = (vcpu->ICH_HCR_EL2 & ~EndCountMask) | (SystemRegisters.ICH_HCR_EL2 & EndCountMask);
    }

    private static void EndLinked(VirtualCpu* vcpu, uint interrupt)
    {
        VirtualMachine* machine = vcpu->Machine;
        machine->GicLock.Enter();
        uint kick = VirtualGicInput.Deactivate(&machine->Gic, vcpu->Index, interrupt);
        machine->GicLock.Exit();
        VirtualInterrupts.Notify(machine, kick);
    }

    private static ulong* Stored(VirtualCpu* vcpu, uint index) => RegisterAccess.Stored(vcpu, Register.ICH_LR0_EL2 + (ushort)index);
}
