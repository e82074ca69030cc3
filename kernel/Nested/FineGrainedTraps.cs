// The fine-grained traps, HCRX_EL2 and HSTR_EL2. Nestor denies by default:
//  - a trap is off only if the table of traps has a control for it; a register that a newer CPU adds stays out of reach;
//  - a guest hypervisor decides for its guest about those traps alone, and about the bits of HCRX_EL2 that Nestor offers.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>HFGRTR_EL2, HFGWTR_EL2, HFGITR_EL2, HDFGRTR_EL2, HDFGWTR_EL2, their successors, HCRX_EL2 and HSTR_EL2 of the machine.</summary>
internal static unsafe class FineGrainedTraps
{
    // HCRX_EL2.TALLINT: no guest has FEAT_NMI. The bits of other features that Nestor does not know stay 0, which disables them.
    private const ulong ExtendedClosed = 1UL << 6;

    // HCRX_EL2.MSCEn: memory copy instructions work below EL2.
    private const ulong ExtendedOpen = ExtendedClosed | (1UL << 11);

    // HCRX_EL2.{FnXS, FGTnXS, SMPME, MCE2, MSCEn}: what the guest hypervisor is told that its CPU has.
    private const ulong ExtendedForwarded = 0xc38;

    // Nestor's own: breakpoints and watchpoints, and OSDLR_EL1, since nobody has the double lock.
    private const ulong OpenDebug = FineGrainedControls.HDFGxTROpen | OwnDebug;
    private const ulong OwnDebug = SelfHostedDebug.TrapPoints | (1UL << 11);

    /// <summary>Once on each CPU: everything that the machine has is under control.</summary>
    internal static void Set()
    {
        SystemRegisters.HSTR_EL2 = 0;
        if (Features.Hcx)
        {
            SystemRegisters.HCRX_EL2 = ExtendedOpen;
        }

        if (Features.Fgt)
        {
            SystemRegisters.HFGRTR_EL2 = FineGrainedControls.HFGxTROpen;
            SystemRegisters.HFGWTR_EL2 = FineGrainedControls.HFGxTROpen;
            SystemRegisters.HFGITR_EL2 = FineGrainedControls.HFGITROpen;
            SystemRegisters.HDFGRTR_EL2 = OpenDebug;
            SystemRegisters.HDFGWTR_EL2 = OpenDebug;
        }

        if (Features.Fgt2)
        {
            // No guest has any of these registers. All their traps but one have the inverted polarity; that one is TSB CSYNC.
            SystemRegisters.HFGRTR2_EL2 = 0;
            SystemRegisters.HFGWTR2_EL2 = 0;
            SystemRegisters.HFGITR2_EL2 = 1;
            SystemRegisters.HDFGRTR2_EL2 = 0;
            SystemRegisters.HDFGWTR2_EL2 = 0;
        }
    }

    /// <summary>Loads them for the vCPU's context, which hardware is in.</summary>
    internal static void Load(VirtualCpu* vcpu)
    {
        if (vcpu->IsNested)
        {
            LoadNested(vcpu);
            return;
        }

        SystemRegisters.Change_HSTR_EL2(0);
        if (Features.Hcx)
        {
            SystemRegisters.Change_HCRX_EL2(ExtendedOpen);
        }

        if (Features.Fgt)
        {
            ulong debug = OpenDebug | (vcpu->Context == Context.El1 ? 0 : SelfHostedDebug.TrapStatus);
            SystemRegisters.Change_HFGRTR_EL2(FineGrainedControls.HFGxTROpen);
            SystemRegisters.Change_HFGWTR_EL2(FineGrainedControls.HFGxTROpen);
            SystemRegisters.Change_HFGITR_EL2(FineGrainedControls.HFGITROpen);
            SystemRegisters.Change_HDFGRTR_EL2(vcpu->MemoryRedirection ? OpenDebug : debug);
            SystemRegisters.Change_HDFGWTR_EL2(debug);
        }
    }

    // For the guest of a guest hypervisor, with what that wants to trap.
    private static void LoadNested(VirtualCpu* vcpu)
    {
        SystemRegisters.Change_HSTR_EL2(vcpu->HSTR_EL2);
        if (Features.Hcx)
        {
            SystemRegisters.Change_HCRX_EL2(ExtendedClosed | (vcpu->HCRX_EL2 & ExtendedForwarded));
        }

        if (Features.Fgt)
        {
            SystemRegisters.Change_HFGRTR_EL2(OfRegisters(vcpu->HFGRTR_EL2));
            SystemRegisters.Change_HFGWTR_EL2(OfRegisters(vcpu->HFGWTR_EL2));
            SystemRegisters.Change_HFGITR_EL2(OfInstructions(vcpu->HFGITR_EL2));
            SystemRegisters.Change_HDFGRTR_EL2(OfDebug(vcpu->HDFGRTR_EL2));
            SystemRegisters.Change_HDFGWTR_EL2(OfDebug(vcpu->HDFGWTR_EL2));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OfRegisters(ulong wanted) => (wanted & FineGrainedControls.HFGxTRForwarded) | FineGrainedControls.HFGxTRClosed;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OfInstructions(ulong wanted) => (wanted & FineGrainedControls.HFGITRForwarded) | FineGrainedControls.HFGITRClosed;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OfDebug(ulong wanted) => (wanted & FineGrainedControls.HDFGxTRForwarded) | FineGrainedControls.HDFGxTRClosed | OwnDebug;
}
