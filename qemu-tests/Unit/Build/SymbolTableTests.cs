// The kernel reads in the symbol table what the build wrote into it; and a table that is cut off or full of nonsense
// does not lead it outside.
using System;
using System.IO;
using System.Linq;
using System.Text;
using Nestor.Kernel;
using Nestor.Tests.Unit.HostSupport;
using Nestor.Tools.Build;
using Xunit;

namespace Nestor.Tests.Unit.Build;

public sealed unsafe class SymbolTableTests(SymbolTableTests.Image image) : IClassFixture<SymbolTableTests.Image>
{
    [Fact]
    public void A_method_has_its_type_name_file_and_line()
    {
        Assert.Equal("Tiny.Program.Start Tiny.cs:9", image.Find(image.Address("tiny_start")));
        Assert.Equal("Tiny.Program.Inner Tiny.cs:10", image.Find(image.Address("tiny_Tiny_Program__Inner")));
    }

    [Fact]
    public void A_function_in_assembly_has_its_label_file_and_line()
    {
        Assert.Equal("image_start Start.S:4", image.Find(image.Address("image_start")));
        Assert.Equal("image_start Start.S:5", image.Find(image.Address("image_start") + 4));
    }

    [Fact]
    public void Every_function_is_found_from_its_first_to_its_last_instruction()
    {
        ulong[] starts = [.. SymbolTable.Functions(image.Elf).Keys];
        Assert.NotEmpty(starts);
        foreach ((ulong start, ulong end) in starts.Zip(starts.Skip(1)))
        {
            Assert.Equal(start, image.StartOf(start));
            Assert.Equal(start, image.StartOf(end - 4));
        }
    }

    [Fact]
    public void A_table_that_is_cut_off_is_not_left()
    {
        for (int length = 0; length < image.Table.Length; length++)
        {
            using var memory = new GuardedMemory(image.Table.AsSpan(0, length));
            Symbol symbol;
            Symbol.Find(&symbol, memory.Start, (ulong)length, image.Text, image.Address("tiny_start") + 4);
            Assert.InRange((long)symbol.NameLength, 0, length);
        }
    }

    [Fact]
    public void A_table_of_nonsense_is_not_left()
    {
        var random = new Random(1);
        byte[] nonsense = new byte[64];
        for (int i = 0; i < 20_000; i++)
        {
            random.NextBytes(nonsense);
            nonsense[0] &= 3;
            nonsense[1] &= 15;
            using var memory = new GuardedMemory(nonsense);
            Symbol symbol;
            Symbol.Find(&symbol, memory.Start, (ulong)nonsense.Length, image.Text, image.Text + 64);
            Assert.InRange((long)symbol.TypeLength, 0, nonsense.Length);
            Assert.InRange((long)symbol.NameLength, 0, nonsense.Length);
            Assert.InRange((long)symbol.FileLength, 0, nonsense.Length);
        }
    }

    /// <summary>A program with a symbol table.</summary>
    public sealed class Image : IDisposable
    {
        private readonly TinyImage _tiny = new();

        public Image()
        {
            _tiny.Build(
                """
                    [RuntimeExport("tiny_start")] private static ulong Start(ulong value) => Inner(value) + 1;
                    [MethodImpl(MethodImplOptions.NoInlining)] private static ulong Inner(ulong value) => value * 3;
                """,
                withSymbols: true);
            Elf = new ElfObject(File.ReadAllBytes(_tiny.Elf), _tiny.Elf);
            Table = Elf.Content(Elf.Sections.Single(s => s.Name == ".symbols")).ToArray();
        }

        internal ElfObject Elf { get; }

        internal byte[] Table { get; }

        internal ulong Text => Elf.Sections.Single(s => s.Name == ".text").Address;

        public void Dispose() => _tiny.Dispose();

        internal ulong Address(string symbol) => Elf.Symbols.Single(s => s.Name == symbol).Value;

        internal ulong StartOf(ulong address)
        {
            fixed (byte* table = Table)
            {
                Symbol symbol;
                Symbol.Find(&symbol, table, (ulong)Table.Length, Text, address);
                return symbol.Start;
            }
        }

        internal string Find(ulong address)
        {
            fixed (byte* table = Table)
            {
                Symbol symbol;
                Symbol.Find(&symbol, table, (ulong)Table.Length, Text, address);
                string type = symbol.TypeLength == 0 ? "" : Show(symbol.Type, symbol.TypeLength) + ".";
                return $"{type}{Show(symbol.Name, symbol.NameLength)} {Show(symbol.File, symbol.FileLength)}:{symbol.Line}";
            }
        }

        private static string Show(byte* text, ulong length) => Encoding.UTF8.GetString(text, (int)length);
    }
}
