// Two reports side by side: what an instruction costs more or less than it did. Wall clock is not compared; it is another
// machine's, or another hour's.

namespace Nestor.Tools.Bench;

/// <summary>Compares reports.</summary>
public static class BenchComparison
{
    /// <summary>Everything that differs, in the order of the new report. Columns and rows that the new one left out on purpose do not count.</summary>
    /// <param name="before">The old report.</param>
    /// <param name="after">The new one.</param>
    /// <param name="leftOut">Rows that were not to be measured this time, and columns.</param>
    public static IReadOnlyList<BenchChange> Changes(BenchReport before, BenchReport after, IReadOnlyCollection<string> leftOut)
    {
        List<BenchChange> changes = [];
        foreach (string row in after.Rows.Keys.Union(before.Rows.Keys.Except(leftOut)))
        {
            Dictionary<string, Figure> old = before.Rows.GetValueOrDefault(row) ?? [];
            Dictionary<string, Figure> now = after.Rows.GetValueOrDefault(row) ?? [];
            foreach (string column in now.Keys.Union(old.Keys.Except(leftOut)))
            {
                BenchChange change = new(row, column, old.GetValueOrDefault(column)?.Instructions, now.GetValueOrDefault(column)?.Instructions);
                if (change.Before != change.After)
                {
                    changes.Add(change);
                }
            }
        }

        return changes;
    }
}
