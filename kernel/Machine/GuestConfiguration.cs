// What a guest is to be, gathered from Nestor's command line and the boot modules before its VM is made.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>A guest's description. Zeroed memory has to be filled by <see cref="SetDefaults"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct GuestConfiguration
{
    /// <summary>Most further modules that a guest gets.</summary>
    public const uint MaximumModules = 8;

    public byte* Name;
    public uint NameLength;
    public uint Cpus;
    public ulong Memory;

    /// <summary>The exception level that the guest starts at: 1, or 2 for virtual EL2.</summary>
    public uint ExceptionLevel;

    /// <summary>1: trap-only FEAT_NV; 2: FEAT_NV2 memory redirection.</summary>
    public uint Nv;

    /// <summary>The kernel module is firmware, for address 0.</summary>
    public bool IsFirmware;

    /// <summary>The kernel module is a snapshot's state, and the others its memory.</summary>
    public bool IsRestored;

    /// <summary>It is made, but off until the monitor starts it.</summary>
    public bool StaysOff;

    /// <summary>One more module behind all others is the guest's symbols, for the monitor.</summary>
    public bool HasSymbols;

    /// <summary>Further modules behind kernel and initrd.</summary>
    public uint ModuleCount;

    public BootModule Kernel;
    public BootModule Ramdisk;

    /// <summary>First of <see cref="ModuleCount"/> further modules in the machine's sorted list.</summary>
    public BootModule* Modules;

    /// <summary>The symbols, if <see cref="HasSymbols"/>.</summary>
    public byte* Symbols;

    /// <summary>Two CPUs, 1 GiB, virtual EL2, memory redirection.</summary>
    public static void SetDefaults(GuestConfiguration* guest)
    {
        guest->Cpus = 2;
        guest->Memory = 1UL << 30;
        guest->ExceptionLevel = 2;
        guest->Nv = 2;
    }
}
