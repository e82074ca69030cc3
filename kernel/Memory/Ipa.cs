// A guest's physical address: an allegation, and a type of its own so that it never passes for the machine's.

namespace Nestor.Kernel;

/// <summary>An intermediate physical address: what a VM calls physical.</summary>
public readonly struct Ipa
{
    /// <summary>The address.</summary>
    public readonly ulong Value;

    public Ipa(ulong value) => Value = value;
}
