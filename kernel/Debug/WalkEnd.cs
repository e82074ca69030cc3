// An answer for a person, so finer than the fault status of hardware.

namespace Nestor.Kernel;

/// <summary>How a walk ended.</summary>
public enum WalkEnd
{
    /// <summary>At a page or block.</summary>
    Mapped,

    /// <summary>Translation is off: the address is its own output.</summary>
    Off,

    /// <summary>A descriptor is invalid, or of a kind that its level does not have.</summary>
    Translation,

    /// <summary>The address is beyond what the tables can describe, or its half is switched off.</summary>
    Range,

    /// <summary>The access flag is clear.</summary>
    AccessFlag,

    /// <summary>A table is not in memory.</summary>
    TableAbort,

    /// <summary>The guest hypervisor's stage 2 does not map a table.</summary>
    TableStage2,

    /// <summary>The size of addresses and the level to start at contradict each other.</summary>
    Configuration,
}
