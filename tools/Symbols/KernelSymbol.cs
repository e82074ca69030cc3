namespace Nestor.Tools.Symbols;

/// <param name="Address">Where it is when the kernel runs where it was linked.</param>
/// <param name="Kind">The letter that nm has for it.</param>
/// <param name="Name">Its name.</param>
public sealed record KernelSymbol(ulong Address, char Kind, string Name);
