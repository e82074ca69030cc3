// A guest, as a trace file names it.
namespace Nestor.Tools.Traces;

/// <summary>A guest of a trace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="HasVirtualEl2">It began at virtual EL2.</param>
public sealed record TraceGuest(string Name, bool HasVirtualEl2);
