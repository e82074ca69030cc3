// ICH_* of virtual EL2 that are computed rather than stored (IHI 0069, 12.4), from the stored list registers.

namespace Nestor.Kernel;

/// <summary>The virtual interface control registers of a guest hypervisor.</summary>
public static unsafe class VirtualInterfaceControl
{
    /// <summary>List registers that a guest hypervisor has.</summary>
    public const uint ListRegisterCount = 4;

    private const ulong Enable = 1;

    // ListRegs-1, five priority and preemption bits, 24-bit INTIDs, A3V, nV4, TDS.
    private const ulong Type = (ListRegisterCount - 1) | (4UL << 29) | (4UL << 26) | (1UL << 23) | (1UL << 21) | (1UL << 20) | (1UL << 19);

    /// <summary>The value as the guest hypervisor reads it.</summary>
    public static ulong Read(VirtualCpu* vcpu, Register register) => register switch
    {
        Register.ICH_VTR_EL2 => Type,
        Register.ICH_ELRSR_EL2 => Empty(vcpu),
        Register.ICH_EISR_EL2 => Ended(vcpu),
        Register.ICH_MISR_EL2 => Status(vcpu),
        _ => 0,
    };

    /// <summary>Whether the maintenance interrupt is asserted: ICH_MISR_EL2 does not ask whether the interface is on, this does.</summary>
    public static bool IsMaintenanceDue(VirtualCpu* vcpu) => (vcpu->ICH_HCR_EL2 & Enable) != 0 && Status(vcpu) != 0;

    private static ulong ListRegister(VirtualCpu* vcpu, uint index) => *RegisterAccess.Stored(vcpu, Register.ICH_LR0_EL2 + (ushort)index);

    private static ulong Empty(VirtualCpu* vcpu)
    {
        ulong mask = 0;
        for (uint i = 0; i < ListRegisterCount; i++)
        {
            ulong value = ListRegister(vcpu, i);
            bool ended = (value & (ListRegisterFormat.Hardware | ListRegisterFormat.EndMaintenance)) == ListRegisterFormat.EndMaintenance;
            if ((value & (ListRegisterFormat.Pending | ListRegisterFormat.Active)) == 0 && !ended)
            {
                mask |= 1UL << (int)i;
            }
        }

        return mask;
    }

    private static ulong Ended(VirtualCpu* vcpu)
    {
        ulong mask = 0;
        for (uint i = 0; i < ListRegisterCount; i++)
        {
            const ulong Relevant = ListRegisterFormat.Pending | ListRegisterFormat.Active | ListRegisterFormat.Hardware | ListRegisterFormat.EndMaintenance;
            if ((ListRegister(vcpu, i) & Relevant) == ListRegisterFormat.EndMaintenance)
            {
                mask |= 1UL << (int)i;
            }
        }

        return mask;
    }

    // ICH_MISR_EL2: which maintenance conditions that ICH_HCR_EL2 enables hold.
    private static ulong Status(VirtualCpu* vcpu)
    {
        ulong control = vcpu->ICH_HCR_EL2;
        uint valid = 0;
        uint pending = 0;
        for (uint i = 0; i < ListRegisterCount; i++)
        {
            ulong value = ListRegister(vcpu, i);
            valid += (value & (ListRegisterFormat.Pending | ListRegisterFormat.Active)) != 0 ? 1u : 0;
            pending += (value & (ListRegisterFormat.Pending | ListRegisterFormat.Active)) == ListRegisterFormat.Pending ? 1u : 0;
        }

        ulong groups = vcpu->ICH_VMCR_EL2;
        ulong status = Ended(vcpu) != 0 ? 1UL : 0;
        status |= (control & 2) != 0 && valid <= 1 ? 2UL : 0;
        status |= (control & 4) != 0 && (control & ListRegisterFormat.ControlEndCount) != 0 ? 4UL : 0;
        status |= (control & 8) != 0 && pending == 0 ? 8UL : 0;
        status |= (control & 16) != 0 && (groups & 1) != 0 ? 16UL : 0;
        status |= (control & 32) != 0 && (groups & 1) == 0 ? 32UL : 0;
        status |= (control & 64) != 0 && (groups & 2) != 0 ? 64UL : 0;
        status |= (control & 128) != 0 && (groups & 2) == 0 ? 128UL : 0;
        return status;
    }
}
