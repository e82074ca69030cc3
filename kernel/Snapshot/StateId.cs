// Names for everything of a VM that is not a register, in the format of RegisterId: further classes of the same 64-bit ids.
// They never change, so a snapshot of today is understood by every later Nestor; to save more is to add numbers.
//
//   class 2   vectors: kind in bits 31:24, register in 23:8, 64-bit word in 7:0
//   class 3   run state: on or off, where, what waits for it
//   class 4   private interrupts and redistributor: see GicState
//   class 16  what the VM is: number of vCPUs, memory, level; its counter
//   class 17  distributor and shared interrupts: see GicState
//   class 18  interrupt translation service
//   class 19  serial port
//   class 255 a vCPU begins: what follows is of the vCPU that the value names

namespace Nestor.Kernel;

/// <summary>Classes of ids beside those of <see cref="RegisterId"/>.</summary>
public static class StateId
{
    public const ulong Vector = 0x6003_0002_0000_0000;
    public const ulong Run = 0x6003_0003_0000_0000;
    public const ulong Private = 0x6003_0004_0000_0000;
    public const ulong Machine = 0x6003_0010_0000_0000;
    public const ulong Distributor = 0x6003_0011_0000_0000;
    public const ulong Translation = 0x6003_0012_0000_0000;
    public const ulong Serial = 0x6003_0013_0000_0000;
    public const ulong Vcpu = 0x6003_00ff_0000_0000;

    // Numbers of class 16.
    public const ulong Vcpus = Machine;
    public const ulong RamStart = Machine + 1;
    public const ulong RamSize = Machine + 2;
    public const ulong Level = Machine + 3;
    public const ulong Redirection = Machine + 4;
    public const ulong Counter = Machine + 5;

    /// <summary>Of class 3: off, ready or waiting.</summary>
    public const ulong State = Run;

    /// <summary>Of class 3: which bank of registers is the present one.</summary>
    public const ulong Context = Run + 1;

    /// <summary>The class of an id.</summary>
    public static ulong ClassOf(ulong id) => id & ~(ulong)uint.MaxValue;
}
