// From lines of QEMU's execution log to instructions by function.
using System.Collections.Generic;
using System.Linq;
using Nestor.Tools.Bench;
using Xunit;

namespace Nestor.Tests.Unit.Bench;

public sealed class ProfileTests
{
    private const ulong Loop = 0x4022_3000;
    private const ulong Trap = 0x4020_0400;
    private const ulong Handler = 0x4021_0000;

    [Theory]
    [InlineData("Trace 0: 0x7fa6dc3abbc0 [0f0000f0/0000000040216c44/00000061/ff022201] ", 0, 0x40216c44, true)]
    [InlineData("Trace 1: 0x7fa6dc3abbc0 [0f0000f0/0000000040205c04/00001021/ff022201] symbol", 1, 0x40205c04, false)]
    public void A_line_is_an_instruction(string line, int cpu, ulong address, bool isHost) =>
        Assert.Equal(new Executed(cpu, address, isHost), Executed.Parse(line));

    [Theory]
    [InlineData("")]
    [InlineData("Stopped execution of TB chain before 0x7fa6dc3abbc0 [0000000040216c44] ")]
    [InlineData("Trace 0: 0x7fa6dc3abbc0 [0f0000f0/not-hex/00000061/ff022201] ")]
    [InlineData("Trace : [0f0000f0/0000000040216c44/00000061/ff022201] ")]
    public void Another_line_is_none(string line) => Assert.Null(Executed.Parse(line));

    [Fact]
    public void A_repetition_goes_from_a_return_to_the_same_return()
    {
        Profile profile = New();
        Play(profile, start: 50, repetitions: 3);
        IReadOnlyList<ProfileEntry> entries = profile.Entries();
        Assert.Equal(2, profile.Count);
        Assert.Equal([new("handler", 3), new(Profile.Guest, 2), new("vectors", 1)], entries);
    }

    [Fact]
    public void What_lies_between_two_runs_of_a_loop_is_no_repetition()
    {
        Profile profile = New();
        Play(profile, start: 50, repetitions: 2);
        for (ulong i = 0; i < 1000; i++)
        {
            profile.Add(new Executed(0, 0x4020_8000 + (i * 4), false));
        }

        Play(profile, start: 0, repetitions: 4);
        Assert.Equal(2, profile.Entries().Single(entry => entry.Function == Profile.Guest).Instructions);
        Assert.Equal(4, profile.Count);
    }

    [Fact]
    public void Who_was_called_stands_on_who_called()
    {
        Profile profile = New();
        Play(profile, start: 50, repetitions: 3);
        IReadOnlyDictionary<string, double> stacks = profile.Stacks();
        Assert.Equal(1, stacks["vectors"], 6);
        Assert.Equal(3, stacks["vectors;handler"], 6);
        string svg = FlameGraph.Svg("a <row>", stacks);
        Assert.Contains("a &lt;row&gt;: 6.0 instructions", svg, System.StringComparison.Ordinal);
        Assert.Contains("<title>handler: 3.0 (50.0%)</title>", svg, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_loop_there_is_no_profile() => Assert.Empty(New().Entries());

    private static Profile New() => new(new() { [Trap] = "vectors", [Handler] = "handler" }, [(Loop, Loop + 0x1000)]);

    private static void Play(Profile profile, int start, int repetitions)
    {
        for (int i = 0; i < start; i++)
        {
            profile.Add(new Executed(0, Handler, true));
        }

        for (int i = 0; i < repetitions; i++)
        {
            profile.Add(new Executed(0, Loop, false));
            profile.Add(new Executed(0, Trap, true));
            profile.Add(new Executed(1, Handler, true));
            for (uint j = 0; j < 3; j++)
            {
                profile.Add(new Executed(0, Handler + (j * 4), true));
            }

            profile.Add(new Executed(0, Loop + 4, false));
        }
    }
}
