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
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="syndrome">ESR_EL2.</param>
    /// <param name="pc">ELR_EL2, which the vCPU has too; this, and what follows, is for the trace.</param>
    /// <param name="pstate">SPSR_EL2.</param>
    /// <param name="time">CNTPCT_EL0.</param>
    [RuntimeExport("nestor_trap")]
    public static VirtualCpu* Synchronous(VirtualCpu* vcpu, ulong syndrome, ulong pc, ulong pstate, ulong time)
    {
        ExceptionClass kind = Syndrome.Class(syndrome);
        TraceRing.Add(vcpu, syndrome, kind, pc, pstate, time);
        TrapResult result;
        if (kind == ExceptionClass.SystemRegister && !vcpu->IsNested)
        {
            if (SystemRegisterTrap.TryQuick(vcpu, syndrome, out ulong slot))
            {
                Skip(vcpu, syndrome);
                return vcpu->Requests == 0 ? vcpu : Scheduler.Next(vcpu);
            }

            result = SystemRegisterTrap.Handle(vcpu, syndrome, slot);
        }
        else
        {
            result = vcpu->IsNested ? NestedTraps.Handle(vcpu, syndrome) : Handle(vcpu, syndrome, kind);
        }

        if (result == TrapResult.Skip)
        {
            Skip(vcpu, syndrome);
            result = TrapResult.Resume;
        }

        return result == TrapResult.Resume && vcpu->Requests == 0 ? vcpu : Leave(vcpu, result, syndrome);
    }

    /// <summary>A physical interrupt while the guest ran.</summary>
    [RuntimeExport("nestor_interrupt")]
    public static VirtualCpu* Interrupt(VirtualCpu* vcpu, ulong syndrome, ulong pc, ulong pstate, ulong time)
    {
        TraceRing.Add(vcpu, TraceRing.Interrupt, Syndrome.Class(TraceRing.Interrupt), pc, pstate, time);
        HostInterrupts.Handle(vcpu->Cpu);
        return Scheduler.Next(vcpu);
    }

    /// <summary>An SError while the guest ran: whose it is cannot be known, so its VM ends.</summary>
    [RuntimeExport("nestor_system_error")]
    public static VirtualCpu* SystemError(VirtualCpu* vcpu, ulong syndrome) => Leave(vcpu, TrapResult.Crash, syndrome);

    // In the one place that calls it, like all that is on the way of most traps: calls are a good part of what a trap costs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TrapResult Handle(VirtualCpu* vcpu, ulong syndrome, ExceptionClass kind)
    {
        // Comparisons, the most frequent first: a jump table costs more than three of them.
        if (kind == ExceptionClass.Hvc64)
        {
            return CallTraps.Hvc(vcpu, syndrome);
        }

        if (kind == ExceptionClass.Smc64)
        {
            return CallTraps.Smc(vcpu);
        }

        if (kind == ExceptionClass.DataAbort)
        {
            return AbortTraps.Data(vcpu, syndrome);
        }

        if (kind == ExceptionClass.Eret)
        {
            return EretTrap.Handle(vcpu, syndrome);
        }

        return kind == ExceptionClass.WaitForInterrupt ? WaitTrap.Handle(vcpu, syndrome) : Rare(vcpu, syndrome, kind);
    }

    // Apart, for what it needs would burden the way of all others.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TrapResult Rare(VirtualCpu* vcpu, ulong syndrome, ExceptionClass kind)
    {
        if (kind == ExceptionClass.InstructionAbort)
        {
            return AbortTraps.Instruction(vcpu, syndrome);
        }

        if (DebugTraps.IsOurs(vcpu, syndrome))
        {
            return DebugTraps.Handle(vcpu, syndrome);
        }

        if (kind == ExceptionClass.DataAbortVncr)
        {
            return RedirectedWriteTrap.Handle(vcpu);
        }

        if (kind is ExceptionClass.Sve or ExceptionClass.Sme)
        {
            return VectorTraps.Handle(vcpu);
        }

        // AArch32 programs reach coprocessors that do not exist: undefined for them. Anything else has no answer.
        return (vcpu->Pstate & Pstate.AArch32) != 0 ? TrapResult.Undefined : TrapResult.Crash;
    }

    // Behind an instruction that was emulated. True when the guest steps itself and has taken the step exception.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Skip(VirtualCpu* vcpu, ulong syndrome)
    {
        const int FromSsToAArch32 = 17;
        ulong pc = vcpu->Pc;
        ulong pstate = vcpu->Pstate;
        vcpu->Pc = pc + 4;
        vcpu->Pstate = pstate & ~Pstate.Btype;
        return ((pstate | (pstate >> FromSsToAArch32)) & Pstate.AArch32) != 0 && EmulatedInstruction.Complete(vcpu, syndrome, pstate, isLoadExclusive: false);
    }

    private static VirtualCpu* Leave(VirtualCpu* vcpu, TrapResult result, ulong syndrome)
    {
        if (result == TrapResult.Wait)
        {
            return Skip(vcpu, syndrome) ? Scheduler.Next(vcpu) : Scheduler.Wait(vcpu);
        }

        if (result == TrapResult.SkipLoadExclusive)
        {
            ulong pstate = vcpu->Pstate;
            vcpu->Pc += 4;
            EmulatedInstruction.Complete(vcpu, syndrome, pstate, isLoadExclusive: true);
        }
        else if (result == TrapResult.Undefined)
        {
            Exceptions.Undefined(vcpu);
        }
        else if (result == TrapResult.Crash)
        {
            Crash.Report(vcpu, syndrome);
            Machines.End(vcpu->Machine, EndReason.Crash);
        }

        return Scheduler.Next(vcpu);
    }
}
