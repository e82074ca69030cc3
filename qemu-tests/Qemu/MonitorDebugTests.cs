// `step`, `break`, `watch` and `bt` in a guest hypervisor and its guest (Guests/Level2.S), whose loop is known: load, add, store,
// branch, in a function that was called by a function.
using System;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class MonitorDebugTests
{
    [Fact]
    public async Task Steps_go_from_instruction_to_instruction() =>
        await MonitoredGuest.RunAsync("step", async (machine, monitor) =>
        {
            Assert.Contains("error: stop the vcpu first", await monitor.AskAsync("step"), StringComparison.Ordinal);
            await monitor.AskAsync("vcpu stop");
            Assert.Contains("error: a count is 1 or more, not '0'", await monitor.AskAsync("step 0"), StringComparison.Ordinal);
            ulong loop = await LoopAsync(monitor);

            // Wherever it stopped, four steps are a round, and each goes to the next instruction of the four, which it names.
            string[] instructions = ["ldr x19, [x20]", "add x19, x19, #1", "str x19, [x20]", $"b 0x{loop:x}"];
            ulong first = await PcAsync(monitor);
            ulong at = first;
            for (int i = 0; i < 4; i++)
            {
                ulong expected = at == loop + 12 ? loop : at + 4;
                await machine.SendAsync("step\r");
                string next = Regex.Escape(instructions[(expected - loop) / 4]);
                await monitor.ExpectAsync($"nestor: g/0: stepped to 0x{expected:x16}, EL1 nested: {next}\n");
                at = expected;
                Assert.Equal("stepped", await StateAsync(monitor));
                Assert.Equal(at, await PcAsync(monitor));
            }

            Assert.Equal(first, at);
            ulong before = await RegisterAsync(monitor, "x19");
            await machine.SendAsync("step 40\r");
            await monitor.ExpectAsync("nestor: g/0: stepped to");
            Assert.Equal(before + 10, await RegisterAsync(monitor, "x19"));
            Assert.Equal(first, await PcAsync(monitor));
            await monitor.AskAsync("vcpu go");
            await monitor.ExpectChangeAsync("reg x19", await monitor.AskAsync("reg x19"));
        });

    [Fact]
    public async Task What_the_guest_did_before_stays_in_the_trace_however_many_steps_and_stops_follow() =>
        await MonitoredGuest.RunAsync("steps and trace", async (machine, monitor) =>
        {
            await monitor.AskAsync("vcpu stop");
            JsonElement before = await monitor.JsonAsync("trace 128 vcpu");
            Assert.Contains("ERET", before.ToString(), StringComparison.Ordinal);
            await machine.SendAsync("step 200\r");
            await monitor.ExpectAsync("nestor: g/0: stepped to");
            await monitor.AskAsync($"break 0x{await LoopAsync(monitor):x}");
            await monitor.AskAsync("watch x20 8 r");
            for (int i = 0; i < 4; i++)
            {
                await machine.SendAsync("vcpu go\r");
                await monitor.ExpectAsync("nestor: g/0: (breakpoint|watchpoint) 1 at");
            }

            string[] kept = [.. (await monitor.JsonAsync("trace 128 vcpu")).GetProperty("exits").EnumerateArray().Select(exit => exit.ToString())];
            // The oldest is gone if the ring was full.
            Assert.All(before.GetProperty("exits").EnumerateArray().Skip(1), exit => Assert.Contains(exit.ToString(), kept));
            Assert.DoesNotContain(kept, static exit => exit.Contains("step", StringComparison.Ordinal) || exit.Contains("point", StringComparison.Ordinal));

            // They were exits all the same.
            JsonElement steps = Assert.Single((await monitor.JsonAsync("stats")).GetProperty("exits").EnumerateArray(), row => row.GetProperty("ec").GetString() == "0x32");
            Assert.InRange(steps.GetProperty("count").GetInt32(), 200, 400);
        });

    [Fact]
    public async Task Steps_go_through_an_exception_return_of_virtual_EL2() =>
        await MonitoredGuest.RunAsync("step through eret", async (machine, monitor) =>
        {
            // The guest hypervisor's ERET is the last exit before its guest; back to it, by hand, and over it again.
            await monitor.AskAsync("vm stop");
            JsonElement eret = Assert.Single((await monitor.JsonAsync("trace class 0x1a")).GetProperty("exits").EnumerateArray());
            string place = eret.GetProperty("pc").GetString()!;
            await machine.SendAsync("vm reset\r");
            await monitor.ExpectAsync("running");
            await monitor.ExpectAsync(@"\[g\] entering level 2");
            await monitor.ExpectPromptAsync();
            await monitor.AskAsync("break " + place);
            await machine.SendAsync("vm reset\r");
            await monitor.ExpectAsync($"nestor: g/0: breakpoint 1 at 0x{MonitorConsole.Number(place):x16}, EL2 \\(nVHE\\)");
            Assert.Equal("breakpoint", await StateAsync(monitor));
            ulong target = await RegisterAsync(monitor, "ELR_EL2");
            await machine.SendAsync("step\r");
            await monitor.ExpectAsync($"nestor: g/0: stepped to 0x{target:x16}, EL1 nested");
            await machine.SendAsync("step\r");
            await monitor.ExpectAsync($"nestor: g/0: stepped to 0x{target + 4:x16}, EL1 nested");
        });

    [Fact]
    public Task A_command_that_finds_no_memory_says_so_and_the_guest_goes_on()
    {
        GuestDescription guest = MonitoredGuest.Guest() with { Kernel = PayloadAssembler.Image("User"), Cpus = 1, El = 1 };
        MachineDescription description = new() { Guests = [guest], Words = ["selftest=no-memory"] };
        return QemuMachine.RunAsync(MonitoredGuest.Options("no memory", description), async machine =>
        {
            await machine.ExpectAsync("entering EL0");
            MonitorConsole monitor = new(machine);
            await monitor.OpenAsync();
            await monitor.AskAsync("vcpu stop");
            foreach (string command in new[] { "step", "break x22", "watch x22" })
            {
                Assert.Contains("error: no memory for it", await monitor.AskAsync(command), StringComparison.Ordinal);
            }

            Assert.Contains("error: no earlier stop", await monitor.AskAsync("reg diff"), StringComparison.Ordinal);
            Assert.Equal("stopped", await StateAsync(monitor));
            await monitor.AskAsync("vcpu go");
            await monitor.ExpectChangeAsync("reg x21", await monitor.AskAsync("reg x21"));
        });
    }

    [Theory]
    [InlineData("User", 1, 2, "EL0", "EL1")]
    [InlineData("User", 2, 2, "EL0 nested", "EL1 nested")]
    [InlineData("User", 2, 1, "EL0 nested", "EL1 nested")]
    [InlineData("UserOfHost", 2, 2, "EL0 (TGE)", "EL2 (VHE)")]
    [InlineData("UserOfHost", 2, 1, "EL0 (TGE)", "EL2 (VHE)")]
    public Task Steps_go_through_EL0_by_SVC_and_back_by_ERET(string payload, int el, int nv, string user, string kernel)
    {
        GuestDescription guest = MonitoredGuest.Guest() with { Kernel = PayloadAssembler.Image(payload), Cpus = 1, El = el, Nv = nv };
        MachineOptions options = MonitoredGuest.Options($"step {payload} el={el} nv={nv}", new MachineDescription { Guests = [guest] });
        return QemuMachine.RunAsync(options, async machine =>
        {
            await machine.ExpectAsync("entering EL0");
            MonitorConsole monitor = new(machine);
            await monitor.OpenAsync();
            await monitor.ExpectAnswerAsync("reg x21", static answer => !answer.Contains("0x0000000000000000", StringComparison.Ordinal));
            await monitor.AskAsync("vcpu stop");

            // The circle of instructions (Guests/User.inc), wherever it stopped in it, three times round.
            ulong program = await RegisterAsync(monitor, "x22");
            ulong vector = await RegisterAsync(monitor, "x23");
            (ulong Pc, string Level, string Instruction)[] circle =
            [
                (program, user, "add x19, x19, #1"),
                (program + 4, user, "svc #0"),
                (vector, kernel, "add x21, x21, #1"),
                (vector + 4, kernel, "eret"),
                (program + 8, user, $"b 0x{program:x}"),
            ];
            ulong asked = await RegisterAsync(monitor, "x21");
            ulong pc = await PcAsync(monitor);
            int at = Array.FindIndex(circle, place => place.Pc == pc);
            Assert.True(at >= 0, $"0x{pc:x}");
            for (int i = 0; i < 3 * circle.Length; i++)
            {
                at = (at + 1) % circle.Length;
                await machine.SendAsync("step\r");
                await monitor.ExpectAsync($"nestor: g/0: stepped to 0x{circle[at].Pc:x16}, {Regex.Escape(circle[at].Level)}: {circle[at].Instruction}\n");
            }

            Assert.Equal(asked + 3, await RegisterAsync(monitor, "x21"));
            Assert.Equal(pc, await PcAsync(monitor));
            await machine.SendAsync("step 50\r");
            await monitor.ExpectAsync("nestor: g/0: stepped to");
            Assert.Equal(asked + 13, await RegisterAsync(monitor, "x21"));

            // A breakpoint at EL0 outlasts the return to it.
            await monitor.AskAsync("break x22+8");
            for (int i = 0; i < 3; i++)
            {
                await machine.SendAsync("vcpu go\r");
                await monitor.ExpectAsync($"nestor: g/0: breakpoint 1 at 0x{program + 8:x16}, {Regex.Escape(user)}: .+\n");
            }

            await monitor.AskAsync("break delete 1");

            // Nobody noticed: it goes on.
            await monitor.AskAsync("vcpu go");
            await monitor.ExpectChangeAsync("reg x19", await monitor.AskAsync("reg x19"));
        });
    }

    [Fact]
    public async Task Breakpoints_and_watchpoints_stop_the_second_level_again_and_again() =>
        await MonitoredGuest.RunAsync("break and watch", async (machine, monitor) =>
        {
            ulong loop = await LoopAsync(monitor);
            await machine.SendAsync($"break 0x{loop + 4:x}\r");
            for (int i = 0; i < 3; i++)
            {
                await monitor.ExpectAsync($"nestor: g/0: breakpoint 1 at 0x{loop + 4:x16}, EL1 nested");
                Assert.Equal("breakpoint", await StateAsync(monitor));
                await machine.SendAsync("vcpu go\r");
            }

            await monitor.ExpectAsync("nestor: g/0: breakpoint 1");
            ulong count = await RegisterAsync(monitor, "x19");
            await machine.SendAsync("vcpu go\r");
            await monitor.ExpectAsync("nestor: g/0: breakpoint 1");
            Assert.Equal(count + 1, await RegisterAsync(monitor, "x19"));

            // The guest sees none of it: its own debug registers are as they were.
            Assert.Equal(0UL, await RegisterAsync(monitor, "DBGBCR5_EL1"));
            Assert.Equal(0UL, await RegisterAsync(monitor, "MDSCR_EL1"));

            JsonElement twice = await monitor.JsonAsync($"break 0x{loop + 4:x}");
            Assert.Equal("it is there already: breakpoint 1", twice.GetProperty("error").GetString());
            Assert.Contains("error: no such breakpoint: '2'", await monitor.AskAsync("break delete 2"), StringComparison.Ordinal);
            Assert.Empty((await monitor.JsonAsync("break delete 1")).GetProperty("breakpoints").EnumerateArray());

            await monitor.AskAsync("watch x20");
            Assert.Contains("error: it is there already: watchpoint 1", await monitor.AskAsync("watch x20 8 w"), StringComparison.Ordinal);
            Assert.Equal(2, (await monitor.JsonAsync("watch x20 4 w")).GetProperty("watchpoints").GetArrayLength());
            await monitor.AskAsync("watch delete 2");
            await machine.SendAsync("vcpu go\r");
            await monitor.ExpectAsync($"nestor: g/0: watchpoint 1 at 0x{loop + 8:x16}, EL1 nested");
            Assert.Equal("watchpoint", await StateAsync(monitor));
            await machine.SendAsync("vcpu go\r");
            await monitor.ExpectAsync($"nestor: g/0: watchpoint 1 at 0x{loop + 8:x16}, EL1 nested");
            Assert.Contains("error: 1, 2, 4 or 8 bytes", await monitor.AskAsync("watch x20 3"), StringComparison.Ordinal);
            Assert.Contains("error: no such watchpoint: '7'", await monitor.AskAsync("watch delete 7"), StringComparison.Ordinal);
            await monitor.AskAsync("watch delete 1");
            await monitor.AskAsync("watch x20+4 4 r");
            await machine.SendAsync("vcpu go\r");
            await monitor.ExpectAsync($"nestor: g/0: watchpoint 1 at 0x{loop:x16}, EL1 nested");
            Assert.Equal("0xf0", (await monitor.JsonAsync("watch")).GetProperty("watchpoints")[0].GetProperty("bytes").GetString());
            await monitor.AskAsync("watch delete 1");
            string before = await monitor.AskAsync("reg x19");
            await monitor.AskAsync("vcpu go");
            await monitor.ExpectChangeAsync("reg x19", before);
        });

    [Fact]
    public async Task A_back_trace_follows_the_frames() =>
        await MonitoredGuest.RunAsync("bt", async (machine, monitor) =>
        {
            JsonElement[] frames = [.. (await monitor.JsonAsync("bt")).GetProperty("frames").EnumerateArray()];
            Assert.Equal(3, frames.Length);
            ulong loop = await LoopAsync(monitor);
            Assert.InRange(MonitorConsole.Number(frames[0].GetProperty("pc")), loop, loop + 12);
            Assert.True(MonitorConsole.Number(frames[1].GetProperty("pc")) < loop);
            Assert.True(MonitorConsole.Number(frames[1].GetProperty("frame")) < MonitorConsole.Number(frames[2].GetProperty("frame")));
        });

    [Fact]
    public async Task Code_is_shown_as_instructions() =>
        await MonitoredGuest.RunAsync("disassemble", async (machine, monitor) =>
        {
            ulong loop = await LoopAsync(monitor);
            JsonElement[] rows = [.. (await monitor.JsonAsync($"mem disassemble 0x{loop:x} 4")).GetProperty("instructions").EnumerateArray()];
            Assert.Equal(
                ["ldr x19, [x20]", "add x19, x19, #1", "str x19, [x20]", $"b 0x{loop:x}"],
                rows.Select(row => row.GetProperty("instruction").GetString()));
            Assert.Equal($"0x{loop + 4:x}", rows[1].GetProperty("address").GetString());
            Assert.Equal("0xf9400293", rows[0].GetProperty("word").GetString());

            // From the PC on, of another level's code by its address, and beside a vCPU that is stopped.
            await monitor.AskAsync("vcpu stop");
            string next = (await monitor.JsonAsync("mem disassemble")).GetProperty("instructions")[0].GetProperty("instruction").GetString()!;
            Assert.Equal(next, (await monitor.JsonAsync("vcpu")).GetProperty("vcpus")[0].GetProperty("instruction").GetString());
            string eret = (await monitor.JsonAsync("trace class 0x1a")).GetProperty("exits")[0].GetProperty("pc").GetString()!;
            Assert.EndsWith("  eret\n", await monitor.AskAsync($"mem disassemble el2:{eret} 1"), StringComparison.Ordinal);
        });

    // The counter lies behind the loop, 8-aligned; the loop's first instruction is the load of x19 from x20: 0xf9400293.
    private static async Task<ulong> LoopAsync(MonitorConsole monitor)
    {
        JsonElement found = await monitor.JsonAsync("mem search x20-64 64 0xf9400293");
        return MonitorConsole.Number(found.GetProperty("found")[0].GetProperty("address"));
    }

    private static Task<ulong> PcAsync(MonitorConsole monitor) => RegisterAsync(monitor, "pc");

    private static async Task<ulong> RegisterAsync(MonitorConsole monitor, string name) =>
        MonitorConsole.Number((await monitor.JsonAsync("reg " + name)).GetProperty("registers")[0].GetProperty("value"));

    private static async Task<string?> StateAsync(MonitorConsole monitor) =>
        (await monitor.JsonAsync("vcpu")).GetProperty("vcpus").EnumerateArray().First().GetProperty("state").GetString();
}
