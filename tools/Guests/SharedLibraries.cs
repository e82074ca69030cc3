// The libraries that a program for arm64 needs, found as its dynamic linker would find them, but without running it.
using System.Buffers.Binary;
using System.Text;
using Nestor.Tools.Build;
using Nestor.Tools.Support;

namespace Nestor.Tools.Guests;

public static class SharedLibraries
{
    private const uint DynamicType = 6;
    private const int EntrySize = 16;
    private const ulong TagNeeded = 1;

    /// <summary>The libraries that a program needs, and those that they need: names and where the files are.</summary>
    /// <param name="program">The program.</param>
    /// <param name="root">A directory that packages were unpacked into.</param>
    public static IReadOnlyDictionary<string, string> Closure(string program, string root)
    {
        Dictionary<string, string> all = [];
        foreach (string file in Directory.GetFiles(root, "*.so*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            all.TryAdd(Path.GetFileName(file), file);
        }

        SortedDictionary<string, string> found = new(StringComparer.Ordinal);
        Queue<string> files = new([program]);
        while (files.TryDequeue(out string? file))
        {
            foreach (string name in Needed(File.ReadAllBytes(file), file).Where(name => !found.ContainsKey(name)))
            {
                found[name] = all.TryGetValue(name, out string? library)
                    ? library
                    : throw new UsageException($"no package of {Path.GetFileName(program)} has {name}");
                files.Enqueue(library);
            }
        }

        return found;
    }

    /// <summary>The names in the dynamic section of an ELF file that say what else must be loaded (DT_NEEDED).</summary>
    public static IReadOnlyList<string> Needed(byte[] bytes, string name)
    {
        ElfObject elf = new(bytes, name);
        List<string> needed = [];
        foreach (ElfObject.Section dynamic in elf.Sections.Where(section => section.Type == DynamicType))
        {
            ReadOnlySpan<byte> strings = elf.Content(elf.Sections[dynamic.Link]);
            ReadOnlySpan<byte> entries = elf.Content(dynamic);
            for (int at = 0; at + EntrySize <= entries.Length; at += EntrySize)
            {
                if (BinaryPrimitives.ReadUInt64LittleEndian(entries[at..]) == TagNeeded)
                {
                    ReadOnlySpan<byte> text = strings[(int)BinaryPrimitives.ReadUInt64LittleEndian(entries[(at + 8)..])..];
                    needed.Add(Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)]));
                }
            }
        }

        return needed;
    }
}
