// Addresses of Nestor's in methods and lines, from the linked image.

using Nestor.Tools.Build;

namespace Nestor.Tools.Inspect;

/// <summary>Names of addresses.</summary>
public sealed class KernelSymbols
{
    private static readonly string[] s_assemblies = ["kernel", "hal", "corelib"];

    private readonly KeyValuePair<ulong, string>[] _functions;
    private readonly DebugInformation _debug;
    private readonly ulong _end;

    private KernelSymbols(ElfObject elf, DebugInformation debug)
    {
        _functions = [.. SymbolTable.Functions(elf)];
        _debug = debug;
        ElfObject.Section text = elf.Sections.Single(section => section.Name == ".text");
        _end = text.Address + (ulong)text.Size;
    }

    /// <summary>Reads an ELF file.</summary>
    /// <exception cref="BuildException">It is no ELF file, or llvm-dwarfdump fails.</exception>
    public static KernelSymbols Read(string elf) => new(new ElfObject(File.ReadAllBytes(elf), elf), DebugInformation.Read(elf));

    /// <summary>The method of an address and its line, or null when the address is not of Nestor's code.</summary>
    public string? Find(ulong address)
    {
        int index = Array.FindLastIndex(_functions, function => function.Key <= address);
        if (index < 0 || address >= _end)
        {
            return null;
        }

        (ulong start, string symbol) = _functions[index];
        MethodName method = MethodName.Parse(_debug.Methods.GetValueOrDefault(start, symbol), s_assemblies);
        string name = method.Type.Length == 0 ? method.Name : $"{method.Type}.{method.Name}";
        (string file, int line) = _debug.Lines.Where(row => row.Key >= start && row.Key <= address).Select(row => row.Value).LastOrDefault();
        return line == 0 ? name : $"{name} ({Path.GetFileName(file)}:{line})";
    }
}
