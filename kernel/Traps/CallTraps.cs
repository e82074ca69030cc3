// HVC and SMC. A guest hypervisor's HVC, and its guest's, is the guest hypervisor's business; SMC is the firmware's,
// which is Nestor. A plain guest may use either for PSCI.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class CallTraps
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TrapResult Hvc(VirtualCpu* vcpu, ulong syndrome)
    {
        if (!vcpu->Machine->HasVirtualEl2)
        {
            // The PC is already after an HVC, other than after a trapped SMC.
            TrapResult result = VirtualPsci.Call(vcpu);
            return result == TrapResult.Skip ? TrapResult.Resume : Before(vcpu, result);
        }

        if ((vcpu->HCR_EL2 & Hcr.HCD) != 0)
        {
            return Before(vcpu, TrapResult.Undefined);
        }

        Exceptions.ToHypervisor(vcpu, Exceptions.Synchronous, syndrome, 0);
        return TrapResult.Resume;
    }

    internal static TrapResult Smc(VirtualCpu* vcpu) => VirtualPsci.Call(vcpu);

    private static TrapResult Before(VirtualCpu* vcpu, TrapResult result)
    {
        vcpu->Pc -= 4;
        return result;
    }
}
