// ERET, ERETAA and ERETAB at virtual EL2.

using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class EretTrap
{
    private const ulong Authenticated = 2;

    internal static TrapResult Handle(VirtualCpu* vcpu, ulong syndrome)
    {
        ContextSwitch.FollowE2h(vcpu);
        if ((syndrome & Authenticated) == 0 || PointerAuthentication.AuthenticateReturn(vcpu, useKeyB: (syndrome & 1) != 0))
        {
            ExceptionReturn.Perform(vcpu);
        }

        return TrapResult.Resume;
    }
}
