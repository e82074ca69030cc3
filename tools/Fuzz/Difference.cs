// A program that two machines do not agree about.
namespace Nestor.Tools.Fuzz;

/// <summary>What was found.</summary>
/// <param name="Program">The program, as short as it could be made.</param>
/// <param name="Setting">The machine that is not the hardware.</param>
/// <param name="IsAlone">Whether the program does it alone; otherwise it takes what ran before.</param>
public sealed record Difference(FuzzProgram Program, FuzzSetting Setting, bool IsAlone);
