// Registers that a vCPU reads and that nobody keeps for it: identification, the counts, and those of its CPU interface, which are
// fields of the interface's ICH_VMCR_EL2. For whoever looks from outside; they cannot be written there.

using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class DerivedRegisters
{
    /// <summary>Whether a register is one of them.</summary>
    internal static bool Has(Register register) => Identification.IsOffered(register) || register
        is Register.MIDR_EL1 or Register.MPIDR_EL1 or Register.REVIDR_EL1 or Register.AIDR_EL1 or Register.CTR_EL0 or Register.DCZID_EL0
        or Register.CNTFRQ_EL0 or Register.CNTPCT_EL0 or Register.CNTVCT_EL0
        or Register.ICC_PMR_EL1 or Register.ICC_BPR0_EL1 or Register.ICC_BPR1_EL1 or Register.ICC_IGRPEN0_EL1 or Register.ICC_IGRPEN1_EL1;

    /// <summary>What the vCPU would read where it is.</summary>
    internal static ulong Read(VirtualCpu* vcpu, Register register) => register switch
    {
        Register.MIDR_EL1 => vcpu->IsNested ? vcpu->VPIDR_EL2 : SystemRegisters.MIDR_EL1,
        Register.MPIDR_EL1 => vcpu->IsNested ? vcpu->VMPIDR_EL2 : vcpu->Affinity,
        Register.CNTFRQ_EL0 or Register.CNTPCT_EL0 or Register.CNTVCT_EL0 => TimerTraps.Read(vcpu, register),
        Register.ICC_PMR_EL1 => Interface(vcpu) >> 24 & 0xff,
        Register.ICC_BPR0_EL1 => GroupTraps.Point0(Interface(vcpu)),
        Register.ICC_BPR1_EL1 => GroupTraps.Point1(Interface(vcpu)),
        Register.ICC_IGRPEN0_EL1 => Interface(vcpu) & 1,
        Register.ICC_IGRPEN1_EL1 => Interface(vcpu) >> 1 & 1,
        _ => Identification.Read(register),
    };

    // Its own, or the one that a guest hypervisor keeps for its guest.
    private static ulong Interface(VirtualCpu* vcpu) => VirtualInterrupts.BelongToGuest(vcpu) ? vcpu->ICH_VMCR_EL2 : vcpu->GicVmcr;
}
