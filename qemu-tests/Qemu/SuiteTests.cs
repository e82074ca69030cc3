// `./build.sh suite` from outside, with suites of tests that Nestor's guests do not pass, and of some that nobody can run.
using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using System.Xml.Linq;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class SuiteTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(180);

    // Five boots of Linux, and perhaps the way there.
    private static readonly TimeSpan s_selftestsDeadline = TimeSpan.FromSeconds(900);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task What_passes_on_bare_QEMU_and_not_under_Nestor_is_a_failure_and_named()
    {
        File.Copy(PayloadAssembler.Image("UnitTest"), _files.Path("UnitTest.flat"));
        File.WriteAllText(_files.Path("unittests.cfg"), """
            [features]
            file = UnitTest.flat
            smp = $MAX_SMP
            [older]
            file = UnitTest.flat
            qemu_params = -machine gic-version=2
            [absent]
            file = Absent.flat
            """);
        using Command suite = Suite(_files.Root);
        Assert.Equal(1, await suite.WaitForExitAsync());
        Assert.Matches(@"features +│ 2 PASS +│ 1 PASS, 1 FAIL +│ 1 PASS, 1 FAIL +│ 2 PASS +│ 1 PASS, 1 FAIL ", suite.Output);
        foreach (string setting in new[] { "el=2 nv=2", "el=2 nv=1", "el=1" })
        {
            Assert.Contains($"FAILED features, {setting}: runs: has FEAT_NMI\n", suite.Output, StringComparison.Ordinal);
        }

        string place = RepositoryRoot.Out("suite", "kvm-unit-tests");
        XElement[] cases = [.. XDocument.Load(Path.Combine(place, "junit.xml")).Descendants("testcase")];
        Assert.Equal(15, cases.Length);
        Assert.Equal(3, cases.Count(test => test.Element("failure") is not null));
        Assert.Equal(10, cases.Count(test => test.Element("skipped") is not null));
        Assert.Contains("| older | it needs a GICv2 |", File.ReadAllText(Path.Combine(place, "table.md")), StringComparison.Ordinal);
        Assert.Contains("| absent | no Absent.flat |", File.ReadAllText(Path.Combine(place, "table.md")), StringComparison.Ordinal);
        Assert.Contains("EXIT: STATUS=1", File.ReadAllText(Path.Combine(place, "el=1", "features.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_without_a_suite_is_refused()
    {
        using Command suite = Suite(_files.Root);
        Assert.Equal(2, await suite.WaitForExitAsync());
        Assert.Equal($"nestor: there is no {_files.Path("unittests.cfg")}; give `arm` of a kvm-unit-tests that you have built, or the list with --config\n", suite.Errors);
    }

    [Trait("Category", "Slow")]
    [Fact]
    public async Task A_selftest_must_end_as_on_bare_QEMU_and_one_that_takes_the_machine_with_it_costs_only_itself()
    {
        // A guest of Nestor has no PCIe.
        string source = SelftestTree(
            ("arm64/same", "exit 4"), ("differs", "[ -d /proc/device-tree/pcie@10000000 ] || exit 1"), ("hangs", "echo starts; sleep 1000"),
            ("dies", "[ -d /proc/device-tree/pcie@10000000 ] || { sleep 1; poweroff -f; }"), ("last", "echo ok 1 part"));
        using Command suite = Selftests("--source", source, "--timeout", "5");
        Assert.Equal(1, await suite.WaitForExitAsync());
        Assert.Matches(@"arm64/same +│ SKIP +│ SKIP +│ SKIP +│", suite.Output);
        Assert.Matches(@"differs +│ PASS +│ FAIL \(1\) +│ FAIL \(1\) +│", suite.Output);
        Assert.Matches(@"hangs +│ no end +│ no end +│ no end +│", suite.Output);
        Assert.Matches(@"dies +│ PASS +│ no end +│ no end +│", suite.Output);
        Assert.Matches(@"last +│ PASS, 1 ok +│ PASS, 1 ok +│ PASS, 1 ok +│", suite.Output);
        Assert.Matches(@"absent +│ it did not build +│ it did not build +│ it did not build +│", suite.Output);
        Assert.Contains("FAILED differs, el=2 nv=1: PASS; it is FAIL (1)\n", suite.Output, StringComparison.Ordinal);
        Assert.Contains("FAILED dies, el=2 nv=2: its end\n", suite.Output, StringComparison.Ordinal);
        Assert.Equal(4, suite.Output.Split("FAILED ").Length - 1);
        Assert.Contains("starts", File.ReadAllText(Path.Combine(RepositoryRoot.Out("suite", "kvm-selftests"), "el=2-nv=2", "hangs.log")), StringComparison.Ordinal);
    }

    [Trait("Category", "Slow")]
    [Fact]
    public async Task A_filter_that_lets_no_selftest_through_is_refused_with_their_names()
    {
        using Command suite = Selftests("--source", SelftestTree(("arm64/same", "exit 0")), "--filter", "nonsense");
        Assert.Equal(2, await suite.WaitForExitAsync());
        Assert.EndsWith("nestor: --filter: no selftest has 'nonsense' in its name; they are arm64/same, absent\n", suite.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--source: there is no /nowhere; give a tree of Linux or an archive of one", "--source", "/nowhere")]
    [InlineData("kvm-selftests takes no directory; it is '/tmp'", "/tmp")]
    [InlineData("kvm-selftests takes no --config; it is 'a'", "--config", "a")]
    public async Task What_selftests_do_not_take_is_refused(string why, params string[] arguments)
    {
        using Command suite = Selftests(arguments);
        Assert.Equal(2, await suite.WaitForExitAsync());
        Assert.Equal($"nestor: {why}\n", suite.Errors);
    }

    private static Command Suite(params string[] arguments) => Command.BuildSh(s_deadline, ["suite", "kvm-unit-tests", .. arguments]);

    [Fact]
    public async Task A_group_of_the_payload_runs_on_the_machines_of_its_level()
    {
        using Command suite = Command.BuildSh(s_deadline, "suite", "payloads", "--filter", "psci-arguments");
        Assert.True(await suite.WaitForExitAsync() == 0, suite.Errors + suite.Output);
        Assert.Matches(@"│ psci-arguments +│ [0-9]+ ok +│ [0-9]+ ok +│ [0-9]+ ok +│ +│ +│", suite.Output);
        Assert.Matches(@"│ el1-psci-arguments +│ +│ +│ +│ [0-9]+ ok +│ [0-9]+ ok +│", suite.Output);
    }

    [Fact]
    public async Task A_filter_that_lets_no_group_through_is_refused_with_their_names()
    {
        using Command suite = Command.BuildSh(s_deadline, "suite", "payloads", "--filter", "nonsense");
        Assert.Equal(2, await suite.WaitForExitAsync());
        Assert.StartsWith("nestor: --filter: no group has 'nonsense' in its name; they are at, byte-order, ", suite.Errors, StringComparison.Ordinal);
    }

    private static Command Selftests(params string[] arguments) => Command.BuildSh(s_selftestsDeadline, ["suite", "kvm-selftests", .. arguments]);

    // As much of a tree of Linux as the build needs: the tests are scripts, and one that is said to be there is not.
    private string SelftestTree(params (string Name, string Commands)[] tests)
    {
        string kvm = Path.Combine(_files.Root, "linux", "tools", "testing", "selftests", "kvm");
        Directory.CreateDirectory(kvm);
        File.WriteAllText(_files.Path("linux/Makefile"), "headers:\n\t@true\n");
        File.WriteAllText(Path.Combine(kvm, "Makefile"), $"TEST_GEN_PROGS := {string.Join(' ', tests.Select(test => test.Name))} $(CURDIR)/absent\nall:\n\t@true\n");
        foreach ((string name, string commands) in tests)
        {
            string file = Path.Combine(kvm, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, $"#!/bin/sh\n{commands}\n");
        }

        return _files.Path("linux");
    }
}
