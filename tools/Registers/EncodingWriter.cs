// The encodings by name, for the test guest, which makes its instructions at run time.

using System.Text;

namespace Nestor.Tools.Registers;

internal static class EncodingWriter
{
    public static string Constants(IReadOnlyList<RegisterRow> rows)
    {
        var text = new StringBuilder("""
            namespace Nestor.Payloads;

            /// <summary>op0:op1:CRn:CRm:op2 of each register, 16 bits, as MRS and MSR hold them.</summary>
            internal static class Encoding
            {

            """);
        foreach (RegisterRow row in rows)
        {
            text.Append($"    public const uint {row.Name} = 0x{row.Encoding:x4};\n");
            if (row.Alias != null)
            {
                text.Append($"    public const uint {row.Name[..^1]}{row.Alias} = 0x{row.AliasEncoding:x4};\n");
            }
        }

        return text.Append("}\n").ToString();
    }
}
