// A system register access in C# compiles to a call of a one-instruction assembly leaf. This puts the leaf's instruction
// in place of each such call, so that the access costs one instruction and no branch. Tail calls stay calls.

namespace Nestor.Tools.Build;

/// <summary>Inlines leaves into an object file.</summary>
public static class LeafPatcher
{
    private const uint Call26 = 283;
    private const uint None = 0;

    // Also no symbol: one that is named keeps the unused leaf in the image.
    private const uint NoSymbol = 0;
    private const uint BranchMask = 0xfc000000;
    private const uint BranchWithLink = 0x94000000;
    private const uint Return = 0xd65f03c0;

    /// <summary>Patches the calls in <paramref name="objectFile"/>; the leaves are the two-word functions of <paramref name="leafFiles"/>.</summary>
    /// <returns>How many calls became one instruction.</returns>
    public static int Patch(string objectFile, IEnumerable<string> leafFiles)
    {
        Dictionary<string, uint> leaves = [];
        foreach (string file in leafFiles)
        {
            Collect(new ElfObject(File.ReadAllBytes(file), file), leaves);
        }

        var code = new ElfObject(File.ReadAllBytes(objectFile), objectFile);
        int count = 0;
        foreach (ElfObject.Relocation relocation in code.Relocations())
        {
            // A tail call is a B with the relocation of a BL: it must stay, for the return is the leaf's.
            int at = relocation.Target.Offset + (int)relocation.Offset;
            if (relocation.Type == Call26 && (code.U32(at) & BranchMask) == BranchWithLink && leaves.TryGetValue(code.Symbols[relocation.Symbol].Name, out uint instruction))
            {
                code.Put32(at, instruction);
                code.Put32(relocation.FileOffset + 8, None);
                code.Put32(relocation.FileOffset + 12, NoSymbol);
                count++;
            }
        }

        File.WriteAllBytes(objectFile, code.Bytes);
        return count;
    }

    private static void Collect(ElfObject leafObject, Dictionary<string, uint> leaves)
    {
        foreach (ElfObject.Symbol symbol in leafObject.Symbols)
        {
            if (symbol.Section is 0 or >= 0xff00 || !leafObject.Sections[symbol.Section].Name.StartsWith(".text.leaf.", StringComparison.Ordinal) || symbol.Name.Length == 0)
            {
                continue;
            }

            ElfObject.Section section = leafObject.Sections[symbol.Section];
            if (section.Size == 8 && leafObject.U32(section.Offset + 4) == Return)
            {
                leaves[symbol.Name] = leafObject.U32(section.Offset);
            }
        }
    }
}
