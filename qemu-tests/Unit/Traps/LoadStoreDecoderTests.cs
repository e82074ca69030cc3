// LLVM's disassembler is the oracle of the decoder: of random words where loads and stores are encoded, ours knows those that LLVM
// names so, less those that it leaves out on purpose (tags, memory copies, 64-byte accesses, prefetches), and each field agrees.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Nestor.Kernel;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Xunit;

namespace Nestor.Tests.Unit.Traps;

public sealed partial class LoadStoreDecoderTests
{
    private const uint LoadsAndStores = 0x0800_0000;    // bit 27 set, bit 25 clear (Arm ARM C4.1)
    private const uint GroupMask = 0x0a00_0000;

    [Fact]
    public void Random_words_decode_as_LLVM_reads_them()
    {
        Random random = new(1);
        uint[] words = [.. Enumerable.Range(0, 60_000).Select(_ => ((uint)random.NextInt64(1L << 32) & ~GroupMask) | LoadsAndStores).Distinct()];
        string[] lines = ByLlvm(words);
        Assert.Equal(words.Length, lines.Length);
        List<string> differences = [];
        int known = 0;
        foreach ((uint word, string line) in words.Zip(lines))
        {
            bool isExpected = Line().Match(line) is { Success: true } match && IsKnown(match.Groups["name"].Value);
            bool isDecoded = Decode(word, out LoadStore access);
            known += isDecoded ? 1 : 0;
            string? difference = isDecoded != isExpected ? $"decoded: {isDecoded}" : isDecoded ? Compare(access, Line().Match(line)) : null;
            if (difference is not null)
            {
                differences.Add($"{word:x8} '{line}': {difference}");
            }
        }

        Assert.Empty(differences.Take(20));
        Assert.InRange(known, words.Length / 10, words.Length);
    }

    [Theory]
    [InlineData(0xd503201fu)]                           // nop
    [InlineData(0xd4000002u)]                           // hvc #0
    [InlineData(0x8b020020u)]                           // add x0, x1, x2
    [InlineData(0xd5380402u)]                           // mrs x2, id_aa64pfr0_el1
    [InlineData(0xd50b7e21u)]                           // dc civac, x1
    [InlineData(0x4e221c20u)]                           // and v0.16b, v1.16b, v2.16b
    [InlineData(0x00000000u)]                           // udf
    public void What_loads_and_stores_nothing_is_not_decoded(uint word) => Assert.False(Decode(word, out _));

    [Fact]
    public void Dc_zva_is_a_block_at_its_register()
    {
        Assert.True(Decode(0xd50b7425, out LoadStore access));
        Assert.Equal((LoadStoreKind.ZeroBlock, 5u, false), (access.Kind, access.Base, access.IsLoad));
    }

    private static unsafe bool Decode(uint word, out LoadStore access)
    {
        fixed (LoadStore* place = &access)
        {
            return LoadStoreDecoder.Decode(word, place);
        }
    }

    // Names of A64 that the decoder is to know.
    private static bool IsKnown(string name) => KnownName().IsMatch(name);

    private static string? Compare(LoadStore access, Match line)
    {
        string name = line.Groups["name"].Value;
        string[] registers = [.. RegisterName().Matches(line.Groups["registers"].Value).Select(match => match.Value)];
        bool isAtomic = name.StartsWith("cas", StringComparison.Ordinal) || name.StartsWith("swp", StringComparison.Ordinal) || AtomicName().IsMatch(name);
        bool isStore = name.StartsWith("st", StringComparison.Ordinal) && !isAtomic;
        List<(string What, object Expected, object Actual)> checks =
        [
            ("write-back", line.Groups["pre"].Success || line.Groups["post"].Success, access.WritesBack),
            ("post-index", line.Groups["post"].Success, access.IsPostIndexed),
        ];
        if (!name.StartsWith("cas", StringComparison.Ordinal))
        {
            checks.Add(("load", !isStore, access.IsLoad));
        }

        if (line.Groups["label"].Success)
        {
            checks.Add(("base", LoadStore.ProgramCounter, access.Base));
        }
        else
        {
            checks.Add(("base", Number(line.Groups["base"].Value), access.Base));
            Offset(access, line, checks);
        }

        if (StructureName().Match(name) is { Success: true } structure)
        {
            Structure(access, line, structure, checks);
        }
        else
        {
            Registers(access, name, registers, isAtomic, checks);
        }

        return checks.Where(check => !Equals(check.Expected, check.Actual))
            .Select(check => $"{check.What} is {check.Actual}, not {check.Expected}").FirstOrDefault();
    }

