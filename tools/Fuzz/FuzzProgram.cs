// Some steps that chance put together.
namespace Nestor.Tools.Fuzz;

/// <summary>A program.</summary>
/// <param name="Seed">Where it came from: the generator makes the same program again.</param>
/// <param name="Steps">Its steps.</param>
public sealed record FuzzProgram(ulong Seed, IReadOnlyList<ProgramStep> Steps);
