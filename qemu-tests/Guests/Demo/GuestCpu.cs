// The guest's CPU: what it enters EL1 with, and what the exception left that brought EL2 back. run_el2 in
// Payloads/Payload.S is the way there and back and knows these offsets.

using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nestor.Demo;

/// <summary>General registers, program state and syndrome.</summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
internal unsafe struct GuestCpu
{
    /// <summary>x0 to x30.</summary>
    [FieldOffset(0)] public fixed ulong X[31];

    [FieldOffset(256)] public ulong Pc;

    [FieldOffset(264)] public ulong Pstate;

    [FieldOffset(272)] public ulong Esr;

    [FieldOffset(280)] public ulong Far;

    [FieldOffset(288)] public ulong Hpfar;

    /// <summary>Offset of the exception in the vector table.</summary>
    [FieldOffset(296)] public ulong Vector;

    [FieldOffset(304)] public ulong Stack;

    /// <summary>The exception level it runs at.</summary>
    public readonly ulong Level => Pstate >> 2 & 3;

    /// <summary>The guest-physical address of an abort (Arm ARM D19.2.60: HPFAR_EL2 has its page).</summary>
    public readonly ulong FaultAddress => ((Hpfar & 0xfff_ffff_fff0) << 8) | (Far & 0xfff);

    /// <summary>Runs the guest until its next exception to EL2.</summary>
    [RuntimeImport("*", "run_el2")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void Run(GuestCpu* cpu);
}
