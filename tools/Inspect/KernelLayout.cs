// Where the fields of the kernel's structures and its statics are, from the image's own debug information: whoever looks into
// a machine's memory from outside needs no second description of them.

using System.Globalization;
using System.Text.RegularExpressions;
using Nestor.Tools.Build;

namespace Nestor.Tools.Inspect;

/// <summary>Structures and statics of a linked image.</summary>
public sealed partial class KernelLayout
{
    private const string Prefix = "kernel_Nestor_Kernel_";

    private readonly Dictionary<string, int> _sizes = [];
    private readonly Dictionary<(string Type, string Field), int> _offsets = [];
    private readonly Dictionary<(string Type, string Field), ulong> _statics = [];

    private KernelLayout()
    {
    }

    /// <summary>Reads an ELF file.</summary>
    /// <exception cref="BuildException">llvm-dwarfdump fails or is missing.</exception>
    public static KernelLayout Read(string elf) => Parse(Toolchain.Run("llvm-dwarfdump", "--debug-info", elf).Split('\n'));

    /// <summary>Reads the text of llvm-dwarfdump --debug-info.</summary>
    public static KernelLayout Parse(IEnumerable<string> dump)
    {
        KernelLayout layout = new();
        Dictionary<string, (string Type, string Field)> members = [];
        string? tag = null, type = null, name = null, entry = null;
        (string Type, string Field) variable = default;
        foreach (string line in dump)
        {
            if (Entry().Match(line) is { Success: true } start)
            {
                (entry, tag, name, variable) = (start.Groups[1].Value, start.Groups[2].Value, null, default);
                type = tag == "class_type" ? null : type;
            }
            else if (Attribute().Match(line) is not { Success: true } attribute)
            {
                continue;
            }
            else
            {
                string value = attribute.Groups[2].Value;
                switch (tag, attribute.Groups[1].Value)
                {
                    case ("class_type", "name"):
                        type = value.Trim('"');
                        type = type.StartsWith(Prefix, StringComparison.Ordinal) ? type[Prefix.Length..] : null;
                        break;
                    case ("class_type", "byte_size") when type is not null:
                        layout._sizes[type] = (int)Hexadecimal(value);
                        break;
                    case ("member", "name") when type is not null:
                        name = value.Trim('"');
                        members[entry!] = (type, name);
                        break;
                    case ("member", "data_member_location") when type is not null && name is not null:
                        layout._offsets[(type, name)] = (int)Hexadecimal(value);
                        break;
                    case ("variable", "specification"):
                        members.TryGetValue(value.Split(' ')[0], out variable);
                        break;
                    case ("variable", "location") when variable.Field is not null && Address().Match(value) is { Success: true } address:
                        layout._statics[variable] = Hexadecimal(address.Groups[1].Value) + (address.Groups[2].Success ? Hexadecimal(address.Groups[2].Value) : 0);
                        break;
                }
            }
        }

        return layout;
    }

    /// <summary>Bytes of a structure.</summary>
    /// <exception cref="InspectionException">The image has no such structure.</exception>
    public int Size(string type) => _sizes.TryGetValue(type, out int size) ? size : throw Missing(type);

    /// <summary>Bytes in front of a field.</summary>
    /// <exception cref="InspectionException">The image has no such field.</exception>
    public int Offset(string type, string field) => _offsets.TryGetValue((type, field), out int offset) ? offset : throw Missing($"{type}.{field}");

    /// <summary>The address of a static.</summary>
    /// <exception cref="InspectionException">The image has no such static.</exception>
    public ulong Static(string type, string field) => _statics.TryGetValue((type, field), out ulong address) ? address : throw Missing($"{type}.{field}");

    private static InspectionException Missing(string what) => new($"the image's debug information does not say where {what} is");

    private static ulong Hexadecimal(string digits) => ulong.Parse(digits.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(0x[0-9a-f]+): +DW_TAG_(\w+)")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^ +DW_AT_(\w+)\t\((.*)\)$")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^DW_OP_addr (0x[0-9a-f]+)(?:, DW_OP_plus_uconst (0x[0-9a-f]+))?$")]
    private static partial Regex Address();
}
