// IL in, bare-metal image out: ilc, leaf inlining, assembler, linker, gates. The kernel and the test payloads are both
// built by it; only the gates of the kernel are strict.

namespace Nestor.Tools.Build;

/// <summary>Builds one image.</summary>
public static class ImageBuilder
{
    /// <summary>The instructions that the disassembler is to know; one that it does not know fails the build.</summary>
    private const string Instructions = "+v9.3a,+el3,+sme,+mte";

    /// <summary>Functions that may touch vector registers: the switch of a vCPU's vector state.</summary>
    private static bool MayUseVectors(string function) => function.StartsWith("vector_state_", StringComparison.Ordinal);

    /// <summary>Writes NAME.elf and the flat NAME into the output folder.</summary>
    /// <exception cref="BuildException">A tool or a gate refused.</exception>
    public static void Build(ImageSpecification image)
    {
        string work = Path.Combine(image.Output, "obj", image.Name);
        Directory.CreateDirectory(work);
        List<string> objects = [Compile(image, work)];
        var assembled = new List<string>();
        foreach (string source in image.Assembly)
        {
            string target = Path.Combine(work, Path.GetFileNameWithoutExtension(source) + ".o");
            Toolchain.Run("llvm-mc", "-triple=aarch64-none-elf", "-mattr=+v8.5a,+sve,+sme,+nv", "-g", "-filetype=obj", "-o", target, source);
            assembled.Add(target);
        }

        LeafPatcher.Patch(objects[0], assembled);
        Gates.AssemblyWithinLimit(image.Assembly.Where(source => !source.Contains("/Generated/", StringComparison.Ordinal)));
        if (image.Embed != null)
        {
            objects.Add(Embed(image.Embed, ".rodata.embedded", "nestor_embedded", work));
        }

        string elf = Path.Combine(image.Output, image.Name + ".elf");
        objects.InsertRange(0, assembled);
        if (image.Sources == null)
        {
            Link(image, work, elf, objects);
        }
        else
        {
            LinkWithSymbols(image, image.Sources, work, elf, objects);
        }

        Gates.NoWritableCode(new ElfObject(File.ReadAllBytes(elf), elf));
        Gates.NoVectorInstructions(Disassemble(elf), MayUseVectors);
        Toolchain.Run("llvm-objcopy", "-O", "binary", elf, Path.Combine(image.Output, image.Name));
    }

    /// <summary>The instructions of an ELF file, for <see cref="Gates.NoVectorInstructions"/>.</summary>
    public static IReadOnlyList<string> Disassemble(string elf) =>
        Toolchain.Run("llvm-objdump", "-d", "--no-show-raw-insn", "--mattr=" + Instructions, elf).Split('\n');

    private static void Link(ImageSpecification image, string work, string elf, IEnumerable<string> objects)
    {
        (int status, string output, string errors) = Toolchain.TryRun(
            "ld.lld",
            ["-static", "-nostdlib", "--gc-sections", "-z", "max-page-size=4096", "--build-id=none", "-Map", Path.Combine(work, "map"), "-T", image.LinkerScript, "-o", elf, .. objects]);
        Gates.NoAllocation(output + errors);
        if (status != 0)
        {
            throw new BuildException($"ld.lld failed:\n{errors}");
        }
    }

    /// <summary>The table is about the linked image and a part of it: so link without, make it, and link again.</summary>
    private static void LinkWithSymbols(ImageSpecification image, string sources, string work, string elf, List<string> objects)
    {
        string table = Path.Combine(work, "symbols");
        File.WriteAllBytes(table, []);
        Link(image, work, elf, [.. objects, Embed(table, ".symbols", "nestor_symbols", work)]);
        var first = new ElfObject(File.ReadAllBytes(elf), elf);
        File.WriteAllBytes(table, SymbolTable.Make(first, DebugInformation.Read(elf), [.. image.Assemblies.Select(a => Path.GetFileNameWithoutExtension(a)!)], sources));
        Link(image, work, elf, [.. objects, Embed(table, ".symbols", "nestor_symbols", work)]);
        if (!SymbolTable.Functions(first).SequenceEqual(SymbolTable.Functions(new ElfObject(File.ReadAllBytes(elf), elf))))
        {
            throw new BuildException($"{image.LinkerScript}: the section .symbols moves code: it must come behind it");
        }
    }

    private static string Compile(ImageSpecification image, string work)
    {
        string target = Path.Combine(work, "code.o");
        List<string> arguments =
        [
            image.Assemblies[0], .. image.Assemblies.Skip(1), "-o", target, "--systemmodule", Path.GetFileNameWithoutExtension(image.Assemblies[^1]),
            "--targetos", "linux", "--targetarch", "arm64", "-O", "-g", "--nativelib", "--noinlinetls", "--instruction-set", "lse", "--directpinvoke", "*", "--verbose",
        ];
        if (image.Order != null)
        {
            string order = Path.Combine(work, "order");
            File.WriteAllLines(order, image.Order.Symbols);
            arguments.AddRange(["--method-layout", "Explicit", "--order", order]);
        }

        string output = Toolchain.Run(Toolchain.Ilc(), arguments);
        File.WriteAllText(Path.Combine(work, "ilc.log"), output);
        Gates.AllStaticsPreinitialised(output);
        image.Order?.Check(new ElfObject(File.ReadAllBytes(target), target));
        return target;
    }

    private static string Embed(string file, string section, string symbol, string work)
    {
        string source = Path.Combine(work, symbol + ".S");
        File.WriteAllText(source, $"""
                    .section {section}, "a"
                    .balign 4096
                    .global {symbol}, {symbol}_end
            {symbol}:
                    .incbin "{file}"
            {symbol}_end:

            """);
        string target = Path.Combine(work, symbol + ".o");
        Toolchain.Run("llvm-mc", "-triple=aarch64-none-elf", "-filetype=obj", "-o", target, source);
        return target;
    }
}
