// The filter expression of `dotnet test`: what --fast leaves out, what --filter lets through.
using System.Text;

namespace Nestor.Tools.Commands;

public static class TestFilter
{
    private const string Special = @"\()&|=!~";

    public static string Build(bool fast, string? text)
    {
        List<string> conditions = [];
        if (fast)
        {
            conditions.Add("Category!=Slow");
        }

        if (!string.IsNullOrEmpty(text))
        {
            conditions.Add("FullyQualifiedName~" + Escape(text));
        }

        return string.Join('&', conditions);
    }

    private static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char c in text)
        {
            escaped.Append(Special.Contains(c) ? "\\" : "").Append(c);
        }

        return escaped.ToString();
    }
}
