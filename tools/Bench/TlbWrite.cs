// The instructions of Nestor's that QEMU answers by dropping its TLB, when the value is another one. QEMU ends a block of
// translated code behind each, so the instruction after it is always the first of a block, and its log can show it.
using System.Globalization;
using Nestor.Tools.Build;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>MSR of a register on which translation depends.</summary>
/// <param name="Register">Its name.</param>
/// <param name="Source">The number of the general register with the value.</param>
/// <param name="Mask">The bits that matter.</param>
public sealed record TlbWrite(string Register, int Source, ulong Mask)
{
    private const ulong Tag = 0xffffUL << 48;
    private const uint InstructionMask = 0xfff0_0000;
    private const uint Msr = 0xd510_0000;
    private const int ZeroRegister = 31;

    private static readonly Dictionary<string, ulong> s_masks = new()
    {
        ["HCR_EL2"] = ulong.MaxValue,
        ["VTTBR_EL2"] = Tag,
        ["SCTLR_EL1"] = ulong.MaxValue,
        ["TCR_EL1"] = ulong.MaxValue,
        ["TTBR0_EL1"] = Tag,
        ["TTBR1_EL1"] = Tag,
    };

    /// <summary>All of an image, by the address of the instruction behind.</summary>
    public static IReadOnlyDictionary<ulong, TlbWrite> Find(ElfObject image)
    {
        Dictionary<uint, string> registers = RegisterTable.Read(RepositoryRoot.Path)
            .Where(row => s_masks.ContainsKey(row.Name)).ToDictionary(row => row.Encoding & 0x7fff, row => row.Name);
        SortedDictionary<ulong, TlbWrite> found = [];
        foreach (ElfObject.Section section in image.Sections.Where(section => section.IsCode))
        {
            for (int at = 0; at + 4 <= section.Size; at += 4)
            {
                uint instruction = image.U32(section.Offset + at);
                if ((instruction & InstructionMask) == Msr && registers.TryGetValue(instruction >> 5 & 0x7fff, out string? name)
                    && (instruction & ZeroRegister) != ZeroRegister)
                {
                    found[section.Address + (ulong)at + 4] = new TlbWrite(name, (int)(instruction & ZeroRegister), s_masks[name]);
                }
            }
        }

        return found;
    }

    /// <summary>QEMU's arguments that log exceptions and what stands behind these writes.</summary>
    public static IReadOnlyList<string> LogArguments(IEnumerable<ulong> addresses) =>
        ["-d", "int,exec,cpu", "-dfilter", string.Join(',', addresses.Select(address => string.Create(CultureInfo.InvariantCulture, $"0x{address:x}+4")))];
}
