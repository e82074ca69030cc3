// Writes where each register is kept, and the moves between that place and the hardware.

using System.Text;
using Nestor.Tools.Build;

namespace Nestor.Tools.Registers;

internal static class BankWriter
{
    /// <summary>The VNCR page is the page in front of the vCPU's structure, so its registers have negative offsets.</summary>
    private const int VncrPage = -4096;

    /// <summary>VirtualCpu keeps this part of itself for the registers that have no place in the VNCR page.</summary>
    private const int OtherRegisters = 1024;

    private const int OtherRegistersEnd = 2048;

    internal static IEnumerable<int> Offsets(IReadOnlyList<RegisterRow> rows)
    {
        int next = OtherRegisters;
        foreach (RegisterRow row in rows)
        {
            if (!row.HasStorage)
            {
                yield return 0;
            }
            else if (row.Vncr is uint vncr)
            {
                yield return VncrPage + (int)vncr;
            }
            else
            {
                if (next >= OtherRegistersEnd)
                {
                    throw new BuildException("VirtualCpu has no room for another register: enlarge BankWriter.OtherRegistersEnd");
                }

                yield return next;
                next += 8;
            }
        }
    }

    internal static string Storage(IReadOnlyList<RegisterRow> rows)
    {
        var text = new StringBuilder("""
            using System.Runtime.CompilerServices;

            namespace Nestor.Kernel;

            /// <summary>The stored copy of each register. While a bank is in hardware the live value is there: see Read and Write.</summary>
            public unsafe partial struct VirtualCpu
            {

            """);
        foreach ((RegisterRow row, int offset) in rows.Zip(Offsets(rows)).Where(p => p.First.HasStorage))
        {
            text.Append($$"""
                    public ref ulong {{row.Name}}
                    {
                        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ref *(ulong*)((byte*)Unsafe.AsPointer(ref this) + ({{offset}}));
                    }


                """);
        }

        text.Length--;
        return text.Append("}\n").ToString();
    }

    internal static string Banks(IReadOnlyList<RegisterRow> rows)
    {
        RegisterRow[] el1 = [.. rows.Where(r => r.Kind == RegisterKind.El1)];
        RegisterRow[] common = [.. rows.Where(r => r.Kind == RegisterKind.Common)];
        RegisterRow[] shadowed = [.. rows.Where(r => r.Shadow != null)];
        var text = new StringBuilder("""
            using System.Runtime.CompilerServices;
            using Nestor.Hal;

            namespace Nestor.Kernel;

            /// <summary>Moves banks of registers between a vCPU and this CPU, and reads or writes one that is in hardware.</summary>
            public static unsafe class RegisterBanks
            {

            """);
        Load(text, "LoadEl1", el1, rows, r => (r.Name, $"vcpu->{r.Name}"));
        Method(text, "SaveEl1", el1, r => $"vcpu->{r.Name} = SystemRegisters.{r.Name};");
        Method(text, "LoadCommon", common, r => $"SystemRegisters.{r.Name} = vcpu->{r.Name};");
        Method(text, "SaveCommon", common, r => $"vcpu->{r.Name} = SystemRegisters.{r.Name};");
        Load(text, "LoadEl2Vhe", shadowed, rows, r => (r.Shadow!, $"vcpu->{r.Name}"));
        Method(text, "SaveEl2Vhe", shadowed, r => $"vcpu->{r.Name} = SystemRegisters.{r.Shadow};");

        // With E2H=0 a register of EL1 that has no place in the VNCR page is not redirected, so it stays in hardware.
        RegisterRow[] direct = [.. el1.Where(r => r.Vncr == null)];
        RegisterRow[] nvhe = [.. shadowed.Where(r => direct.All(d => d.Name != r.Shadow))];
        Load(text, "LoadEl2Nvhe", [.. nvhe, .. direct], rows, r => (r.Shadow ?? r.Name, r.Converted ? $"Conversions.{r.Name}(vcpu->{r.Name})" : $"vcpu->{r.Name}"));
        Method(text, "SaveEl2Nvhe", [.. nvhe.Where(r => !r.Converted), .. direct], r => $"vcpu->{r.Name} = SystemRegisters.{(r.Kind == RegisterKind.El1 ? r.Name : r.Shadow)};");
        Switch(text, "public static ulong ReadShadow(Register register)", shadowed, r => $"return SystemRegisters.{r.Shadow};", "return 0;");
        Quick(text, rows);
        Switch(text, "public static void WriteShadowVhe(Register register, ulong value)", shadowed, r => $"SystemRegisters.{r.Shadow} = value; return;", "return;");
        Switch(text, "public static void WriteShadowNvhe(Register register, ulong value)", nvhe, r => $"SystemRegisters.{r.Shadow} = {(r.Converted ? $"Conversions.{r.Name}(value)" : "value")}; return;", "return;");
        RegisterRow[] ownName = [.. el1, .. common, .. rows.Where(r => r.Kind == RegisterKind.Debug)];
        Switch(text, "public static ulong ReadHardware(Register register)", ownName, r => $"return SystemRegisters.{r.Name};", "return 0;");
        Switch(text, "public static void WriteHardware(Register register, ulong value)", ownName, r => $"SystemRegisters.{r.Name} = value; return;", "return;");
        Switch(text, "public static ulong ReadIdentification(Register register)", [.. rows.Where(r => r.Kind == RegisterKind.Id)], r => $"return SystemRegisters.{r.Name};", "return 0;");
        text.Length--;
        return text.Append("}\n").ToString();
    }

