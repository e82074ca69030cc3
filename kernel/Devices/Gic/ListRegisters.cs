// List registers travel between the model and the hardware as values: whoever runs the vCPU reads the
// hardware into this struct, calls the model, and writes it back. The struct also carries the little that
// goes with them in ICH_HCR_EL2.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>
/// The list registers of the CPU that a vCPU is loaded on. Zeroed memory with <see cref="Count"/> set is a valid start.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct ListRegisters
{
    /// <summary>Most list registers that the architecture allows.</summary>
    public const uint Maximum = 16;

    /// <summary>List registers implemented, ICH_VTR_EL2.ListRegs + 1: 1 to 16.</summary>
    public uint Count;

    /// <summary>
    /// The first so many of <see cref="Value"/> are in use, the others are zero. The caller reads back that many from the
    /// hardware before a refill, and after it writes as many as the greater of the two numbers.
    /// </summary>
    public uint InUse;

    /// <summary>
    /// In: ICH_HCR_EL2.EOIcount, interrupts ended that were in no list register, 0 to 31 (needed only if
    /// <see cref="Control"/> has LRENPIE). The model sets it to 0; the caller clears the field in hardware.
    /// </summary>
    public uint EndOfInterruptCount;

    /// <summary>Out: bits to be set in ICH_HCR_EL2 beside En: NPIE, LRENPIE, TDIR or none.</summary>
    public uint Control;

    /// <summary>ICH_LR&lt;n&gt;_EL2.</summary>
    public fixed ulong Value[(int)Maximum];
}