    private static void Offset(LoadStore access, Match line, List<(string What, object Expected, object Actual)> checks)
    {
        string offset = line.Groups["post"].Success ? line.Groups["post"].Value : line.Groups["offset"].Value;
        Match indexed = IndexRegister().Match(offset);
        if (access.IsAuthenticated)
        {
            return;                                     // the fault says where the access was
        }

        checks.Add(("offset register", indexed.Success ? Number(indexed.Groups[1].Value) : LoadStore.NoRegister, access.OffsetRegister));
        if (indexed.Success)
        {
            bool isExtended = indexed.Groups[2].Success;
            int shift = indexed.Groups[3].Success ? int.Parse(indexed.Groups[3].Value, CultureInfo.InvariantCulture) : 0;
            uint extension = !isExtended ? 3u : indexed.Groups[2].Value switch { "uxtw" => 2, "lsl" => 3, "sxtw" => 6, _ => 7 };
            checks.Add(("extension", extension, access.Extension));
            checks.Add(("shift", shift, access.Shift));
        }
        else
        {
            long expected = offset.Length == 0 ? 0 : long.Parse(offset.TrimStart('#'), CultureInfo.InvariantCulture);
            checks.Add(("offset", expected, access.Offset));
        }
    }

    private static void Structure(LoadStore access, Match line, Match structure, List<(string What, object Expected, object Actual)> checks)
    {
        string[] vectors = [.. VectorName().Matches(line.Groups["registers"].Value).Select(match => match.Groups[2].Value)];
        uint alternating = uint.Parse(structure.Groups[1].Value, CultureInfo.InvariantCulture);
        string arrangement = vectors[0];
        bool isLane = line.Groups["lane"].Success;
        bool isReplicate = structure.Groups[2].Success;
        checks.Add(("kind", isLane ? LoadStoreKind.Lane : isReplicate ? LoadStoreKind.Replicate : LoadStoreKind.Structures, access.Kind));
        checks.Add(("elements", alternating, access.Elements));
        checks.Add(("size", SizeOf(arrangement[^1]), access.Size));
        checks.Add(("target", Number(VectorName().Match(line.Groups["registers"].Value).Groups[1].Value), access.Target));
        if (isLane)
        {
            checks.Add(("lane", uint.Parse(line.Groups["lane"].Value, CultureInfo.InvariantCulture), access.Lane));
            return;
        }

        int count = int.Parse(arrangement[..^1], CultureInfo.InvariantCulture);
        checks.Add(("quad", count << SizeOf(arrangement[^1]) == 16, access.IsQuad));
        checks.Add(("repeats", alternating == 1 && !isReplicate ? (uint)vectors.Length : 1u, access.Repeats));
    }

    private static void Registers(LoadStore access, string name, string[] registers, bool isAtomic, List<(string What, object Expected, object Actual)> checks)
    {
        bool isPair = name.Contains('p', StringComparison.Ordinal) && PairName().IsMatch(name);
        bool isExclusive = name.Contains('x', StringComparison.Ordinal);
        bool isExclusiveStore = isExclusive && name.StartsWith("st", StringComparison.Ordinal);
        string last = registers[^1];
        char kind = last[0];
        bool isSigned = SignedName().Match(name) is { Success: true };
        char suffix = name[^1];
        bool isNarrow = suffix is 'b' or 'h' && kind is 'w' or 'x' && name != "ldrab";
        int size = isNarrow ? SizeOf(suffix) : isSigned && suffix == 'w' ? 2 : SizeOf(kind);
        checks.Add(("size", size, access.Size));
        checks.Add(("signed", isSigned, access.IsSigned));
        if (isSigned)
        {
            checks.Add(("wide", kind == 'x', access.IsWide));
        }

        bool isVector = kind is not ('w' or 'x');
        LoadStoreKind expected = name.StartsWith("casp", StringComparison.Ordinal) ? LoadStoreKind.CompareAndSwapPair
            : name.StartsWith("cas", StringComparison.Ordinal) ? LoadStoreKind.CompareAndSwap
            : isAtomic ? LoadStoreKind.Atomic
            : isExclusiveStore ? LoadStoreKind.StoreExclusive
            : isExclusive ? LoadStoreKind.LoadExclusive
            : isVector ? (isPair ? LoadStoreKind.VectorPair : LoadStoreKind.Vector)
            : isPair ? LoadStoreKind.Pair : LoadStoreKind.Single;
        checks.Add(("kind", expected, access.Kind));
        if (isAtomic)
        {
            bool hasNoTarget = name.StartsWith("st", StringComparison.Ordinal);
            bool isCasp = name.StartsWith("casp", StringComparison.Ordinal);
            checks.Add(("operand", Number(registers[0]), access.Operand));
            checks.Add(("target", hasNoTarget ? 31u : Number(registers[isCasp ? 2 : 1]), access.Target));
            return;
        }

        int first = isExclusiveStore ? 1 : 0;
        if (isExclusiveStore)
        {
            checks.Add(("operand", Number(registers[0]), access.Operand));
        }

        checks.Add(("target", Number(registers[first]), access.Target));
        if (isPair)
        {
            checks.Add(("second", Number(registers[first + 1]), access.Second));
        }

        if (isExclusive)
        {
            checks.Add(("pair", isPair, access.IsPair));
        }

        checks.Add(("unprivileged", name.StartsWith("ldt", StringComparison.Ordinal) || name.StartsWith("stt", StringComparison.Ordinal), access.IsUnprivileged));
    }

