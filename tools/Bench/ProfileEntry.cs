// One function of a profile.
namespace Nestor.Tools.Bench;

/// <summary>Instructions of one function.</summary>
/// <param name="Function">Type and method, or a symbol of assembly.</param>
/// <param name="Instructions">A repetition's, on average.</param>
public sealed record ProfileEntry(string Function, double Instructions);
