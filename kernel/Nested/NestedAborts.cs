// Stage 2 aborts of a guest hypervisor's guest: a missing entry of the shadow, a device of the VM that its guest was
// given, or a fault of the guest hypervisor's own tables, which it gets to see.

using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class NestedAborts
{
    private const ulong Write = 1UL << 6;
    private const ulong CacheMaintenance = 1UL << 8;
    private const ulong WalkOfStage1 = 1UL << 7;
    private const ulong FaultMask = 0x3f;
    private const int PageShift = 12;

    internal static TrapResult Handle(VirtualCpu* vcpu, ulong syndrome)
    {
        ulong address = ((SystemRegisters.HPFAR_EL2 & 0xfff_ffff_fff0) << 8) | (SystemRegisters.FAR_EL2 & 0xfff);
        bool isData = (ExceptionClass)(syndrome >> 26) == ExceptionClass.DataAbort;
        if (vcpu->Shadow == null)
        {
            // The guest hypervisor uses no stage 2: the VM's own is in force.
            return isData ? AbortTraps.Data(vcpu, syndrome) : AbortTraps.Instruction(vcpu, syndrome);
        }

        bool onWalk = (syndrome & WalkOfStage1) != 0;
        bool write = isData && !onWalk && (syndrome & Write) != 0 && (syndrome & CacheMaintenance) == 0;
        bool execute = !isData && !onWalk;
        if (!GuestStage2Walk.Walk(vcpu, address, write, execute, &vcpu->Walk))
        {
            return Fault(vcpu, syndrome, address, vcpu->Walk.Fault);
        }

        byte* host = VirtualMachine.Memory(vcpu->Machine, new Ipa(vcpu->Walk.Output & ~0xfffUL), PageAllocator.PageSize);
        if (host != null)
        {
            return ShadowStage2.Map(vcpu, address, &vcpu->Walk, new Pa((ulong)host), ContiguousShift(vcpu)) ? TrapResult.Resume : TrapResult.Crash;
        }

        return isData ? AbortTraps.Device(vcpu, syndrome, new Ipa(vcpu->Walk.Output)) : AbortTraps.Instruction(vcpu, syndrome);
    }

    private static TrapResult Fault(VirtualCpu* vcpu, ulong syndrome, ulong address, uint fault)
    {
        Exceptions.ToHypervisor(vcpu, Exceptions.Synchronous, (syndrome & ~FaultMask) | fault, SystemRegisters.FAR_EL2);
        vcpu->HPFAR_EL2 = address >> PageShift << 4;
        return TrapResult.Resume;
    }

    // 2 MiB when the guest's RAM is aligned alike in the VM and in the machine and the block lies in it wholly.
    private static int ContiguousShift(VirtualCpu* vcpu)
    {
        const ulong BlockMask = (1UL << 21) - 1;
        VirtualMachine* machine = vcpu->Machine;
        ulong start = vcpu->Walk.Output & ~BlockMask;
        return ((machine->RamAt.Value ^ machine->RamStart.Value) & BlockMask) == 0
            && VirtualMachine.Memory(machine, new Ipa(start), BlockMask + 1) != null ? 21 : PageShift;
    }
}
