// Stage 2 aborts of a guest hypervisor's guest: a missing entry of the shadow, a device of the VM that its guest was
// given, or a fault of the guest hypervisor's own tables, which it gets to see.

using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class NestedAborts
{
    private const ulong Write = 1UL << 6;
    private const ulong WalkOfStage1 = 1UL << 7;
    private const ulong CacheMaintenance = 1UL << 8;
    private const int PageShift = 12;

    internal static TrapResult Handle(VirtualCpu* vcpu, ulong syndrome)
    {
        bool isData = Syndrome.Class(syndrome) == ExceptionClass.DataAbort;
        uint kind = (uint)syndrome & FaultStatus.KindMask;
        if (kind is not (FaultStatus.Translation or FaultStatus.AccessFlag or FaultStatus.Permission) || IsOfStage1(vcpu, syndrome, isData))
        {
            // None of stage 2: EL0's own, which comes to EL2 under TGE.
            TraceRing.Note(vcpu, SystemRegisters.FAR_EL2);
            return NestedTraps.Forward(vcpu, syndrome);
        }

        if (vcpu->Shadow == null)
        {
            // The guest hypervisor uses no stage 2: the VM's own is in force.
            return isData ? AbortTraps.Data(vcpu, syndrome) : AbortTraps.Instruction(vcpu, syndrome);
        }

        ulong address = AbortTraps.FaultAddress().Value;
        TraceRing.Note(vcpu, address);
        bool onWalk = (syndrome & WalkOfStage1) != 0;
        uint epoch = vcpu->Machine->ShadowEpoch;
        if (!GuestStage2Walk.Walk(vcpu, address, Access(vcpu, syndrome, isData), &vcpu->Walk))
        {
            return Fault(vcpu, syndrome, address, isData && IsUnalignedDevice(vcpu, syndrome, address) ? FaultStatus.Alignment : vcpu->Walk.Fault);
        }

        if (onWalk && IsForbiddenWalk(vcpu))
        {
            return Fault(vcpu, syndrome, address, FaultStatus.Permission + (uint)vcpu->Walk.Level);
        }

        if (VirtualMachine.Memory(vcpu->Machine, new Ipa(vcpu->Walk.Output & ~0xfffUL), PageAllocator.PageSize) != null)
        {
            return ShadowStage2.Map(vcpu, address, &vcpu->Walk, epoch) ? TrapResult.Resume : TrapResult.Crash;
        }

        return isData ? AbortTraps.Device(vcpu, syndrome, new Ipa(vcpu->Walk.Output)) : AbortTraps.Instruction(vcpu, syndrome);
    }

    // An alignment fault in Device memory comes before one of permission (Arm ARM D8.16). The size is known where the syndrome has it.
    private static bool IsUnalignedDevice(VirtualCpu* vcpu, ulong syndrome, ulong address)
    {
        const ulong SyndromeValid = 1UL << 24;
        ulong size = 1UL << (int)(syndrome >> 22 & 3);
        return (vcpu->Walk.Fault & FaultStatus.KindMask) == FaultStatus.Permission && (syndrome & (SyndromeValid | WalkOfStage1)) == SyndromeValid
            && (address & (size - 1)) != 0 && LoadStoreEmulation.IsDevice(vcpu);
    }

    // Under TGE, EL0's faults of stage 1 come to EL2 as well. The architecture turns that stage off then, QEMU does not. Nothing in the
    // syndrome tells the stages apart, so the address is translated again.
    private static bool IsOfStage1(VirtualCpu* vcpu, ulong syndrome, bool isData)
    {
        const uint ReadAtEl1 = 0;                       // finds all that EL0 may execute, too
        const uint ReadAtEl0 = 2;
        const uint WriteAtEl0 = 3;
        if ((vcpu->HCR_EL2 & Hcr.TGE) == 0 || (syndrome & WalkOfStage1) != 0)
        {
            return false;
        }

        GuestTranslationResult result;
        uint form = !isData ? ReadAtEl1 : (syndrome & Write) != 0 ? WriteAtEl0 : ReadAtEl0;
        bool isFound = GuestTranslation.Translate(vcpu, SystemRegisters.FAR_EL2, form, Access(vcpu, syndrome, isData), &result);
        return isFound
            ? !isData && ((uint)syndrome & FaultStatus.KindMask) == FaultStatus.Permission       // stage 2 permits it
            : !result.IsStage2;
    }

    /// <summary>HCR_EL2.PTW: stage 1 tables must not be in memory that stage 2 calls a device.</summary>
    /// <param name="vcpu">The vCPU, with the walk that led to the table.</param>
    internal static bool IsForbiddenWalk(VirtualCpu* vcpu)
    {
        const ulong NormalWithoutForce = 3UL << 4;
        const ulong NormalWithForce = 1UL << 4;
        ulong hcr = vcpu->HCR_EL2;
        return (hcr & Hcr.PTW) != 0
            && (vcpu->Walk.Descriptor & ((hcr & Hcr.FWB) != 0 ? NormalWithForce : NormalWithoutForce)) == 0;
    }

    // Where hardware found something but not the right, the shadow is to have that right. Hardware's update of a stage 1
    // table wants to write it, and so may maintenance of a cache; otherwise both only read.
    private static Stage2Access Access(VirtualCpu* vcpu, ulong syndrome, bool isData)
    {
        bool lacksRight = ((uint)syndrome & FaultStatus.KindMask) == FaultStatus.Permission;
        if ((syndrome & WalkOfStage1) != 0)
        {
            return lacksRight ? Stage2Access.Write : Stage2Access.Read;
        }

        if (!isData)
        {
            return (vcpu->Pstate & (Pstate.ModeMask & ~Pstate.AArch32)) == 0 ? Stage2Access.ExecuteAtEl0 : Stage2Access.Execute;
        }

        return (syndrome & Write) != 0 && ((syndrome & CacheMaintenance) == 0 || lacksRight) ? Stage2Access.Write : Stage2Access.Read;
    }

    private static TrapResult Fault(VirtualCpu* vcpu, ulong syndrome, ulong physical, uint fault) =>
        Fault(vcpu, syndrome, SystemRegisters.FAR_EL2, physical, fault);

    /// <summary>A fault of the guest hypervisor's stage 2, with the rest of the syndrome as hardware had it.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="syndrome">ESR_EL2 of the trap.</param>
    /// <param name="address">For FAR_EL2.</param>
    /// <param name="physical">What the nested guest calls physical, for HPFAR_EL2.</param>
    /// <param name="fault">The fault status.</param>
    internal static TrapResult Fault(VirtualCpu* vcpu, ulong syndrome, ulong address, ulong physical, uint fault)
    {
        Exceptions.ToHypervisor(vcpu, Exceptions.Synchronous, (syndrome & ~(ulong)FaultStatus.Mask) | fault, address);
        vcpu->HPFAR_EL2 = physical >> PageShift << 4;
        return TrapResult.Resume;
    }
}
