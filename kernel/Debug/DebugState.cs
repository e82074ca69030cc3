// What is kept for a debugger beside a vCPU and not in it: nothing of this is the guest's to see.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>What a debugged vCPU has beside its own registers. Belongs to whoever holds the vCPU, else to its CPU.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct DebugState
{
    /// <summary>Most breakpoints of ours in a VM; the hardware's last ones are used first.</summary>
    public const int MaximumBreakpoints = 6;

    /// <summary>Most watchpoints of ours in a VM.</summary>
    public const int MaximumWatchpoints = 4;

    /// <summary>Steps that are still to be made; 0: it runs.</summary>
    public ulong Steps;

    /// <summary>It steps over the instruction that it stopped at: breakpoints and watchpoints rest for it.</summary>
    public bool IsSteppingOver;

    /// <summary>A vector instruction is let through that VectorTraps must catch: a step of its own.</summary>
    public bool IsVectorStep;

    /// <summary>An instruction is let through that a breakpoint or watchpoint of the guest's is set for, but must not stop: a step of its own.</summary>
    public bool IsPassingGuestPoint;

    /// <summary>Where the present step began.</summary>
    public ulong StepPc;

    /// <summary>See <see cref="StepPc"/>.</summary>
    public Context StepContext;

    /// <summary>Why it stopped last.</summary>
    public DebugStop Stop;

    /// <summary>The number of the breakpoint or watchpoint, from 1.</summary>
    public uint StopNumber;

    /// <summary>How often it stopped by itself; never goes back.</summary>
    public ulong StopCount;

    /// <summary><see cref="StopCount"/> when somebody was last told.</summary>
    public ulong ToldCount;

    /// <summary>Ours are in the hardware's debug registers, and the guest's here.</summary>
    public bool IsEntered;

    public ulong GuestMdscr;
    public bool GuestLocked;
    public fixed ulong GuestBreakpoints[MaximumBreakpoints * 2];
    public fixed ulong GuestWatchpoints[MaximumWatchpoints * 2];
}
