// What a machine that runs Linux's selftests says, and how the tests went by it.
using System;
using System.Collections.Generic;
using System.Linq;
using Nestor.Tools.Bench;
using Nestor.Tools.Suites;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class SelftestTests
{
    private static readonly SuiteSetting s_bare = SuiteSetting.WithEl2[0];
    private static readonly SuiteSetting s_nested = SuiteSetting.WithEl2[1];

    [Theory]
    [InlineData(0, "PASS")]
    [InlineData(4, "SKIP")]
    [InlineData(254, "FAIL (254)")]
    [InlineData(137, null)]
    public void An_exit_status_is_an_outcome(int status, string? outcome) => Assert.Equal(outcome, Selftest.Outcome(status));

    [Fact]
    public void A_message_of_the_kernel_in_front_does_not_hide_a_line()
    {
        Assert.Equal("arm64/at", Selftest.Begin("[ 1.0] warning selftest arm64/at begins"));
        Assert.Equal(("arm64/at", 4), Selftest.End("selftest arm64/at ends with 4"));
        Assert.Null(Selftest.End("selftest arm64/at begins"));
        Assert.Null(Selftest.Begin("selftest arm64/at begins to fail"));
    }

    [Fact]
    public void Parts_are_reported_in_TAP()
    {
        Assert.Equal(new Subtest("ok", "ID_AA64PFR0_EL1_EL0"), Selftest.Part("ok 12 ID_AA64PFR0_EL1_EL0"));
        Assert.Equal(new Subtest("not ok", "second"), Selftest.Part("not ok 2 - second"));
        Assert.Equal(new Subtest("skipped", "third"), Selftest.Part("ok 3 third # SKIP no hardware"));
        Assert.Null(Selftest.Part("1..3"));
        Assert.True(Selftest.Part("ok 1 a")!.HasPassed);
        Assert.False(Selftest.Part("ok 1 a # SKIP")!.HasPassed);
    }

    [Fact]
    public void Each_test_has_its_lines_and_the_one_that_took_the_machine_with_it_has_no_end()
    {
        IReadOnlyList<SuiteRun> runs = Read(
            s_bare, ["a", "b", "c"], "Linux", "selftest a begins", "ok 1 part", "selftest a ends with 0", "", "selftest b begins", "panic");
        Assert.Equal(["a", "b"], runs.Select(run => run.Test.Name));
        Assert.Equal(["selftest a begins", "ok 1 part", "selftest a ends with 0"], runs[0].Lines);
        Assert.Equal("PASS, 1 ok", runs[0].Summary);
        Assert.Equal(["selftest b begins", "panic"], runs[1].Lines);
        Assert.Equal("no end", runs[1].Summary);
    }

    [Theory]
    [InlineData("selftest a ends with 0", "selftest a ends with 0", null)]
    [InlineData("selftest a ends with 254", "selftest a ends with 254", null)]
    [InlineData("selftest a ends with 0", "selftest a ends with 4", "PASS; it is SKIP")]
    [InlineData("selftest a ends with 4", "selftest a ends with 0", "SKIP; it is PASS")]
    [InlineData("selftest a ends with 0", "selftest a ends with 137", "its end")]
    [InlineData("selftest a ends with 137", "selftest a ends with 0", null)]
    public void Another_outcome_than_on_bare_QEMU_is_a_failure(string bare, string nested, string? missing)
    {
        SuiteRun oracle = Assert.Single(Read(s_bare, ["a"], "selftest a begins", bare));
        SuiteRun run = Assert.Single(Read(s_nested, ["a"], "selftest a begins", nested));
        Assert.Equal(missing is null ? [] : [missing], run.Missing(oracle));
    }

    [Fact]
    public void A_part_that_passes_on_bare_QEMU_and_not_under_Nestor_is_named()
    {
        SuiteRun oracle = Assert.Single(Read(s_bare, ["a"], "selftest a begins", "ok 1 first", "ok 2 second", "selftest a ends with 0"));
        SuiteRun run = Assert.Single(Read(s_nested, ["a"], "selftest a begins", "ok 1 first", "not ok 2 second", "selftest a ends with 1"));
        Assert.Equal(["second", "PASS; it is FAIL (1)"], run.Missing(oracle));
    }

    private static IReadOnlyList<SuiteRun> Read(SuiteSetting setting, string[] tests, params string[] lines) => KvmSelftests.Read(
        [.. tests.Select(name => new SuiteTest(name, "Image", 2, 1 << 30, "", [], null))], setting, [.. lines.Select(line => new TimedLine(TimeSpan.Zero, line))]);
}
