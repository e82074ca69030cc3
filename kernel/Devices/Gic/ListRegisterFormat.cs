// Field positions of the two hardware registers that the model speaks: ICH_LR<n>_EL2 and ICH_HCR_EL2.
// They are data formats here; the registers themselves are touched by the host level only.

namespace Nestor.Kernel;

/// <summary>Fields of ICH_LR&lt;n&gt;_EL2 (IHI 0069, 12.4) and the bits of ICH_HCR_EL2 that go with them.</summary>
public static class ListRegisterFormat
{
    /// <summary>State, low bit: pending.</summary>
    public const ulong Pending = 1UL << 62;

    /// <summary>State, high bit: active.</summary>
    public const ulong Active = 1UL << 63;

    /// <summary>HW: deactivation goes on to the physical interrupt in pINTID.</summary>
    public const ulong Hardware = 1UL << 61;

    /// <summary>Group 1.</summary>
    public const ulong Group1 = 1UL << 60;

    /// <summary>With HW clear: a maintenance interrupt when the guest deactivates it.</summary>
    public const ulong EndMaintenance = 1UL << 41;

    /// <summary>Position of the eight priority bits.</summary>
    public const int PriorityShift = 48;

    /// <summary>Position of pINTID, 13 bits, with HW set.</summary>
    public const int PhysicalShift = 32;

    /// <summary>ICH_HCR_EL2.LRENPIE: maintenance interrupt when an interrupt without list register was ended.</summary>
    public const uint ControlEntryNotPresent = 1u << 2;

    /// <summary>ICH_HCR_EL2.NPIE: maintenance interrupt when no list register is pending any more.</summary>
    public const uint ControlNoPending = 1u << 3;

    /// <summary>ICH_HCR_EL2.TDIR: trap writes to ICC_DIR_EL1.</summary>
    public const uint ControlTrapDeactivate = 1u << 14;

    /// <summary>ICH_HCR_EL2.EOIcount, five bits: interrupts without list register that were ended.</summary>
    public const ulong ControlEndCount = 0x1fUL << ControlEndCountShift;

    /// <summary>Position of EOIcount.</summary>
    public const int ControlEndCountShift = 27;
}
