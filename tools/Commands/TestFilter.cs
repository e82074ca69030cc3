// The filter expression of `dotnet test`: what --fast leaves out, what only --long lets in, what --filter lets through.
using System.Text;

namespace Nestor.Tools.Commands;

public static class TestFilter
{
    private const string Special = @"\()&|=!~";

    // `dotnet test` hands the filter on as a property of MSBuild, which has its own way to write these.
    private const string SpecialToMsBuild = "%,;\"";

    public static string Build(bool fast, bool longToo, string? text)
    {
        List<string> conditions = [];
        if (fast)
        {
            conditions.Add("Category!=Slow");
        }

        if (!longToo)
        {
            conditions.Add("Category!=Long");
        }

        if (!string.IsNullOrEmpty(text))
        {
            // The display name is the full name and, behind it, the values that a test runs with.
            conditions.Add("DisplayName~" + Escape(text));
        }

        return string.Join('&', conditions);
    }

    private static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char c in text)
        {
            escaped.Append(Special.Contains(c) ? "\\" : "");
            escaped.Append(SpecialToMsBuild.Contains(c) ? FormattableString.Invariant($"%{(int)c:X2}") : c.ToString());
        }

        return escaped.ToString();
    }
}
