// A repetition's instructions as a picture: each function as wide as what was executed in it and below it, standing on who
// called it. Each box says in its tooltip what it is and how much; any browser shows it.
using System.Globalization;
using System.Net;
using System.Text;

namespace Nestor.Tools.Bench;

/// <summary>Draws a profile as SVG.</summary>
public static class FlameGraph
{
    private const double Width = 1200;
    private const int LineHeight = 18;
    private const double CharacterWidth = 6.6;
    private static readonly string[] s_colours = ["#f4a259", "#f2c14e", "#e76f51", "#eebb77", "#f08a5d"];

    /// <summary>The picture.</summary>
    /// <param name="title">What was profiled.</param>
    /// <param name="stacks">Instructions by call stack, the outermost function first and joined by semicolons.</param>
    public static string Svg(string title, IReadOnlyDictionary<string, double> stacks)
    {
        Node root = new("all");
        foreach ((string stack, double instructions) in stacks)
        {
            root.Add(stack.Split(';'), instructions);
        }

        int height = (root.Depth + 2) * LineHeight;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{height}\" font-family=\"monospace\" font-size=\"11\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"4\" y=\"13\">{WebUtility.HtmlEncode(title)}: {root.Sum:#,0.0} instructions</text>\n");
        Draw(svg, root, 0, height - LineHeight, root.Sum);
        return svg.Append("</svg>\n").ToString();
    }

    // No deeper than the calls of Nestor's, which does not recurse.
    private static void Draw(StringBuilder svg, Node node, double left, int top, double all)
    {
        double width = node.Sum / all * Width;
        string colour = s_colours[node.Name.Sum(letter => letter) % s_colours.Length];
        string label = node.Name.Length * CharacterWidth < width ? node.Name : "";
        svg.Append(CultureInfo.InvariantCulture, $"<g><title>{WebUtility.HtmlEncode(node.Name)}: {node.Sum:#,0.0} ({node.Sum / all:0.0%})</title>");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left:0.0}\" y=\"{top}\" width=\"{width:0.0}\" height=\"{LineHeight - 1}\" fill=\"{colour}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + 3:0.0}\" y=\"{top + 13}\">{WebUtility.HtmlEncode(label)}</text></g>\n");
        foreach (Node child in node.Children)
        {
            Draw(svg, child, left, top - LineHeight, all);
            left += child.Sum / all * Width;
        }
    }

    private sealed class Node(string name)
    {
        private readonly SortedDictionary<string, Node> _children = new(StringComparer.Ordinal);

        public string Name => name;

        public double Sum { get; private set; }

        public IEnumerable<Node> Children => _children.Values;

        public int Depth => 1 + _children.Values.Select(child => child.Depth).DefaultIfEmpty(0).Max();

        public void Add(ReadOnlySpan<string> stack, double instructions)
        {
            Sum += instructions;
            if (stack.Length == 0)
            {
                return;
            }

            if (!_children.TryGetValue(stack[0], out Node? child))
            {
                _children[stack[0]] = child = new Node(stack[0]);
            }

            child.Add(stack[1..], instructions);
        }
    }
}
