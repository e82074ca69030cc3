// What a program that was run to its end printed.
namespace Nestor.Tools.Support;

public sealed record ChildResult(int Status, string Output, string Errors)
{
    /// <summary>The last line of complaint, which is where programs put the reason.</summary>
    public string Reason =>
        (Errors + "\n" + Output).Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.StartsWith("E:"))
        ?? Errors.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0)
        ?? $"exit status {Status}";
}
