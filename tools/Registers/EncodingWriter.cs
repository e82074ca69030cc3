// The encodings by name, and the rows as a list, for the test guest, which makes its instructions at run time.

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

    public static string Rows(IReadOnlyList<RegisterRow> rows)
    {
        var names = new StringBuilder();
        var starts = new List<ulong>();
        foreach (RegisterRow row in rows)
        {
            starts.Add((ulong)names.Length);
            names.Append(row.Name);
        }

        starts.Add((ulong)names.Length);
        return $$"""
            using System;

            namespace Nestor.Payloads;

            /// <summary>The rows of the register table, by number.</summary>
            internal static class TableRows
            {
                internal const uint Count = {{rows.Count}};

                internal static ReadOnlySpan<ushort> Encodings => [{{TableWriter.List(rows.Select(r => (ulong)r.Encoding))}}];

                /// <summary>1 for those of which a vCPU keeps a value.</summary>
                internal static ReadOnlySpan<byte> Stored => [{{TableWriter.List(rows.Select(r => r.HasStorage ? 1UL : 0))}}];

                /// <summary>1 for those that only EL2 has.</summary>
                internal static ReadOnlySpan<byte> OfEl2 => [{{TableWriter.List(rows.Select(r => r.Op1 is 4 or 6 ? 1UL : 0))}}];

                /// <summary>Bits that can be written.</summary>
                internal static ReadOnlySpan<ulong> Masks => [{{TableWriter.List(rows.Select(r => r.Mask))}}];

                private static ReadOnlySpan<ushort> NameStarts => [{{TableWriter.List(starts)}}];

                private static ReadOnlySpan<byte> Names => "{{names}}"u8;

                internal static ReadOnlySpan<byte> Name(uint row) => Names.Slice(NameStarts[(int)row], NameStarts[(int)row + 1] - NameStarts[(int)row]);
            }

            """;
    }
}
