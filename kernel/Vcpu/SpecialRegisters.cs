// SPSR_EL2 lives in the hardware's SPSR_EL1 while virtual EL2 runs. With FEAT_NV2, or with E2H=1, hardware itself writes
// EL2 into its mode field when an exception is taken to virtual EL2. With trap-only FEAT_NV and E2H=0 it writes EL1, and a
// guest hypervisor that stored a real EL1 there must still read EL1: such a value is kept with a mark, in a
// bit that only AArch32 states use.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>The view of SPSR_EL2 in SPSR_EL1.</summary>
public static unsafe class SpecialRegisters
{
    private const ulong RealEl1 = 1UL << 26;
    private const ulong Aarch64El1Mask = 0x1e;

    /// <summary>The value for the hardware's SPSR_EL1 that stands for <paramref name="spsr"/> in SPSR_EL2.</summary>
    public static ulong HideSpsr(VirtualCpu* vcpu, ulong spsr) =>
        IsPlain(vcpu) && (spsr & Aarch64El1Mask) == Pstate.El1t ? spsr | RealEl1 : spsr;

    /// <summary>SPSR_EL2 as the guest hypervisor reads it, from the hardware's SPSR_EL1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ShowSpsr(VirtualCpu* vcpu, ulong hardware) =>
        IsPlain(vcpu) ? ShowPlain(hardware) : hardware;

    private static ulong ShowPlain(ulong hardware)
    {
        if ((hardware & (Aarch64El1Mask | RealEl1)) == (Pstate.El1t | RealEl1))
        {
            return hardware & ~RealEl1;
        }

        return (hardware & Aarch64El1Mask) == Pstate.El1t ? hardware ^ (Pstate.El1t ^ Pstate.El2t) : hardware;
    }

    private static bool IsPlain(VirtualCpu* vcpu) => !vcpu->MemoryRedirection && vcpu->Context == Context.HypervisorNvhe;
}
