// Breakpoints belong to a whole VM: all its vCPUs are held while they change, and go on with the new ones.

namespace Nestor.Kernel;

internal static unsafe class DebugPointChange
{
    /// <summary>Holds all vCPUs. False, with the error and nobody held, when a CPU does not answer.</summary>
    internal static bool Begin(VirtualMachine* machine)
    {
        bool answers = true;
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            answers &= VcpuHold.Take(VirtualMachine.Vcpu(machine, i), HoldReason.Command);
        }

        if (!answers)
        {
            End(machine);
            Output.Error("a vCPU's CPU does not answer: nothing was changed"u8);
        }

        return answers;
    }

    /// <summary>Lets them go on.</summary>
    internal static void End(VirtualMachine* machine)
    {
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            VcpuHold.Release(VirtualMachine.Vcpu(machine, i), HoldReason.Command);
        }
    }
}
