// The key that opens Nestor's monitor: typed by a person as ^X, told to Nestor as the code that the terminal sends.

using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

public static class EscapeKey
{
    /// <summary>Ctrl-].</summary>
    public const int Default = 0x1d;

    /// <summary>The code of ^A to ^Z, ^[, ^\, ^], ^^ or ^_.</summary>
    public static int Parse(string text) =>
        text is ['^', char key] && char.ToUpperInvariant(key) is >= 'A' and <= '_' and char control
            ? control - '@'
            : throw new UsageException($"--escape is '{text}'; it must be a control character such as ^] or ^O");

    /// <summary>As a person calls it.</summary>
    public static string Show(int code) => $"Ctrl-{(char)(code + '@')}";
}
