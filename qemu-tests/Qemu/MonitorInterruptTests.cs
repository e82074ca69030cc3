// `gic`, `timer`, `trace`, `stats` and `top`: why something waits, and what a guest has done.
using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class MonitorInterruptTests
{
    [Fact]
    public async Task Interrupts_that_wait_say_why() =>
        await MonitoredGuest.RunAsync("gic", async (machine, monitor) =>
        {
            JsonElement gic = await monitor.JsonAsync("gic");
            JsonElement sgi = Assert.Single(gic.GetProperty("interrupts").EnumerateArray());
            Assert.Equal(1, sgi.GetProperty("intid").GetInt32());
            Assert.True(sgi.GetProperty("enabled").GetBoolean());
            Assert.Equal("its group is off in the CPU interface (ICC_IGRPEN)", sgi.GetProperty("waits").GetString());

            Assert.Equal("pending, but ICH_HCR_EL2.En is clear", gic.GetProperty("nested").GetString());
            JsonElement first = gic.GetProperty("listRegisters")[0];
            Assert.Equal("pending", first.GetProperty("state").GetString());
            Assert.Equal(42, first.GetProperty("intid").GetInt32());

            Assert.Equal("SPI", (await monitor.JsonAsync("gic 40")).GetProperty("interrupts")[0].GetProperty("kind").GetString());
            Assert.Equal("0x1", (await monitor.JsonAsync("reg ICH_LR0_EL2")).GetProperty("fields").EnumerateArray()
                .Single(field => field.GetProperty("name").GetString() == "State").GetProperty("value").GetString());
        });

    [Fact]
    public async Task What_keeps_the_second_level_from_its_interrupt_is_named_step_by_step() =>
        await MonitoredGuest.RunAsync("gic nested", async (machine, monitor) =>
        {
            // Its one list register is of group 1, priority 0; it runs with everything masked.
            await monitor.AskAsync("vcpu stop");
            async Task AfterAsync(string command, string why)
            {
                await monitor.AskAsync(command);
                Assert.Equal(why, (await monitor.JsonAsync("gic")).GetProperty("nested").GetString());
            }

            await AfterAsync("reg HCR_EL2 = 0x80000001", "pending, but ICH_HCR_EL2.En is clear");
            await AfterAsync("reg ICH_HCR_EL2 = 1", "pending, but HCR_EL2 does not take its group (IMO: group 1, FMO: group 0)");
            await AfterAsync("reg HCR_EL2 = 0x80000009", "pending, but HCR_EL2 does not take its group (IMO: group 1, FMO: group 0)");
            await AfterAsync("reg HCR_EL2 = 0x80000011", "pending, but its group is off in ICH_VMCR_EL2");
            await AfterAsync("reg ICH_VMCR_EL2 = 0x2", "pending, but the priority mask (ICH_VMCR_EL2.VPMR) keeps it");
            await AfterAsync("reg ICH_VMCR_EL2 = 0xff000002", "pending, but PSTATE masks it");
            await AfterAsync("reg PSTATE = 0x5", "pending; it is delivered as soon as the vCPU runs");
            await AfterAsync("reg ICH_AP1R0_EL2 = 0x1", "pending; an active interrupt of this or a better priority may keep it");
            await AfterAsync("reg ICH_LR0_EL2 = 0", "nothing is pending for the second level");
        });

    [Fact]
    public async Task Timers_say_what_they_wait_for() =>
        await MonitoredGuest.RunAsync("timer", async (machine, monitor) =>
        {
            JsonElement timers = (await monitor.JsonAsync("timer")).GetProperty("timers");
            Assert.Equal(
                ["CNTV not yet", "CNTP met, but masked", "CNTHV off", "CNTHP off"],
                timers.EnumerateArray().Select(timer => $"{timer.GetProperty("name")} {timer.GetProperty("waits")}"));
            Assert.True(timers[0].GetProperty("microseconds").GetUInt64() > 1_000_000);

            // An hour ahead, by the offset of the physical counter that the guest hypervisor gives its guest (CNTHCTL_EL2.ECV).
            ulong hour = 3600 * (await monitor.JsonAsync("timer")).GetProperty("frequency").GetUInt64();
            await monitor.AskAsync("vcpu stop");
            await monitor.AskAsync("reg CNTP_CTL_EL0 = 1");
            await monitor.AskAsync("reg CNTP_CVAL_EL0 = 0x0fffffffffffffff");
            await monitor.AskAsync("reg CNTHCTL_EL2 = 3");
            ulong left = (await monitor.JsonAsync("timer")).GetProperty("timers")[1].GetProperty("microseconds").GetUInt64();
            await monitor.AskAsync("reg CNTHCTL_EL2 = 0x1003");
            await monitor.AskAsync($"reg CNTPOFF_EL2 = 0x{0 - hour:x}");
            ulong sooner = (await monitor.JsonAsync("timer")).GetProperty("timers")[1].GetProperty("microseconds").GetUInt64();
            Assert.InRange(left - sooner, 3_600_000_000UL, 3_700_000_000UL);
        });

    [Fact]
    public async Task The_last_exits_are_listed_filtered_and_counted() =>
        await MonitoredGuest.RunAsync("trace", async (machine, monitor) =>
        {
            JsonElement eret = Assert.Single((await monitor.JsonAsync("trace class 0x1a")).GetProperty("exits").EnumerateArray());
            Assert.Equal("ERET", eret.GetProperty("class").GetString());
            Assert.Equal("EL2", eret.GetProperty("level").GetString());
            ulong start = MonitorConsole.Number(eret.GetProperty("to"));

            JsonElement[] last = [.. (await monitor.JsonAsync("trace 3 vcpu")).GetProperty("exits").EnumerateArray()];
            Assert.Equal(3, last.Length);
            Assert.Equal("interrupt", last[^1].GetProperty("class").GetString());
            Assert.Equal("EL1", last[^1].GetProperty("level").GetString());
            Assert.InRange(MonitorConsole.Number(last[^1].GetProperty("pc")) - start, 0UL, 0x100UL);

            // A store to the serial port is recorded with the letter.
            JsonElement[] stores = [.. (await monitor.JsonAsync("trace 128 class 0x24")).GetProperty("exits").EnumerateArray()
                .Where(exit => MonitorConsole.Number(exit.GetProperty("address")) == 0x900_0000 && exit.TryGetProperty("value", out _))];
            Assert.EndsWith("entering level 2\n", string.Concat(stores.Select(exit => (char)MonitorConsole.Number(exit.GetProperty("value")))), StringComparison.Ordinal);

            JsonElement histogram = await monitor.JsonAsync("trace histogram");
            JsonElement[] bins = [.. histogram.GetProperty("exits").EnumerateArray()];
            int others = histogram.TryGetProperty("others", out JsonElement rest) ? rest.GetInt32() : 0;
            Assert.Equal(histogram.GetProperty("records").GetInt32(), bins.Sum(bin => bin.GetProperty("count").GetInt32()) + others);
            Assert.Contains(bins, bin => bin.GetProperty("class").GetString() == "ERET");

            // As many as are asked for; how many records are in none of them is said.
            JsonElement few = await monitor.JsonAsync("trace histogram 1");
            JsonElement most = Assert.Single(few.GetProperty("exits").EnumerateArray());
            Assert.Equal(few.GetProperty("records").GetInt32(), most.GetProperty("count").GetInt32() + few.GetProperty("others").GetInt32());
            Assert.Contains("error: a count is 1 or more, not '0'", await monitor.AskAsync("trace 0"), StringComparison.Ordinal);

            JsonElement stats = await monitor.JsonAsync("stats g");
            Assert.Equal(1, stats.GetProperty("exits").EnumerateArray().Single(row => row.GetProperty("class").GetString() == "ERET").GetProperty("count").GetInt32());
            await monitor.JsonAsync("top");
            JsonElement now = await monitor.JsonAsync("top");
            Assert.Equal(["interrupt"], now.GetProperty("exits").EnumerateArray().Select(row => row.GetProperty("class").GetString()));
        });

    [Fact]
    public async Task A_cpu_that_is_stuck_in_Nestor_with_a_lock_keeps_nobody_from_asking()
    {
        MachineDescription description = new() { Guests = [MonitoredGuest.Guest()], Words = ["selftest=hang"], HostCpus = 2 };
        await MonitoredGuest.RunAsync("stuck cpu", async (machine, monitor) =>
        {
            Assert.Contains("0x0000000000005678", await monitor.AskAsync("reg x21"), StringComparison.Ordinal);
            await machine.SendAsync("vcpu 1\r");
            await monitor.ExpectAsync("nestor g/1> ");
            string answer = await monitor.AskAsync("reg pc");
            Assert.Contains("this CPU does not answer", answer, StringComparison.Ordinal);
            Assert.Contains("PC  ", answer, StringComparison.Ordinal);
            Assert.Equal(1, (await monitor.JsonAsync("reg HCR_EL2")).GetProperty("silent").GetInt32());
            Assert.Contains("error: the vCPU's CPU does not answer: nothing was written", await monitor.AskAsync("reg x0 = 1"), StringComparison.Ordinal);
            Assert.Contains("error: a vCPU's CPU does not answer: nothing was changed", await monitor.AskAsync("break pc"), StringComparison.Ordinal);
            Assert.Contains("error: no earlier stop: stop the vCPU and let it go on first", await monitor.AskAsync("reg diff"), StringComparison.Ordinal);
            Assert.Contains("error: a vCPU's CPU does not answer: the guest was not reset", await monitor.AskAsync("vm reset"), StringComparison.Ordinal);
            Assert.Contains("running", await monitor.AskAsync("vm"), StringComparison.Ordinal);
        }, description);
    }
}
