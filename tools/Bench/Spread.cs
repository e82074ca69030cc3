// A duration is noise: the median of several runs, with the best and the worst of them beside it.
namespace Nestor.Tools.Bench;

/// <summary>A measured duration: the median of several runs, and the best and worst of them.</summary>
public sealed record Spread(double Median, double Least, double Most)
{
    /// <summary>The spread of some values, of which there is at least one.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }
}
