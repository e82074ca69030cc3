// AT by a guest hypervisor (Arm ARM C5.6): stage 1 by the hardware, in the context whose tables are meant; stage 2, where it
// is meant too, by the guest hypervisor's own tables. The result is in PAR_EL1, which all levels share.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Emulated address translation. Only for the loaded vCPU at virtual EL2.</summary>
public static unsafe class AddressTranslation
{
    private const ulong Failed = 1;
    private const ulong OfWalk = 1UL << 8;
    private const ulong OfStage2 = 1UL << 9;
    private const ulong Reserved1 = 1UL << 11;
    private const ulong AddressMask = 0xf_ffff_ffff_f000;

    // Another vCPU may take away what was just mapped.
    private const int Attempts = 8;

    /// <summary>Performs the instruction that is packed as a register encoding (op0=1, CRn=7).</summary>
    public static TrapResult Perform(VirtualCpu* vcpu, uint encoding, ulong address)
    {
        uint op1 = encoding >> 11 & 7;
        uint op2 = encoding & 7;
        bool privilegedNever = (encoding >> 3 & 15) == 9;
        if (!(op1 == 0 && op2 < (privilegedNever ? 2u : 4u)) && !(op1 == 4 && !privilegedNever && op2 is 0 or 1 or 4 or 5 or 6 or 7))
        {
            return TrapResult.Undefined;
        }

        // op2: bit 0 for a write, bit 1 for EL0, bit 2 for both stages.
        bool hosts = (vcpu->HCR_EL2 & (Hcr.E2H | Hcr.TGE)) == (Hcr.E2H | Hcr.TGE);
        bool ofGuest = !hosts && (op1 == 0 || op2 >= 4);
        Context context = vcpu->Context;
        if (ofGuest)
        {
            ContextSwitch.To(vcpu, Context.El1);
        }

        uint abort = Stage1(vcpu, (op2 & 3) | (privilegedNever ? 4u : 0), address);
        if (abort == 0 && ofGuest && op2 >= 4 && vcpu->Shadow != null && (SystemRegisters.PAR_EL1 & Failed) == 0)
        {
            abort = Stage2(vcpu, address, (op2 & 1) != 0 ? Stage2Access.Write : Stage2Access.Read);
        }

        ContextSwitch.To(vcpu, context);
        return abort == 0 ? TrapResult.Skip : External(vcpu, abort, address);
    }

    /// <summary>Stage 1 of the loaded context; what the walk needs of the shadow stage 2 is mapped on the way.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="form">0: S1E1R, 1: S1E1W, 2: S1E0R, 3: S1E0W, 4: S1E1RP, 5: S1E1WP.</param>
    /// <param name="address">The virtual address.</param>
    /// <returns>The syndrome of an external abort, or 0 with the result in PAR_EL1.</returns>
    internal static uint Stage1(VirtualCpu* vcpu, uint form, ulong address)
    {
        Stage2Access access = Stage2Access.Read;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Issue(vcpu, form, address);
            ulong result = SystemRegisters.PAR_EL1;
            if ((result & (Failed | OfStage2)) != (Failed | OfStage2))
            {
                return 0;
            }

            uint fault;
            bool isStage2;
            if (((uint)(result >> 1) & FaultStatus.KindMask) == FaultStatus.Permission)
            {
                access = Stage2Access.Read | Stage2Access.Write;
            }

            if (!Stage1Tables.Prepare(vcpu, address, access, &fault, &isStage2))
            {
                const ulong OfStage1Walk = 1UL << 7;
                if ((fault & FaultStatus.KindMask) == FaultStatus.ExternalOnWalk)
                {
                    return fault | (isStage2 ? (uint)OfStage1Walk : 0);
                }

                SystemRegisters.PAR_EL1 = Reserved1 | OfStage2 | OfWalk | ((ulong)fault << 1) | Failed;
                return 0;
            }
        }

        return 0;
    }

    private static void Issue(VirtualCpu* vcpu, uint form, ulong address)
    {
        SystemRegisters.PAN = vcpu->Pstate & Pstate.Pan;
        switch (form)
        {
            case 0:
                Instructions.AtS1e1r(address);
                break;
            case 1:
                Instructions.AtS1e1w(address);
                break;
            case 2:
                Instructions.AtS1e0r(address);
                break;
            case 3:
                Instructions.AtS1e0w(address);
                break;
            case 4:
                Instructions.AtS1e1rp(address);
                break;
            default:
                Instructions.AtS1e1wp(address);
                break;
        }

        Instructions.Isb();
    }

    // What stage 1 gave is translated by the guest hypervisor's own tables.
    private static uint Stage2(VirtualCpu* vcpu, ulong address, Stage2Access access)
    {
        const ulong PageOffset = 0xfff;
        ulong result = SystemRegisters.PAR_EL1;
        if (GuestStage2Walk.Walk(vcpu, (result & AddressMask) | (address & PageOffset), access, &vcpu->Walk))
        {
            SystemRegisters.PAR_EL1 = MemoryAttributes.Combine(vcpu->HCR_EL2, result, vcpu->Walk.Descriptor, vcpu->Walk.Output);
            return 0;
        }

        if ((vcpu->Walk.Fault & FaultStatus.KindMask) == FaultStatus.ExternalOnWalk)
        {
            return vcpu->Walk.Fault;
        }

        SystemRegisters.PAR_EL1 = Reserved1 | OfStage2 | ((ulong)vcpu->Walk.Fault << 1) | Failed;
        return 0;
    }

    // A table where no memory is: the instruction itself aborts.
    private static TrapResult External(VirtualCpu* vcpu, uint fault, ulong address)
    {
        const ulong DataAbort = 0x25UL << 26;
        const ulong CacheMaintenanceOrAt = 1UL << 8;
        const ulong Write = 1UL << 6;
        Exceptions.ToHypervisor(vcpu, Exceptions.Synchronous, DataAbort | Exceptions.Il | CacheMaintenanceOrAt | Write | fault, address);
        return TrapResult.Resume;
    }
}
