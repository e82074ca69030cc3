// Interrupt ids have names here alone: those of the machine are those of the guests.

namespace Nestor.Hal;

/// <summary>Interrupt ids that Nestor uses. PPIs are QEMU virt's, as its device tree says.</summary>
public static class InterruptIds
{
    /// <summary>The SGI that makes another CPU look at its vCPUs again.</summary>
    public const uint Kick = 0;

    /// <summary>The SGI that tells the first CPU that a debugged vCPU has stopped.</summary>
    public const uint Debugger = 1;

    /// <summary>GIC maintenance.</summary>
    public const uint Maintenance = 25;

    /// <summary>EL2 physical timer: Nestor's own.</summary>
    public const uint HypervisorTimer = 26;

    /// <summary>EL1 virtual timer: a guest's.</summary>
    public const uint VirtualTimer = 27;

    /// <summary>EL2 virtual timer.</summary>
    public const uint HypervisorVirtualTimer = 28;

    /// <summary>EL1 physical timer: a guest's.</summary>
    public const uint PhysicalTimer = 30;

    /// <summary>ICC_IAR1_EL1 when there is nothing to acknowledge: 1020 and above.</summary>
    public const uint FirstSpecial = 1020;
}
