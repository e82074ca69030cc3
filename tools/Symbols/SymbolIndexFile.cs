// A guest's symbols for Nestor's monitor, as kernel/Debug/SymbolIndex.cs reads them:
//   64 bits: magic, count, anchor; the addresses, ascending, 64 bits each; where each name ends, 32 bits each; the names
// The anchor is the linked address of a Linux kernel's vectors, by which Nestor finds where the kernel is; 0 for what does not move.
using System.Security.Cryptography;
using System.Text;
using Nestor.Tools.Build;
using Nestor.Tools.Support;

namespace Nestor.Tools.Symbols;

public static class SymbolIndexFile
{
    private const ulong Magic = 0x3159_5352_4f54_534e;  // NSTORSY1
    private const int FunctionType = 2;
    private const int ObjectType = 1;
    private const int NoType = 0;

    /// <summary>Writes the index of a program's symbols under out/, by its contents: it may be there already, and in use.</summary>
    /// <param name="program">An arm64 Linux Image, or an ELF file with symbols.</param>
    /// <returns>The path.</returns>
    public static string Make(string program)
    {
        byte[] index = Build(Read(program));
        string path = RepositoryRoot.Out("symbols", Convert.ToHexStringLower(SHA256.HashData(index))[..16]);
        if (File.Exists(path))
        {
            return path;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            string part = path + "." + Guid.NewGuid().ToString("n");
            File.WriteAllBytes(part, index);
            File.Move(part, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A checkout that is read only. The file is needed as long as this program runs.
            ScratchDirectory scratch = ScratchDirectory.Create("nestor-symbols-");
            AppDomain.CurrentDomain.ProcessExit += (_, _) => scratch.Dispose();
            File.WriteAllBytes(scratch.File("symbols"), index);
            return scratch.File("symbols");
        }
    }

    /// <summary>The index of symbols.</summary>
    public static byte[] Build(IReadOnlyList<KernelSymbol> symbols)
    {
        // The last of several at one address is the one that is shown: code rather than data, for everybody rather than for one file, the shorter.
        KernelSymbol[] sorted = [.. symbols.Where(symbol => symbol.Name.Length > 0)
            .OrderBy(symbol => symbol.Address)
            .ThenBy(symbol => char.ToUpperInvariant(symbol.Kind) is 'T' or 'W')
            .ThenBy(symbol => char.IsUpper(symbol.Kind))
            .ThenByDescending(symbol => symbol.Name.Length)];
        bool isLinux = sorted.Any(symbol => symbol.Name == "swapper_pg_dir");
        using MemoryStream index = new();
        using BinaryWriter writer = new(index);
        writer.Write(Magic);
        writer.Write((ulong)sorted.Length);
        writer.Write(isLinux ? sorted.FirstOrDefault(symbol => symbol.Name == "vectors")?.Address ?? 0 : 0);
        foreach (KernelSymbol symbol in sorted)
        {
            writer.Write(symbol.Address);
        }

        byte[][] names = [.. sorted.Select(symbol => Encoding.UTF8.GetBytes(symbol.Name))];
        uint end = 0;
        foreach (byte[] name in names)
        {
            writer.Write(end += (uint)name.Length);
        }

        foreach (byte[] name in names)
        {
            writer.Write(name);
        }

        writer.Flush();
        return index.ToArray();
    }

    private static IReadOnlyList<KernelSymbol> Read(string program)
    {
        if (!File.Exists(program))
        {
            throw new UsageException($"{program} does not exist");
        }

        using (FileStream file = File.OpenRead(program))
        {
            byte[] magic = new byte[4];
            if (file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.SequenceEqual("\u007fELF"u8.ToArray()))
            {
                return new KernelImage(program).Symbols;
            }
        }

        ElfObject elf = new(File.ReadAllBytes(program), program);
        List<KernelSymbol> symbols = [.. elf.Symbols
            .Where(symbol => (symbol.Info & 15) is FunctionType or ObjectType or NoType && symbol.Section > 0 && symbol.Section < elf.Sections.Count)
            .Where(symbol => symbol.Name.Length > 0 && symbol.Name[0] != '$')
            .Select(symbol => new KernelSymbol(symbol.Value, Kind(elf.Sections[symbol.Section].IsCode, symbol.Info >> 4 == 1), symbol.Name))];
        if (symbols.Count == 0)
        {
            throw new UsageException($"{program} has no symbols");
        }

        symbols.Add(new KernelSymbol(elf.Sections.Where(section => section.Address != 0).Max(section => section.Address + (ulong)section.Size), 'd', "end"));
        return symbols;
    }

    private static char Kind(bool isCode, bool isGlobal) => (isCode, isGlobal) switch
    {
        (true, true) => 'T',
        (true, false) => 't',
        (false, true) => 'D',
        _ => 'd',
    };
}
