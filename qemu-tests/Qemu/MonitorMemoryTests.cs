// `mem`, `walk` and `shadow` against a guest hypervisor's guest whose tables the test knows (Guests/Level2.S).
using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class MonitorMemoryTests
{
    [Fact]
    public async Task Memory_is_read_written_and_searched_at_every_kind_of_address() =>
        await MonitoredGuest.RunAsync("mem", async (machine, monitor) =>
        {
            // The guest wrote 0x5678 to its low address: one page, by four names.
            foreach (string address in (string[])["0x1000", "el1:0x1000", "l2ipa:0x40300000", "ipa:0x40300000", "el2:0x40300000", "x22"])
            {
                Assert.Equal("7856000000000000", await BytesAsync(monitor, address, 8));
            }

            JsonElement walk = await monitor.JsonAsync("walk 0x1000");
            Assert.Equal("7856000000000000", await BytesAsync(monitor, "host:" + walk.GetProperty("host").GetString(), 8));

            await monitor.AskAsync("mem 0x1004 = 0xabcd 2");
            Assert.Equal("78560000cdab0000", await BytesAsync(monitor, "ipa:0x40300000", 8));
            await monitor.AskAsync("vcpu stop");
            await monitor.AskAsync("mem x20 = 0x1000000000");
            Assert.Equal("0000000010000000", await BytesAsync(monitor, "x20", 8));

            JsonElement found = await monitor.JsonAsync("mem search 0x40080000 0x1000 \"needle in\"");
            string text = found.GetProperty("found")[0].GetProperty("address").GetString()!;
            Assert.Contains("needle in guest", await monitor.AskAsync($"mem {text} 16"), StringComparison.Ordinal);
            found = await monitor.JsonAsync("mem search 0x40080000 0x1000 needle in guest memory  ");
            Assert.Equal(text, Assert.Single(found.GetProperty("found").EnumerateArray()).GetProperty("address").GetString());

            // A read that runs out of memory ends there.
            Assert.Contains("not mapped", await monitor.AskAsync("mem 0x407ffff8 32"), StringComparison.Ordinal);
        });

    [Fact]
    public async Task A_walk_shows_every_step_and_why_it_faults() =>
        await MonitoredGuest.RunAsync("walk", async (machine, monitor) =>
        {
            JsonElement page = await monitor.JsonAsync("walk 0x1000");
            Assert.Equal(
                ["stage 1 1 table", "stage 1 2 table", "stage 1 3 page", "guest stage 2 1 table", "guest stage 2 2 block", "shadow 1 table", "shadow 2 block", "stage 2 1 table", "stage 2 2 block"],
                page.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("stage")} {step.GetProperty("level")} {step.GetProperty("end")}"));
            Assert.Equal("0x40300713", page.GetProperty("steps")[2].GetProperty("descriptor").GetString());

            JsonElement hole = await monitor.JsonAsync("walk 0x2000");
            Assert.Equal("translation fault: the descriptor is invalid", hole.GetProperty("fault").GetString());
            Assert.Equal(3, hole.GetProperty("steps").GetArrayLength());

            JsonElement unmapped = await monitor.JsonAsync("walk 0x40900000");
            Assert.Equal("guest stage 2", unmapped.GetProperty("steps")[2].GetProperty("stage").GetString());
            Assert.Equal("translation fault: the descriptor is invalid", unmapped.GetProperty("fault").GetString());

            Assert.Equal("translation fault: the address is outside of the range of the tables", (await monitor.JsonAsync("walk 0xffff000000000000")).GetProperty("fault").GetString());
            Assert.Equal("not memory: a device's address, or nothing's", (await monitor.JsonAsync("walk ipa:0x9000000")).GetProperty("fault").GetString());
            Assert.Equal("translation is off", (await monitor.JsonAsync("walk el2:0x40080000")).GetProperty("steps")[0].GetProperty("end").GetString());

            // A table that is not in memory: the guest hypervisor's mistake, seen at a glance.
            await monitor.AskAsync("vcpu stop");
            await monitor.AskAsync("reg VTTBR_EL2 = 0x7000900000000");
            Assert.Equal("external abort: the table is not in the guest's memory", (await monitor.JsonAsync("walk l2ipa:0x40000000")).GetProperty("fault").GetString());
            Assert.Equal("the guest hypervisor's stage 2 does not map the table", (await monitor.JsonAsync("walk pc")).GetProperty("fault").GetString());

            // The field that is an address is shown as the address.
            Assert.Matches("BADDR +0x900000000", await monitor.AskAsync("reg VTTBR_EL2"));

            // A guest hypervisor in its own context has no stage 2 for what EL1's registers say.
            Assert.False((await monitor.JsonAsync("walk el1:0x1000")).TryGetProperty("guestStage2", out _));
            await monitor.AskAsync("reg HCR_EL2 = 0x80000000");
            JsonElement alone = await monitor.JsonAsync("walk el1:0x1000");
            Assert.Equal("none: HCR_EL2.VM is 0, so stage 1 leads to this vm's own physical addresses", alone.GetProperty("guestStage2").GetString());
            Assert.Equal("stage 2", alone.GetProperty("steps")[3].GetProperty("stage").GetString());
        });

    [Fact]
    public async Task Shadows_are_listed_with_their_keys() =>
        await MonitoredGuest.RunAsync("shadow", async (machine, monitor) =>
        {
            JsonElement shadow = Assert.Single((await monitor.JsonAsync("shadow g")).GetProperty("shadows").EnumerateArray());
            Assert.StartsWith("0x70000", shadow.GetProperty("vttbr").GetString(), StringComparison.Ordinal);
            Assert.Equal(1, shadow.GetProperty("users").GetInt32());
            Assert.True(shadow.GetProperty("filled").GetInt32() >= 2);
            Assert.True(shadow.GetProperty("pages").GetInt32() >= 1);
        });

    private static async Task<string?> BytesAsync(MonitorConsole monitor, string address, int count) =>
        (await monitor.JsonAsync($"mem {address} {count}")).GetProperty("rows")[0].GetProperty("bytes").GetString();
}
