// What the scheduler knows of a vCPU.

namespace Nestor.Kernel;

/// <summary>Whether a vCPU can run.</summary>
public enum RunState : uint
{
    /// <summary>Powered off (PSCI).</summary>
    Off,

    /// <summary>Can run.</summary>
    Ready,

    /// <summary>In WFI until an interrupt is pending for it.</summary>
    Waiting,

    /// <summary>Its VM has ended.</summary>
    Stopped,
}
