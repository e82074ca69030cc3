// TLBI, AT, DC and IC as SYS (Arm ARM C5).
namespace Nestor.Tools.Fuzz;

/// <summary>One of them by its encoding.</summary>
public sealed record SystemInstruction(string Name, uint Op1, uint CRn, uint CRm, uint Op2)
{
    /// <summary>AT of stage 1 and stage 2.</summary>
    public bool IsOfBothStages => Op1 == 4 && CRm == 8 && Op2 >= 4;

    /// <summary>Address translation, at EL2 or EL1.</summary>
    public static IReadOnlyList<SystemInstruction> Translate { get; } =
    [
        new("AT S1E1R", 0, 7, 8, 0), new("AT S1E1W", 0, 7, 8, 1), new("AT S1E0R", 0, 7, 8, 2), new("AT S1E0W", 0, 7, 8, 3),
        new("AT S1E1RP", 0, 7, 9, 0), new("AT S1E1WP", 0, 7, 9, 1),
        new("AT S1E2R", 4, 7, 8, 0), new("AT S1E2W", 4, 7, 8, 1), new("AT S12E1R", 4, 7, 8, 4), new("AT S12E1W", 4, 7, 8, 5),
        new("AT S12E0R", 4, 7, 8, 6), new("AT S12E0W", 4, 7, 8, 7),
    ];

    /// <summary>TLB maintenance.</summary>
    public static IReadOnlyList<SystemInstruction> Invalidate { get; } =
    [
        .. from scope in (uint[])[1, 3, 7] from op2 in (uint[])[0, 1, 2, 3, 5, 7] select new SystemInstruction($"TLBI 0 {scope} {op2}", 0, 8, scope, op2),
        .. from scope in (uint[])[1, 3, 7] from op2 in (uint[])[0, 1, 4, 5, 6] select new SystemInstruction($"TLBI 4 {scope} {op2}", 4, 8, scope, op2),
        .. from scope in (uint[])[0, 4] from op2 in (uint[])[1, 5] select new SystemInstruction($"TLBI 4 {scope} {op2}", 4, 8, scope, op2),
        .. from scope in (uint[])[2, 5, 6] from op2 in (uint[])[1, 3, 5, 7] select new SystemInstruction($"TLBI 0 {scope} {op2}", 0, 8, scope, op2),
        .. from scope in (uint[])[2, 5, 6] from op2 in (uint[])[1, 5] select new SystemInstruction($"TLBI 4 {scope} {op2}", 4, 8, scope, op2),
    ];

    /// <summary>Cache maintenance that takes no address.</summary>
    public static IReadOnlyList<SystemInstruction> Cache { get; } =
    [
        new("IC IALLUIS", 0, 7, 1, 0), new("IC IALLU", 0, 7, 5, 0), new("DC ISW", 0, 7, 6, 2), new("DC CSW", 0, 7, 10, 2), new("DC CISW", 0, 7, 14, 2),
    ];

    /// <summary>Cache maintenance at an address.</summary>
    public static IReadOnlyList<SystemInstruction> CacheAt { get; } =
    [
        new("DC IVAC", 0, 7, 6, 1), new("DC ZVA", 3, 7, 4, 1), new("DC CVAC", 3, 7, 10, 1), new("DC CVAU", 3, 7, 11, 1), new("DC CIVAC", 3, 7, 14, 1),
        new("IC IVAU", 3, 7, 5, 1), new("DC CVAP", 3, 7, 12, 1), new("DC CVADP", 3, 7, 13, 1),
    ];
}
