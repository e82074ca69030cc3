// `suite`: other people's tests, on bare QEMU and under Nestor. What passes there must pass here.
using System.CommandLine;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Suites;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

internal sealed class SuiteCommand : Command
{
    // One test of KVM may start a hundred guests.
    private const int UnitTestTimeout = 120;
    private const int SelftestTimeout = 900;

    private readonly Argument<string> _suite = new("SUITE") { Description = $"which: {KvmUnitTests.Name}, {KvmSelftests.Name} or {PayloadChecks.Name}" };
    private readonly Argument<string?> _directory = new("DIR")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"{KvmUnitTests.Name}: where its images are, the directory `arm` of a build",
    };

    private readonly Option<string?> _config = new("--config") { HelpName = "FILE", Description = $"{KvmUnitTests.Name}: the list of tests (default: unittests.cfg in DIR)" };
    private readonly Option<string?> _source = new("--source") { HelpName = "PATH", Description = $"{KvmSelftests.Name}: a tree of Linux, or an archive of one (default: the newest that Debian has)" };
    private readonly Option<string?> _filter = new("--filter") { HelpName = "TEXT", Description = "only tests whose name contains TEXT" };
    private readonly Option<int?> _timeout = NumberOption.Create("--timeout", "S", $"give a test up after S seconds (default: {UnitTestTimeout}; {KvmSelftests.Name}: {SelftestTimeout})");
    private readonly Option<string?> _qemu = new("--qemu") { HelpName = "PATH", Description = "the QEMU to use" };

    public SuiteCommand()
        : base("suite", "Run other people's tests on bare QEMU and under Nestor; what passes there must pass here.")
    {
        Add(_suite);
        Add(_directory);
        foreach (Option option in (Option[])[_config, _source, _filter, _timeout, _qemu])
        {
            Add(option);
        }

        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        string suite = parsed.GetValue(_suite)!;
        using ScratchDirectory scratch = ScratchDirectory.Create("nestor-");
        SuiteReport report = suite switch
        {
            KvmUnitTests.Name => UnitTests(parsed, scratch.Path),
            KvmSelftests.Name => Selftests(parsed, scratch.Path),
            PayloadChecks.Name => Payloads(parsed),
            _ => throw new UsageException($"there is no suite '{suite}'; it is {KvmUnitTests.Name}, {KvmSelftests.Name} or {PayloadChecks.Name}"),
        };
        string place = RepositoryRoot.Out("suite", suite);
        report.WriteLogs(place);
        report.JUnit().Save(Path.Combine(place, "junit.xml"));
        File.WriteAllText(Path.Combine(place, "table.md"), report.Markdown());

        TextWriter output = parsed.InvocationConfiguration.Output;
        report.Write(output);
        output.WriteLine($"{place}: junit.xml, table.md, and what each machine said");
        return report.Failures.Count == 0 ? ExitStatus.Success : ExitStatus.Failure;
    }

    private SuiteReport UnitTests(ParseResult parsed, string scratch)
    {
        Refuse(parsed.GetValue(_source), "--source", KvmUnitTests.Name);
        string directory = parsed.GetValue(_directory) ?? throw new UsageException($"{KvmUnitTests.Name} needs a directory: `arm` of a kvm-unit-tests that you have built");
        TimeSpan timeout = Timeout(parsed, UnitTestTimeout);
        IReadOnlyList<SuiteTest> tests = KvmUnitTests.Find(directory, parsed.GetValue(_config), parsed.GetValue(_filter));
        string qemu = Prepare(parsed, Purpose.Build, Purpose.Run);
        return KvmUnitTests.Run(qemu, tests, timeout, scratch);
    }

    private SuiteReport Selftests(ParseResult parsed, string scratch)
    {
        Refuse(parsed.GetValue(_directory), "directory", KvmSelftests.Name);
        Refuse(parsed.GetValue(_config), "--config", KvmSelftests.Name);
        TimeSpan timeout = Timeout(parsed, SelftestTimeout);
        string? source = parsed.GetValue(_source);
        if (source is not null && !Path.Exists(source))
        {
            throw new UsageException($"--source: there is no {source}; give a tree of Linux or an archive of one");
        }

        string qemu = Prepare(parsed, Purpose.Build, Purpose.Run, Purpose.Selftests);
        KvmSelftests suite = new(qemu, SelftestParts.Ensure(source is null ? null : Path.GetFullPath(source)), timeout);
        return suite.Run(suite.Find(parsed.GetValue(_filter)), scratch);
    }

    private SuiteReport Payloads(ParseResult parsed)
    {
        Refuse(parsed.GetValue(_directory), "directory", PayloadChecks.Name);
        Refuse(parsed.GetValue(_config), "--config", PayloadChecks.Name);
        Refuse(parsed.GetValue(_source), "--source", PayloadChecks.Name);
        TimeSpan timeout = Timeout(parsed, UnitTestTimeout);
        IReadOnlyList<SuiteTest> tests = PayloadChecks.Find(parsed.GetValue(_filter));
        string qemu = Prepare(parsed, Purpose.Build, Purpose.Run);
        PayloadBuild.Run(RepositoryRoot.Path);
        return PayloadChecks.Run(qemu, tests, timeout);
    }

    private string Prepare(ParseResult parsed, params Purpose[] purposes)
    {
        string qemu = Requirements.Ensure(purposes, parsed.GetValue(_qemu));
        KernelBuild.Run(RepositoryRoot.Path);
        return qemu;
    }

    private TimeSpan Timeout(ParseResult parsed, int otherwise) =>
        TimeSpan.FromSeconds(NumberOption.AtLeastOne("--timeout", parsed.GetValue(_timeout)) ?? otherwise);

    private static void Refuse(string? given, string what, string suite)
    {
        if (given is not null)
        {
            throw new UsageException($"{suite} takes no {what}; it is '{given}'");
        }
    }
}
