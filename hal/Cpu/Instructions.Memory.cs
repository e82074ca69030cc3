// The instructions that have a meaning on the developer's machine too: there, tests bring their own of these.

using System.Runtime;
using System.Runtime.CompilerServices;

namespace Nestor.Hal;

public static unsafe partial class Instructions
{
    [RuntimeImport("*", "isb")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void Isb();

    [RuntimeImport("*", "dsb_sy")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void DsbSy();

    [RuntimeImport("*", "dsb_ish")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void DsbIsh();

    [RuntimeImport("*", "dsb_ishst")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void DsbIshst();

    /// <summary>Copies without vector registers; everything a multiple of 64 bytes.</summary>
    [RuntimeImport("*", "copy_words")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void CopyWords(void* to, void* from, ulong bytes);

    /// <summary>Zeroes without vector registers; everything a multiple of 64 bytes.</summary>
    [RuntimeImport("*", "zero_words")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void ZeroWords(void* to, ulong bytes);
}
