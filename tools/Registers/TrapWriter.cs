// Writes the table of traps for the kernel, which asks it at each access of a second-level guest that trapped, and for the test
// guest, which tries every row.

using System.Text;

namespace Nestor.Tools.Registers;

internal static class TrapWriter
{
    private const int ReadsShift = 14;

    public static string Kernel(TrapTable table)
    {
        var conditions = new List<ulong>();
        var starts = new List<ulong>();
        var entries = new List<(uint Encoding, ushort Entry)>();
        foreach (uint encoding in table.Controls.SelectMany(control => control.Targets).Where(target => target.IsSingle).Select(target => target.Value).Distinct())
        {
            entries.Add((encoding, (ushort)entries.Count));
            starts.Add((ulong)conditions.Count);
            conditions.AddRange(Conditions(table, target => target.IsSingle && target.Value == encoding).Select(one => one.Condition));
        }

        starts.Add((ulong)conditions.Count);
        PerfectHash hash = PerfectHash.Of(entries);
        (TrapTarget Target, ulong Condition)[] patterns = [.. Conditions(table, target => !target.IsSingle)];
        return $$"""
            using System;

            namespace Nestor.Kernel;

            /// <summary>
            /// The table of traps as read-only data. A condition is the number of a control with bit 14 set if it is about reads, bit 15 if
            /// about writes.
            /// </summary>
            internal static class TrapTable
            {
                /// <summary>In what <see cref="Find"/> answers: no control names the encoding itself.</summary>
                internal const uint Empty = 0xffff;

                private static ReadOnlySpan<ushort> Displacements => [{{TableWriter.List(hash.Displacements.Select(v => (ulong)v))}}];

                private static ReadOnlySpan<ushort> Slots => [{{TableWriter.List(hash.Slots.Select(v => (ulong)v))}}];

                private static ReadOnlySpan<ushort> Encodings => [{{TableWriter.List(entries.Select(entry => (ulong)entry.Encoding))}}];

                /// <summary>The number of a packed encoding in <see cref="Starts"/>, or Empty.</summary>
                internal static uint Find(uint encoding)
                {
                    uint hash = encoding * 0x{{PerfectHash.Multiplier:x}};
                    uint entry = Slots[(int)(((hash >> 8) ^ Displacements[(int)(hash >> 25)]) & {{hash.Slots.Count - 1}})];
                    return entry != Empty && Encodings[(int)entry] == encoding ? entry : Empty;
                }

                /// <summary>By number: where its conditions begin; the next one's start is their end.</summary>
                internal static ReadOnlySpan<ushort> Starts => [{{TableWriter.List(starts)}}];

                internal static ReadOnlySpan<ushort> Conditions => [{{TableWriter.List(conditions)}}];

                internal static ReadOnlySpan<ushort> PatternMasks => [{{TableWriter.List(patterns.Select(one => (ulong)one.Target.Mask))}}];

                internal static ReadOnlySpan<ushort> PatternValues => [{{TableWriter.List(patterns.Select(one => (ulong)one.Target.Value))}}];

                internal static ReadOnlySpan<ushort> PatternConditions => [{{TableWriter.List(patterns.Select(one => one.Condition))}}];

                /// <summary>By control: the register that has its bit for reads.</summary>
                internal static ReadOnlySpan<Register> ReadRegisters => [{{string.Join(", ", table.Controls.Select(control => "Register." + control.Read))}}];

                /// <summary>The same for writes.</summary>
                internal static ReadOnlySpan<Register> WriteRegisters => [{{string.Join(", ", table.Controls.Select(control => "Register." + control.Write))}}];

                /// <summary>By control: the bits that trap, with E2H=0 and then with E2H=1.</summary>
                internal static ReadOnlySpan<ulong> Masks => [{{TableWriter.List(table.Controls.SelectMany(control => new[] { control.Mask, control.MaskE2h }))}}];

                /// <summary>By control: 1 if it traps while clear.</summary>
                internal static ReadOnlySpan<byte> Inverted => [{{TableWriter.List(table.Controls.Select(control => control.WhenSet ? 0UL : 1UL))}}];
            }

            """;
    }

