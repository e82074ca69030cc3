// Writes the register enumeration and the read-only table that the kernel looks traps, ids and names up in.

using System.Text;
namespace Nestor.Tools.Registers;

internal static class TableWriter
{
    internal static string Names(IReadOnlyList<RegisterRow> rows)
    {
        var text = new StringBuilder("""
            namespace Nestor.Kernel;

            /// <summary>A row of the register table. The numbers are internal: outside, a register is its 64-bit id.</summary>
            public enum Register : ushort
            {

            """);
        foreach (RegisterRow row in rows)
        {
            text.Append($"    {row.Name},\n");
        }

        text.Append("    Count,\n}\n\n/// <summary>What a trapped access to a register does.</summary>\npublic enum SysRegTrap : byte\n{\n");
        foreach (string trap in Traps(rows))
        {
            text.Append($"    {TrapName(trap)},\n");
        }

        text.Append("}\n\n/// <summary>Who owns a register's value; see the head of the table.</summary>\npublic enum RegisterKind : byte\n{\n");
        foreach (string kind in Enum.GetNames<RegisterKind>())
        {
            text.Append($"    {kind},\n");
        }

        return text.Append("}\n").ToString();
    }

    internal static string Table(IReadOnlyList<RegisterRow> rows)
    {
        PerfectHash hash = PerfectHash.Of(
        [
            .. rows.Select((r, i) => (r.Encoding, (ushort)i)),
            .. rows.Select((r, i) => (r, i)).Where(p => p.r.Alias != null).Select(p => (p.r.AliasEncoding, (ushort)(p.i | 0x8000))),
        ]);
        IEnumerable<uint> keys = hash.Slots.Select(slot => slot == 0xffff ? 0 : (slot & 0x8000) != 0 ? rows[slot & 0x7fff].AliasEncoding : rows[slot].Encoding);
        var names = new StringBuilder();
        var starts = new List<int>();
        foreach (RegisterRow row in rows)
        {
            starts.Add(names.Length);
            names.Append(row.Name);
        }

        starts.Add(names.Length);
        string[] traps = [.. Traps(rows)];
        return $$"""
            using System;
            using System.Runtime.CompilerServices;

            namespace Nestor.Kernel;

            /// <summary>The register table as read-only data, indexed by <see cref="Register"/>.</summary>
            public static class RegisterTable
            {
                /// <summary>In what <see cref="Find"/> answers: the encoding is the _EL12 or _EL02 name.</summary>
                public const ushort AliasFlag = 0x8000;

                /// <summary>In what <see cref="Find"/> answers: no register.</summary>
                public const ushort Empty = 0xffff;

                private static ReadOnlySpan<ushort> Displacements => [{{List(hash.Displacements.Select(v => (ulong)v))}}];

                private static ReadOnlySpan<ushort> Slots => [{{List(hash.Slots.Select(v => (ulong)v))}}];

                private static ReadOnlySpan<ushort> Keys => [{{List(keys.Select(v => (ulong)v))}}];

                /// <summary>Finds a packed encoding (op0:op1:CRn:CRm:op2): the register, with AliasFlag when it is the alias; or Empty.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                public static uint Find(uint encoding)
                {
                    uint hash = encoding * 0x{{PerfectHash.Multiplier:x}};
                    int slot = (int)(((hash >> 8) ^ Displacements[(int)(hash >> 25)]) & {{hash.Slots.Count - 1}});
                    return Keys[slot] == encoding ? Slots[slot] : (uint)Empty;
                }

                public static ReadOnlySpan<ushort> Encodings => [{{List(rows.Select(r => (ulong)r.Encoding))}}];

                public static ReadOnlySpan<byte> Kinds => [{{List(rows.Select(r => (ulong)r.Kind))}}];

                public static ReadOnlySpan<short> Offsets => [{{string.Join(", ", BankWriter.Offsets(rows))}}];

                public static ReadOnlySpan<byte> Traps => [{{List(rows.Select(r => (ulong)Array.IndexOf(traps, r.Trap)))}}];

                public static ReadOnlySpan<byte> Shadowed => [{{List(rows.Select(r => r.Shadow == null ? 0UL : r.Converted ? 2UL : 1UL))}}];

                public static ReadOnlySpan<ulong> Resets => [{{List(rows.Select(r => r.Reset))}}];

                public static ReadOnlySpan<ulong> Masks => [{{List(rows.Select(r => r.Mask))}}];

                public static ReadOnlySpan<ushort> NameStarts => [{{List(starts.Select(v => (ulong)v))}}];

                public static ReadOnlySpan<byte> Names => "{{names}}"u8;
            }

            """;
    }

    private static IEnumerable<string> Traps(IReadOnlyList<RegisterRow> rows) =>
        rows.Select(r => r.Trap).Distinct().OrderBy(t => t == "-" ? "" : t, StringComparer.Ordinal);

    private static string TrapName(string trap) => trap == "-" ? "None" : char.ToUpperInvariant(trap[0]) + trap[1..];

    internal static string List(IEnumerable<ulong> values) => string.Join(", ", values.Select(v => v < 10 ? $"{v}" : $"0x{v:x}"));
}
