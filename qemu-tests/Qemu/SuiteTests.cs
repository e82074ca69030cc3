// `./build.sh suite` from outside, with a suite of one test that Nestor's guests do not pass and one that nobody can run.
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

    private static Command Suite(params string[] arguments) => Command.BuildSh(s_deadline, ["suite", "kvm-unit-tests", .. arguments]);
}