    // What translation depends on is written first and without a look at memory in between: see the head of the table.
    private static void Load(StringBuilder text, string name, RegisterRow[] bank, IReadOnlyList<RegisterRow> rows, Func<RegisterRow, (string Register, string Value)> move)
    {
        bool IsTranslation(RegisterRow row) => rows.Single(r => r.Name == move(row).Register).Write == RegisterWrite.Translation;
        StringBuilder first = new();
        foreach (RegisterRow row in bank.Where(IsTranslation))
        {
            first.Append($"        ulong new{move(row).Register} = {move(row).Value};\n");
        }

        first.Append("        SystemRegisters.HCR_EL2 = hcr;\n        SystemRegisters.Change_VTTBR_EL2(vttbr);\n");
        foreach (RegisterRow row in bank.Where(IsTranslation))
        {
            first.Append($"        {Assign(rows, move(row).Register, "new" + move(row).Register)}\n");
        }

        Method(text, name, [.. bank.Where(row => !IsTranslation(row))], row => Assign(rows, move(row).Register, move(row).Value), ", ulong hcr, ulong vttbr", first.ToString());
    }

    private static string Assign(IReadOnlyList<RegisterRow> rows, string register, string value) => rows.Single(r => r.Name == register).OnlyChanged
        ? $"SystemRegisters.Change_{register}({value});"
        : $"SystemRegisters.{register} = {value};";

    private static void Method(StringBuilder text, string name, RegisterRow[] rows, Func<RegisterRow, string> line, string parameters = "", string first = "")
    {
        text.Append($"    public static void {name}(VirtualCpu* vcpu{parameters})\n    {{\n{first}");
        foreach (RegisterRow row in rows.Where(r => r.Feature == null))
        {
            text.Append($"        {line(row)}\n");
        }

        foreach (IGrouping<string, RegisterRow> group in rows.Where(r => r.Feature != null).GroupBy(r => r.Feature!))
        {
            text.Append($"        if (Features.{char.ToUpperInvariant(group.Key[0]) + group.Key[1..]})\n        {{\n");
            foreach (RegisterRow row in group)
            {
                text.Append($"            {line(row)}\n");
            }

            text.Append("        }\n");
        }

        text.Append("    }\n\n");
    }

    private static void Quick(StringBuilder text, IReadOnlyList<RegisterRow> rows)
    {
        text.Append("    /// <summary>Reads a register at virtual EL2 with E2H=1 by what <see cref=\"RegisterTable.Quick\"/> says of it.</summary>\n");
        text.Append("    [MethodImpl(MethodImplOptions.AggressiveInlining)]\n    public static ulong ReadQuick(VirtualCpu* vcpu, ulong slot)\n    {\n");
        text.Append("        switch (RegisterTable.Quick(slot))\n        {\n");
        foreach ((int i, RegisterRow row) in TableWriter.QuickShadows(rows).Index())
        {
            text.Append($"            case {i}: return SystemRegisters.{row.Shadow};\n");
        }

        text.Append("            default: return *RegisterAccess.Stored(vcpu, (Register)RegisterTable.Found(slot));\n        }\n    }\n\n");
    }

    private static void Switch(StringBuilder text, string signature, RegisterRow[] rows, Func<RegisterRow, string> line, string otherwise)
    {
        text.Append($"    {signature}\n    {{\n        switch (register)\n        {{\n");
        foreach (RegisterRow row in rows)
        {
            string guard = row.Feature == null ? "" : $"if (!Features.{char.ToUpperInvariant(row.Feature[0]) + row.Feature[1..]}) {{ {otherwise} }} ";
            text.Append($"            case Register.{row.Name}: {guard}{line(row)}\n");
        }

        text.Append($"            default: {otherwise}\n        }}\n    }}\n\n");
    }
}
