// Exceptions that a guest hypervisor makes up for its guest (HCR_EL2.VI, VF, VSE): hardware delivers them, and takes back the
// error that it has delivered. An error that ESB puts off is in DISR_EL1; since HCR_EL2.AMO is always ours, hardware's VDISR_EL2
// stands for it, whoever runs. Hardware's own DISR_EL1 keeps what is not the guest hypervisor's guest's meanwhile.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Virtual interrupts and errors by HCR_EL2, and the deferred error. Only for the loaded vCPU.</summary>
public static unsafe class VirtualExceptions
{
    private const ulong Routed = Hcr.FMO | Hcr.IMO | Hcr.AMO;
    private const int FromRoutedToPending = 3;          // VF, VI and VSE are as far above FMO, IMO and AMO

    /// <summary>Whether there is anything to move at a change of context; nearly always there is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasAny(VirtualCpu* vcpu) =>
        (SystemRegisters.VDISR_EL2 | SystemRegisters.DISR_EL1 | vcpu->VDISR_EL2 | (vcpu->HCR_EL2 & Hcr.VSE)) != 0;

    /// <summary>Those that the guest hypervisor made up for its guest: without its routing bit each is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pending(VirtualCpu* vcpu) => vcpu->HCR_EL2 & (vcpu->HCR_EL2 & Routed) << FromRoutedToPending;

    /// <summary>After the controls are loaded.</summary>
    public static void Load(VirtualCpu* vcpu)
    {
        if ((Pending(vcpu) & Hcr.VSE) != 0)
        {
            SystemRegisters.VSESR_EL2 = vcpu->VSESR_EL2;
        }

        SystemRegisters.VDISR_EL2 = HasOwnDeferred(vcpu) ? vcpu->VDISR_EL2 : SystemRegisters.DISR_EL1;
    }

    /// <summary>While the controls are still loaded.</summary>
    public static void Save(VirtualCpu* vcpu)
    {
        ulong deferred = SystemRegisters.VDISR_EL2;
        if (HasOwnDeferred(vcpu))
        {
            vcpu->VDISR_EL2 = deferred;
        }
        else
        {
            SystemRegisters.DISR_EL1 = deferred;
        }

        if (vcpu->IsNested && (Pending(vcpu) & Hcr.VSE) != 0)
        {
            vcpu->HCR_EL2 &= SystemRegisters.HCR_EL2 | ~Hcr.VSE;
        }
    }

    private static bool HasOwnDeferred(VirtualCpu* vcpu) => vcpu->IsNested && (vcpu->HCR_EL2 & Hcr.AMO) != 0;
}
