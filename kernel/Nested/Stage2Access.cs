// What an access wants of a stage 2 translation.

using System;

namespace Nestor.Kernel;

/// <summary>An access, as the permissions of stage 2 tell them apart.</summary>
[Flags]
public enum Stage2Access : uint
{
    /// <summary>A load.</summary>
    Read = 1,

    /// <summary>A store, or hardware's own update of a stage 1 table.</summary>
    Write = 2,

    /// <summary>An instruction fetch at EL1.</summary>
    Execute = 4,

    /// <summary>An instruction fetch at EL0.</summary>
    ExecuteAtEl0 = 8,
}
