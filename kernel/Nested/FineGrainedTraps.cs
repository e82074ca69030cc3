// The fine-grained traps, HCRX_EL2 and HSTR_EL2: everything open for virtual EL2 and plain guests; for a guest hypervisor's guest what
// the guest hypervisor wrote. Nestor wants none of these traps for itself, so there is nothing to merge.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>HFGRTR_EL2, HFGWTR_EL2, HFGITR_EL2, HDFGRTR_EL2, HDFGWTR_EL2, HCRX_EL2 and HSTR_EL2 of the machine.</summary>
internal static unsafe class FineGrainedTraps
{
    /// <summary>HFGRTR_EL2, HFGWTR_EL2: the controls of inverted polarity, which trap while 0.</summary>
    internal const ulong Open = 0xfffcUL << 48;

    /// <summary>HCRX_EL2.MSCEn: memory copy instructions work below EL2.</summary>
    internal const ulong ExtendedOpen = 1UL << 11;

    // HCRX_EL2.{FnXS, FGTnXS, SMPME, MCE2, MSCEn}: what the guest hypervisor is told that its CPU has.
    private const ulong ExtendedForwarded = 0xc38;

    /// <summary>Loads them for the vCPU's context, which hardware is in.</summary>
    internal static void Load(VirtualCpu* vcpu)
    {
        bool nested = vcpu->IsNested;
        SystemRegisters.Change_HSTR_EL2(nested ? vcpu->HSTR_EL2 : 0);
        if (Features.Hcx)
        {
            SystemRegisters.Change_HCRX_EL2(nested ? vcpu->HCRX_EL2 & ExtendedForwarded : ExtendedOpen);
        }

        if (Features.Fgt)
        {
            SystemRegisters.Change_HFGRTR_EL2(nested ? vcpu->HFGRTR_EL2 : Open);
            SystemRegisters.Change_HFGWTR_EL2(nested ? vcpu->HFGWTR_EL2 : Open);
            SystemRegisters.Change_HFGITR_EL2(nested ? vcpu->HFGITR_EL2 : 0);
            ulong ofEl2 = vcpu->Context == Context.El1 ? 0 : SelfHostedDebug.TrapStatus;
            SystemRegisters.Change_HDFGRTR_EL2(SelfHostedDebug.TrapPoints | (nested ? vcpu->HDFGRTR_EL2 : vcpu->MemoryRedirection ? 0 : ofEl2));
            SystemRegisters.Change_HDFGWTR_EL2(SelfHostedDebug.TrapPoints | (nested ? vcpu->HDFGWTR_EL2 : ofEl2));
        }
    }
}
