// What `save` comes to, for the monitor to say.

namespace Nestor.Kernel;

/// <summary>How saving went.</summary>
public enum SnapshotResult
{
    /// <summary>It is in the file.</summary>
    Saved,

    /// <summary>There is no memory for the list.</summary>
    NoMemory,

    /// <summary>This machine has nothing to call with.</summary>
    NobodyThere,

    /// <summary>Nobody has answered, or what was tried has failed.</summary>
    NoAnswer,
}
