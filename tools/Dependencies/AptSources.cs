// Reads where this machine gets its Debian packages from, so that what we add comes from the same
// archive (a mirror, a proxy, a snapshot) and no address is written in our code. Both formats of
// sources.list(5): one line, and the stanzas of .sources files.

namespace Nestor.Tools.Dependencies;

public static class AptSources
{
    public static IReadOnlyList<AptSource> Read(string etcApt = "/etc/apt")
    {
        List<AptSource> sources = [];
        string main = Path.Combine(etcApt, "sources.list");
        if (File.Exists(main))
        {
            sources.AddRange(ParseLines(File.ReadAllText(main)));
        }

        string parts = Path.Combine(etcApt, "sources.list.d");
        string[] files = Directory.Exists(parts) ? Directory.GetFiles(parts) : [];
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            if (file.EndsWith(".list", StringComparison.Ordinal))
            {
                sources.AddRange(ParseLines(File.ReadAllText(file)));
            }
            else if (file.EndsWith(".sources", StringComparison.Ordinal))
            {
                sources.AddRange(ParseStanzas(File.ReadAllText(file)));
            }
        }

        return sources;
    }

    /// <summary>The archive of a Debian release itself: no other publisher has a suite of just that name with "main".</summary>
    public static AptSource? Debian(IEnumerable<AptSource> sources, string codename) =>
        sources.FirstOrDefault(source => source.Suites.Contains(codename) && source.Components.Contains("main"));

    public static IEnumerable<AptSource> ParseLines(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            string rest = line.Split('#')[0].Trim();
            if (!rest.StartsWith("deb ", StringComparison.Ordinal) && !rest.StartsWith("deb\t", StringComparison.Ordinal))
            {
                continue;
            }

            rest = rest[3..].Trim();
            string? signedBy = null;
            int close = rest.IndexOf(']', StringComparison.Ordinal);
            if (rest.StartsWith('[') && close > 0)
            {
                signedBy = Words(rest[1..close])
                    .Where(option => option.StartsWith("signed-by=", StringComparison.OrdinalIgnoreCase))
                    .Select(option => option["signed-by=".Length..])
                    .FirstOrDefault();
                rest = rest[(close + 1)..];
            }

            string[] words = Words(rest);
            if (words.Length >= 2)
            {
                yield return new AptSource(words[0], [words[1]], words[2..], signedBy);
            }
        }
    }

    public static IEnumerable<AptSource> ParseStanzas(string text)
    {
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        string last = "";
        foreach (string line in text.Split('\n').Append(""))
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            if (line.Trim().Length == 0)
            {
                foreach (AptSource source in FromFields(fields))
                {
                    yield return source;
                }

                fields.Clear();
            }
            else if (char.IsWhiteSpace(line[0]) && last.Length > 0)
            {
                // A continued field: keys may be written out here, and stay as they are.
                fields[last] += "\n" + line.TrimEnd();
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and int colon)
            {
                last = line[..colon].Trim();
                fields[last] = line[(colon + 1)..].Trim();
            }
        }
    }

    private static IEnumerable<AptSource> FromFields(Dictionary<string, string> fields)
    {
        string Field(string name) => fields.GetValueOrDefault(name, "");
        if (!Words(Field("Types")).Contains("deb") || Field("Enabled").Equals("no", StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        string signedBy = Field("Signed-By");
        foreach (string uri in Words(Field("URIs")))
        {
            yield return new AptSource(
                uri, Words(Field("Suites")), Words(Field("Components")), signedBy.Length == 0 ? null : signedBy);
        }
    }

    private static string[] Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
