// Writes the names of the encodings that have no row of their own: system instructions, registers that are known for their
// traps alone, and the _EL12 and _EL02 names.

using System.Text;

namespace Nestor.Tools.Registers;

internal static class EncodingNameWriter
{
    internal static string Table(IReadOnlyList<RegisterRow> rows, TrapTable traps)
    {
        HashSet<string> registers = [.. rows.Select(row => row.Name)];
        KeyValuePair<string, uint>[] named = [.. traps.Names.Where(pair => !registers.Contains(pair.Key)).OrderBy(pair => pair.Value)];
        StringBuilder names = new();
        List<ulong> starts = [];
        foreach ((string name, _) in named)
        {
            starts.Add((ulong)names.Length);
            names.Append(name);
        }

        starts.Add((ulong)names.Length);
        return $$"""
            using System;
            using System.Runtime.CompilerServices;

            namespace Nestor.Kernel;

            /// <summary>Names of system instructions, and of registers that have no row.</summary>
            public static class EncodingName
            {
                /// <summary>How many there are.</summary>
                public const int Count = {{named.Length}};

                private static ReadOnlySpan<ushort> Encodings => [{{TableWriter.List(named.Select(pair => (ulong)pair.Value))}}];

                private static ReadOnlySpan<ushort> NameStarts => [{{TableWriter.List(starts)}}];

                private static ReadOnlySpan<byte> Names => "{{names}}"u8;

                /// <summary>The name of a packed encoding (op0:op1:CRn:CRm:op2); empty when it has none here.</summary>
                public static ReadOnlySpan<byte> Of(uint encoding)
                {
                    int low = 0;
                    int high = Count;
                    while (low < high)
                    {
                        int middle = (low + high) / 2;
                        if (Encoding(middle) < encoding)
                        {
                            low = middle + 1;
                        }
                        else
                        {
                            high = middle;
                        }
                    }

                    return low < Count && Encoding(low) == encoding ? Names.Slice(NameStart(low), NameStart(low + 1) - NameStart(low)) : default;
                }

                // Not inlined: several spans in one method are zeroed with a vector register.
                [MethodImpl(MethodImplOptions.NoInlining)]
                private static int NameStart(int index) => NameStarts[index];

                [MethodImpl(MethodImplOptions.NoInlining)]
                private static uint Encoding(int index) => Encodings[index];
            }

            """;
    }
}
