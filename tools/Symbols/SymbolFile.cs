// An ELF file of symbols and nothing else, for gdb: a section for each stretch of code and of data, without contents.
using System.Text;
using Nestor.Tools.Support;

namespace Nestor.Tools.Symbols;

public static class SymbolFile
{
    private const ushort Executable = 2;
    private const ushort MachineAArch64 = 183;
    private const int HeaderSize = 64;
    private const int SymbolSize = 24;
    private const uint Contents = 1;
    private const uint SymbolTable = 2;
    private const uint StringTable = 3;
    private const uint NoContents = 8;
    private const ulong WritableData = 3;
    private const ulong Code = 6;
    private const byte GlobalFunction = 0x12;
    private const byte GlobalObject = 0x11;

    private sealed record Section(string Name, uint Type, ulong Flags, ulong Start, ulong End);

    /// <summary>Writes the symbols of a kernel.</summary>
    public static void Write(string path, KernelImage kernel)
    {
        IReadOnlyList<KernelSymbol> symbols = kernel.Symbols;
        List<Section> sections = Sections(symbols);
        byte[] strings = Strings(symbols, out uint[] places);
        using MemoryStream table = new();
        using (BinaryWriter writer = new(table, Encoding.ASCII, leaveOpen: true))
        {
            writer.Write(new byte[SymbolSize]);
            for (int i = 0; i < symbols.Count; i++)
            {
                int section = sections.FindIndex(one => symbols[i].Address >= one.Start && symbols[i].Address < one.End);
                if (section >= 0)
                {
                    writer.Write(places[i]);
                    writer.Write(char.ToUpperInvariant(symbols[i].Kind) is 'T' or 'W' ? GlobalFunction : GlobalObject);
                    writer.Write((byte)0);
                    writer.Write((ushort)(section + 1));
                    writer.Write(symbols[i].Address);
                    writer.Write(0UL);
                }
            }
        }

        try
        {
            using BinaryWriter file = new(File.Create(path));
            Write(file, sections, table.ToArray(), strings, FrameTable.Build(kernel));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be written: {e.Message}");
        }
    }

    // The kernel's own marks say where code is.
    private static List<Section> Sections(IReadOnlyList<KernelSymbol> symbols)
    {
        Dictionary<string, ulong> marks = [];
        foreach (KernelSymbol symbol in symbols)
        {
            marks.TryAdd(symbol.Name, symbol.Address);
        }

        ulong start = symbols[0].Address;
        ulong end = symbols[^1].Address + 1;
        ulong text = marks.GetValueOrDefault("_etext", end);
        ulong init = marks.GetValueOrDefault("__inittext_begin", end);
        ulong initEnd = marks.GetValueOrDefault("__inittext_end", init);
        Section[] all =
        [
            new(".text", NoContents, Code, start, text),
            new(".rodata", NoContents, WritableData, text, init),
            new(".init.text", NoContents, Code, init, initEnd),
            new(".data", NoContents, WritableData, initEnd, end),
        ];
        return [.. all.Where(static one => one.Start < one.End)];
    }

    private static byte[] Strings(IReadOnlyList<KernelSymbol> symbols, out uint[] places)
    {
        using MemoryStream text = new();
        text.WriteByte(0);
        places = new uint[symbols.Count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = (uint)text.Length;
            text.Write(Encoding.ASCII.GetBytes(symbols[i].Name + "\0"));
        }

        return text.ToArray();
    }

    private static void Write(BinaryWriter file, List<Section> sections, byte[] table, byte[] strings, byte[] frames)
    {
        string names = "\0.symtab\0.strtab\0.shstrtab\0.debug_frame\0" + string.Concat(sections.Select(static one => one.Name + "\0"));
        ulong tableAt = HeaderSize;
        ulong stringsAt = tableAt + (ulong)table.Length;
        ulong framesAt = stringsAt + (ulong)strings.Length;
        ulong namesAt = framesAt + (ulong)frames.Length;
        ulong headersAt = (namesAt + (ulong)names.Length + 7) & ~7UL;

        file.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        file.Write(Executable);
        file.Write(MachineAArch64);
        file.Write(1);
        file.Write(0UL);
        file.Write(0UL);
        file.Write(headersAt);
        file.Write(0);
        file.Write((ushort)HeaderSize);
        file.Write((ushort)56);
        file.Write((ushort)0);
        file.Write((ushort)HeaderSize);
        file.Write((ushort)(sections.Count + 5));
        file.Write((ushort)(sections.Count + 3));

        file.Write(table);
        file.Write(strings);
        file.Write(frames);
        file.Write(Encoding.ASCII.GetBytes(names));
        file.Write(new byte[headersAt - namesAt - (ulong)names.Length]);

        Header(file, 0, 0, 0, 0, 0, 0, 0, 0);
        foreach (Section one in sections)
        {
            Header(file, Place(names, one.Name), one.Type, one.Flags, one.Start, 0, one.End - one.Start, 0, 0);
        }

        uint stringsIndex = (uint)sections.Count + 2;
        Header(file, Place(names, ".symtab"), SymbolTable, 0, 0, tableAt, (ulong)table.Length, stringsIndex, SymbolSize);
        Header(file, Place(names, ".strtab"), StringTable, 0, 0, stringsAt, (ulong)strings.Length, 0, 0);
        Header(file, Place(names, ".shstrtab"), StringTable, 0, 0, namesAt, (ulong)names.Length, 0, 0);
        Header(file, Place(names, ".debug_frame"), Contents, 0, 0, framesAt, (ulong)frames.Length, 0, 0);
    }

    private static uint Place(string names, string name) => (uint)names.IndexOf($"\0{name}\0", StringComparison.Ordinal) + 1;

    private static void Header(BinaryWriter file, uint name, uint type, ulong flags, ulong address, ulong offset, ulong size, uint link, ulong entry)
    {
        file.Write(name);
        file.Write(type);
        file.Write(flags);
        file.Write(address);
        file.Write(offset);
        file.Write(size);
        file.Write(link);
        file.Write(type == SymbolTable ? 1u : 0);
        file.Write(8UL);
        file.Write(entry);
    }
}
