// The interrupt controller's CPU interface while a guest hypervisor's guest runs: the guest hypervisor's list registers
// (ICH_LR<n>_EL2 of virtual EL2) are the hardware's. A hardware-linked one names an interrupt of the guest hypervisor, which
// only exists in our model: it is loaded unlinked, with the end-of-interrupt maintenance bit, and its end deactivates there.
// Bits that mean nothing to a guest hypervisor may mean something to this CPU (interrupts beyond masking), so they stay behind.

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Second level interrupts. Only for the loaded vCPU.</summary>
public static unsafe class NestedInterrupts
{
    private const ulong StateMask = ListRegisterFormat.Pending | ListRegisterFormat.Active;
    private const ulong PhysicalMask = 0x1fffUL << ListRegisterFormat.PhysicalShift;
    internal const ulong CommonPoint = 1UL << 4;        // ICH_VMCR_EL2.VCBPR
    internal const int Point1Shift = 18;
    internal const int Point0Shift = 21;
    private const ulong GroupEnables = 3;               // ICH_VMCR_EL2.{VENG0, VENG1}

    // HCR_EL2: FMO and IMO side by side, as the groups are.
    private const int GroupShift = 3;

    // ICH_HCR_EL2: TALL0 and TALL1 side by side; which group goes on or off, two bits each.
    private const int GroupTrapShift = 11;
    private const ulong TellGroup0 = 3UL << 4;
    private const ulong TellGroup1 = 3UL << 6;

    // State, group, priority, vINTID of 16 bits.
    private const ulong Meaning = StateMask | ListRegisterFormat.Group1 | (0xffUL << ListRegisterFormat.PriorityShift) | 0xffff;

    // ICH_HCR_EL2: EOIcount, the traps, the maintenance interrupts, En.
    private const ulong ControlMeaning = ListRegisterFormat.ControlEndCount | 0x7cff;

    /// <summary>Puts the guest hypervisor's virtual interface into hardware.</summary>
    public static void Load(VirtualCpu* vcpu)
    {
        for (uint i = 0; i < VirtualInterfaceControl.ListRegisterCount; i++)
        {
            ulong value = *Stored(vcpu, i);
            VirtualInterrupts.WriteListRegister(i, value == 0 ? 0 : ForHardware(value));
        }

        // A group that the guest hypervisor does not take is off, and the guest's accesses to its interface trap.
        ulong others = GroupEnables & ~Groups(vcpu);
        SystemRegisters.Change_ICH_VMCR_EL2(vcpu->ICH_VMCR_EL2 & ~others);
        SystemRegisters.Change_ICH_AP0R0_EL2((uint)vcpu->ICH_AP0R0_EL2);
        SystemRegisters.Change_ICH_AP1R0_EL2((uint)vcpu->ICH_AP1R0_EL2);
        ulong control = vcpu->ICH_HCR_EL2 & ControlMeaning & ~(ulong)vcpu->InterruptsRest;
        if (others != 0)
        {
            control = (control & ~((others & 1) != 0 ? TellGroup0 : TellGroup1)) | others << GroupTrapShift;
        }

        SystemRegisters.Change_ICH_HCR_EL2(control);
        vcpu->HasNestedInterrupts = true;
        if (vcpu->MaintenanceLine)
        {
            UpdateMaintenanceLine(vcpu);                // the guest hypervisor may have removed the cause, in memory
        }

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

        return VirtualExceptions.Pending(vcpu) != 0;
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
        bool high = VirtualInterfaceControl.IsMaintenanceDue(vcpu);
        if (high != vcpu->MaintenanceLine)
        {
            vcpu->MaintenanceLine = high;
            VirtualInterrupts.SetLine(vcpu->Machine, vcpu->Index, InterruptIds.Maintenance, high);
        }
    }

    /// <summary>
    /// While its guest runs, an interrupt for the guest hypervisor is an exception to virtual EL2 (HCR_EL2.IMO, FMO), whatever
    /// its guest masks; the guest hypervisor's own groups, priority mask and running priority count. Group 0 is signalled as FIQ.
    /// One of a group that the guest hypervisor does not take is its guest's, by HCR_EL2.VI or VF of the machine.
    /// </summary>
    /// <returns>True when virtual EL2 runs now.</returns>
    public static bool DeliverToHypervisor(VirtualCpu* vcpu)
    {
        uint best = Highest(vcpu, out bool isFast);
        ulong groups = Groups(vcpu);
        bool isSignalled = best != VirtualGicDelivery.NothingPending && IsSignalled(vcpu, best >> 16, isFast) && vcpu->InterruptsRest == 0;
        bool isTaken = isSignalled && (groups & (isFast ? 1UL : 2)) != 0;
        if (groups != GroupEnables)
        {
            Pass(vcpu, !isSignalled || isTaken ? 0 : isFast ? Hcr.VF : Hcr.VI);
        }

        if (!isTaken)
        {
            if (vcpu->MaintenanceLine)
            {
                // One that the guest hypervisor masks must not keep its guest from running.
                PerCpu.SetEnabled(vcpu->Cpu, InterruptIds.Maintenance, enabled: false);
            }

            return false;
        }

        Exceptions.ToHypervisor(vcpu, isFast ? Exceptions.Fiq : Exceptions.Irq, 0, 0);
        return true;
    }

