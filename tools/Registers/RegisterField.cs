// One field of a register, as `reg` decodes it.
namespace Nestor.Tools.Registers;

/// <summary>One field: bits <paramref name="Low"/> to <paramref name="High"/>.</summary>
public sealed record RegisterField(string Name, int High, int Low);
