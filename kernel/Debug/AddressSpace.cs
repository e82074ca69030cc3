// An address means nothing without its kind: the words el1:, ipa: and the like of the monitor.

namespace Nestor.Kernel;

/// <summary>What kind of address is meant.</summary>
public enum AddressSpace
{
    /// <summary>Virtual, of the level that the vCPU is at.</summary>
    Current,

    /// <summary>Virtual, of EL1 and EL0.</summary>
    El1,

    /// <summary>Virtual, of virtual EL2.</summary>
    El2,

    /// <summary>What a guest hypervisor's guest calls physical.</summary>
    NestedPhysical,

    /// <summary>What the VM calls physical.</summary>
    Physical,

    /// <summary>The machine's.</summary>
    Host,
}
