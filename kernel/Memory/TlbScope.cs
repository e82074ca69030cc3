// What TLB maintenance of the EL1&0 regime is about. The numbers are op2 of the TLBI instructions with op1 = 0.

namespace Nestor.Kernel;

/// <summary>The scope of a TLBI instruction.</summary>
public enum TlbScope : uint
{
    /// <summary>VAE1.</summary>
    Address = 1,

    /// <summary>ASIDE1.</summary>
    Asid = 2,

    /// <summary>VAAE1.</summary>
    AddressOfAll = 3,

    /// <summary>VALE1.</summary>
    LastLevel = 5,

    /// <summary>VAALE1.</summary>
    LastLevelOfAll = 7,

    /// <summary>To be added: the range form, R*E1.</summary>
    Range = 8,

    /// <summary>Everything of the VMID, both stages: VMALLS12E1, and VMALLE1, which may do more than it must.</summary>
    BothStages = 16,
}
