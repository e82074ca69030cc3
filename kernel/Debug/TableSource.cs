// Where a walk finds its tables is all that tells the walks of the three stages apart.

namespace Nestor.Kernel;

/// <summary>Whose addresses a walk's tables have.</summary>
public enum TableSource
{
    /// <summary>Nestor's own tables.</summary>
    Host,

    /// <summary>The VM's physical memory.</summary>
    Guest,

    /// <summary>A guest hypervisor's guest's physical memory: the guest hypervisor's stage 2 says where it is.</summary>
    Nested,
}
