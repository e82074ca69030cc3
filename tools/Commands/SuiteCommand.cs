// `suite`: other people's tests, on bare QEMU and under Nestor. What passes there must pass here.
using System.CommandLine;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Suites;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

internal sealed class SuiteCommand : Command
{
    private const int DefaultTimeout = 120;

    private readonly Argument<string> _suite = new("SUITE") { Description = $"which: {KvmUnitTests.Name}" };
    private readonly Argument<string> _directory = new("DIR") { Description = "where its images are: the directory `arm` of a build" };
    private readonly Option<string?> _config = new("--config") { HelpName = "FILE", Description = "the list of tests (default: unittests.cfg in DIR)" };
    private readonly Option<string?> _filter = new("--filter") { HelpName = "TEXT", Description = "only tests whose name contains TEXT" };
    private readonly Option<int?> _timeout = NumberOption.Create("--timeout", "S", "give a test up after S seconds (default: 120)");
    private readonly Option<string?> _qemu = new("--qemu") { HelpName = "PATH", Description = "the QEMU to use" };

    public SuiteCommand()
        : base("suite", "Run other people's tests on bare QEMU and under Nestor; what passes there must pass here.")
    {
        Add(_suite);
        Add(_directory);
        foreach (Option option in (Option[])[_config, _filter, _timeout, _qemu])
        {
            Add(option);
        }

        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        string suite = parsed.GetValue(_suite)!;
        if (suite != KvmUnitTests.Name)
        {
            throw new UsageException($"there is no suite '{suite}'; it is {KvmUnitTests.Name}");
        }

        int timeout = NumberOption.AtLeastOne("--timeout", parsed.GetValue(_timeout)) ?? DefaultTimeout;
        IReadOnlyList<SuiteTest> tests = KvmUnitTests.Find(parsed.GetValue(_directory)!, parsed.GetValue(_config), parsed.GetValue(_filter));
        string qemu = Requirements.Ensure([Purpose.Build, Purpose.Run], parsed.GetValue(_qemu));
        KernelBuild.Run(RepositoryRoot.Path);
        using ScratchDirectory scratch = ScratchDirectory.Create("nestor-");
        SuiteReport report = KvmUnitTests.Run(qemu, tests, TimeSpan.FromSeconds(timeout), scratch.Path);
        string place = RepositoryRoot.Out("suite", suite);
        report.WriteLogs(place);
        report.JUnit().Save(Path.Combine(place, "junit.xml"));
        File.WriteAllText(Path.Combine(place, "table.md"), report.Markdown());

        TextWriter output = parsed.InvocationConfiguration.Output;
        report.Write(output);
        output.WriteLine($"{place}: junit.xml, table.md, and what each machine said");
        return report.Failures.Count == 0 ? ExitStatus.Success : ExitStatus.Failure;
    }
}
