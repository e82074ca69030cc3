// The tables that a person at the terminal sees. Standard output is theirs, since no guest's console is there.
using System.Globalization;
using Nestor.Tools.Support;
using Spectre.Console;

namespace Nestor.Tools.Bench;

/// <summary>Prints results.</summary>
public static class BenchTable
{
    /// <summary>Prints a report.</summary>
    public static void Write(TextWriter output, BenchReport report)
    {
        IAnsiConsole console = TableConsole.On(output);
        Table facts = new Table().HideHeaders().Border(TableBorder.None).AddColumn("").AddColumn("");
        foreach ((string name, string text) in BenchText.Facts(report))
        {
            facts.AddRow(Markup.Escape(name), Markup.Escape(text));
        }

        console.Write(facts);
        if (report.Rows.Count == 0)
        {
            return;
        }

        console.Write(Figures(report, "Instructions", BenchText.Instructions));
        if (BenchText.Has(report, figure => figure.Traps is not null))
        {
            console.Write(Figures(report, "Traps into Nestor, and writes that make QEMU drop its TLB", BenchText.Traps));
        }

        if (NestingTable.Rows(report).Any())
        {
            console.Write(Nesting(report));
            console.WriteLine(NestingTable.Literature);
        }

        if (BenchText.Has(report, figure => figure.Nanoseconds is not null))
        {
            console.Write(Figures(report, "Wall clock: median (least to most)", BenchText.WallClock));
        }
    }

    /// <summary>Prints a profile.</summary>
    public static void Write(TextWriter output, string title, Profile profile)
    {
        IReadOnlyList<ProfileEntry> entries = profile.Entries();
        double sum = entries.Sum(entry => entry.Instructions);
        Table table = new Table().Title(Markup.Escape($"{title}, mean of {profile.Count} repetitions"))
            .AddColumn(new TableColumn("instructions").RightAligned())
            .AddColumn(new TableColumn("share").RightAligned())
            .AddColumn("function");
        foreach (ProfileEntry entry in entries)
        {
            table.AddRow(
                entry.Instructions.ToString("#,0.0", CultureInfo.InvariantCulture),
                (entry.Instructions / sum).ToString("0.0%", CultureInfo.InvariantCulture),
                Markup.Escape(entry.Function));
        }

        table.AddRow(sum.ToString("#,0.0", CultureInfo.InvariantCulture), "", "all");
        TableConsole.On(output).Write(table);
    }

    private static Table Nesting(BenchReport report)
    {
        Table table = new Table().Title(Markup.Escape(NestingTable.Title)).AddColumn("");
        foreach (string column in NestingTable.Columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach ((string name, IReadOnlyList<string> cells) in NestingTable.Rows(report))
        {
            table.AddRow([name, .. cells]);
        }

        return table;
    }

    private static Table Figures(BenchReport report, string title, Func<Figure?, string> show)
    {
        IReadOnlyList<string> columns = BenchText.Columns(report);
        Table table = new Table().Title(Markup.Escape(title)).AddColumn("");
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)).RightAligned());
        }

        foreach ((string row, Dictionary<string, Figure> figures) in report.Rows)
        {
            table.AddRow([Markup.Escape(row), .. columns.Select(column => Markup.Escape(show(figures.GetValueOrDefault(column))))]);
        }

        return table;
    }
}