    private static int SizeOf(char kind) => kind switch { 'b' => 0, 'h' => 1, 's' or 'w' => 2, 'd' or 'x' => 3, _ => 4 };

    private static uint Number(string register) => register is "sp" or "xzr" or "wzr" ? 31 : uint.Parse(register[1..], CultureInfo.InvariantCulture);

    private static string[] ByLlvm(IEnumerable<uint> words)
    {
        string directory = Directory.CreateTempSubdirectory("nestor-decoder").FullName;
        try
        {
            string source = Path.Combine(directory, "words.s");
            File.WriteAllLines(source, words.Select(word => $".inst 0x{word:x8}"));
            Toolchain.Run(ToolFinder.Require("llvm-mc"), "-triple=aarch64", "-filetype=obj", "-o", source + ".o", source);
            string listing = Toolchain.Run(
                ToolFinder.Require("llvm-objdump"), "-d", "--no-show-raw-insn", "--mattr=+v8.7a,+mte,+ls64", source + ".o");
            return [.. Instruction().Matches(listing).Select(match => Remark().Replace(Spaces().Replace(match.Groups[1].Value, " "), "").Trim())];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [GeneratedRegex(@"^ *[0-9a-f]+:\s+(.*)$", RegexOptions.Multiline)]
    private static partial Regex Instruction();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@" ?(<(?!unknown)[^>]*>|//.*)")]
    private static partial Regex Remark();

    [GeneratedRegex(@"^(?<name>[a-z0-9]+) (?<registers>\{[^}]*\}|[^\[{]*?)(\[(?<lane>\d+)\])?,? ?(\[(?<base>x\d+|sp)(, (?<offset>[^\]]*))?\](?<pre>!)?(, (?<post>.+))?|(?<label>-?0x[0-9a-f]+|#-?\d+))$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^((ld|st)(r|ur|tr)(|b|h|s[bhw])|ldrs[bhw]|ldurs[bhw]|ldtrs[bhw]|ldra[ab]|(ldar|ldlar|stlr|stllr|ldapr|ldapur|stlur)(|b|h)|ldapurs[bhw]|(ld|st)n?p|ldpsw|(ld|lda)xr(|b|h)|(st|stl)xr(|b|h)|(ld|lda|st|stl)xp|(ld|st)(add|clr|eor|set|smax|smin|umax|umin)(|a|l|al)(|b|h)|swp(|a|l|al)(|b|h)|casp?(|a|l|al)(|b|h)|ld[1-4]r?|st[1-4])$")]
    private static partial Regex KnownName();

    [GeneratedRegex(@"^(ld|st)(add|clr|eor|set|smax|smin|umax|umin)(|a|l|al)(|b|h)$")]
    private static partial Regex AtomicName();

    [GeneratedRegex(@"^(?:ld|st)([1-4])(r)?$")]
    private static partial Regex StructureName();

    [GeneratedRegex(@"^((ld|st)n?p|ldpsw|(ld|lda|st|stl)xp)$")]
    private static partial Regex PairName();

    [GeneratedRegex(@"(^ld(r|ur|tr|apur)s[bhw]$)|^ldpsw$")]
    private static partial Regex SignedName();

    [GeneratedRegex(@"\b([wxbhsdq]\d+|wzr|xzr|wsp|sp)\b")]
    private static partial Regex RegisterName();

    [GeneratedRegex(@"(v\d+)\.(\d*[bhsd])")]
    private static partial Regex VectorName();

    [GeneratedRegex(@"^([wx]\d+|xzr|wzr)(?:, (uxtw|sxtw|sxtx|lsl)(?: #(\d+))?)?$")]
    private static partial Regex IndexRegister();
}