    /// <summary>What Nestor writes to the fine-grained trap registers.</summary>
    public static string FineGrained(TrapTable table)
    {
        var text = new StringBuilder("""
            namespace Nestor.Kernel;

            /// <summary>
            /// The fine-grained trap registers while Nestor wants no trap for itself. A trap stays enabled unless the table of traps has a
            /// control for it.
            /// </summary>
            internal static class FineGrainedControls
            {

            """);
        foreach (FineGrainedRegister register in table.FineGrained)
        {
            string name = register.Name[..^"_EL2".Length];
            text.Append($"""
                    /// <summary>{register.Name} for a VM: all traps that the table knows are off.</summary>
                    internal const ulong {name}Open = 0x{register.Open | register.Closed:x};

                    /// <summary>The traps of {register.Name} that stay on below a guest hypervisor.</summary>
                    internal const ulong {name}Closed = 0x{register.Closed:x};

                    /// <summary>The bits of {register.Name} that a guest hypervisor sets for its guest.</summary>
                    internal const ulong {name}Forwarded = 0x{register.Forwarded:x};


                """);
        }

        text.Length--;
        return text.Append("}\n").ToString();
    }

    public static string Payload(TrapTable table)
    {
        var names = new StringBuilder();
        var nameStarts = new List<ulong>();
        var targets = new List<ulong>();
        var targetStarts = new List<ulong>();
        foreach (TrapControl control in table.Controls)
        {
            nameStarts.Add((ulong)names.Length);
            names.Append(control.Name);
            targetStarts.Add((ulong)targets.Count);
            targets.AddRange(control.Targets.Where(target => target.IsTested).SelectMany(target => Samples(table, target)));
        }

        nameStarts.Add((ulong)names.Length);
        targetStarts.Add((ulong)targets.Count);
        return $$"""
            using System;

            namespace Nestor.Payloads;

            /// <summary>The table of traps: what each control of EL2 must trap at EL1.</summary>
            internal static class TrapControls
            {
                internal const int Count = {{table.Controls.Count}};

                internal static ReadOnlySpan<ushort> NameStarts => [{{TableWriter.List(nameStarts)}}];

                internal static ReadOnlySpan<byte> Names => "{{names}}"u8;

                /// <summary>Encoding of the register that has the bit for reads.</summary>
                internal static ReadOnlySpan<ushort> ReadRegisters => [{{TableWriter.List(table.Controls.Select(control => (ulong)table.Names[control.Read]))}}];

                /// <summary>The same for writes.</summary>
                internal static ReadOnlySpan<ushort> WriteRegisters => [{{TableWriter.List(table.Controls.Select(control => (ulong)table.Names[control.Write]))}}];

                /// <summary>The bits that trap, with E2H=0 and then with E2H=1.</summary>
                internal static ReadOnlySpan<ulong> Masks => [{{TableWriter.List(table.Controls.SelectMany(control => new[] { control.Mask, control.MaskE2h }))}}];

                /// <summary>1 if it traps while clear.</summary>
                internal static ReadOnlySpan<byte> Inverted => [{{TableWriter.List(table.Controls.Select(control => control.WhenSet ? 0UL : 1UL))}}];

                internal static ReadOnlySpan<ushort> TargetStarts => [{{TableWriter.List(targetStarts)}}];

                /// <summary>An encoding, with bit 16 set if reads trap, bit 17 if writes.</summary>
                internal static ReadOnlySpan<uint> Targets => [{{TableWriter.List(targets)}}];
            }

            """;
    }

    private static IEnumerable<(TrapTarget Target, ulong Condition)> Conditions(TrapTable table, Func<TrapTarget, bool> wanted) =>
        table.Controls.SelectMany((control, number) => control.Targets.Where(wanted).Select(target => (target, (uint)number | Access(target, ReadsShift))));

    // Of a pattern what has a name is tried, by reading, since some of it can only be read; without any, its first encoding.
    private static IEnumerable<ulong> Samples(TrapTable table, TrapTarget target)
    {
        const int Shift = 16;
        if (target.IsSingle)
        {
            return [target.Value | Access(target, Shift)];
        }

        uint[] named = [.. table.Existing.Where(target.Covers).Order()];
        return (named.Length == 0 ? [target.Value] : named).Select(encoding => encoding | Access(target with { Writes = !target.Reads }, Shift));
    }

    private static ulong Access(TrapTarget target, int shift) => (target.Reads ? 1UL << shift : 0) | (target.Writes ? 2UL << shift : 0);
}
