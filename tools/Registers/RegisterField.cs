// One field of a register, as `reg` decodes it.
namespace Nestor.Tools.Registers;

/// <summary>One field: bits <paramref name="Low"/> to <paramref name="High"/>, shown shifted left by <paramref name="Shift"/>.</summary>
public sealed record RegisterField(string Name, int High, int Low, int Shift);
