// Thirty-two interrupts are what one 32-bit register of the GIC speaks about, so they are the unit of
// state: every question about them ("which may be delivered?") is a few operations on whole words, and
// the distributor's registers and a redistributor's are the same code over different banks.

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>
/// State of 32 consecutive INTIDs: bit n, and byte n, belong to the n-th of them. Either private to a
/// vCPU (INTIDs 0-31) or shared by all (SPIs).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct InterruptBank
{
    /// <summary>Group 0, as a bit.</summary>
    public const uint OnlyGroup0 = 1;

    /// <summary>Group 1, as a bit. LPIs are in it.</summary>
    public const uint OnlyGroup1 = 2;

    /// <summary>Both.</summary>
    public const uint BothGroups = OnlyGroup0 | OnlyGroup1;

    /// <summary>GICx_IGROUPR: set for Group 1, clear for Group 0.</summary>
    public uint Group1;

    /// <summary>GICx_ISENABLER.</summary>
    public uint Enabled;

    /// <summary>
    /// Pending by an event that happened (an edge, an SGI, a write to ISPENDR),
    /// not by the level of a line. Does not hold what has moved into a list register, see <see cref="Loaded"/>.
    /// </summary>
    public uint Latch;

    /// <summary>Level of the input line, as last reported by the device.</summary>
    public uint Line;

    /// <summary>GICx_ICFGR: set for edge-triggered, clear for level-sensitive.</summary>
    public uint Edge;

    /// <summary>Active, as of the last time that the list register was read back.</summary>
    public uint Active;

    /// <summary>In a list register of some vCPU just now; no second one may take it.</summary>
    public uint Resident;

    /// <summary>
    /// Latches that moved into a list register. If the guest has not acknowledged the interrupt by the time
    /// it is read back, the latch returns; clearing the bit before withdraws the interrupt.
    /// A new event meanwhile sets <see cref="Latch"/> afresh, so it cannot be mistaken for the old one.
    /// </summary>
    public uint Loaded;

    /// <summary>
    /// Resident interrupts whose <see cref="Active"/> was written by a guest: it wins over what the list register says.
    /// </summary>
    public uint ActiveForced;

    /// <summary>GICx_IPRIORITYR, 0 is the highest; the low three bits are zero.</summary>
    public fixed byte Priority[32];

    /// <summary>Interrupts that are pending, by latch or by level, outside list registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Pending(InterruptBank* bank) => bank->Latch | (bank->Line & ~bank->Edge);

    /// <summary>Interrupts enabled themselves and by their group in GICD_CTLR.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Open(InterruptBank* bank, VirtualGic* gic) =>
        bank->Enabled & ((bank->Group1 & gic->Group1Mask) | (~bank->Group1 & gic->Group0Mask));

    /// <summary>Interrupts of some groups, which are given as bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint OfGroups(InterruptBank* bank, uint groups) =>
        ((groups & OnlyGroup0) != 0 ? ~bank->Group1 : 0) | ((groups & OnlyGroup1) != 0 ? bank->Group1 : 0);

    /// <summary>Interrupts that their target should be given: pending, open, neither active nor in a list register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Deliverable(InterruptBank* bank, VirtualGic* gic) =>
        Pending(bank) & Open(bank, gic) & ~(bank->Active | bank->Resident);
}
