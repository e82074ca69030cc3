// Debug exceptions, and accesses to debug registers, while a vCPU is debugged from outside: ours are answered here, the guest's own
// go to the guest.

using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class DebugTraps
{
    /// <summary>Whether a syndrome is a debug exception that comes here only because the vCPU is debugged.</summary>
    internal static bool IsOurs(VirtualCpu* vcpu, ulong syndrome) =>
        vcpu->DebugControls != 0 && Syndrome.Class(syndrome)
            is ExceptionClass.Breakpoint or ExceptionClass.SoftwareStep or ExceptionClass.Watchpoint or ExceptionClass.Brk;

    internal static TrapResult Handle(VirtualCpu* vcpu, ulong syndrome)
    {
        uint number;
        switch (Syndrome.Class(syndrome))
        {
            case ExceptionClass.Breakpoint when (number = VcpuDebug.FindBreakpoint(vcpu->Machine, vcpu->Pc)) != 0:
                TraceRing.Forget(vcpu);
                VcpuDebug.StopHere(vcpu, DebugStop.Breakpoint, number);
                return TrapResult.Reschedule;
            case ExceptionClass.SoftwareStep when VcpuDebug.IsStepping(vcpu->Debug):
                if (!vcpu->Debug->IsVectorStep)
                {
                    TraceRing.Forget(vcpu);
                }

                VcpuDebug.EndStep(vcpu);
                return TrapResult.Reschedule;
            case ExceptionClass.Watchpoint when (number = VcpuDebug.FindWatchpoint(vcpu->Machine, SystemRegisters.FAR_EL2)) != 0:
                TraceRing.Forget(vcpu);
                VcpuDebug.StopHere(vcpu, DebugStop.Watchpoint, number);
                return TrapResult.Reschedule;
            default:
                return GiveToGuest(vcpu, syndrome);
        }
    }

    /// <summary>
    /// An access to a debug register that traps because the vCPU is debugged: the guest's own values are in hardware for it, until
    /// the exit is over.
    /// </summary>
    /// <returns>Whether there is nothing left to do: the register has no row that could do it.</returns>
    internal static bool TryAccess(VirtualCpu* vcpu, uint encoding, bool isRead, ref ulong value)
    {
        const uint Oslsr = (2u << 14) | (1 << 7) | (1 << 3) | 4;
        const uint Oslar = (2u << 14) | (1 << 7) | 4;
        VcpuDebug.Leave(vcpu);
        Interlocked.Or(ref vcpu->Requests, Request.Debug);
        if (encoding == Oslsr && isRead)
        {
            value = SystemRegisters.OSLSR_EL1;
            return true;
        }

        if (encoding == Oslar && !isRead)
        {
            SystemRegisters.OSLAR_EL1 = value;
            return true;
        }

        return false;
    }

    /// <summary>
    /// As it would have come without us: to the guest hypervisor if that routes its guest's, else to the level that handles it. The
    /// class of a breakpoint, step or watchpoint says whether it came from a lower level; BRK's does not.
    /// </summary>
    internal static TrapResult GiveToGuest(VirtualCpu* vcpu, ulong syndrome)
    {
        const ulong RouteToEl2 = 1UL << 8;              // MDCR_EL2.TDE
        const ulong SameLevel = 1UL << 26;
        bool isForwarded = vcpu->IsNested && (vcpu->MDCR_EL2 & RouteToEl2) != 0;
        bool fromEl0 = (vcpu->Pstate & 0xc) == 0;
        bool isBrk = Syndrome.Class(syndrome) == ExceptionClass.Brk;
        bool isStep = Syndrome.Class(syndrome) == ExceptionClass.SoftwareStep;
        if (vcpu->DebugControls != 0 && !isBrk && !VcpuDebug.IsOfGuest(vcpu, isStep, isForwarded || fromEl0))
        {
            VcpuDebug.Pass(vcpu, isStep);
            return TrapResult.Reschedule;
        }

        if (isForwarded)
        {
            return NestedTraps.Forward(vcpu, syndrome);
        }

        Exceptions.ToCurrent(vcpu, fromEl0 || isBrk ? syndrome : syndrome | SameLevel, SystemRegisters.FAR_EL2);
        return TrapResult.Resume;
    }
}
