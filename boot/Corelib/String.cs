// Strings exist because the language's literals are strings; the kernel's own text is UTF-8 (`"..."u8`), which is
// plain read-only data with no object in front of it.

using System.Runtime.CompilerServices;

namespace System;

public sealed class String
{
#pragma warning disable CS0649 // laid out by ilc.
    private readonly int _stringLength;
    private char _firstChar;
#pragma warning restore CS0649

    public int Length => _stringLength;

    public unsafe char this[int index]
    {
        [Intrinsic]
        get => Unsafe.Add(ref _firstChar, index);
    }
}
