// A piece of code that runs once, at one level, until an exception ends it.
namespace Nestor.Tools.Fuzz;

/// <summary>A step of a program.</summary>
/// <param name="Name">What it does, for people.</param>
/// <param name="Pstate">Where it starts: level, stack and masks.</param>
/// <param name="Code">Its instructions. The payload ends them with an HVC.</param>
public sealed record ProgramStep(string Name, ulong Pstate, IReadOnlyList<uint> Code);
