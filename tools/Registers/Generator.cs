// Turns the register table into everything that lists registers. The output is committed, so that a reader sees it,
// never edited, and a test says that it is current.

using System.Text;

namespace Nestor.Tools.Registers;

/// <summary>The generator behind `./build.sh generate`.</summary>
public static class Generator
{
    private const string Head = "// Generated from the tables of hal/Registers by `./build.sh generate`; not to be edited.\n\n";

    /// <summary>Writes the generated files that differ.</summary>
    public static void Run(string root)
    {
        foreach ((string path, string text) in Generate(root))
        {
            string full = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            if (!File.Exists(full) || File.ReadAllText(full) != text)
            {
                File.WriteAllText(full, text);
            }
        }
    }

    /// <summary>The generated files: path from the root, and text.</summary>
    public static IReadOnlyDictionary<string, string> Generate(string root)
    {
        IReadOnlyList<RegisterRow> rows = RegisterTable.Read(root);
        TrapTable traps = TrapTable.Read(root, rows);
        return new Dictionary<string, string>
        {
            ["hal/Generated/SystemRegisters.cs"] = Head + Accessors(rows),
            ["hal/Generated/Leaves.S"] = Head + Leaves(rows),
            ["kernel/Generated/Register.cs"] = Head + TableWriter.Names(rows),
            ["kernel/Generated/RegisterTable.cs"] = Head + TableWriter.Table(rows),
            ["kernel/Generated/RegisterFields.cs"] = Head.Replace("registers.table", "fields.table", StringComparison.Ordinal) + FieldWriter.Table(rows, FieldTable.Read(root, rows)),
            ["kernel/Generated/ExceptionClassName.cs"] = Head + ExceptionTable.Kernel(ExceptionTable.Read(root)),
            ["kernel/Generated/EncodingName.cs"] = Head + EncodingNameWriter.Table(rows, traps),
            ["kernel/Generated/TrapTable.cs"] = Head + TrapWriter.Kernel(traps),
            ["kernel/Generated/FineGrainedControls.cs"] = Head + TrapWriter.FineGrained(traps),
            ["kernel/Generated/VirtualCpu.Registers.cs"] = Head + BankWriter.Storage(rows),
            ["kernel/Generated/RegisterBanks.cs"] = Head + BankWriter.Banks(rows),
            ["qemu-tests/Guests/Payloads/Generated/Encoding.cs"] = Head + EncodingWriter.Constants(rows),
            ["qemu-tests/Guests/Payloads/Generated/TableRows.cs"] = Head + EncodingWriter.Rows(rows),
            ["qemu-tests/Guests/Payloads/Generated/TrapControls.cs"] = Head + TrapWriter.Payload(traps),
        };
    }

    private static string Accessors(IReadOnlyList<RegisterRow> rows)
    {
        var text = new StringBuilder("""
            using System.Runtime;
            using System.Runtime.CompilerServices;

            namespace Nestor.Hal;

            /// <summary>This CPU's system registers, by the Arm ARM's names. An access is one instruction.</summary>
            public static unsafe class SystemRegisters
            {

            """);
        foreach (RegisterRow row in rows)
        {
            text.Append($$"""
                    public static ulong {{row.Name}}
                    {
                        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Leaf.mrs_{{row.Name}}();
                        [MethodImpl(MethodImplOptions.AggressiveInlining)] set => Leaf.msr_{{row.Name}}(value);
                    }


                """);
        }

        foreach (RegisterRow row in rows.Where(r => r.OnlyChanged))
        {
            text.Append($$"""
                    /// <summary>Writes {{row.Name}} if the value is another one.</summary>
                    [MethodImpl(MethodImplOptions.AggressiveInlining)]
                    public static void Change_{{row.Name}}(ulong value)
                    {
                        if ({{row.Name}} != value)
                        {
                            {{row.Name}} = value;
                        }
                    }


                """);
        }

        text.Append("    private static class Leaf\n    {\n");
        foreach (RegisterRow row in rows)
        {
            text.Append($"        [RuntimeImport(\"*\", \"mrs_{row.Name}\")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern ulong mrs_{row.Name}();\n");
            text.Append($"        [RuntimeImport(\"*\", \"msr_{row.Name}\")] [MethodImpl(MethodImplOptions.InternalCall)] internal static extern void msr_{row.Name}(ulong value);\n");
        }

        return text.Append("    }\n}\n").ToString();
    }

    private static string Leaves(IReadOnlyList<RegisterRow> rows)
    {
        var text = new StringBuilder("""
            // One leaf a register and direction. The build replaces each call of a leaf by the leaf's one instruction; the
            // leaves themselves stay for tail calls, and the linker drops those that nobody uses.

                    .macro register name, generic
                    .section .text.leaf.mrs_\name, "ax"
                    .global mrs_\name
            mrs_\name:
                    mrs     x0, \generic
                    ret
                    .section .text.leaf.msr_\name, "ax"
                    .global msr_\name
            msr_\name:
                    msr     \generic, x0
                    ret
                    .endm


            """);
        foreach (RegisterRow row in rows)
        {
            text.Append($"        register {row.Name}, {row.GenericName}\n");
        }

        return text.ToString();
    }
}
