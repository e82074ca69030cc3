// What the trace that is always on costs a trap, read off the image: the instructions of the dispatcher's line that adds a record,
// straight-line code, and the read of the time in the vector.
using Nestor.Tools.Build;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>Counts the instructions of tracing.</summary>
public static class TraceCost
{
    private const string Dispatcher = "nestor_trap";
    private const string Vectors = "vectors";
    private const string Addition = "TraceRing.Add(";
    private const int FromLowerLevel = 0x400;
    private const int VectorSize = 0x80;
    private const uint ReadTime = 0xd53b_e024;          // mrs x4, cntpct_el0

    /// <summary>Instructions of a synchronous exception for its record and its counter.</summary>
    /// <param name="path">out/nestor.elf.</param>
    /// <exception cref="BuildException">The image has no such code any more.</exception>
    public static int Instructions(string path)
    {
        ElfObject elf = new(File.ReadAllBytes(path), path);
        SortedDictionary<ulong, string> functions = SymbolTable.Functions(elf);
        (ulong start, ulong end) = Bounds(functions, Address(elf, Dispatcher));
        KeyValuePair<ulong, (string File, int Line)>[] lines = [.. DebugInformation.Read(path).Lines.Where(line => line.Key >= start && line.Key < end)];
        ulong bytes = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            if (Source(lines[i].Value).Contains(Addition, StringComparison.Ordinal))
            {
                bytes += (i + 1 < lines.Length ? lines[i + 1].Key : end) - lines[i].Key;
            }
        }

        ElfObject.Section text = elf.Sections.Single(section => section.Name == ".text");
        int vector = text.Offset + (int)(Address(elf, Vectors) - text.Address) + FromLowerLevel;
        bool readsTime = Enumerable.Range(0, VectorSize / 4).Any(i => elf.U32(vector + (4 * i)) == ReadTime);
        return bytes != 0 && readsTime ? (int)(bytes / 4) + 1 : throw new BuildException($"{path}: {Dispatcher} adds nothing to the trace");
    }

    private static ulong Address(ElfObject elf, string name) => elf.Symbols.First(symbol => symbol.Name == name).Value;

    private static (ulong Start, ulong End) Bounds(SortedDictionary<ulong, string> functions, ulong start) =>
        (start, functions.Keys.First(address => address > start));

    private static string Source((string File, int Line) place) =>
        place.Line > 0 && File.Exists(place.File) ? File.ReadLines(place.File).ElementAtOrDefault(place.Line - 1) ?? "" : "";
}
