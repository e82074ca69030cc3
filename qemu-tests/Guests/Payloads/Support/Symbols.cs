// Addresses that the linker script and Payload.S define, and the functions in Payload.S.

using System.Runtime;
using System.Runtime.CompilerServices;

namespace Nestor.Payloads;

/// <summary>The image's symbols.</summary>
internal static unsafe class Symbols
{
    /// <summary>Room for one <see cref="Excursion"/> a CPU.</summary>
    public static ulong Excursions => (ulong)(delegate*<void>)&Import.excursions;

    /// <summary>A page for code that is made at run time.</summary>
    public static ulong CodeArea => (ulong)(delegate*<void>)&Import.code_area;

    /// <summary>Eight pages for translation tables.</summary>
    public static ulong PageTables => (ulong)(delegate*<void>)&Import.page_tables;

    /// <summary>Four pages to load from and store to.</summary>
    public static ulong DataArea => (ulong)(delegate*<void>)&Import.data_area;

    /// <summary>Where a second CPU starts.</summary>
    public static ulong SecondaryStart => (ulong)(delegate*<void>)&Import.secondary_start;

    /// <summary>The top of its stack.</summary>
    public static ulong SecondStackTop => (ulong)(delegate*<void>)&Import.second_stack_top;

    /// <summary>Vectors for a program at EL1, which hand over to EL2.</summary>
    public static ulong NestedVectors => (ulong)(delegate*<void>)&Import.nested_vectors;

    /// <summary>Vectors that go on behind the instruction, for a level below the one that calls <see cref="TryRun"/>.</summary>
    public static ulong TryVectors => (ulong)(delegate*<void>)&Import.try_vectors;

    /// <summary>Runs code of which many instructions may end in an exception: see Payload.S.</summary>
    [RuntimeImport("*", "try_run")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void TryRun(ulong code, ulong pstate, void* results, ulong value);

    [RuntimeImport("*", "run_el2")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void RunAtEl2(Excursion* excursion);

    [RuntimeImport("*", "run_el1")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void RunAtEl1(Excursion* excursion);

    [RuntimeImport("*", "hypervisor_call")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern ulong HypervisorCall(ulong function, ulong first, ulong second, ulong third);

    [RuntimeImport("*", "dc_cvau")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void DcCvau(ulong address);

    [RuntimeImport("*", "sev")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void Sev();

    /// <summary>Lets another CPU have its turn, where they take turns.</summary>
    [RuntimeImport("*", "yield_turn")] [MethodImpl(MethodImplOptions.InternalCall)] public static extern void Yield();

    private static class Import
    {
        [RuntimeImport("*", "excursions")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void excursions();

        [RuntimeImport("*", "code_area")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void code_area();

        [RuntimeImport("*", "page_tables")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void page_tables();

        [RuntimeImport("*", "data_area")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void data_area();

        [RuntimeImport("*", "secondary_start")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void secondary_start();

        [RuntimeImport("*", "second_stack_top")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void second_stack_top();

        [RuntimeImport("*", "try_vectors")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void try_vectors();

        [RuntimeImport("*", "nested_vectors")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void nested_vectors();
    }
}
