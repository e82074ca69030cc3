// While a person looks, a timer's interrupt comes due: it would take every step into its handler. So interrupts rest while a vCPU is
// stepped. But whoever steps in a handler has to find the interrupt there.

namespace Nestor.Kernel;

/// <summary>The instruction that a step begins with.</summary>
internal static unsafe class SteppedInstruction
{
    /// <summary>Whether a held vCPU is at an MRS or MSR of ICC_* (op0=3, CRn=12, CRm=8 and above), or nobody can say.</summary>
    internal static bool AsksForInterrupts(VirtualCpu* vcpu)
    {
        const uint Mask = 0xffd8_f800;
        const uint Move = 0xd518_c800;
        byte* at = (vcpu->Pc & 3) == 0 ? Translation.Run(vcpu, AddressSpace.Current, vcpu->Pc) : null;
        return at == null || (*(uint*)at & Mask) == Move;
    }
}
