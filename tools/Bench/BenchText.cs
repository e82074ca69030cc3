// How figures are written for people, in the table and in Markdown alike.
using System.Globalization;
using System.Text;

namespace Nestor.Tools.Bench;

/// <summary>Texts of a report.</summary>
public static class BenchText
{
    /// <summary>What stands where nothing was measured.</summary>
    public const string Nothing = "–";

    /// <summary>A count; a fraction only when there is one.</summary>
    public static string Number(double value) => value.ToString(value == Math.Floor(value) ? "#,0" : value < 100 ? "#,0.0#" : "#,0.0", CultureInfo.InvariantCulture);

    /// <summary>Instructions, and that two runs did not agree when they did not.</summary>
    public static string Instructions(Figure? figure) =>
        figure?.Instructions is not { } first ? Nothing
        : figure.SecondRun is { } second ? $"{Number(first)} (then {Number(second)})"
        : Number(first);

    /// <summary>Wall clock: median and, in brackets, best and worst.</summary>
    public static string WallClock(Figure? figure) =>
        figure?.Nanoseconds is not { } time ? Nothing
        : $"{Time(time.Median)} ({Time(time.Least)} to {Time(time.Most)})"
            + (figure.ProcessorNanoseconds is { } processor ? $"; processor {Time(processor.Median)}" : "");

    /// <summary>Traps into Nestor: how many, of which classes, and how many drops of QEMU's TLB.</summary>
    public static string Traps(Figure? figure)
    {
        if (figure?.Traps is not { } traps)
        {
            return Nothing;
        }

        string classes = string.Join(", ", traps.Select(trap => trap.Value == 1 ? trap.Key : $"{trap.Key} {Number(trap.Value)}"));
        return Number(traps.Values.Sum()) + (classes.Length > 0 ? $": {classes}" : "")
            + (figure.TlbDrops is > 0 and { } drops ? $"; {Number(drops)} TLB" : "");
    }

    /// <summary>A duration in a fitting unit.</summary>
    public static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1e3 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0} ns"),
        < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e3:0.0} µs"),
        < 1e9 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e6:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e9:0.00} s"),
    };

    /// <summary>The columns that a report has, in order.</summary>
    public static IReadOnlyList<string> Columns(BenchReport report) =>
        [.. BenchColumn.All.Select(column => column.Name).Where(name => report.Rows.Values.Any(row => row.ContainsKey(name)))];

    /// <summary>Facts about the run that are no rows.</summary>
    public static IReadOnlyList<(string Name, string Text)> Facts(BenchReport report)
    {
        List<(string, string)> facts = [("QEMU", report.Qemu), ("commit", report.Commit ?? Nothing), ("image, SHA-256", report.ImageHash ?? Nothing)];
        if (report.ImageBytes is { } bytes)
        {
            facts.Add(("image size", string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB")));
        }

        foreach ((string column, long kibibytes) in report.OwnKibibytes ?? [])
        {
            facts.Add(($"Nestor's own memory, {column}", string.Create(CultureInfo.InvariantCulture, $"{kibibytes} KiB")));
        }

        if (report.ShadowKibibytes is { } shadow)
        {
            facts.Add(("memory of a shadow, for a guest of KVM with 256 MiB", string.Create(CultureInfo.InvariantCulture, $"{shadow} KiB")));
        }

        if (report.TracingInstructions is { } tracing)
        {
            facts.Add(("trace and counters, always on", string.Create(CultureInfo.InvariantCulture, $"{tracing} instructions of each trap")));
        }

        foreach ((string name, string row) in (ReadOnlySpan<(string, string)>)[("Linux boot", LinuxBoot.Row), ("Linux boots Linux", SecondLevelBoot.Row)])
        {
            Dictionary<string, Figure> boot = report.Rows.GetValueOrDefault(row) ?? [];
            if (boot.GetValueOrDefault(BenchColumn.Bare.Name) is { } bare)
            {
                facts.AddRange(boot.Where(column => column.Key != BenchColumn.Bare.Name)
                    .Select(column => ($"{name}, {column.Key} to bare", string.Join(", ", Ratios(bare, column.Value)))));
            }
        }

        facts.AddRange((report.Growth ?? []).Select(series => (series.Key, string.Join(", ", series.Value.Select(point => $"{point.Key}: {Number(point.Value)}")))));
        return facts;
    }

    /// <summary>The report as Markdown.</summary>
    public static string Markdown(BenchReport report)
    {
        StringBuilder text = new("# Benchmark\n\n");
        foreach ((string name, string fact) in Facts(report))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {name}: {fact}\n");
        }

        if (report.Rows.Count > 0)
        {
            Table(text, report, "Instructions (`-icount shift=0,sleep=off`)", Instructions);
        }

        if (Has(report, figure => figure.Traps is not null))
        {
            Table(text, report, "Traps into Nestor, and writes that make QEMU drop its TLB", Traps);
        }

        if (Has(report, figure => figure.Nanoseconds is not null))
        {
            Table(text, report, "Wall clock: median (least to most)", WallClock);
        }

        if (NestingTable.Rows(report).Any())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {NestingTable.Title}\n\n| | {string.Join(" | ", NestingTable.Columns)} |\n|---|{string.Concat(NestingTable.Columns.Select(_ => "---:|"))}\n");
            foreach ((string name, IReadOnlyList<string> cells) in NestingTable.Rows(report))
            {
                text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", cells)} |\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"\n{NestingTable.Literature}\n");
        }

        text.Append("\n## Command lines\n\nInstructions are counted with `-icount shift=0,sleep=off` added.\n");
        foreach ((string column, string command) in report.Commands ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{column}:\n\n    {command}\n");
        }

        return text.ToString();
    }

    /// <summary>Whether any figure of a report is like this.</summary>
    public static bool Has(BenchReport report, Func<Figure, bool> isSo) => report.Rows.Values.Any(row => row.Values.Any(isSo));

    private static IEnumerable<string> Ratios(Figure bare, Figure nestor)
    {
        if (bare.ProcessorNanoseconds is { } bareWork && nestor.ProcessorNanoseconds is { } work)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{work.Median / bareWork.Median:0.00} times the processor time");
        }

        if (bare.Nanoseconds is { } bareTime && nestor.Nanoseconds is { } time)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{time.Median / bareTime.Median:0.00} times the wall clock");
        }

        if (bare.Instructions is { } bareCount && nestor.Instructions is { } count)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{count / bareCount:0.00} times the instructions and idle ticks");
        }
    }

    private static void Table(StringBuilder text, BenchReport report, string title, Func<Figure?, string> show)
    {
        IReadOnlyList<string> columns = Columns(report);
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| | {string.Join(" | ", columns)} |\n|---|{string.Concat(columns.Select(_ => "---:|"))}\n");
        foreach ((string row, Dictionary<string, Figure> figures) in report.Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row} | {string.Join(" | ", columns.Select(column => show(figures.GetValueOrDefault(column))))} |\n");
        }
    }
}
