// ilc names these for every table of constants wider than a byte (RuntimeHelpers.CreateSpan), which the JIT then
// reads in place: the handles themselves are never made.

using System;

namespace Internal.Runtime.CompilerHelpers;

internal static class LdTokenHelpers
{
    internal static RuntimeTypeHandle GetRuntimeTypeHandle(IntPtr value) => default;

    internal static RuntimeMethodHandle GetRuntimeMethodHandle(IntPtr value) => default;

    internal static RuntimeFieldHandle GetRuntimeFieldHandle(IntPtr value) => default;
}
