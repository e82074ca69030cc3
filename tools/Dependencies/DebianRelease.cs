// Which Debian this is, from /etc/os-release; null on anything else.
using System.Globalization;

namespace Nestor.Tools.Dependencies;

public sealed record DebianRelease(int Version, string Codename)
{
    public const string Bookworm = "bookworm";

    public static DebianRelease? Read(string file = "/etc/os-release") =>
        File.Exists(file) ? Parse(File.ReadAllText(file)) : null;

    public static DebianRelease? Parse(string text)
    {
        Dictionary<string, string> fields = text.Split('\n')
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0].Trim())
            .ToDictionary(group => group.Key, group => group.Last()[1].Trim().Trim('"'));
        return fields.GetValueOrDefault("ID") == "debian"
            && int.TryParse(fields.GetValueOrDefault("VERSION_ID"), CultureInfo.InvariantCulture, out int version)
            && fields.TryGetValue("VERSION_CODENAME", out string? codename)
            ? new DebianRelease(version, codename)
            : null;
    }
}
