// unittests.cfg as the versions of kvm-unit-tests write it, and what is wrong with others.
using System;
using System.Linq;
using Nestor.Tools.Suites;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class UnitTestsConfigTests
{
    [Fact]
    public void A_test_has_the_machine_that_its_section_describes()
    {
        SuiteTest test = Assert.Single(Parse("# first", "[setup]", "file = selftest.flat", "smp = 2", "test_args = 'setup smp=2 mem=128'", "qemu_params = -m 128 -machine mte=on", "groups = a b"));
        Assert.Equal("setup", test.Name);
        Assert.Equal("/images/selftest.flat", test.Image);
        Assert.Equal(2, test.Cpus);
        Assert.Equal(128L << 20, test.Memory);
        Assert.Equal("setup smp=2 mem=128", test.Append);
        Assert.Equal(["-machine", "mte=on"], test.QemuArguments);
        Assert.Null(test.WhyNot);
    }

    [Fact]
    public void More_CPUs_than_a_number_can_say_are_as_many_as_there_are() =>
        Assert.Equal(UnitTestsConfig.MostCpus, Assert.Single(Parse("[a]", "file = a.flat", "smp = 2222222222")).Cpus);

    [Fact]
    public void What_is_not_said_is_one_CPU_and_256_MiB()
    {
        SuiteTest test = Assert.Single(Parse("[a]", "file = a.flat"));
        Assert.Equal((1, 256L << 20, ""), (test.Cpus, test.Memory, test.Append));
    }

    [Fact]
    public void The_command_line_may_be_among_the_parameters_of_QEMU() =>
        Assert.Equal("a 'b c'", Assert.Single(Parse("[a]", "file = a.flat", "extra_params = -append \"a 'b c'\" -machine gic-version=3")).Append);

    [Theory]
    [InlineData("$MAX_SMP", 4)]
    [InlineData("$((($MAX_SMP < 8)?$MAX_SMP:8))", 4)]
    [InlineData("$((($MAX_SMP < 3)?$MAX_SMP:3))", 3)]
    [InlineData("1", 1)]
    [InlineData("0", 1)]
    public void Expressions_of_the_shell_give_a_number_of_CPUs(string text, int cpus) =>
        Assert.Equal(cpus, Assert.Single(Parse("[a]", "file = a.flat", "smp = " + text)).Cpus);

    [Theory]
    [InlineData("qemu_params = -machine gic-version=2", "it needs a GICv2")]
    [InlineData("arch = arm", "it is for 32-bit Arm")]
    public void A_test_for_another_machine_says_so(string line, string why) =>
        Assert.Equal(why, Assert.Single(Parse("[a]", "file = a.flat", line)).WhyNot);

    [Theory]
    [InlineData("list:1: 'file = a.flat' is neither a section nor `key = value`", "file = a.flat")]
    [InlineData("list:2: 'nonsense' is neither a section nor `key = value`", "[a]", "nonsense")]
    [InlineData("list: the section a has no `file`", "[a]", "smp = 2", "[b]", "file = b.flat")]
    [InlineData("list: a: -m: 'much' is not a size; write for example 512M or 1G", "[a]", "file = a.flat", "qemu_params = -m much")]
    public void Other_files_are_refused(string why, params string[] lines) =>
        Assert.Equal(why, Assert.Throws<UsageException>(() => Parse(lines)).Message);

    [Fact]
    public void The_numbers_of_a_check_do_not_count_and_its_verdict_does()
    {
        Assert.Equal(new Subtest("PASS", "timer: fires after N ns at N"), Subtest.Parse("PASS: timer: fires after 1200 ns at 0x40"));
        Assert.Equal("XFAIL", Subtest.Parse("XFAIL: psci: cpu-on")?.Verdict);
        Assert.Null(Subtest.Parse("INFO: nothing"));
        Assert.Null(Subtest.Parse("it will PASS: soon"));
    }

    private static SuiteTest[] Parse(params string[] lines) => [.. UnitTestsConfig.Parse("list", lines, "/images")];
}
