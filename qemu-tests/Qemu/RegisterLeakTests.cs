// Two VMs take turns on one CPU. Each writes a value of its own to every register that it can, and must find it there afterwards.
using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Guests;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

[Trait("Category", "Slow")]
public sealed class RegisterLeakTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public async Task A_VM_finds_what_it_wrote_and_nothing_of_another(int el, int nv) => await RunAsync(Machine(el, nv, "stable"));

    [NewestQemuTheory]
    [InlineData(2, 2)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public async Task The_same_on_the_newest_CPU(int el, int nv) => await RunAsync(Machine(el, nv, "newest") with { Qemu = NewestQemuPath.Path });

    private static async Task RunAsync(MachineOptions options) => await QemuMachine.RunAsync(options, async machine =>
    {
        await machine.WaitForExitAsync();
        foreach (string name in (string[])["first", "second"])
        {
            string[] results = [.. Regex.Matches(machine.Transcript.Text, $@"\[{name}\] ((not )?ok .*?)\r?\n").Select(match => match.Groups[1].Value)];
            Assert.NotEmpty(results);
            Assert.DoesNotContain(results, line => line.StartsWith("not ok", StringComparison.Ordinal));
            Assert.Matches($@"\[{name}\] 1\.\.{results.Length}\r?\n", machine.Transcript.Text);
        }
    });

    private static MachineOptions Machine(int el, int nv, string cpu)
    {
        GuestDescription guest = new("first") { Kernel = PayloadRuns.Image, Append = $"group={(el == 2 ? "" : "el1-")}leak pattern=first", Cpus = 1, El = el, Nv = nv };
        return MachineOptions.Nestor($"register leak, el {el} nv {nv}, {cpu}", new MachineDescription
        {
            HostCpus = 1,
            Guests = [guest, guest with { Name = "second", Append = guest.Append!.Replace("pattern=first", "pattern=second", StringComparison.Ordinal) }],
        }) with { Deadline = TimeSpan.FromMinutes(3) };
    }
}
