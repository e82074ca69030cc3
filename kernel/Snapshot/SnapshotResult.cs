// What saving a VM comes to, for whoever wanted it.

namespace Nestor.Kernel;

/// <summary>How saving went.</summary>
public enum SnapshotResult
{
    /// <summary>It is in the file.</summary>
    Saved,

    /// <summary>Its flash would be missing.</summary>
    Firmware,

    /// <summary>A vCPU's CPU is stuck.</summary>
    Silent,

    /// <summary>There is no memory for the list.</summary>
    NoMemory,

    /// <summary>This machine has nothing to call with.</summary>
    NobodyThere,

    /// <summary>QEMU records what comes into this machine, but not the button.</summary>
    Recorded,

    /// <summary>Whoever runs the machine cannot write the file.</summary>
    Refused,

    /// <summary>Nobody has answered.</summary>
    NoAnswer,
}
