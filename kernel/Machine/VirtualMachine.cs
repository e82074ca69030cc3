// A VM: its memory, its devices, its vCPUs. Shared between the CPUs that run it; each field says who may touch it.

using System;
using System.Runtime.InteropServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>How a VM ended.</summary>
public enum EndReason : uint
{
    /// <summary>It runs.</summary>
    None,

    /// <summary>The guest switched itself off.</summary>
    PowerOff,

    /// <summary>The guest asked for a reset.</summary>
    Reset,

    /// <summary>Nestor stopped it: it did what cannot be answered.</summary>
    Crash,
}

/// <summary>One virtual machine. Lives in pages of its own.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct VirtualMachine
{
    /// <summary>Longest name in bytes.</summary>
    public const int MaximumName = 15;

    // Fixed before the first vCPU runs.
    public fixed byte Name[16];
    public uint NameLength;

    /// <summary>VTTBR_EL2.VMID of its own stage 2: 1 and up.</summary>
    public uint Vmid;
    public uint VcpuCount;
    public fixed ulong Vcpus[(int)VirtualGic.MaximumVcpus];
    public ulong* Stage2Root;
    public Ipa RamStart;
    public ulong RamSize;

    /// <summary>Where its RAM is.</summary>
    public Pa RamAt;

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

    // Written once, with an atomic.
    public int Ended;

    /// <summary>The vCPU of an index below <see cref="VcpuCount"/>.</summary>
    public static VirtualCpu* Vcpu(VirtualMachine* machine, uint index) => (VirtualCpu*)machine->Vcpus[index];

    /// <summary>Its name for the console.</summary>
    public static ReadOnlySpan<byte> NameOf(VirtualMachine* machine) => new(machine->Name, (int)machine->NameLength);

    /// <summary>Guest memory as Nestor sees it, or null when any of it lies outside the guest's RAM.</summary>
    public static byte* Memory(VirtualMachine* machine, Ipa at, ulong size)
    {
        ulong offset = at.Value - machine->RamStart.Value;
        return offset < machine->RamSize && size <= machine->RamSize - offset ? machine->RamAt.Pointer + offset : null;
    }
}
