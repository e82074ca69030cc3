// What two machines do not agree about.
namespace Nestor.Tools.Fuzz;

/// <summary>What was found.</summary>
/// <param name="Programs">The program, as short as it could be made; those that ran one after the other, when none of them does it alone.</param>
/// <param name="Whole">The program before it was made short; null when none does it alone.</param>
/// <param name="Setting">The machine that is not the hardware.</param>
public sealed record Difference(IReadOnlyList<FuzzProgram> Programs, FuzzProgram? Whole, FuzzSetting Setting)
{
    /// <summary>Whether one program does it alone.</summary>
    public bool IsAlone => Programs.Count == 1;
}
