// WFI traps: Nestor waits for the vCPU, so that its own interrupts wake no guest, and another vCPU can have the CPU.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class WaitTrap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TrapResult Handle(VirtualCpu* vcpu, ulong syndrome)
    {
        // ISS.TI: 0 WFI, 1 WFE, 2 WFIT, 3 WFET. Only plain WFI may wait for as long as it takes.
        return (syndrome & 3) == 0 ? TrapResult.Wait : TrapResult.Skip;
    }
}
