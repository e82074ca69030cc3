// Addresses that demo.ld defines.

using System.Runtime;
using System.Runtime.CompilerServices;

namespace Nestor.Demo;

/// <summary>The image's symbols.</summary>
internal static unsafe class Layout
{
    /// <summary>Three zeroed pages.</summary>
    public static ulong PageTables => Address(&Import.page_tables);

    /// <summary>The guest's program, before it is copied.</summary>
    public static ulong GuestImage => Address(&Import.guest_image);

    public static ulong GuestImageEnd => Address(&Import.guest_image_end);

    // Not inlined: ilc computes the difference of two symbols at compile time, from handles of its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Address(delegate*<void> symbol) => (ulong)symbol;

    private static class Import
    {
        [RuntimeImport("*", "page_tables")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void page_tables();

        [RuntimeImport("*", "guest_image")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void guest_image();

        [RuntimeImport("*", "guest_image_end")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void guest_image_end();
    }
}
