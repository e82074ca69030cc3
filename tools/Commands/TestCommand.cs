// `test`: makes everything ready, runs the xunit project and reads its verdict from the JUnit file,
// so that the last line and the exit status say the same whatever the runner prints.
using System.CommandLine;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Guests;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

internal sealed class TestCommand : Command
{
    private readonly Option<bool> _fast = new("--fast") { Description = "leave out the tests that take longest: boots of operating systems, and Nestor in Nestor" };
    private readonly Option<bool> _long = new("--long") { Description = "the tests too that take ten minutes and more each" };
    private readonly Option<string?> _filter = new("--filter") { HelpName = "TEXT", Description = "only tests whose full name, values included, contains TEXT" };

    private readonly Option<int?> _repeat = NumberOption.Create("--repeat", "N", "run them N times, as long as none fails (default: 1)");

    public TestCommand()
        : base("test", "Run the tests; the last line and the exit status are the verdict.")
    {
        Add(_fast);
        Add(_long);
        Add(_filter);
        Add(_repeat);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        int repeat = NumberOption.AtLeastOne("--repeat", parsed.GetValue(_repeat)) ?? 1;

        bool fast = parsed.GetValue(_fast);
        Requirements.Ensure([Purpose.Build, Purpose.Run, Purpose.Debug]);
        new GuestStore().EnsureAll();
        KernelBuild.Run(RepositoryRoot.Path);
        PayloadBuild.Run(RepositoryRoot.Path);

        string filter = TestFilter.Build(fast, parsed.GetValue(_long), parsed.GetValue(_filter));
        TestResults all = TestResults.None;
        for (int run = 1; run <= repeat && all.Failed.Count == 0; run++)
        {
            if (repeat > 1)
            {
                Progress.Line($"run {run} of {repeat}");
            }

            TestResults? found = RunOnce(filter);
            if (found is null)
            {
                all = TestResults.None;
                break;
            }

            all = all.With(found);
        }

        return all.Report(parsed.InvocationConfiguration.Output);
    }

    private static TestResults? RunOnce(string filter)
    {
        string results = RepositoryRoot.Out("junit.xml");
        File.Delete(results);
        List<string> arguments =
        [
            "test", Path.Combine(RepositoryRoot.Path, "qemu-tests", "qemu-tests.csproj"),
            "-c", "Release", "-nologo", "-p:UseSharedCompilation=false",
            "--logger", $"junit;LogFilePath={results}",
            "--logger", "console;verbosity=minimal",
        ];
        if (filter.Length > 0)
        {
            arguments.AddRange(["--filter", filter]);
        }

        int status = ChildProcess.RunAttached("dotnet", arguments);
        TestResults? found = TestResults.Read(results);
        if (found is null)
        {
            Progress.Line($"the tests did not run to an end (status {status})");
        }

        return found;
    }
}
