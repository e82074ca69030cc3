// Reads the Test Anything Protocol out of a console. Payloads speak it because a line of text is all that they can
// say; lines that are not TAP, such as a hypervisor's own, are passed over.
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Nestor.Tests.Harness;

/// <summary>One test line of a payload.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Passed">Whether it says "ok".</param>
/// <param name="Text">What it is about, without the directive.</param>
/// <param name="SkipReason">Why it was skipped; null when it was not.</param>
public sealed record TapResult(int Number, bool Passed, string Text, string? SkipReason);

/// <summary>All that a payload reported.</summary>
public sealed partial class TapReport
{
    private TapReport(IReadOnlyList<TapResult> results, IReadOnlyList<string> comments, IReadOnlyList<string> problems)
    {
        Results = results;
        Comments = comments;
        Problems = problems;
    }

    /// <summary>The test lines in order.</summary>
    public IReadOnlyList<TapResult> Results { get; }

    /// <summary>The comment lines, without their "#".</summary>
    public IReadOnlyList<string> Comments { get; }

    /// <summary>Why this is not a complete report: plan and numbers must agree. Empty when it is one.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Whether the report is complete and each line passed.</summary>
    public bool Passed => Problems.Count == 0 && Results.All(result => result.Passed);

    /// <summary>What is wrong, a line each.</summary>
    public string Complaint =>
        string.Join('\n', Problems.Concat(Results.Where(result => !result.Passed).Select(result => $"not ok {result.Number} - {result.Text}")));

    /// <summary>Reads the lines of a console.</summary>
    public static TapReport Parse(IEnumerable<string> lines)
    {
        List<TapResult> results = [];
        List<string> comments = [];
        List<string> problems = [];
        int? planned = null;
        foreach (string line in lines.Select(line => line.TrimEnd()))
        {
            if (PlanLine().Match(line) is { Success: true } plan)
            {
                if (planned is not null)
                {
                    problems.Add($"a second plan: {line}");
                }

                planned = int.Parse(plan.Groups[1].Value, CultureInfo.InvariantCulture);
            }
            else if (TestLine().Match(line) is { Success: true } test)
            {
                TapResult result = Result(test);
                if (result.Number != results.Count + 1)
                {
                    problems.Add($"number {results.Count + 1} is missing before: {line}");
                }

                results.Add(result);
            }
            else if (line.StartsWith("Bail out!", System.StringComparison.Ordinal))
            {
                problems.Add(line);
            }
            else if (line.StartsWith('#'))
            {
                comments.Add(line[1..].Trim());
            }
        }

        if (planned is null)
        {
            problems.Add("no plan");
        }
        else if (planned != results.Count)
        {
            problems.Add($"{planned} tests planned, {results.Count} reported");
        }

        return new TapReport(results, comments, problems);
    }

    private static TapResult Result(Match test)
    {
        string text = test.Groups["text"].Value;
        Match skip = SkipDirective().Match(text);
        return new TapResult(
            int.Parse(test.Groups["number"].Value, CultureInfo.InvariantCulture),
            !test.Groups["not"].Success,
            skip.Success ? text[..skip.Index].TrimEnd() : text,
            skip.Success ? skip.Groups[1].Value : null);
    }

    [GeneratedRegex(@"^1\.\.(\d{1,6})(\s*#.*)?$")]
    private static partial Regex PlanLine();

    [GeneratedRegex(@"^(?<not>not )?ok (?<number>\d{1,6})(\s+-\s+|\s+|$)(?<text>.*)$")]
    private static partial Regex TestLine();

    [GeneratedRegex(@"\s*#\s*SKIP\b:?\s*(.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex SkipDirective();
}
