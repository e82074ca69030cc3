// Names of guests in the monitor: of an ELF guest that is where it was linked, and of a Linux that is not.
using System;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Nestor.Tools.Symbols;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class MonitorSymbolTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Addresses_of_an_ELF_guest_have_names_and_names_are_addresses() =>
        await MonitoredGuest.RunAsync("symbols", async (machine, monitor) =>
        {
            JsonElement[] frames = [.. (await monitor.JsonAsync("bt")).GetProperty("frames").EnumerateArray()];
            Assert.Matches(@"^inner\+0x(18|1c|20|24)$", frames[0].GetProperty("symbol").GetString());
            Assert.Equal(["outer+0xc", "el1+0xc"], frames[1..].Select(frame => frame.GetProperty("symbol").GetString()));
            Assert.Contains("inner+0x", await monitor.AskAsync("reg pc"), StringComparison.Ordinal);
            Assert.Contains("leave+0x0", await monitor.AskAsync("trace class 0x1a"), StringComparison.Ordinal);
            Assert.Contains("leave+0x0", await monitor.AskAsync("trace histogram"), StringComparison.Ordinal);
            JsonElement code = (await monitor.JsonAsync("mem disassemble inner 2")).GetProperty("instructions");
            Assert.Equal("inner+0x0", code[0].GetProperty("symbol").GetString());
            Assert.False(code[1].TryGetProperty("symbol", out _));
            Assert.Contains("needle in guest", await monitor.AskAsync("mem text 32"), StringComparison.Ordinal);
            Assert.Contains("error: bad expression 'outest'", await monitor.AskAsync("break outest"), StringComparison.Ordinal);

            await machine.SendAsync("break inner+0x1c\r");
            await monitor.ExpectAsync(@"nestor: g/0: breakpoint 1 at 0x[0-9a-f]{16}, EL1 nested in inner\+0x1c: add x19, x19, #1\n");
            await monitor.ExpectPromptAsync();
            Assert.Contains("inner+0x1c", await monitor.AskAsync("break"), StringComparison.Ordinal);
            await monitor.AskAsync("break delete 1");
            await machine.SendAsync("step\r");
            await monitor.ExpectAsync(@"nestor: g/0: stepped to 0x[0-9a-f]{16}, EL1 nested in inner\+0x20: str x19, \[x20\]\n");
        }, new MachineDescription { Guests = [MonitoredGuest.Guest() with { Symbols = SymbolIndexFile.Make(PayloadAssembler.Image("Level2")) }] });

    [Fact]
    public async Task A_guest_that_goes_on_from_a_snapshot_has_them_too()
    {
        using SavedGuest saved = new();
        await MonitoredGuest.RunAsync("symbols saved", (_, monitor) => saved.SaveAsync(monitor));
        await SavedGuest.RestoreAsync(saved.File, "symbols restored", s_soon, async machine =>
        {
            MonitorConsole monitor = new(machine);
            await monitor.OpenAsync();
            Assert.Matches(@" inner\+0x[0-9a-f]+(.|\n)* outer\+0xc(.|\n)* el1\+0xc", await monitor.AskAsync("bt"));
        }, SymbolIndexFile.Make(PayloadAssembler.Image("Level2")));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Every_vCPU_of_a_Linux_has_names_though_nobody_chose_or_held_it()
    {
        GuestDescription linux = StockGuest.Linux() with { Cpus = 2 };
        linux = linux with { Symbols = SymbolIndexFile.Make(linux.Kernel!) };
        MachineDescription description = new() { Guests = [MonitoredGuest.Guest() with { Cpus = 1 }, linux], HostCpus = 3 };
        await QemuMachine.RunAsync(MonitoredGuest.Options("names of all vCPUs", description), async machine =>
        {
            await machine.ExpectAsync("nestor# ", TimeSpan.FromSeconds(150));
            MonitorConsole monitor = new(machine);
            await monitor.OpenAsync();
            await monitor.ExpectAnswerAsync("json vcpu", answer => Regex.Count(answer, "\"symbol\":\"\\w+\\+0x") == 2);
            foreach (JsonElement bin in (await monitor.JsonAsync("trace histogram")).GetProperty("exits").EnumerateArray())
            {
                string pc = bin.GetProperty("pc").GetString()!;
                Assert.Equal(pc.StartsWith("0xffff", StringComparison.Ordinal), bin.TryGetProperty("symbol", out _));
            }
        });
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("", @"EL2 \(VHE\)")]
    [InlineData("kvm-arm.mode=nvhe", "EL1 nested|EL1")]
    public async Task Functions_of_a_Linux_that_moved_have_names(string append, string level)
    {
        GuestDescription linux = StockGuest.Linux(append: append) with { Cpus = 1 };
        linux = linux with { Symbols = SymbolIndexFile.Make(linux.Kernel!) };
        MachineOptions options = MachineOptions.Nestor("symbols of linux " + append, new MachineDescription { Guests = [linux] });
        await QemuMachine.RunAsync(options, async machine =>
        {
            LinuxConsole console = new(machine);
            await console.ExpectShellAsync(cpus: 1);
            MonitorConsole monitor = new(machine);
            await monitor.OpenAsync();
            await monitor.ExpectAnswerAsync("bt", answer => Regex.IsMatch(answer, @" do_idle\+0x[0-9a-f]+(.|\n)* start_kernel\+0x[0-9a-f]+"));
            await monitor.AskAsync("break __arm64_sys_newuname");
            await monitor.CloseAsync();
            await machine.SendAsync("uname -m\n");
            await machine.ExpectAsync(new Regex($@"nestor: guest/0: breakpoint 1 at 0x[0-9a-f]{{16}}, ({level}) in __arm64_sys_newuname\+0x0"), s_soon);
            await monitor.OpenAsync();
            Assert.Matches(@" __arm64_sys_newuname\+0x0(.|\n)* el0t_64_sync_handler\+0x", await monitor.AskAsync("bt"));
            await monitor.AskAsync("break delete 1");

            // A timer's interrupt has long come due, and does not take the step away.
            await machine.SendAsync("step\r");
            await monitor.ExpectAsync(@"nestor: guest/0: stepped to 0x[0-9a-f]{16}, .* in __arm64_sys_newuname\+0x4: ");
            await machine.SendAsync("vcpu go\r\x1d");
            await machine.ExpectAsync("aarch64", s_soon);

            // Where a kernel lies is known from its vectors.
            await monitor.OpenAsync();
            await monitor.AskAsync("vcpu stop");
            await monitor.AskAsync("reg VBAR_EL1 = 0");
            await monitor.AskAsync("reg VBAR_EL2 = 0");
            Assert.Contains(
                "error: the guest's kernel has not set its vectors yet, so nobody knows where this is: '__arm64_sys_newuname'",
                await monitor.AskAsync("break __arm64_sys_newuname"),
                StringComparison.Ordinal);
        });
    }
}
