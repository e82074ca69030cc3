// What the person, or gdb, is told.

namespace Nestor.Kernel;

/// <summary>Why a debugged vCPU stopped by itself.</summary>
public enum DebugStop : uint
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>As many steps as were asked for are done.</summary>
    Step,

    /// <summary>At a breakpoint, before its instruction.</summary>
    Breakpoint,

    /// <summary>At an access to a watched address, before it.</summary>
    Watchpoint,
}