    /// <summary>The best interrupt for the guest hypervisor itself, as <see cref="VirtualGicDelivery.HighestPending"/>, and whether it is in group 0.</summary>
    internal static uint Highest(VirtualCpu* vcpu, out bool isGroup0)
    {
        VirtualMachine* machine = vcpu->Machine;
        machine->GicLock.Enter();
        uint best = Best(vcpu, out isGroup0);
        bool isLeft = VirtualGic.Redistributor(&machine->Gic, vcpu->Index)->Lpis.Stale != 0;
        machine->GicLock.Exit();
        if (isLeft)
        {
            Interlocked.Or(ref vcpu->Requests, Request.Interrupts);
            VirtualInterrupts.ComeBack(vcpu);
        }

        return best;
    }

    /// <summary>The same for a caller that has the GIC's lock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Best(VirtualCpu* vcpu, out bool isGroup0)
    {
        VirtualGic* gic = &vcpu->Machine->Gic;
        uint best = VirtualGicDelivery.HighestPending(gic, vcpu->Index, (uint)(vcpu->GicVmcr & GroupEnables));
        isGroup0 = best != VirtualGicDelivery.NothingPending && VirtualGic.IsGroup0(gic, vcpu->Index, best & 0xffff);
        return best;
    }

    /// <summary>Groups that the guest hypervisor takes from its guest, a bit each. With TGE there is nobody else to take them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Groups(VirtualCpu* vcpu) => (vcpu->HCR_EL2 & Hcr.TGE) != 0 ? GroupEnables : vcpu->HCR_EL2 >> GroupShift & GroupEnables;

    private static void Pass(VirtualCpu* vcpu, ulong signal)
    {
        ulong before = SystemRegisters.HCR_EL2;
        ulong after = (before & ~(Hcr.VF | Hcr.VI)) | (VirtualExceptions.Pending(vcpu) & (Hcr.VF | Hcr.VI)) | signal;
        if (after != before)
        {
            SystemRegisters.HCR_EL2 = after;
        }
    }

    // IHI 0069, 4.8: higher than the mask, and than the group priority of whatever the guest hypervisor has active.
    internal static bool IsSignalled(VirtualCpu* vcpu, uint priority, bool isGroup0)
    {
        ulong machine = vcpu->GicVmcr;
        if (priority >= (machine >> 24 & 0xff))
        {
            return false;
        }

        uint active = (uint)(vcpu->GicActive0 | vcpu->GicActive1);
        if (active == 0)
        {
            return true;
        }

        uint group = GroupPriority(vcpu, isGroup0);
        return (priority & group) < ((uint)BitOperations.TrailingZeroCount(active) << 3 & group);
    }

    /// <summary>The bits of a priority that decide about preemption at the guest hypervisor's own interface.</summary>
    internal static uint GroupPriority(VirtualCpu* vcpu, bool isGroup0)
    {
        ulong machine = vcpu->GicVmcr;
        int point = isGroup0 || (machine & CommonPoint) != 0 ? 1 + (int)(machine >> Point0Shift & 7) : (int)(machine >> Point1Shift & 7);
        return 0xffu << point;
    }

    // An invalid one may still tell the guest hypervisor of its end; nothing else of it counts.
    private static ulong ForHardware(ulong value)
    {
        if ((value & ListRegisterFormat.Hardware) == 0)
        {
            return (value & StateMask) == 0 ? value & ListRegisterFormat.EndMaintenance : value & (Meaning | ListRegisterFormat.EndMaintenance);
        }

        return (value & StateMask) == 0 ? 0 : (value & Meaning) | ListRegisterFormat.EndMaintenance;
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
            bool isAcknowledged = (before & StateMask) == ListRegisterFormat.Pending && state == ListRegisterFormat.Active;
            if ((before & ListRegisterFormat.Hardware) != 0 && state != (before & StateMask) && !isAcknowledged)
            {
                // Of one that was pending and active the first end is an end, too: what is left is pending.
                EndLinked(vcpu, (uint)((before & PhysicalMask) >> ListRegisterFormat.PhysicalShift));
            }
        }

        ulong others = GroupEnables & ~Groups(vcpu);
        vcpu->ICH_VMCR_EL2 = (SystemRegisters.ICH_VMCR_EL2 & ~others) | (vcpu->ICH_VMCR_EL2 & others);
        vcpu->ICH_AP0R0_EL2 = SystemRegisters.ICH_AP0R0_EL2;
        vcpu->ICH_AP1R0_EL2 = SystemRegisters.ICH_AP1R0_EL2;
        vcpu->ICH_HCR_EL2 = (vcpu->ICH_HCR_EL2 & ~ListRegisterFormat.ControlEndCount) | (SystemRegisters.ICH_HCR_EL2 & ListRegisterFormat.ControlEndCount);
    }

    /// <summary>An interrupt of the guest hypervisor's own interface is no longer active.</summary>
    internal static void EndLinked(VirtualCpu* vcpu, uint interrupt)
    {
        VirtualMachine* machine = vcpu->Machine;
        machine->GicLock.Enter();
        uint kick = VirtualGicInput.Deactivate(&machine->Gic, vcpu->Index, interrupt);
        machine->GicLock.Exit();
        VirtualInterrupts.Notify(machine, kick);
    }

    private static ulong* Stored(VirtualCpu* vcpu, uint index) => RegisterAccess.Stored(vcpu, Register.ICH_LR0_EL2 + (ushort)index);
}
