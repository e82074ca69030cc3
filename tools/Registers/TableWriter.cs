// Writes the register enumeration and the read-only table that the kernel looks traps, ids and names up in.

using System.Text;
using Nestor.Tools.Build;

namespace Nestor.Tools.Registers;

internal static class TableWriter
{
    private const int Buckets = 128;
    private const int Slots = 512;
    private const uint Multiplier = 0x9e3779b1;

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
        (ushort[] displacements, ushort[] slots) = Hash(rows);
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

            namespace Nestor.Kernel;

            /// <summary>The register table as read-only data, indexed by <see cref="Register"/>.</summary>
            public static class RegisterTable
            {
                /// <summary>In what <see cref="Find"/> answers: the encoding is the _EL12 or _EL02 name.</summary>
                public const ushort AliasFlag = 0x8000;

                /// <summary>In what <see cref="Find"/> answers: no register.</summary>
                public const ushort Empty = 0xffff;

                private const uint Multiplier = 0x{{Multiplier:x}};

                private static ReadOnlySpan<ushort> Displacements => [{{List(displacements.Select(v => (ulong)v))}}];

                private static ReadOnlySpan<ushort> Slots => [{{List(slots.Select(v => (ulong)v))}}];

                /// <summary>Finds a packed encoding (op0:op1:CRn:CRm:op2): the register, with AliasFlag when it is the alias; or Empty.</summary>
                public static uint Find(uint encoding)
                {
                    uint hash = encoding * Multiplier;
                    uint entry = Slots[(int)(((hash >> 8) ^ Displacements[(int)(hash >> 25)]) & {{Slots - 1}})];
                    if (entry == Empty)
                    {
                        return Empty;
                    }

                    uint alias = (entry & AliasFlag) != 0 ? 1u : 0;
                    uint found = Encodings[(int)(entry & ~(uint)AliasFlag)];
                    return (alias != 0 ? (found & ~0x3800u) | (5u << 11) : found) == encoding ? entry : Empty;
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

    private static string List(IEnumerable<ulong> values) => string.Join(", ", values.Select(v => v < 10 ? $"{v}" : $"0x{v:x}"));

    /// <summary>Hash and displace: buckets, largest first, each get the displacement that puts all their entries in free slots.</summary>
    private static (ushort[] Displacements, ushort[] Slots) Hash(IReadOnlyList<RegisterRow> rows)
    {
        (uint Encoding, ushort Entry)[] entries =
        [
            .. rows.Select((r, i) => (r.Encoding, (ushort)i)),
            .. rows.Select((r, i) => (r, i)).Where(p => p.r.Alias != null).Select(p => (p.r.AliasEncoding, (ushort)(p.i | 0x8000))),
        ];
        var displacements = new ushort[Buckets];
        var slots = new ushort[Slots];
        Array.Fill(slots, (ushort)0xffff);
        foreach (var bucket in entries.GroupBy(e => Mix(e.Encoding) >> 25).OrderByDescending(b => b.Count()))
        {
            int displacement = Enumerable.Range(0, Slots).FirstOrDefault(d => bucket.Select(e => Slot(e.Encoding, d)).Where(s => slots[s] == 0xffff).Distinct().Count() == bucket.Count(), -1);
            if (displacement < 0)
            {
                throw new BuildException("no perfect hash for the register encodings: enlarge TableWriter.Slots");
            }

            displacements[bucket.Key] = (ushort)displacement;
            foreach ((uint encoding, ushort entry) in bucket)
            {
                slots[Slot(encoding, displacement)] = entry;
            }
        }

        return (displacements, slots);
    }

    private static uint Mix(uint encoding) => unchecked(encoding * Multiplier);

    private static uint Slot(uint encoding, int displacement) => ((Mix(encoding) >> 8) ^ (uint)displacement) & (Slots - 1);
}
