// What the verdict of a run is made of.

namespace Nestor.Kernel;

/// <summary>How a VM ended.</summary>
public enum EndReason : uint
{
    /// <summary>It runs.</summary>
    None,

    /// <summary>The guest switched itself off.</summary>
    PowerOff,

    /// <summary>The guest asked for a reset.</summary>
    Reset,

    /// <summary>Nestor stopped it: it did what cannot be answered.</summary>
    Crash,

    /// <summary>It has not begun: the monitor starts it.</summary>
    NotStarted,
}
