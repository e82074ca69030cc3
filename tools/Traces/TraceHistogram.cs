// Which register or class traps most, as a picture: a bar each, the longest first, its colours the levels.

using System.Globalization;
using System.Net;
using System.Text;

namespace Nestor.Tools.Traces;

/// <summary>Draws the picture.</summary>
public static class TraceHistogram
{
    private const int Most = 40;
    private const int LineHeight = 18;
    private const int Left = 330;
    private const int Width = 560;
    private const int Right = 110;

    private static readonly (string Level, string Colour)[] s_levels = [("EL2", "#c0504d"), ("EL1", "#4f81bd"), ("EL0", "#9bbb59")];

    /// <summary>The picture as SVG.</summary>
    public static string Draw(TraceFile trace, ExitNames names)
    {
        TraceExit[] exits = [.. trace.Cpus.SelectMany(cpu => cpu)];
        var bars = exits.GroupBy(names.Key).OrderByDescending(bar => bar.Count()).ThenBy(bar => bar.Key, StringComparer.Ordinal).Take(Most).ToList();
        int height = (bars.Count + 3) * LineHeight;
        double scale = bars.Count == 0 ? 0 : (double)Width / bars[0].Count();
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Left + Width + Right}\" height=\"{height}\" font-family=\"monospace\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<text x=\"4\" y=\"14\">the last {exits.Length} exits of {trace.Cpus.Count} CPUs: ");
        svg.AppendJoin(", ", s_levels.Select(level => $"<tspan fill=\"{level.Colour}\">{level.Level}</tspan>")).Append("</text>\n");
        int top = LineHeight * 2;
        foreach (IGrouping<string, TraceExit> bar in bars)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{top + 13}\" text-anchor=\"end\">{WebUtility.HtmlEncode(bar.Key)}</text>\n");
            double left = Left;
            foreach ((string level, string colour) in s_levels)
            {
                int count = bar.Count(exit => ExitNames.Level(exit) == level);
                svg.Append(count == 0 ? "" : string.Create(
                    CultureInfo.InvariantCulture,
                    $"<rect x=\"{left:0.0}\" y=\"{top}\" width=\"{count * scale:0.0}\" height=\"{LineHeight - 3}\" fill=\"{colour}\"><title>{level}: {count}</title></rect>\n"));
                left += count * scale;
            }

            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + 6:0.0}\" y=\"{top + 13}\">{bar.Count()} ({(double)bar.Count() / exits.Length:0%})</text>\n");
            top += LineHeight;
        }

        return svg.Append("</svg>\n").ToString();
    }
}
