// The series of growth as a picture, a panel each: any browser shows it.
using System.Globalization;
using System.Net;
using System.Text;

namespace Nestor.Tools.Bench;

/// <summary>Draws series as SVG.</summary>
public static class GrowthPlot
{
    private const int Width = 640;
    private const int PanelHeight = 200;
    private const int Left = 40;
    private const int Right = 600;
    private const int Top = 40;
    private const int Bottom = 160;

    /// <summary>The picture.</summary>
    /// <param name="series">By name: values by number of vCPUs or VMs.</param>
    public static string Svg(IReadOnlyDictionary<string, SortedDictionary<int, double>> series)
    {
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{series.Count * PanelHeight}\" font-family=\"monospace\" font-size=\"11\">\n");
        foreach ((int i, (string name, SortedDictionary<int, double> values)) in series.Index())
        {
            Panel(svg, name, values, i * PanelHeight);
        }

        return svg.Append("</svg>\n").ToString();
    }

    // From zero up, so that what does not grow looks as if it did not.
    private static void Panel(StringBuilder svg, string name, SortedDictionary<int, double> values, int top)
    {
        int most = values.Keys.DefaultIfEmpty(1).Max();
        double highest = Math.Max(values.Values.DefaultIfEmpty(1).Max(), 1);
        (int Number, double Value, double X, double Y)[] points = [.. values.Select(value => (
            value.Key, value.Value, Left + ((Right - Left) * (double)value.Key / most), top + Bottom - ((Bottom - Top) * value.Value / highest)))];
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"4\" y=\"{top + 16}\">{WebUtility.HtmlEncode(name)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {top + Top}V{top + Bottom}H{Right}\" fill=\"none\" stroke=\"#888\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.0},{point.Y:0.0}")))}\" fill=\"none\" stroke=\"#e76f51\" stroke-width=\"2\"/>\n");
        foreach ((int number, double value, double x, double y) in points)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.0}\" cy=\"{y:0.0}\" r=\"3\" fill=\"#e76f51\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.0}\" y=\"{y - 8:0.0}\" text-anchor=\"middle\">{BenchText.Number(Math.Round(value, 1))}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.0}\" y=\"{top + Bottom + 16}\" text-anchor=\"middle\">{number}</text>\n");
        }
    }
}
