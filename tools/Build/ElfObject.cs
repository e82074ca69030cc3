// The little of ELF64 that the build needs: sections, symbols, relocations. (No ELF library is to be had.)

using System.Buffers.Binary;
using System.Text;

namespace Nestor.Tools.Build;

/// <summary>A view of an ELF64 little-endian file; changes go to <see cref="Bytes"/>.</summary>
public sealed class ElfObject
{
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const int RelocationSize = 24;
    private const uint SymbolTableType = 2;
    private const uint RelocationType = 4;
    private const uint NoBitsType = 8;

    /// <summary>Reads the file's headers.</summary>
    /// <exception cref="BuildException">It is not an ELF64 file.</exception>
    public ElfObject(byte[] bytes, string name)
    {
        Bytes = bytes;
        if (bytes.Length < 64 || bytes[0] != 0x7f || bytes[1] != 'E' || bytes[2] != 'L' || bytes[3] != 'F' || bytes[4] != 2)
        {
            throw new BuildException($"{name} is not an ELF64 file");
        }

        int table = (int)U64(0x28);
        int count = U16(0x3c);
        int names = U16(0x3e);
        for (int i = 0; i < count; i++)
        {
            int at = table + (i * SectionHeaderSize);
            Sections.Add(new Section(i, (int)U32(at), U32(at + 4), U64(at + 8), U64(at + 16), (int)U64(at + 24), (int)U64(at + 32), (int)U32(at + 40), (int)U32(at + 44)));
        }

        for (int i = 0; i < count; i++)
        {
            Sections[i] = Sections[i] with { Name = Text(Sections[names].Offset + Sections[i].NameOffset) };
        }

        foreach (Section table2 in Sections.Where(s => s.Type == SymbolTableType))
        {
            int strings = Sections[table2.Link].Offset;
            for (int at = table2.Offset; at < table2.Offset + table2.Size; at += SymbolSize)
            {
                Symbols.Add(new Symbol(Text(strings + (int)U32(at)), Bytes[at + 4], U16(at + 6), U64(at + 8), U64(at + 16)));
            }
        }
    }

    /// <summary>The file.</summary>
    public byte[] Bytes { get; }

    /// <summary>Its sections in order.</summary>
    public List<Section> Sections { get; } = [];

    /// <summary>Its symbols in order.</summary>
    public List<Symbol> Symbols { get; } = [];

    /// <summary>The bytes of a section.</summary>
    public ReadOnlySpan<byte> Content(Section section) =>
        section.Type == NoBitsType ? default : Bytes.AsSpan(section.Offset, section.Size);

    /// <summary>All relocations with addends, with the section they apply to.</summary>
    public IEnumerable<Relocation> Relocations()
    {
        foreach (Section section in Sections.Where(s => s.Type == RelocationType))
        {
            for (int at = section.Offset; at < section.Offset + section.Size; at += RelocationSize)
            {
                ulong info = U64(at + 8);
                yield return new Relocation(at, Sections[section.Info], U64(at), (uint)info, (int)(info >> 32));
            }
        }
    }

    /// <summary>Reads a 32-bit word of the file.</summary>
    public uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(at));

    /// <summary>Writes a 32-bit word of the file.</summary>
    public void Put32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(at), value);

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(at));

    private ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(at));

    private string Text(int at)
    {
        int end = Array.IndexOf(Bytes, (byte)0, at);
        return Encoding.UTF8.GetString(Bytes, at, end - at);
    }

    /// <summary>A section header.</summary>
    public sealed record Section(int Index, int NameOffset, uint Type, ulong Flags, ulong Address, int Offset, int Size, int Link, int Info)
    {
        /// <summary>Its name.</summary>
        public string Name { get; init; } = "";

        /// <summary>Whether it holds instructions.</summary>
        public bool IsCode => (Flags & 4) != 0;
    }

    /// <summary>A symbol.</summary>
    public sealed record Symbol(string Name, byte Info, int Section, ulong Value, ulong Size);

    /// <summary>A relocation: where it stands in the file, the section and offset that it changes, its type and symbol.</summary>
    public sealed record Relocation(int FileOffset, Section Target, ulong Offset, uint Type, int Symbol);
}
