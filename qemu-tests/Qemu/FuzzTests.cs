// Random programs leave at virtual EL2 what they leave at real EL2; and so do those that once did not (Guests/Programs).
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Qemu;

[Trait("Category", "Slow")]
public sealed class FuzzTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(8);

    private readonly TemporaryFiles _files = new();

    public static IEnumerable<object[]> Programs =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "qemu-tests", "Guests", "Programs"), "*.txt").Order().Select(file => new object[] { Path.GetFileName(file) });

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Thousands_of_programs_leave_the_same_on_all_machines_and_reach_much()
    {
        // As many as a slow machine can run before the deadline; at least one boot's.
        using Command fuzz = Command.BuildSh(s_deadline, "fuzz", "--seed", "100000", "--count", "40000", "--seconds", "150");
        Assert.True(await fuzz.WaitForExitAsync() == 0, fuzz.Errors + fuzz.Output);
        Match end = Regex.Match(fuzz.Output, @"\n([0-9]+) programs, 0 differences\n$");
        Assert.True(int.Parse(end.Groups[1].Value, CultureInfo.InvariantCulture) >= 4000, fuzz.Output);

        // Exception classes that programs must come to: trapped registers, ERET, SVE, PAuth, aborts, debug.
        string classes = Regex.Match(fuzz.Output, "exception classes: (.*)\n").Groups[1].Value;
        Assert.Empty(((string[])["0x9", "0x18", "0x19", "0x1a", "0x24", "0x25", "0x30", "0x32", "0x3c"]).Except(classes.Split(' ')));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_program_that_once_differed(string name)
    {
        string file = Path.Combine(RepositoryRoot.Path, "qemu-tests", "Guests", "Programs", name);
        using Command fuzz = Command.BuildSh(s_deadline, "fuzz", "--program", file);
        Assert.True(await fuzz.WaitForExitAsync() == 0, fuzz.Errors + fuzz.Output);
        Assert.Equal("", fuzz.Output);
    }

    [Fact]
    public async Task A_program_that_reads_the_time_differs_and_what_differs_is_said()
    {
        string file = _files.Path("time.txt");
        await File.WriteAllTextAsync(file, "step 0x3c9 read the counter\n    d53be041\n");
        using Command fuzz = Command.BuildSh(s_deadline, "fuzz", "--program", file, "--on", "nv2");
        Assert.Equal(1, await fuzz.WaitForExitAsync());
        Assert.Matches("^step 0x0: x0x1: bare 0x[0-9a-f]+, nv2 0x[0-9a-f]+\n$", fuzz.Output);
    }

    [Fact]
    public async Task A_machine_that_is_none_is_refused()
    {
        using Command fuzz = Command.BuildSh(s_deadline, "fuzz", "--on", "moon");
        Assert.Equal(2, await fuzz.WaitForExitAsync());
        Assert.Contains("--on: there is no 'moon'; it is nv2, nv1, inner", fuzz.Errors, StringComparison.Ordinal);
    }
}
