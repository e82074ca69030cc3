// Several may want a vCPU to stand still; it goes on when the last of them lets it.

namespace Nestor.Kernel;

/// <summary>Reasons to hold a vCPU, as bits of <see cref="VirtualCpu.Hold"/>.</summary>
public static class HoldReason
{
    /// <summary>A person stopped it.</summary>
    public const uint User = 1;

    /// <summary>For as long as one command runs.</summary>
    public const uint Command = 2;

    /// <summary>It came to a breakpoint, a watchpoint or the end of a step.</summary>
    public const uint Debug = 4;

    /// <summary>A debugger outside stopped it.</summary>
    public const uint Debugger = 8;

    /// <summary>All of them.</summary>
    public const uint All = 0xff;
}
