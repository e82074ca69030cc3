// A vCPU that has stopped by itself is spoken of on the first CPU, where the monitor and gdb's stub are, and once it is out of its
// own CPU: then all of it is in memory, and the instruction that it is at can be read.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Tells the person, or gdb, of vCPUs that have stopped by themselves.</summary>
public static unsafe class StopReport
{
    /// <summary>A vCPU of this CPU has stopped, and is about to leave it.</summary>
    public static void Ask()
    {
        Instructions.DsbIshst();
        GicCpuInterface.SendSgi(Cpus.At(0)->Affinity, InterruptIds.Debugger);
    }

    /// <summary>On the first CPU: somebody has asked. Whoever is attached by gdb hears of one vCPU, the person of all.</summary>
    public static void Give()
    {
        if (GdbStop.IsAttached)
        {
            GdbStop.Service();
            return;
        }

        for (uint i = 0; i < Machines.Count; i++)
        {
            VirtualMachine* machine = Machines.At(i);
            for (uint j = 0; j < machine->VcpuCount; j++)
            {
                VirtualCpu* vcpu = VirtualMachine.Vcpu(machine, j);
                if (IsUntold(vcpu))
                {
                    bool isOut = VcpuHold.Take(vcpu, HoldReason.Debug);
                    vcpu->Debug->ToldCount = vcpu->Debug->StopCount;
                    MonitorConsole.Tell(vcpu, isOut);
                }
            }
        }
    }

    /// <summary>
    /// Whether a vCPU has stopped and nobody was told of it yet. It may not be out of its CPU at once, so whoever tells waits for
    /// it. One that was let go on untold is none of these.
    /// </summary>
    internal static bool IsUntold(VirtualCpu* vcpu) =>
        vcpu->Debug != null && vcpu->Debug->ToldCount != vcpu->Debug->StopCount && (vcpu->Hold & HoldReason.Debug) != 0;
}
