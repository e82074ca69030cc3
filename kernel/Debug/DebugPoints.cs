// Breakpoints and watchpoints are the VM's, so that whichever vCPU comes by stops.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>The breakpoints and watchpoints of a VM; 0 in a control is a free one. Changed while all its vCPUs are held.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct DebugPoints
{
    public fixed ulong BreakpointAt[DebugState.MaximumBreakpoints];
    public fixed ulong BreakpointControl[DebugState.MaximumBreakpoints];
    public fixed ulong WatchpointAt[DebugState.MaximumWatchpoints];
    public fixed ulong WatchpointControl[DebugState.MaximumWatchpoints];

    /// <summary>Those of the breakpoints that are gdb's, a bit each.</summary>
    public uint GdbBreakpoints;

    /// <summary>gdb's kind of each watchpoint; 0 for those that are not gdb's.</summary>
    public fixed byte GdbWatchpoints[DebugState.MaximumWatchpoints];
}
