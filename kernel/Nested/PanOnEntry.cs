// SCTLR_EL2.SPAN while HCR_EL2.{E2H,TGE}={1,0}. Virtual EL2 runs at EL1, where with SPAN=0 hardware sets PSTATE.PAN on each
// exception. EL2 does so only if TGE is set, too (Arm ARM D1.3, SCTLR_EL2.SPAN). So hardware has SPAN set meanwhile.
//
// Invariants while VirtualCpu.HidesSpan is set:
// - The vCPU is loaded in the context HypervisorVhe. Hardware's SCTLR_EL1 is the stored SCTLR_EL2 with SPAN set.
// - The name SCTLR_EL1 traps (HFGRTR_EL2, HFGWTR_EL2). The name SCTLR_EL2 always does.
// Under FEAT_NV2 a guest hypervisor changes TGE without a trap. Nestor sees it at the exits that call Follow.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Keeps hardware from setting PSTATE.PAN at a virtual EL2 without an EL0. Only for the loaded vCPU.</summary>
internal static unsafe class PanOnEntry
{
    /// <summary>SCTLR_ELx.SPAN.</summary>
    internal const ulong Span = 1UL << 23;

    private const ulong TrapControl = 1UL << 29;        // HFGRTR_EL2.SCTLR_EL1, HFGWTR_EL2.SCTLR_EL1

    /// <summary>Hides SPAN or shows it, as the present HCR_EL2 wants it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Follow(VirtualCpu* vcpu)
    {
        const ulong Both = Hcr.E2H | Hcr.TGE;
        bool hides = vcpu->Context == Context.HypervisorVhe && (vcpu->HCR_EL2 & Both) == Hcr.E2H && Features.Fgt;
        if (hides && !vcpu->HidesSpan)
        {
            Hide(vcpu);
        }
        else if (!hides && vcpu->HidesSpan)
        {
            Show(vcpu);
        }
    }

    /// <summary>Makes hardware's SCTLR_EL1 the guest hypervisor's SCTLR_EL2 again. Only while SPAN is hidden.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Show(VirtualCpu* vcpu)
    {
        vcpu->HidesSpan = false;
        SystemRegisters.Change_SCTLR_EL1(vcpu->SCTLR_EL2);
        SystemRegisters.HFGRTR_EL2 &= ~TrapControl;
        SystemRegisters.HFGWTR_EL2 &= ~TrapControl;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hide(VirtualCpu* vcpu)
    {
        vcpu->HidesSpan = true;
        vcpu->SCTLR_EL2 = SystemRegisters.SCTLR_EL1;
        SystemRegisters.Change_SCTLR_EL1(vcpu->SCTLR_EL2 | Span);
        SystemRegisters.HFGRTR_EL2 |= TrapControl;
        SystemRegisters.HFGWTR_EL2 |= TrapControl;
    }
}
