// What a suite came to: a table for people, the same in Markdown, and JUnit for machines.
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Nestor.Tools.Support;
using Spectre.Console;

namespace Nestor.Tools.Suites;

/// <summary>The results of a suite.</summary>
/// <param name="suite">Its name.</param>
/// <param name="settings">The machines, each behind its oracle.</param>
/// <param name="tests">Its tests, in order.</param>
/// <param name="runs">What ran.</param>
public sealed class SuiteReport(string suite, IReadOnlyList<SuiteSetting> settings, IReadOnlyList<SuiteTest> tests, IReadOnlyList<SuiteRun> runs)
{
    private const int ShownMissing = 5;

    private readonly Dictionary<(string Test, string Setting), SuiteRun> _runs = runs.ToDictionary(run => (run.Test.Name, run.Setting.Name));

    /// <summary>Test and machine of what passes on bare QEMU and not under Nestor, in a line each.</summary>
    public IReadOnlyList<string> Failures =>
    [
        .. from test in tests
           from setting in settings
           let missing = Missing(test, setting)
           where missing.Count > 0
           select $"{test.Name}, {setting.Name}: {string.Join("; ", missing.Take(ShownMissing))}"
               + (missing.Count > ShownMissing ? string.Create(CultureInfo.InvariantCulture, $"; and {missing.Count - ShownMissing} more") : ""),
    ];

    /// <summary>Writes the table, and what failed.</summary>
    public void Write(TextWriter output)
    {
        Table table = new Table().Title(Markup.Escape(suite)).AddColumn("test");
        foreach (SuiteSetting setting in settings)
        {
            table.AddColumn(Markup.Escape(setting.Name));
        }

        foreach (SuiteTest test in tests)
        {
            table.AddRow([Markup.Escape(test.Name), .. settings.Select(setting => Markup.Escape(Cell(test, setting)))]);
        }

        TableConsole.On(output).Write(table);
        foreach (string failure in Failures)
        {
            output.WriteLine($"FAILED {failure}");
        }
    }

    /// <summary>The table for a document.</summary>
    public string Markdown()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"| test | {string.Join(" | ", settings.Select(setting => setting.Name))} |\n");
        text.Append('|').Insert(text.Length, "---|", settings.Count + 1).Append('\n');
        foreach (SuiteTest test in tests)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {test.Name} | {string.Join(" | ", settings.Select(setting => Cell(test, setting)))} |\n");
        }

        return text.ToString();
    }

    /// <summary>A test case for each test on each machine.</summary>
    public XDocument JUnit() => new(new XElement("testsuites", settings.Select(setting => new XElement(
        "testsuite", new XAttribute("name", $"{suite} {setting.Name}"), tests.Select(test => Case(test, setting))))));

    /// <summary>Writes everything that each machine said, a file a run.</summary>
    public void WriteLogs(string directory)
    {
        foreach (SuiteRun run in runs)
        {
            string file = Path.Combine(directory, run.Setting.Name.Replace(' ', '-'), run.Test.Name + ".log");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllLines(file, run.Lines);
        }
    }

    private XElement Case(SuiteTest test, SuiteSetting setting)
    {
        XElement element = new("testcase", new XAttribute("classname", $"{suite}.{setting.Name}"), new XAttribute("name", test.Name));
        if (!_runs.TryGetValue((test.Name, setting.Name), out SuiteRun? run))
        {
            element.Add(new XElement("skipped", new XAttribute("message", test.WhyNot ?? "")));
            return element;
        }

        element.Add(new XAttribute("time", run.Time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture)));
        IReadOnlyList<string> missing = Missing(test, setting);
        if (missing.Count > 0)
        {
            element.Add(new XElement("failure", new XAttribute("message", "differs from bare QEMU"), string.Join('\n', missing)));
        }

        return element;
    }

    private IReadOnlyList<string> Missing(SuiteTest test, SuiteSetting setting) =>
        setting.Oracle is { } oracle && _runs.TryGetValue((test.Name, setting.Name), out SuiteRun? run)
            ? run.Missing(_runs[(test.Name, oracle.Name)])
            : [];

    private string Cell(SuiteTest test, SuiteSetting setting) =>
        _runs.TryGetValue((test.Name, setting.Name), out SuiteRun? run) ? run.Summary : test.WhyNot ?? "";
}
