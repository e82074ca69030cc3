// What the benchmark payload prints, a line a row: `bench NAME COUNT TICKS`, with ` quartile TICKS of COUNT` behind it when it was
// done in batches, or `bench NAME failed: WHY`; and what Nestor says about its own memory at its start.
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nestor.Tools.Bench;

/// <summary>One measured row of one run.</summary>
/// <param name="Name">The row.</param>
/// <param name="Count">How often it was done.</param>
/// <param name="Ticks">Ticks of the counter for all of them; null when it failed.</param>
/// <param name="Failure">Why it failed; empty when it did not.</param>
/// <param name="Quartile">A batch that is dearer than a quarter of them; null when it was not done in batches.</param>
public sealed partial record BenchLine(string Name, long Count, long? Ticks, string Failure, BenchBatch? Quartile = null)
{
    private const string End = "bench end";

    /// <summary>Ticks of one time, in the mean of all: what the clock is asked for.</summary>
    public double Mean => (double)Ticks!.Value / Count;

    /// <summary>
    /// Instructions of one time, when ticks are instructions: by the quartile, since a batch of a guest hypervisor's guest may have
    /// a tick of that hypervisor's kernel in it, which is not the row's.
    /// </summary>
    public double Instructions => Quartile is { } batch ? (double)batch.Ticks / batch.Count : Mean;

    /// <summary>Takes a line of the console apart; null when it is no row.</summary>
    public static BenchLine? Parse(string line)
    {
        Match match = Row().Match(line);
        if (!match.Success)
        {
            return null;
        }

        string name = match.Groups["name"].Value;
        if (match.Groups["why"].Success)
        {
            return new BenchLine(name, 0, null, match.Groups["why"].Value);
        }

        BenchBatch? quartile = match.Groups["size"].Success ? new BenchBatch(Number(match.Groups["size"]), Number(match.Groups["quartile"])) : null;
        return new BenchLine(name, Number(match.Groups["count"]), Number(match.Groups["ticks"]), "", quartile);
    }

    /// <summary>Whether this is the payload's last line.</summary>
    public static bool IsEnd(string line) => line.TrimEnd() == End;

    /// <summary>The KiB that Nestor took for itself; null when the line does not say.</summary>
    public static long? OwnKibibytes(string line) => Own().Match(line) is { Success: true } match ? Number(match.Groups[1]) : null;

    private static long Number(Group digits) => long.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^bench (?<name>[a-z0-9-]+) (?:(?<count>[1-9]\d{0,17}) (?<ticks>\d{1,18})(?: quartile (?<quartile>\d{1,18}) of (?<size>[1-9]\d{0,17}))?|failed: (?<why>.*?))\s*$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^nestor: \d+ CPUs, (\d{1,12}) KiB of its own")]
    private static partial Regex Own();
}
