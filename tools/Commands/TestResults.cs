// What a JUnit file says: how many passed, failed and were skipped, and which failed.
using System.Xml;
using System.Xml.Linq;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

public sealed record TestResults(int Passed, int Skipped, IReadOnlyList<string> Failed)
{
    public static TestResults None { get; } = new(0, 0, []);

    /// <summary>The results in the file, or null when there is no readable one.</summary>
    public static TestResults? Read(string file)
    {
        try
        {
            return File.Exists(file) ? Parse(XDocument.Load(file)) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static TestResults Parse(XDocument document)
    {
        int passed = 0;
        int skipped = 0;
        List<string> failed = [];
        foreach (XElement test in document.Descendants("testcase"))
        {
            if (test.Element("failure") is not null || test.Element("error") is not null)
            {
                failed.Add($"{test.Attribute("classname")?.Value}.{test.Attribute("name")?.Value}");
            }
            else if (test.Element("skipped") is not null)
            {
                skipped++;
            }
            else
            {
                passed++;
            }
        }

        return new TestResults(passed, skipped, failed);
    }

    /// <summary>These and those of a further run.</summary>
    public TestResults With(TestResults more) => new(Passed + more.Passed, Skipped + more.Skipped, [.. Failed, .. more.Failed]);

    /// <summary>Writes the names of what failed and the one last line; gives the exit status.</summary>
    public int Report(TextWriter output)
    {
        foreach (string name in Failed.Order(System.StringComparer.Ordinal))
        {
            output.WriteLine($"FAILED {name}");
        }

        output.WriteLine($"{Passed} passed, {Failed.Count} failed, {Skipped} skipped");
        return Failed.Count == 0 && Passed > 0 ? ExitStatus.Success : ExitStatus.Failure;
    }
}
