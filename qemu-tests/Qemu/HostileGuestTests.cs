// A guest that does its worst, beside one that goes about its business: the second must lose nothing, and the machine must
// end as if nothing had been. What the hostile guest itself is to see is tested line by line in Guests/.
using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Guests;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class HostileGuestTests
{
    private const string Groups = "hostile,list-registers,stage2-formats,stage2-rights,tlbi,byte-order,eret-modes,recursion,its";

    // The groups together take seconds; with one CPU for all, on a busy machine, a minute.
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(3, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task The_neighbour_of_a_hostile_guest_loses_nothing(int hostCpus, int nv) =>
        await QemuMachine.RunAsync(Options(hostCpus, nv), async machine =>
        {
            await machine.ExpectAsync("nestor: hostile: powered off", s_enough);
            ulong before = Rounds(machine);
            TapReport report = TapReport.Parse(machine.Transcript.Lines
                .Where(line => line.Text.StartsWith("[hostile] ", StringComparison.Ordinal)).Select(line => line.Text["[hostile] ".Length..]));
            Assert.True(report.Passed, report.Complaint);
            Assert.True(before != 0, "the neighbour said nothing while the other guest ran");

            await machine.ExpectAsync(new Regex(@"^\[neighbour\] neighbour: \d+ rounds\r?$", RegexOptions.Multiline), s_soon);
            await machine.SendAsync("q");
            await machine.ExpectAsync(new Regex(@"^\[neighbour\] neighbour: \d+ rounds, all well\r?$", RegexOptions.Multiline), s_soon);
            Assert.True(Rounds(machine) > before, "the neighbour stood still");
            await machine.ExpectAsync("nestor: neighbour: powered off", s_soon);
            await machine.ExpectPowerOffAsync(s_soon);
        });

    // The last number that the neighbour has told.
    private static ulong Rounds(QemuMachine machine) => machine.Transcript.Lines
        .Select(line => Regex.Match(line.Text, @"^\[neighbour\] neighbour: (\d+) rounds"))
        .Where(match => match.Success)
        .Select(match => ulong.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
        .LastOrDefault();

    private static MachineOptions Options(int hostCpus, int nv)
    {
        GuestDescription guest = new("hostile") { Kernel = PayloadRuns.Image, Append = "group=" + Groups, Cpus = 2, Nv = nv };
        MachineDescription machine = new()
        {
            Guests = [guest, guest with { Name = "neighbour", Append = "group=neighbour", Cpus = 1 }],
            HostCpus = hostCpus,
        };
        return MachineOptions.Nestor($"hostile guest, {hostCpus} host cpus, nv={nv}", machine) with { Deadline = s_enough + s_soon };
    }
}
