// What Nestor starts when it is given no guest: a small guest hypervisor with a guest of its own. The same image on bare
// QEMU, at the real EL2, says what is right.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Build;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed partial class DemoTests
{
    private const int LargestImage = 512 * 1024;
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_demonstration_says_under_Nestor_what_it_says_on_hardware()
    {
        string image = DemoBuild.Run(RepositoryRoot.Path);
        IReadOnlyList<string> expected = await LinesAsync(MachineOptions.Bare("demo on bare QEMU", image));
        Assert.Contains("demo: [EL1] hello from the guest; CurrentEL says EL1", expected);
        Assert.Equal("demo: [EL2] the guest is done; switching off", expected[^1]);
        Assert.Equal(expected, await LinesAsync(MachineOptions.Nestor("demo", new MachineDescription())));
    }

    [Fact]
    public async Task The_demo_command_needs_nothing_and_succeeds()
    {
        using Command demo = Command.BuildSh(TimeSpan.FromSeconds(60), "demo", "--timeout", "20");
        Assert.Equal(0, await demo.WaitForExitAsync());
        Assert.Contains("demo: [EL2] the guest is done; switching off", demo.Output, StringComparison.Ordinal);
        Assert.Contains("nestor: demo: powered off", demo.Output, StringComparison.Ordinal);
        Assert.Equal("", demo.Errors);
    }

    [Fact]
    public void The_image_with_the_demonstration_in_it_is_small() =>
        Assert.InRange(new FileInfo(RepositoryRoot.Out("nestor")).Length, 1, LargestImage);

    private static async Task<IReadOnlyList<string>> LinesAsync(MachineOptions options)
    {
        IReadOnlyList<string> lines = [];
        await QemuMachine.RunAsync(options, async machine =>
        {
            await machine.ExpectPowerOffAsync(s_soon);
            lines = [.. machine.Transcript.Lines
                .Select(line => Measured().Replace(line.Text, "N ns"))
                .Where(line => line.StartsWith("demo:", StringComparison.Ordinal))];
        });
        return lines;
    }

    // The only thing that hardware and Nestor may disagree about.
    [GeneratedRegex(@"\d+ ns")]
    private static partial Regex Measured();
}
