// Addresses that the linker script defines. A symbol's address is taken from a leaf-like import of it.

using System.Runtime;
using System.Runtime.CompilerServices;

namespace Nestor.Hal;

/// <summary>Where the parts of the image lie; see boot/kernel.ld.</summary>
public static unsafe class ImageLayout
{
    public static ulong TextStart => Address(&Symbols.text_start);

    public static ulong TextEnd => Address(&Symbols.text_end);

    public static ulong ConstantsEnd => Address(&Symbols.rodata_end);

    public static ulong PageTables => Address(&Symbols.page_tables);

    public static ulong BootStackGuard => Address(&Symbols.boot_stack_guard);

    public static ulong BootPanicStackGuard => Address(&Symbols.boot_panic_stack_guard);

    public static ulong BootStackTop => Address(&Symbols.boot_stack_top);

    public static ulong BootPanicStackTop => Address(&Symbols.boot_panic_stack_top);

    public static ulong MemoryEnd => Address(&Symbols.memory_end);

    public static ulong SecondaryStart => Address(&Symbols.secondary_start);

    /// <summary>Where a snapshot is handed over; see kernel/Snapshot/SnapshotMailbox.cs.</summary>
    public static ulong SnapshotMailbox => Address(&Symbols.snapshot_mailbox);

    /// <summary>The symbol table that the build adds; see tools/Build/SymbolTable.cs.</summary>
    public static ulong SymbolTable => Address(&Symbols.nestor_symbols);

    public static ulong SymbolTableEnd => Address(&Symbols.nestor_symbols_end);

    /// <summary>The guest that is built in; see tools/Build/DemoBuild.cs.</summary>
    public static ulong Embedded => Address(&Symbols.nestor_embedded);

    public static ulong EmbeddedEnd => Address(&Symbols.nestor_embedded_end);

    // Not inlined: ilc computes the difference of two symbols at compile time, from handles of its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Address(delegate*<void> symbol) => (ulong)symbol;

    private static class Symbols
    {
        [RuntimeImport("*", "text_start")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void text_start();

        [RuntimeImport("*", "text_end")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void text_end();

        [RuntimeImport("*", "rodata_end")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void rodata_end();

        [RuntimeImport("*", "page_tables")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void page_tables();

        [RuntimeImport("*", "boot_stack_guard")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void boot_stack_guard();

        [RuntimeImport("*", "boot_panic_stack_guard")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void boot_panic_stack_guard();

        [RuntimeImport("*", "boot_stack_top")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void boot_stack_top();

        [RuntimeImport("*", "boot_panic_stack_top")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void boot_panic_stack_top();

        [RuntimeImport("*", "memory_end")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void memory_end();

        [RuntimeImport("*", "secondary_start")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void secondary_start();

        [RuntimeImport("*", "snapshot_mailbox")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void snapshot_mailbox();

        [RuntimeImport("*", "nestor_symbols")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void nestor_symbols();

        [RuntimeImport("*", "nestor_symbols_end")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void nestor_symbols_end();

        [RuntimeImport("*", "nestor_embedded")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void nestor_embedded();

        [RuntimeImport("*", "nestor_embedded_end")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void nestor_embedded_end();
    }
}
