// One figure of two reports side by side, and whether it got worse by more than is tolerated.
using System.Globalization;

namespace Nestor.Tools.Bench;

/// <summary>One figure that changed.</summary>
/// <param name="Row">The row.</param>
/// <param name="Column">The column.</param>
/// <param name="Before">Instructions before; null when it is new.</param>
/// <param name="After">Instructions now; null when it is gone.</param>
public sealed record BenchChange(string Row, string Column, double? Before, double? After)
{
    /// <summary>More than this is too much.</summary>
    public const double Tolerance = 0.02;

    // A figure is a mean over many repetitions; less than one instruction is no instruction.
    private const double OneInstruction = 1;

    /// <summary>Whether it got worse by more than is tolerated. A figure that cannot be measured any more is worse.</summary>
    public bool IsWorse => Before is { } before && (After is not { } after || (after > before * (1 + Tolerance) && after - before >= OneInstruction));

    /// <summary>In one line.</summary>
    public override string ToString()
    {
        string change = Before is > 0 && After is not null
            ? string.Create(CultureInfo.InvariantCulture, $" ({Math.Round((After.Value / Before.Value) - 1, 3) + 0.0:+0.0%;-0.0%})")
            : "";
        return $"{(IsWorse ? "worse " : "")}{Row}, {Column}: {Show(Before)} -> {Show(After)}{change}";
    }

    private static string Show(double? instructions) => instructions is { } value ? BenchText.Number(value) : "not measured";
}
