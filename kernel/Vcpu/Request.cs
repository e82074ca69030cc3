// The one word through which a CPU asks something of another CPU's vCPU.

namespace Nestor.Kernel;

/// <summary>What other CPUs ask of a vCPU, as bits.</summary>
public static class Request
{
    /// <summary>Look at the virtual interrupt controller again.</summary>
    public const uint Interrupts = 1;

    /// <summary>PSCI CPU_ON: begin at <see cref="VirtualCpu.StartEntry"/>.</summary>
    public const uint Start = 2;

    /// <summary>The VM has ended.</summary>
    public const uint Stop = 4;

    /// <summary>Somebody wants it held: see <see cref="VcpuHold"/>.</summary>
    public const uint Hold = 8;

    /// <summary>Go on with the commands of the VM's ITS.</summary>
    public const uint Commands = 16;

    /// <summary>It is debugged from outside: look after each exit, see <see cref="VcpuDebug"/>.</summary>
    public const uint Debug = 32;

    /// <summary>Private interrupts came for it: of the interrupts nothing else has changed.</summary>
    public const uint Private = 64;
}
