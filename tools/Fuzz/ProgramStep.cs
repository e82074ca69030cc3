// A piece of code that runs once, at one level, until an exception ends it.
using System.Text.RegularExpressions;

namespace Nestor.Tools.Fuzz;

/// <summary>A step of a program.</summary>
/// <param name="Name">What it does, for people.</param>
/// <param name="Pstate">Where it starts: level, stack and masks.</param>
/// <param name="Code">Its instructions. The payload ends them with an HVC.</param>
public sealed partial record ProgramStep(string Name, ulong Pstate, IReadOnlyList<uint> Code)
{
    /// <summary>A bit of <see cref="Pstate"/> for the payload: the step may leave EL2's translation on.</summary>
    public const ulong Translates = 1UL << 32;

    /// <summary>What kind of step it is, for the coverage: its name without numbers, and the level.</summary>
    public string Kind => $"EL{Pstate >> 2 & 3} {NumberPattern().Replace(Name, "N")}";

    [GeneratedRegex("0x[0-9a-f]+|(?<=entry )[0-9]+")]
    private static partial Regex NumberPattern();
}
