// What each of the machine's CPUs has for itself. Its address is in TPIDR_EL2; boot/ knows the first two fields.

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>One of the machine's CPUs.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct PerCpu
{
    /// <summary>Most CPUs that Nestor uses.</summary>
    public const int Maximum = 8;

    /// <summary>Most vCPUs on one CPU: every vCPU of every VM.</summary>
    public const int MaximumVcpus = (int)(Machines.Maximum * VirtualGic.MaximumVcpus);

    /// <summary>Top of its stack. First: boot/Start.S.</summary>
    public ulong Stack;

    /// <summary>Top of the stack for exceptions from EL2. Second: boot/Vectors.S.</summary>
    public ulong PanicStack;

    public uint Index;

    /// <summary>It has said that it is up.</summary>
    public volatile uint Online;

    /// <summary>MPIDR_EL1's affinity fields.</summary>
    public ulong Affinity;

    /// <summary>The SGI that makes it look at its vCPUs again: see <see cref="GicCpuInterface.Sgi"/>.</summary>
    public ulong Kick;

    /// <summary>Address of its redistributor.</summary>
    public ulong Redistributor;

    /// <summary>Private interrupts that its redistributor lets through, a bit each: a device access saved is time.</summary>
    public uint EnabledInterrupts;

    /// <summary>The newest exit of a guest in the ring of the last ones.</summary>
    public TraceRecord* NewestTrace;

    /// <summary>The vCPU whose registers are in this CPU; null before the first.</summary>
    public VirtualCpu* Loaded;

    /// <summary>vCPUs that run here.</summary>
    public uint VcpuCount;

    /// <summary>Where the round of time slices is.</summary>
    public uint Turn;

    /// <summary>CNTPCT at which the current slice ends.</summary>
    public ulong SliceEnd;

    // What HostRegisters last wrote.
    public ulong Cptr;
    public ulong Mdcr;
    public ulong CounterControl;
    public ulong VectorLength;
    public ulong StreamingLength;

    /// <summary>A breakpoint or a watchpoint of a guest is enabled in hardware: see SelfHostedDebug.</summary>
    public bool HasPoints;

    /// <summary>CNTPCT at which the host timer fires; all ones while it is off.</summary>
    public ulong TimerDeadline;

    public fixed ulong Vcpus[MaximumVcpus];

    /// <summary>Lets a private interrupt of this CPU through, or keeps it back; it stays pending while its line is up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetEnabled(PerCpu* cpu, uint interrupt, bool enabled)
    {
        if ((cpu->EnabledInterrupts >> (int)interrupt & 1) != (enabled ? 1u : 0))
        {
            Toggle(cpu, interrupt, enabled);
        }
    }

    private static void Toggle(PerCpu* cpu, uint interrupt, bool enabled)
    {
        uint bit = 1u << (int)interrupt;
        cpu->EnabledInterrupts ^= bit;
        if (enabled)
        {
            GicCpuInterface.Enable(cpu->Redistributor, interrupt);
        }
        else
        {
            GicCpuInterface.Disable(cpu->Redistributor, interrupt);
        }
    }

    /// <summary>The CPU that runs this code.</summary>
    public static PerCpu* Current => (PerCpu*)SystemRegisters.TPIDR_EL2;

    /// <summary>A vCPU that runs here.</summary>
    public static VirtualCpu* Vcpu(PerCpu* cpu, uint index) => (VirtualCpu*)cpu->Vcpus[index];
}
