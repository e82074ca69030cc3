// ERETAA and ERETAB authenticate ELR with a key of the guest, at our level: hardware's own instruction does it.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Pointer authentication on behalf of a guest.</summary>
public static unsafe class PointerAuthentication
{
    /// <summary>Authenticates the loaded vCPU's ELR with its key A or B, as ERETAA and ERETAB do.</summary>
    public static void StripReturnAddress(VirtualCpu* vcpu, bool useKeyB)
    {
        // The address bits above the code come from the sign bit that selects the range (Arm ARM D8.8).
        ulong address = SystemRegisters.ELR_EL1;
        ulong top = (address >> 55 & 1) != 0 ? 0xffff_0000_0000_0000UL : 0;
        SystemRegisters.ELR_EL1 = (address & 0x0000_ffff_ffff_ffff) | top;
    }
}
