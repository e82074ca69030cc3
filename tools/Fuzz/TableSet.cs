// The tables that the payload has for programs, one set for each granule (qemu-tests/Guests/Payloads/Fuzz/ProgramTables.cs builds
// them). All cover 39 bits, map the first 2 GiB as they are, and have pages of their own at the window.
namespace Nestor.Tools.Fuzz;

/// <summary>Stage 1 or stage 2 tables.</summary>
/// <param name="Name">For people.</param>
/// <param name="PageBits">Size of a page: 12, 14 or 16.</param>
/// <param name="Root">The first table.</param>
/// <param name="Pages">The table of level 3 with the window's pages.</param>
/// <param name="Block">The entry of level 2 above it, where a block of 2 MiB may stand instead; 0: none may.</param>
/// <param name="Granule">TG0 of TCR_EL1 and VTCR_EL2.</param>
/// <param name="StartLevel">SL0 of VTCR_EL2.</param>
public sealed record TableSet(string Name, int PageBits, ulong Root, ulong Pages, ulong Block, ulong Granule, ulong StartLevel)
{
    private const ulong Inner = (1UL << 8) | (1UL << 10) | (3UL << 12);         // cached walks, inner shareable
    private const ulong Bits39 = 64 - 39;

    /// <summary>Of EL1; 4 KiB first.</summary>
    public static IReadOnlyList<TableSet> Stage1 { get; } =
    [
        new("4 KiB", 12, 0x4600_0000, 0x4600_2000, 0x4600_1000, 0, 0),
        new("16 KiB", 14, 0x460b_0000, 0x460b_8000, 0, 2, 0),
        new("64 KiB", 16, 0x4608_0000, 0x4609_0000, 0, 1, 0),
    ];

    /// <summary>Of stage 2.</summary>
    public static IReadOnlyList<TableSet> Stage2 { get; } =
    [
        new("4 KiB", 12, 0x4600_3000, 0x4600_5000, 0x4600_4000, 0, 1),
        new("16 KiB", 14, 0x460b_c000, 0x460c_4000, 0, 2, 2),
        new("64 KiB", 16, 0x4608_2000, 0x460a_0000, 0, 1, 1),
    ];

    /// <summary>Of EL2 with E2H=0, whose entries have no privileged form.</summary>
    public static TableSet El2 { get; } = new("EL2", 12, 0x460d_0000, 0x460d_2000, 0x460d_1000, 0, 0);

    /// <summary>TCR_EL1, and TCR_EL2 with E2H=1: the lower half only, 44 bits of output.</summary>
    public ulong ControlOfTwoHalves => (4UL << 32) | (1UL << 23) | (25UL << 16) | (2UL << 30) | (Granule << 14) | Inner | Bits39;

    /// <summary>TCR_EL2 with E2H=0.</summary>
    public ulong ControlOfEl2 => (1UL << 31) | (1UL << 23) | (4UL << 16) | (Granule << 14) | Inner | Bits39;

    /// <summary>VTCR_EL2.</summary>
    public ulong ControlOfStage2 => (1UL << 31) | (4UL << 16) | (Granule << 14) | Inner | (StartLevel << 6) | Bits39;

    /// <summary>The page of these tables that holds an address.</summary>
    public ulong PageOf(ulong address) => address >> PageBits << PageBits;
}
