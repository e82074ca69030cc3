// LLVM's disassembler is the oracle: every instruction of real programs, and of random words, that ours names it names the same,
// and of real programs ours leaves out next to nothing. Registers have more names here than LLVM knows, and fewer: where one has
// a number for a register, the number is not compared. ADR is shown by its target here, by its distance there.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Nestor.Kernel;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Guests;
using Nestor.Tools.Support;
using Nestor.Tools.Symbols;
using Xunit;

namespace Nestor.Tests.Unit.Monitor;

public sealed partial class DisassemblerTests
{
    private const ulong Start = 0x4000_0000;
    private const uint SystemMask = 0xffc0_0000;
    private const uint SystemSpace = 0xd500_0000;

    [Fact]
    public void Each_line_of_the_table_has_32_bits()
    {
        foreach (string row in Encoding.ASCII.GetString(InstructionTable.Rows).Split('\n'))
        {
            Assert.True(row.IndexOf("  ", StringComparison.Ordinal) > 0, row);
            Assert.Equal(32, row[..row.IndexOf("  ", StringComparison.Ordinal)].Count(one => one != ' '));
        }
    }

    [Fact]
    public void Nestor_itself_reads_as_LLVM_reads_it()
    {
        ElfObject elf = new(File.ReadAllBytes(RepositoryRoot.Out("nestor.elf")), "nestor.elf");
        Compare(elf.Content(elf.Sections.Single(section => section.Name == ".text")), stride: 1, mostUnknown: 0.02);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Linux_reads_as_LLVM_reads_it()
    {
        KernelImage linux = new(new GuestStore().Ensure(GuestKind.Linux612));
        ulong Place(string name) => linux.Symbols.First(symbol => symbol.Name == name).Address;
        Compare(linux.Code(Place("_stext"), Place("_etext")), stride: 16, mostUnknown: 0.01);
    }

    [Fact]
    public void Random_words_read_as_LLVM_reads_them()
    {
        Random random = new(1);
        uint[] words = [.. Enumerable.Range(0, 40_000).Select(_ => (uint)random.NextInt64(1L << 32)).Where(word => (word & SystemMask) != SystemSpace)];
        Compare(MemoryMarshal.AsBytes(words.AsSpan()), stride: 1, mostUnknown: 1);
    }

    private static void Compare(ReadOnlySpan<byte> code, int stride, double mostUnknown)
    {
        SortedSet<uint> words = [];
        for (int i = 0; i + 4 <= code.Length; i += 4 * stride)
        {
            words.Add(BinaryPrimitives.ReadUInt32LittleEndian(code[i..]));
        }

        List<string> differences = [];
        int unknown = 0;
        ulong address = Start;
        string[] theirs = ByLlvm(words);
        Assert.Equal(words.Count, theirs.Length);
        foreach ((uint word, string their) in words.Zip(theirs))
        {
            string? ours = ByOurs(word, address);
            string expected = Normal(their, address);
            if (ours is null)
            {
                unknown += expected == "<unknown>" ? 0 : 1;
            }
            else if (ours != expected && WithoutRegister(ours) != WithoutRegister(expected))
            {
                differences.Add($"{word:x8}: '{ours}', LLVM '{expected}'");
            }

            address += 4;
        }

        Assert.Empty(differences);
        Assert.InRange(unknown, 0, words.Count * mostUnknown);
    }

    private static unsafe string? ByOurs(uint word, ulong address)
    {
        ShortText text;
        bool isKnown = Disassembler.Write(&text, word, address);
        string line = Encoding.ASCII.GetString(text.Bytes, text.Length);
        Assert.Equal(!isKnown, line == $".inst 0x{word:x8}");
        return isKnown ? line : null;
    }

    private static string[] ByLlvm(IEnumerable<uint> words)
    {
        string directory = Directory.CreateTempSubdirectory("nestor-disassembly").FullName;
        try
        {
            string source = Path.Combine(directory, "words.s");
            File.WriteAllLines(source, words.Select(word => $".inst 0x{word:x8}"));
            Toolchain.Run(ToolFinder.Require("llvm-mc"), "-triple=aarch64", "-filetype=obj", "-o", source + ".o", source);
            Toolchain.Run(ToolFinder.Require("ld.lld"), "-nostdlib", "-static", "-N", $"-Ttext=0x{Start:x}", "-e", "0", "-o", source + ".elf", source + ".o");
            string listing = Toolchain.Run(
                ToolFinder.Require("llvm-objdump"), "-d", "--no-show-raw-insn", "--mattr=+v8.7a,+mte,+sve,+sme,+ssbs,+spe", source + ".elf");
            return [.. Instruction().Matches(listing).Select(match => match.Groups[1].Value)];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Normal(string line, ulong address)
    {
        string text = Spaces().Replace(Symbol().Replace(line, ""), " ").Trim();
        Match relative = Adr().Match(text);
        return relative.Success
            ? $"{relative.Groups[1].Value}0x{address + (ulong)long.Parse(relative.Groups[2].Value, CultureInfo.InvariantCulture):x}"
            : text;
    }

    private static string WithoutRegister(string text) => text.StartsWith('m') ? SystemRegister().Replace(text, "REGISTER") : text;

    [GeneratedRegex(@"^ *[0-9a-f]+:\s+(.*)$", RegexOptions.Multiline)]
    private static partial Regex Instruction();

    [GeneratedRegex(@"<(?!unknown)[^>]*>|//.*")]
    private static partial Regex Symbol();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(adr x\w+, )#(-?\d+)$")]
    private static partial Regex Adr();

    [GeneratedRegex(@"\b([A-Z]+[0-9_]\w+|[A-Z]+|CurrentEL|SPSel)\b")]
    private static partial Regex SystemRegister();
}
