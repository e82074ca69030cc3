// The state that an instruction leaves behind besides its result, for an instruction that Nestor emulated: the next PC,
// PSTATE.BTYPE (Arm ARM D8.4.7: only the branch itself sets it), the IT state of T32 (F1.2.5) and, when the guest steps itself,
// the step exception (D2.12.5). TrapDispatcher.Skip does the usual case, A64 without a step, by itself.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class EmulatedInstruction
{
    private const ulong Is32Bit = 1UL << 25;            // ESR_EL2.IL
    private const int LowItShift = 25;                  // SPSR_EL2.IT[1:0]
    private const int HighItShift = 10;                 // SPSR_EL2.IT[7:2]
    private const ulong ItMask = (3UL << LowItShift) | (0x3fUL << HighItShift);

    /// <summary>The rest of moving past the instruction.</summary>
    /// <param name="vcpu">The vCPU, whose PC is four bytes behind the instruction.</param>
    /// <param name="syndrome">ESR_EL2 of the trap.</param>
    /// <param name="pstate">PSTATE before the instruction.</param>
    /// <param name="isLoadExclusive">It was a Load-Exclusive, which the syndrome of a step reports.</param>
    /// <returns>Whether the guest has taken a step exception.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool Complete(VirtualCpu* vcpu, ulong syndrome, ulong pstate, bool isLoadExclusive)
    {
        bool isStepped = (pstate & Pstate.Ss) != 0;
        if ((pstate & Pstate.AArch32) != 0)
        {
            vcpu->Pc = (uint)(vcpu->Pc - ((syndrome & Is32Bit) != 0 ? 0UL : 2));
            pstate = AdvanceIt(pstate);
        }
        else
        {
            pstate &= ~Pstate.Btype;
        }

        vcpu->Pstate = pstate & ~Pstate.Ss;

        // A debugger's step ends in hardware, as PSTATE.SS is clear now; so does that of a call to firmware, after the return from there.
        if (!isStepped || Syndrome.Class(syndrome) == ExceptionClass.Smc64 || (vcpu->DebugControls != 0 && VcpuDebug.IsStepping(vcpu->Debug)))
        {
            return false;
        }

        // Hardware would report the step too, but without ISS.ISV: it has not seen the instruction.
        const ulong SyndromeValid = 1UL << 24;
        const ulong LoadExclusive = 1UL << 6;
        const ulong DebugException = 0x22;
        DebugTraps.GiveToGuest(
            vcpu,
            ((ulong)ExceptionClass.SoftwareStep << 26) | Exceptions.Il | SyndromeValid | (isLoadExclusive ? LoadExclusive : 0) | DebugException);
        return true;
    }

    /// <summary>PSTATE.IT for the next instruction of an IT block, or 0 behind the last one. In A32 it is 0.</summary>
    private static ulong AdvanceIt(ulong pstate)
    {
        ulong state = ((pstate >> HighItShift & 0x3f) << 2) | (pstate >> LowItShift & 3);
        state = (state & 7) == 0 ? 0 : (state & 0xe0) | (state << 1 & 0x1f);
        return (pstate & ~ItMask) | ((state & 3) << LowItShift) | (state >> 2 << HighItShift);
    }
}
