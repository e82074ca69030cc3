// How one of the checks of a test went, and the line by which kvm-unit-tests report it.
using System.Text.RegularExpressions;

namespace Nestor.Tools.Suites;

/// <summary>A check.</summary>
/// <param name="Verdict">PASS, FAIL, SKIP, or an expected failure's XFAIL and the like; ok, not ok or skipped from TAP.</param>
/// <param name="Text">What was checked, without the numbers that differ from run to run.</param>
public sealed partial record Subtest(string Verdict, string Text)
{
    /// <summary>It was checked, and held.</summary>
    public bool HasPassed => Verdict is "PASS" or "ok";

    /// <summary>The check that a line reports, or null.</summary>
    public static Subtest? Parse(string line) =>
        Report().Match(line) is { Success: true } match ? new Subtest(match.Groups[1].Value, Number().Replace(match.Groups[2].Value, "N")) : null;

    [GeneratedRegex(@"^([XK]?PASS|[XK]?FAIL|SKIP): (.*)$")]
    private static partial Regex Report();

    [GeneratedRegex(@"0x[0-9a-fA-F]+|[0-9]+")]
    private static partial Regex Number();
}
