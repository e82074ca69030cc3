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
            .. rows.Select((r, i) => (Key(r.Encoding), (ushort)i)),
            .. rows.Select((r, i) => (r, i)).Where(p => p.r.Alias != null).Select(p => (Key(p.r.AliasEncoding), (ushort)(p.i | Alias))),
        ]);
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

                // The key, 32 bits; the register with AliasFlag, or Empty, 16 bits; and Quick, 16 bits.
                private static ReadOnlySpan<ulong> Slots => [{{List(hash.Slots.Select(slot => Slot(rows, slot)))}}];

                /// <summary>
                /// What a syndrome of a trapped access says about the register: all but Rt and the direction. To pack the encoding
                /// would take longer than to look it up.
                /// </summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                public static uint Key(ulong syndrome) => ((uint)syndrome & ~0x{{TargetField:x}}u) >> 1;

                /// <summary>
                /// The only place where the table can have a key: it is there when the lower half is the key. <see cref="Found"/> and
                /// <see cref="Quick"/> take the rest apart.
                /// </summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                public static ulong Slot(uint key)
                {
                    uint hash = key * 0x{{PerfectHash.Multiplier:x}};
                    return Slots[(int)(((hash >> 8) ^ Displacements[(int)(hash >> 25)]) & {{hash.Slots.Count - 1}})];
                }

                /// <summary>The register of a slot, with AliasFlag when it is the alias.</summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                public static uint Found(ulong slot) => (uint)(slot >> 32) & 0xffff;

                /// <summary>
                /// How a register of a slot is read at virtual EL2 with E2H=1 without looking closer: up to <see cref="QuickStored"/>,
                /// <see cref="RegisterBanks.ReadQuick"/> knows. <see cref="QuickSgi"/>: to write it is to send an SGI. More: not at all.
                /// </summary>
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                public static uint Quick(ulong slot) => (uint)(slot >> 48);

                /// <summary><see cref="Quick"/>: it is in storage. Less: it has a shadow.</summary>
                public const uint QuickStored = {{QuickShadows(rows).Count}};

                /// <summary><see cref="Quick"/>: an SGI is sent.</summary>
                public const uint QuickSgi = {{QuickShadows(rows).Count + 1}};

                /// <summary>The slot of what is not in the table.</summary>
                public const ulong EmptySlot = ((ulong)Empty << 48) | ((ulong)Empty << 32);

                /// <summary>The slot that has a key, or <see cref="EmptySlot"/>.</summary>
                public static ulong SlotOf(uint key)
                {
                    ulong slot = Slot(key);
                    return (uint)slot == key ? slot : EmptySlot;
                }

                /// <summary>Finds a packed encoding (op0:op1:CRn:CRm:op2): the register, with AliasFlag when it is the alias; or Empty.</summary>
                public static uint Find(uint encoding) => Found(SlotOf(Key(
                    0x{{Class:x}} | ((encoding >> 14 & 3) << 20) | ((encoding & 7) << 17) | ((encoding >> 7 & 0x7f) << 10) | ((encoding >> 3 & 15) << 1))));

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

    // ESR_ELx for a trapped access: EC 0x18 with IL, and in the ISS op0, op2, op1 and CRn, Rt, CRm, direction.
    private const uint Class = 0x6200_0000;
    private const uint TargetField = 0x3e0;

    private const uint Alias = 0x8000;
    private const ulong NotQuick = 0xffff;

    /// <summary>Registers that have a shadow and nothing else to be thought of, in the order of their numbers.</summary>
    internal static IReadOnlyList<RegisterRow> QuickShadows(IReadOnlyList<RegisterRow> rows) =>
        [.. rows.Where(row => row.Kind == RegisterKind.El2 && row.Trap == "rw" && row.Shadow != null && row.Feature == null)];

    private static uint Key(uint encoding) =>
        (Class | ((encoding >> 14 & 3) << 20) | ((encoding & 7) << 17) | ((encoding >> 7 & 0x7f) << 10) | ((encoding >> 3 & 15) << 1)) >> 1;

    private static ulong Slot(IReadOnlyList<RegisterRow> rows, ushort found)
    {
        if (found == 0xffff)
        {
            return (NotQuick << 48) | ((ulong)found << 32);
        }

        RegisterRow row = rows[found & ~(int)Alias];
        bool isAlias = (found & Alias) != 0;
        RegisterRow[] shadows = [.. QuickShadows(rows)];
        ulong quick = isAlias ? NotQuick
            : shadows.Contains(row) ? (ulong)Array.IndexOf(shadows, row)
            : row.Kind == RegisterKind.El2 && row.Trap == "rw" && row.Shadow == null ? (ulong)shadows.Length
            : row.Trap == "sgi" ? (ulong)shadows.Length + 1 : NotQuick;
        return (quick << 48) | ((ulong)found << 32) | Key(isAlias ? row.AliasEncoding : row.Encoding);
    }

    private static IEnumerable<string> Traps(IReadOnlyList<RegisterRow> rows) =>
        rows.Select(r => r.Trap).Distinct().OrderBy(t => t == "-" ? "" : t, StringComparer.Ordinal);

    private static string TrapName(string trap) => trap == "-" ? "None" : char.ToUpperInvariant(trap[0]) + trap[1..];

    internal static string List(IEnumerable<ulong> values) => string.Join(", ", values.Select(v => v < 10 ? $"{v}" : $"0x{v:x}"));
}
