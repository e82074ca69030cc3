// The runs of the payload that make up a column: one of all rows, and those rows that are another thing on one CPU.

namespace Nestor.Tools.Bench;

/// <summary>One run of the payload.</summary>
/// <param name="Row">The only row, or null for all.</param>
/// <param name="HostCpus">CPUs of the machine.</param>
/// <param name="Name">What the row is called in the report; null for its own name.</param>
public sealed record PayloadRun(string? Row, int HostCpus, string? Name)
{
    /// <summary>The row about two CPUs, which on one CPU is about taking turns.</summary>
    public const string Ipi = "ipi";

    /// <summary>Its name on one CPU.</summary>
    public const string IpiOnOneCpu = "ipi-on-one-cpu";

    /// <summary>Two vCPUs of one CPU that give way to each other.</summary>
    public const string Switch = "vcpu-switch";

    private const string FirstInstruction = "first-instruction";

    /// <summary>The runs of a column.</summary>
    public static IReadOnlyList<PayloadRun> Of(BenchColumn column) =>
        column.El == 0 || column.IsSecondLevel ? [new(null, 2, null)] : [new(null, 2, null), new(Ipi, 1, IpiOnOneCpu), new(Switch, 1, Switch)];

    /// <summary>The run that measures a row.</summary>
    public static PayloadRun OfRow(string row) => row switch
    {
        IpiOnOneCpu => new(Ipi, 1, IpiOnOneCpu),
        Switch => new(Switch, 1, Switch),
        _ => new(row, 2, row),
    };

    /// <summary>The rows among the lines of a console, by their names in the report.</summary>
    public IEnumerable<BenchLine> Rows(BenchColumn column, IEnumerable<TimedLine> lines) =>
        lines.Select(line => BenchLine.Parse(line.Text)).OfType<BenchLine>()
            .Where(line => !column.IsSecondLevel || line.Name != FirstInstruction)      // the host's counter began with the host
            .Select(line => line with { Name = Name ?? line.Name });
}
