// A host physical address, so that nobody hands in a guest's by mistake.

namespace Nestor.Hal;

/// <summary>An address in the machine's physical memory. Nestor's own mapping is the identity.</summary>
public readonly struct Pa
{
    /// <summary>The address.</summary>
    public readonly ulong Value;

    public Pa(ulong value) => Value = value;

    /// <summary>The same place as Nestor sees it.</summary>
    public unsafe byte* Pointer => (byte*)Value;
}
