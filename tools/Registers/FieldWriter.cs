// Writes the fields of registers as the read-only data that the kernel decodes values with.

using System.Text;

namespace Nestor.Tools.Registers;

internal static class FieldWriter
{
    internal static string Table(IReadOnlyList<RegisterRow> rows, IReadOnlyDictionary<string, IReadOnlyList<RegisterField>> fields)
    {
        List<RegisterField> all = [];
        Dictionary<IReadOnlyList<RegisterField>, int> placed = [];
        List<int> first = [];
        foreach (RegisterRow row in rows)
        {
            // Registers that share their fields share them here, too.
            IReadOnlyList<RegisterField> own = fields.GetValueOrDefault(row.Name, []);
            if (own.Count > 0 && !placed.ContainsKey(own))
            {
                placed.Add(own, all.Count);
                all.AddRange(own);
            }

            first.Add(own.Count > 0 ? placed[own] : 0);
        }

        StringBuilder names = new();
        List<int> starts = [];
        foreach (RegisterField field in all)
        {
            starts.Add(names.Length);
            names.Append(field.Name);
        }

        starts.Add(names.Length);
        return $$"""
            using System;
            using System.Runtime.CompilerServices;

            namespace Nestor.Kernel;

            /// <summary>The fields of registers, as read-only data.</summary>
            public static class RegisterFields
            {
                /// <summary>The first field of a register, indexed by <see cref="Register"/>.</summary>
                public static ReadOnlySpan<ushort> First => [{{List(first)}}];

                /// <summary>How many it has; 0 when they are not known.</summary>
                public static ReadOnlySpan<byte> Counts => [{{List(rows.Select(r => fields.GetValueOrDefault(r.Name, []).Count))}}];

                private static ReadOnlySpan<byte> Lows => [{{List(all.Select(f => f.Low))}}];

                private static ReadOnlySpan<byte> Widths => [{{List(all.Select(f => f.High - f.Low + 1))}}];

                private static ReadOnlySpan<byte> Shifts => [{{List(all.Select(f => f.Shift))}}];

                private static ReadOnlySpan<ushort> NameStarts => [{{List(starts)}}];

                private static ReadOnlySpan<byte> Names => "{{names}}"u8;

                /// <summary>The name of a field.</summary>
                public static ReadOnlySpan<byte> Name(int field) => Names.Slice(NameStart(field), NameStart(field + 1) - NameStart(field));

                // Not inlined: several spans in one method are zeroed with a vector register.
                [MethodImpl(MethodImplOptions.NoInlining)]
                private static int NameStart(int field) => NameStarts[field];

                /// <summary>The lowest bit of a field.</summary>
                [MethodImpl(MethodImplOptions.NoInlining)]
                public static int Low(int field) => Lows[field];

                /// <summary>The highest bit of a field.</summary>
                [MethodImpl(MethodImplOptions.NoInlining)]
                public static int High(int field) => Low(field) + Width(field) - 1;

                /// <summary>A field's value in a register's value; of what is a part of an address, the address.</summary>
                public static ulong Extract(int field, ulong value) => (value >> Low(field) & (ulong.MaxValue >> (64 - Width(field)))) << Shift(field);

                [MethodImpl(MethodImplOptions.NoInlining)]
                private static int Width(int field) => Widths[field];

                [MethodImpl(MethodImplOptions.NoInlining)]
                private static int Shift(int field) => Shifts[field];
            }

            """;
    }

    private static string List(IEnumerable<int> values) => string.Join(", ", values);
}
