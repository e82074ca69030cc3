// The table that work on nested virtualization is compared by: what a guest of KVM pays when KVM has the machine, and when
// KVM is itself a guest, with every EL2 register trapping and with memory redirection.
namespace Nestor.Tools.Bench;

/// <summary>Four operations of a guest of KVM.</summary>
public static class NestingTable
{
    /// <summary>Its heading.</summary>
    public const string Title = "A guest of KVM: instructions, and in brackets traps into Nestor";

    /// <summary>What the literature counted for the hypercall.</summary>
    public const string Literature =
        "Traps of a hypercall from the second level in the literature (NEVE, SOSP'17): 126 on ARMv8.3, 82 with VHE, 15 with memory redirection.";

    private static readonly (string Name, string Row)[] s_rows =
        [("hypercall", "psci-version"), ("device in the kernel", "gic-read"), ("device in user space", "uart-read"), ("IPI", "ipi"), ("EOI", "end-of-interrupt")];

    private static readonly (string Name, BenchColumn Column)[] s_columns =
        [("VM", BenchColumn.Kvm), ("nested, traps", BenchColumn.KvmNv1), ("nested, redirection", BenchColumn.KvmNv2), ("VM of Nestor", BenchColumn.El1)];

    /// <summary>Headings of the columns.</summary>
    public static IEnumerable<string> Columns => s_columns.Select(column => column.Name);

    /// <summary>Names and cells; empty when no guest of KVM was measured.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Cells)> Rows(BenchReport report) =>
        s_rows.Where(row => s_columns.Any(column => column.Column.IsSecondLevel && Find(report, row.Row, column.Column) is not null))
            .Select(row => (row.Name, (IReadOnlyList<string>)[.. s_columns.Select(column => Cell(row.Row, Find(report, row.Row, column.Column)))]));

    private static Figure? Find(BenchReport report, string row, BenchColumn column) => report.Rows.GetValueOrDefault(row)?.GetValueOrDefault(column.Name);

    // The row about the end of an interrupt has the sending of it in its traps, and the end has none where it costs one instruction.
    private static string Cell(string row, Figure? figure) =>
        figure?.Instructions is not { } instructions ? BenchText.Nothing
        : figure.Traps is { } traps && row != "end-of-interrupt" ? $"{BenchText.Number(Math.Round(instructions))} ({BenchText.Number(traps.Values.Sum())})"
        : BenchText.Number(Math.Round(instructions));
}
