// The table from which a panic names the methods and lines of its back-trace. It is made from the linked image and put
// into the section .symbols behind everything else by a second link, which moves no code. Read by kernel/Panic/Symbols.cs.
//
// All numbers are unsigned LEB128; a text is its length and its bytes; a difference that may be negative is zigzag.
//   types: count, texts          files: count, texts          functions: count, then for each in order of address
//     (start - previous start) / 4, type + 1 (0: none), name, bytes of lines, and its lines in order of address
//       ((address - previous address) / 4) * 2 + (1: another file follows), [file], line - previous line

using System.Text;

namespace Nestor.Tools.Build;

/// <summary>Writes the symbol table of an image.</summary>
public static class SymbolTable
{
    private const byte NoType = 0, FunctionType = 2;

    /// <summary>The table of a linked image.</summary>
    /// <param name="elf">The linked file.</param>
    /// <param name="debug">Its debug information.</param>
    /// <param name="assemblies">Names of the IL assemblies in it.</param>
    /// <param name="root">Files below this directory are named from it.</param>
    public static byte[] Make(ElfObject elf, DebugInformation debug, IReadOnlyList<string> assemblies, string root)
    {
        SortedDictionary<ulong, string> functions = Functions(elf);
        ulong text = elf.Sections.Single(s => s.Name == ".text").Address;
        var types = new Names();
        var files = new Names();
        var body = new MemoryStream();
        Number(body, functions.Count);
        ulong previous = text;
        ulong[] starts = [.. functions.Keys];
        var lines = new Queue<KeyValuePair<ulong, (string File, int Line)>>(debug.Lines.SkipWhile(l => l.Key < text));
        for (int i = 0; i < starts.Length; i++)
        {
            ulong start = starts[i];
            ulong end = i + 1 < starts.Length ? starts[i + 1] : ulong.MaxValue;
            MethodName name = MethodName.Parse(debug.Methods.GetValueOrDefault(start, functions[start]), assemblies);
            Number(body, (start - previous) / 4);
            Number(body, name.Type.Length == 0 ? 0 : types.Index(name.Type) + 1);
            Put(body, Encoding.UTF8.GetBytes(name.Name));
            Put(body, Lines(lines, start, end, files, root));
            previous = start;
        }

        var table = new MemoryStream();
        types.WriteTo(table);
        files.WriteTo(table);
        body.WriteTo(table);
        return table.ToArray();
    }

    /// <summary>Where functions start, and a symbol of each. Two links of one image must agree on it.</summary>
    public static SortedDictionary<ulong, string> Functions(ElfObject elf)
    {
        var functions = new SortedDictionary<ulong, string>();
        foreach (ElfObject.Symbol symbol in elf.Symbols)
        {
            if ((symbol.Info & 0xf) is NoType or FunctionType && symbol.Section is > 0 and < 0xff00 && elf.Sections[symbol.Section] is { IsCode: true } section
                && symbol.Value < section.Address + (ulong)section.Size && symbol.Value % 4 == 0 && symbol.Name is not ("" or ['$', ..]))
            {
                functions.TryAdd(symbol.Value, symbol.Name);
            }
        }

        return functions;
    }

    private static byte[] Lines(Queue<KeyValuePair<ulong, (string File, int Line)>> lines, ulong start, ulong end, Names files, string root)
    {
        var rows = new MemoryStream();
        (ulong address, int file, int line) = (start, -1, 0);
        while (lines.TryPeek(out KeyValuePair<ulong, (string File, int Line)> next) && next.Key < end)
        {
            (ulong at, (string path, int newLine)) = lines.Dequeue();
            int newFile = files.Index(Relative(path, root));
            if (newFile == file && newLine == line)
            {
                continue;
            }

            Number(rows, ((at - address) / 4 * 2) + (newFile != file ? 1UL : 0));
            if (newFile != file)
            {
                Number(rows, newFile);
            }

            int difference = newLine - line;
            Number(rows, (uint)((difference << 1) ^ (difference >> 31)));
            (address, file, line) = (at, newFile, newLine);
        }

        return rows.ToArray();
    }

    private static string Relative(string path, string root)
    {
        string prefix = Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar;
        return path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : Path.IsPathRooted(path) ? Path.GetFileName(path) : path;
    }

    private static void Put(MemoryStream to, byte[] bytes)
    {
        Number(to, bytes.Length);
        to.Write(bytes);
    }

    private static void Number(MemoryStream to, int value) => Number(to, (ulong)value);

    private static void Number(MemoryStream to, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            to.WriteByte((byte)(value | 0x80));
        }

        to.WriteByte((byte)value);
    }

    /// <summary>Texts that are stored once and named by number.</summary>
    private sealed class Names
    {
        private readonly Dictionary<string, int> _indices = [];
        private readonly List<string> _texts = [];

        public int Index(string text)
        {
            if (!_indices.TryGetValue(text, out int index))
            {
                _indices[text] = index = _texts.Count;
                _texts.Add(text);
            }

            return index;
        }

        public void WriteTo(MemoryStream table)
        {
            Number(table, _texts.Count);
            foreach (string text in _texts)
            {
                Put(table, Encoding.UTF8.GetBytes(text));
            }
        }
    }
}
