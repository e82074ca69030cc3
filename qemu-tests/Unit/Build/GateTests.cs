// Each gate of the build refuses what it is there to refuse, in a program built for real; and lets a harmless one pass.
using System;
using System.IO;
using System.Linq;
using Nestor.Tools.Build;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Build;

public sealed class GateTests : IDisposable
{
    private const string Harmless = """
            [RuntimeExport("tiny_start")] private static ulong Start(ulong value) => value + 1;
        """;

    private readonly TinyImage _image = new();

    public void Dispose() => _image.Dispose();

    [Fact]
    public void A_harmless_program_passes()
    {
        _image.Build(Harmless);
        Assert.True(File.Exists(_image.Elf));
    }

    [Theory]
    [InlineData("new object()")]
    [InlineData("new byte[length]")]
    public void An_allocation_is_refused(string expression)
    {
        string message = Refused($$"""
                private static object s_kept;
                [RuntimeExport("tiny_start")] private static void Start(int length) => s_kept = {{expression}};
            """);
        Assert.StartsWith("managed allocation (Rhp", message, StringComparison.Ordinal);
        Assert.Contains("Program__Start", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_boxed_value_is_refused()
    {
        string message = Refused("""
                private static object s_kept;
                [RuntimeExport("tiny_start")] private static void Start(int length) => s_kept = length;
            """);
        Assert.StartsWith("ilc failed", message, StringComparison.Ordinal);
        Assert.Contains("Tiny.Program.Start", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_static_that_needs_a_constructor_is_refused()
    {
        string message = Refused("""
                [MethodImpl(MethodImplOptions.NoInlining)] private static int Compute(int* from) => *from;
                private static int s_computed = Compute((int*)0x1000);
                [RuntimeExport("tiny_start")] private static int Start() => s_computed;
            """);
        Assert.StartsWith("a static that must be computed at run time", message, StringComparison.Ordinal);
        Assert.Contains("Program", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_struct_copied_by_value_is_refused()
    {
        string message = Refused("""
                private struct Large { public ulong A, B, C, D, E, F; }
                [RuntimeExport("tiny_start")] private static void Start(Large* to, Large* from) => *to = *from;
            """);
        Assert.StartsWith("a SIMD, FP or SVE instruction in tiny_start", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unresolved_symbol_is_refused()
    {
        string message = Refused("""
                [RuntimeImport("*", "nobody_has_this")] [MethodImpl(MethodImplOptions.InternalCall)] private static extern ulong Missing();
                [RuntimeExport("tiny_start")] private static ulong Start() => Missing() + 1;
            """);
        Assert.StartsWith("unresolved symbols", message, StringComparison.Ordinal);
        Assert.Contains("nobody_has_this", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_both_writable_and_executable_is_refused()
    {
        string message = Refused(Harmless, TinyImage.Start.Replace(".text.head, \"ax\"", ".text.head, \"awx\"", StringComparison.Ordinal));
        Assert.Equal("section .text is writable and executable", message);
    }

    [Fact]
    public void Code_and_data_on_one_page_are_refused()
    {
        const string Script = """
            ENTRY(image_start)
            SECTIONS
            {
                . = 0x40200000;
                .text : { *(.text.head) *(.text .text.*) *(__managedcode) *(__unbox) }
                .data : { KEEP(*(.data .data.*)) }
                .rodata : { *(.rodata .rodata.*) *(.data.rel.ro .data.rel.ro.*) }
                .bss : { *(.bss .bss.*) }
                /DISCARD/ : { *(.eh_frame*) *(.dotnet_eh_table*) *(__modules*) *(.init_array) *(.note*) *(.comment) }
            }
            """;
        Assert.Equal("sections .text and .data share a page, which would be writable and executable", Refused(Harmless, TinyImage.Start + "        .data\n        .quad   1\n", Script));
    }

    [Fact]
    public void Too_much_assembly_is_refused()
    {
        string message = Refused(Harmless, TinyImage.Start + string.Concat(Enumerable.Repeat("        nop\n", Gates.AssemblyLineLimit)));
        Assert.EndsWith($"lines of hand-written assembly; the limit is {Gates.AssemblyLineLimit}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_and_blank_lines_are_no_assembly()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, TinyImage.Start + string.Concat(Enumerable.Repeat("\n        // one\n/* two\n   three */\n", Gates.AssemblyLineLimit)));
        Gates.AssemblyWithinLimit([file]);
        File.Delete(file);
    }

    [Fact]
    public void The_kernels_own_assembly_is_within_the_limit()
    {
        string boot = Path.Combine(RepositoryRoot.Path, "boot");
        Gates.AssemblyWithinLimit(Directory.EnumerateFiles(boot, "*.S"));
    }

    private string Refused(string members, string assembly = TinyImage.Start, string? linkerScript = null) =>
        Assert.Throws<BuildException>(() => _image.Build(members, assembly, linkerScript)).Message;
}
