// Where every exit of a guest arrives: boot/Vectors.S stores the registers, this finds the handler, acts on its answer,
// and says which vCPU goes on.

using System.Runtime;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>The one dispatcher.</summary>
public static unsafe class TrapDispatcher
{
    /// <summary>A synchronous exception of the guest.</summary>
    [RuntimeExport("nestor_trap")]
    public static VirtualCpu* Synchronous(VirtualCpu* vcpu, ulong syndrome)
    {
        TraceRing.Add(vcpu, syndrome);
        TrapResult result = vcpu->IsNested ? NestedTraps.Handle(vcpu, syndrome) : Handle(vcpu, syndrome);
        if (result == TrapResult.Skip)
        {
            vcpu->Pc += 4;
            result = TrapResult.Resume;
        }

        return result == TrapResult.Resume && vcpu->Requests == 0 ? vcpu : Leave(vcpu, result, syndrome);
    }

    /// <summary>A physical interrupt while the guest ran.</summary>
    [RuntimeExport("nestor_interrupt")]
    public static VirtualCpu* Interrupt(VirtualCpu* vcpu, ulong syndrome)
    {
        TraceRing.Add(vcpu, TraceRing.Interrupt);
        HostInterrupts.Handle(vcpu->Cpu);
        return Scheduler.Next(vcpu);
    }

    /// <summary>An SError while the guest ran: whose it is cannot be known, so its VM ends.</summary>
    [RuntimeExport("nestor_system_error")]
    public static VirtualCpu* SystemError(VirtualCpu* vcpu, ulong syndrome) => Leave(vcpu, TrapResult.Crash, syndrome);

    // In the one place that calls it, like all that is on the way of most traps: calls are a good part of what a trap costs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TrapResult Handle(VirtualCpu* vcpu, ulong syndrome)
    {
        switch ((ExceptionClass)(syndrome >> 26))
        {
            case ExceptionClass.WaitForInterrupt:
                return WaitTrap.Handle(vcpu, syndrome);
            case ExceptionClass.Hvc64:
                return CallTraps.Hvc(vcpu, syndrome);
            case ExceptionClass.Smc64:
                return CallTraps.Smc(vcpu);
            case ExceptionClass.SystemRegister:
                return SystemRegisterTrap.Handle(vcpu, syndrome);
            case ExceptionClass.Eret:
                return EretTrap.Handle(vcpu, syndrome);
            case ExceptionClass.DataAbort:
                return AbortTraps.Data(vcpu, syndrome);
            case ExceptionClass.InstructionAbort:
                return AbortTraps.Instruction(vcpu, syndrome);
            default:
                return Rare(vcpu, syndrome);
        }
    }

    // Apart, for what it needs would burden the way of all others.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TrapResult Rare(VirtualCpu* vcpu, ulong syndrome)
    {
        if (DebugTraps.IsOurs(vcpu, syndrome))
        {
            return DebugTraps.Handle(vcpu, syndrome);
        }

        if ((ExceptionClass)(syndrome >> 26) is ExceptionClass.Sve or ExceptionClass.Sme)
        {
            return VectorTraps.Handle(vcpu);
        }

        // AArch32 programs reach coprocessors that do not exist: undefined for them. Anything else has no answer.
        return (vcpu->Pstate & Pstate.AArch32) != 0 ? TrapResult.Undefined : TrapResult.Crash;
    }

    private static VirtualCpu* Leave(VirtualCpu* vcpu, TrapResult result, ulong syndrome)
    {
        switch (result)
        {
            case TrapResult.Undefined:
                Exceptions.Undefined(vcpu);
                break;
            case TrapResult.Wait:
                vcpu->Pc += 4;
                Scheduler.Wait(vcpu);
                break;
            case TrapResult.Crash:
                Crash.Report(vcpu, syndrome);
                Machines.End(vcpu->Machine, EndReason.Crash);
                break;
        }

        return Scheduler.Next(vcpu);
    }
}
