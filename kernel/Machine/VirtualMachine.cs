// A VM: its memory, its devices, its vCPUs. Shared between the CPUs that run it; each field says who may touch it.

using System;
using System.Runtime.InteropServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>One virtual machine. Lives in pages of its own.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct VirtualMachine
{
    /// <summary>Longest name in bytes.</summary>
    public const int MaximumName = 15;

    // Fixed before the first vCPU runs.
    public fixed byte Name[16];
    public uint NameLength;

    /// <summary>1 and up; the hardware's VMIDs of the VM are 32 from 32 times this.</summary>
    public uint Vmid;
    public uint VcpuCount;
    public fixed ulong Vcpus[(int)VirtualGic.MaximumVcpus];
    public ulong* Stage2Root;
    public Ipa RamStart;
    public ulong RamSize;

    /// <summary>Where its RAM is.</summary>
    public Pa RamAt;

    /// <summary>Its symbols, for the monitor; null when nobody has handed them over.</summary>
    public byte* Symbols;

    /// <summary>The guest starts at virtual EL2 rather than EL1.</summary>
    public bool HasVirtualEl2;

    // Guarded by GicLock.
    public SpinLock GicLock;
    public VirtualGic Gic;

    // Guarded by UartLock.
    public SpinLock UartLock;
    public VirtualUart Uart;

    /// <summary>The level of the UART's interrupt line as the interrupt controller knows it.</summary>
    public bool UartLine;

    /// <summary>What the guest has printed last.</summary>
    public TextRing Printed;

    // Guarded by ShadowLock.
    public SpinLock ShadowLock;
    public Shadow* Shadows;
    public ulong ShadowClock;

    public UnshadowedSlots Unshadowed;

    /// <summary>Counts the guest hypervisor's maintenance of its stage 2. Read without the lock, too.</summary>
    public volatile uint ShadowEpoch;

    // Written with atomics.

    /// <summary>Counts changes of the guest hypervisor's EL2 translation, and whether anybody cares: see GuestVncrPage.</summary>
    public int WindowEpoch;
    public int UsesWindows;

    /// <summary>A debugger's breakpoints and watchpoints; null while there never were any.</summary>
    public DebugPoints* DebugPoints;

    /// <summary>An <see cref="EndReason"/>, written with atomics: once, and again when the VM is started afresh.</summary>
    public int Ended;

    /// <summary>
    /// Guarded by GicLock: the best LPI of each chunk that is ready, see <see cref="VirtualLpis.Ready"/>, as priority &lt;&lt; 32 | INTID.
    /// Behind all else, whose offsets would grow by it.
    /// </summary>
    public fixed ulong BestLpis[(int)(VirtualGic.MaximumVcpus * VirtualLpis.Chunks)];

    /// <summary>Its number among the guests, from 1.</summary>
    public static uint NumberOf(VirtualMachine* machine) => machine->Vmid;

    /// <summary>The vCPU of an index below <see cref="VcpuCount"/>.</summary>
    public static VirtualCpu* Vcpu(VirtualMachine* machine, uint index) => (VirtualCpu*)machine->Vcpus[index];

    /// <summary>VTTBR_EL2 for the VM's own stage 2: virtual EL2's regime and a plain guest's have VMIDs of their own, two of 32.</summary>
    public static ulong Vttbr(VirtualMachine* machine, bool isHypervisor) =>
        (ulong)machine->Stage2Root | ((ulong)((machine->Vmid << 5) + (isHypervisor ? 1u : 0)) << 48);

    /// <summary>Its name for the console.</summary>
    public static ReadOnlySpan<byte> NameOf(VirtualMachine* machine) => new(machine->Name, (int)machine->NameLength);

    /// <summary>Guest memory as Nestor sees it, or null when any of it lies outside the guest's RAM.</summary>
    public static byte* Memory(VirtualMachine* machine, Ipa at, ulong size)
    {
        ulong offset = at.Value - machine->RamStart.Value;
        return offset < machine->RamSize && size <= machine->RamSize - offset ? machine->RamAt.Pointer + offset : null;
    }
}
