// The guest's firmware: PSCI 1.1 (Arm DEN 0022). It accepts, refuses and returns the same as QEMU's PSCI, without the PSCI 0.1 ids.
//
// Invariants: each register is compared as a whole, all 64 bits, so an id or MPIDR with an extra bit set does not match.
// An entry point has the alignment of an instruction.

using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>PSCI for guests. x0 has the function, x1 to x3 its arguments, x0 the result.</summary>
public static unsafe class VirtualPsci
{
    private const ulong Version11 = 0x1_0001;
    private const long MigrationNotNeeded = 2;

    // CPU_SUSPEND's power_state, 5.4.2: reserved bits, and an affinity level above that of the CPU.
    private const ulong NotStandby = 0xfffe_0000;

    /// <summary>Answers the call in the vCPU's x0.</summary>
    public static TrapResult Call(VirtualCpu* vcpu)
    {
        ulong function = vcpu->X[0];
        TraceRing.Note(vcpu, function);
        if (function == Psci.Version)
        {
            vcpu->X[0] = Version11;
            return TrapResult.Skip;
        }

        const ulong Conventions = 1UL << 30;            // 64-bit or 32-bit arguments
        const ulong First = Psci.Version;
        const ulong Numbers = 0x20;
        if ((function & ~Conventions) - First >= Numbers)
        {
            vcpu->X[0] = unchecked((ulong)Psci.NotSupported);
            return TrapResult.Skip;
        }

        return Call(vcpu, function);
    }

    private static TrapResult Call(VirtualCpu* vcpu, ulong function)
    {
        switch (function)
        {
            case Psci.Features:
                vcpu->X[0] = (ulong)(IsImplemented(vcpu->X[1]) ? Psci.Success : Psci.NotSupported);
                return TrapResult.Skip;
            case Psci.CpuOn32:
            case Psci.CpuOn64:
                vcpu->X[0] = (ulong)StartCpu(vcpu);
                return TrapResult.Skip;
            case Psci.CpuOff:
                vcpu->State = RunState.Off;
                return TrapResult.Reschedule;
            case Psci.CpuSuspend32:
            case Psci.CpuSuspend64:
                if ((vcpu->X[1] & NotStandby) != 0)
                {
                    vcpu->X[0] = unchecked((ulong)Psci.InvalidParameters);
                    return TrapResult.Skip;
                }

                vcpu->X[0] = Psci.Success;
                return TrapResult.Wait;
            case Psci.AffinityInfo32:
            case Psci.AffinityInfo64:
                vcpu->X[0] = (ulong)AffinityInfo(vcpu);
                return TrapResult.Skip;
            case Psci.MigrateInfoType:
                vcpu->X[0] = MigrationNotNeeded;
                return TrapResult.Skip;
            case Psci.SystemOff:
                Machines.End(vcpu->Machine, EndReason.PowerOff);
                return TrapResult.Reschedule;
            case Psci.SystemReset:
                Machines.End(vcpu->Machine, EndReason.Reset);
                return TrapResult.Reschedule;
            default:
                vcpu->X[0] = unchecked((ulong)Psci.NotSupported);
                return TrapResult.Skip;
        }
    }

    private static bool IsImplemented(ulong function)
    {
        switch (function)
        {
            case Psci.Version:
            case Psci.Features:
            case Psci.CpuOn32:
            case Psci.CpuOn64:
            case Psci.CpuOff:
            case Psci.CpuSuspend32:
            case Psci.CpuSuspend64:
            case Psci.AffinityInfo32:
            case Psci.AffinityInfo64:
            case Psci.MigrateInfoType:
            case Psci.SystemOff:
            case Psci.SystemReset:
                return true;
            default:
                return false;
        }
    }

    // A vCPU's affinity is its number.
    private static VirtualCpu* Target(VirtualCpu* vcpu, ulong affinity) =>
        affinity < vcpu->Machine->VcpuCount ? VirtualMachine.Vcpu(vcpu->Machine, (uint)affinity) : null;

    private static long StartCpu(VirtualCpu* vcpu)
    {
        const ulong InstructionAlignment = 3;
        VirtualCpu* target = Target(vcpu, vcpu->X[1]);
        if (target == null || (vcpu->X[2] & InstructionAlignment) != 0)
        {
            return Psci.InvalidParameters;
        }

        if (target->State != RunState.Off)
        {
            return Psci.AlreadyOn;
        }

        if (Interlocked.CompareExchange(ref target->StartClaim, 1, 0) != 0)
        {
            return Psci.OnPending;
        }

        // Between the look and the claim an earlier start may have been carried out.
        if (target->State != RunState.Off)
        {
            Interlocked.Exchange(ref target->StartClaim, 0);
            return Psci.AlreadyOn;
        }

        target->StartEntry = vcpu->X[2];
        target->StartContext = vcpu->X[3];
        VirtualInterrupts.Ask(target, Request.Start);
        return Psci.Success;
    }

    private static long AffinityInfo(VirtualCpu* vcpu)
    {
        const long On = 0;
        const long Off = 1;
        const long OnPending = 2;
        if (vcpu->X[2] != 0)
        {
            return On;                                  // the levels above a CPU are
        }

        VirtualCpu* target = Target(vcpu, vcpu->X[1]);
        if (target == null)
        {
            return Psci.InvalidParameters;
        }

        return target->State != RunState.Off ? On : target->StartClaim != 0 ? OnPending : Off;
    }
}
