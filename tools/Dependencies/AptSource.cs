// One source of Debian packages, as apt's own files describe it.

namespace Nestor.Tools.Dependencies;

/// <param name="SignedBy">The key or key file given for it, or null for apt's general keyring.</param>
public sealed record AptSource(
    string Uri, IReadOnlyList<string> Suites, IReadOnlyList<string> Components, string? SignedBy)
{
    /// <summary>In the format of a .sources file, for another suite of the same archive.</summary>
    public string Stanza(string suite) =>
        $"Types: deb\nURIs: {Uri}\nSuites: {suite}\nComponents: main\n"
        + (SignedBy is null ? "" : $"Signed-By: {SignedBy}\n");
}
