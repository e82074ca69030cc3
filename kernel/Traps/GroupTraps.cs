// A guest hypervisor may take the interrupts of one group only (HCR_EL2.IMO without FMO, or FMO without IMO). Its guest has
// the virtual interface of that group, which is hardware's, and of the other group the guest hypervisor's own interface: that
// one is in storage meanwhile, so its registers trap (ICH_HCR_EL2.TALL0, TALL1), and what they do to interrupts is done here.

using System.Numerics;
using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class GroupTraps
{
    private const uint NoInterrupt = 1023;
    private const ulong SplitEnd = 1UL << 9;            // ICH_VMCR_EL2.VEOIM
    private const ulong FinestPoint = 2;                // of group 0, with five bits of preemption; of group 1 one more
    private const ulong CoarsestPoint = 7;

    /// <summary>An access of a guest hypervisor's guest to an interface register of one group.</summary>
    internal static TrapResult Access(VirtualCpu* vcpu, Register register, bool isRead, ref ulong value)
    {
        if (!vcpu->HasNestedInterrupts)
        {
            return TrapResult.Undefined;
        }

        switch (register)
        {
            case Register.ICC_IAR0_EL1 when isRead:
            case Register.ICC_IAR1_EL1 when isRead:
                value = Acknowledge(vcpu, register == Register.ICC_IAR0_EL1);
                break;
            case Register.ICC_HPPIR0_EL1 when isRead:
            case Register.ICC_HPPIR1_EL1 when isRead:
                value = Highest(vcpu, register == Register.ICC_HPPIR0_EL1);
                break;
            case Register.ICC_EOIR0_EL1 when !isRead:
            case Register.ICC_EOIR1_EL1 when !isRead:
                End(vcpu, register == Register.ICC_EOIR0_EL1, (uint)value & 0xff_ffff);
                break;
            case Register.ICC_IGRPEN0_EL1:
                Field(vcpu, isRead, 0, 1, ref value);
                break;
            case Register.ICC_IGRPEN1_EL1:
                Field(vcpu, isRead, 1, 1, ref value);
                break;
            case Register.ICC_BPR0_EL1:
                AccessPoint(vcpu, isRead, NestedInterrupts.Point0Shift, FinestPoint, ref value);
                break;
            case Register.ICC_BPR1_EL1 when (vcpu->GicVmcr & NestedInterrupts.CommonPoint) == 0:
                AccessPoint(vcpu, isRead, NestedInterrupts.Point1Shift, FinestPoint + 1, ref value);
                break;
            case Register.ICC_BPR1_EL1:
                value = Point1(vcpu->GicVmcr);
                break;
            case Register.ICC_AP0R0_EL1:
                Whole(isRead, ref vcpu->GicActive0, ref value);
                break;
            case Register.ICC_AP1R0_EL1:
                Whole(isRead, ref vcpu->GicActive1, ref value);
                break;
            default:
                return TrapResult.Undefined;
        }

        // What is signalled to whom may be another now.
        Interlocked.Or(ref vcpu->Requests, Request.Interrupts);
        return TrapResult.Skip;
    }

    /// <summary>ICC_BPR1_EL1 as it reads with an ICH_VMCR_EL2: with CBPR it is one more than ICC_BPR0_EL1 (Arm GIC 12.2.6).</summary>
    internal static ulong Point1(ulong control)
    {
        if ((control & NestedInterrupts.CommonPoint) == 0)
        {
            return control >> NestedInterrupts.Point1Shift & CoarsestPoint;
        }

        ulong common = 1 + Point0(control);
        return common < CoarsestPoint ? common : CoarsestPoint;
    }

    /// <summary>ICC_BPR0_EL1.</summary>
    internal static ulong Point0(ulong control) => control >> NestedInterrupts.Point0Shift & CoarsestPoint;

    private static void AccessPoint(VirtualCpu* vcpu, bool isRead, int shift, ulong finest, ref ulong value)
    {
        value = isRead || (value & CoarsestPoint) > finest ? value : finest;
        Field(vcpu, isRead, shift, CoarsestPoint, ref value);
    }

    private static void Field(VirtualCpu* vcpu, bool isRead, int shift, ulong mask, ref ulong value)
    {
        if (isRead)
        {
            value = vcpu->GicVmcr >> shift & mask;
        }
        else
        {
            vcpu->GicVmcr = (vcpu->GicVmcr & ~(mask << shift)) | (value & mask) << shift;
        }
    }

    private static void Whole(bool isRead, ref ulong stored, ref ulong value)
    {
        if (isRead)
        {
            value = stored;
        }
        else
        {
            stored = (uint)value;
        }
    }

    // ICC_HPPIRn_EL1: the best pending one, if it is in this group.
    private static uint Highest(VirtualCpu* vcpu, bool isGroup0)
    {
        uint best = NestedInterrupts.Highest(vcpu, out bool isFast);
        return best == VirtualGicDelivery.NothingPending || isFast != isGroup0 ? NoInterrupt : best & 0xffff;
    }

    // Chosen and taken under one lock: between the two another vCPU could route it elsewhere or disable it.
    private static uint Acknowledge(VirtualCpu* vcpu, bool isGroup0)
    {
        VirtualMachine* machine = vcpu->Machine;
        machine->GicLock.Enter();
        uint best = NestedInterrupts.Best(vcpu, out bool isFast);
        uint priority = best >> 16;
        bool isTaken = best != VirtualGicDelivery.NothingPending && isFast == isGroup0 && NestedInterrupts.IsSignalled(vcpu, priority, isGroup0);
        uint kick = isTaken ? VirtualGicInput.Acknowledge(&machine->Gic, vcpu->Index, best & 0xffff) : 0;
        machine->GicLock.Exit();
        if (!isTaken)
        {
            return NoInterrupt;
        }

        ulong running = 1UL << (int)((priority & NestedInterrupts.GroupPriority(vcpu, isGroup0)) >> 3);
        vcpu->GicActive0 |= isGroup0 ? running : 0;
        vcpu->GicActive1 |= isGroup0 ? 0 : running;
        VirtualInterrupts.Notify(machine, kick);
        return best & 0xffff;
    }

    // As hardware: what runs must be of this group; which interrupt is ended is the guest's word.
    private static void End(VirtualCpu* vcpu, bool isGroup0, uint interrupt)
    {
        int lowest0 = BitOperations.TrailingZeroCount(vcpu->GicActive0);
        int lowest1 = BitOperations.TrailingZeroCount(vcpu->GicActive1);
        bool isRunning = isGroup0 ? vcpu->GicActive0 != 0 && lowest0 <= lowest1 : vcpu->GicActive1 != 0 && lowest1 < lowest0;
        if (!isRunning || (interrupt >= VirtualGic.IntIdCount && !LpiDelivery.Exists(interrupt)))
        {
            return;
        }

        vcpu->GicActive0 &= isGroup0 ? vcpu->GicActive0 - 1 : ulong.MaxValue;
        vcpu->GicActive1 &= isGroup0 ? ulong.MaxValue : vcpu->GicActive1 - 1;
        if ((vcpu->GicVmcr & SplitEnd) == 0)
        {
            NestedInterrupts.EndLinked(vcpu, interrupt);
        }
    }
}
