// The monitor as a person uses it: the escape key, the prompt, and the commands that are about Nestor and its guests as a whole.
using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;
using static Nestor.Tests.Harness.GuestCode;

namespace Nestor.Tests.Qemu;

public sealed class MonitorTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_escape_key_opens_and_closes_the_monitor_and_twice_it_reaches_the_guest() =>
        await QemuMachine.RunAsync(Echoing("escape twice", 0x1d), async machine =>
        {
            await machine.ExpectAsync("type", s_soon);
            MonitorConsole monitor = new(machine);
            await machine.SendAsync("a");
            await machine.ExpectAsync("[a]", s_soon);
            await monitor.OpenAsync();
            await machine.SendAsync("\x1d");
            await machine.ExpectAsync("[\x1d]", s_soon);
            await monitor.OpenAsync();
            Assert.Contains("unknown command (try help): 'q'", await monitor.AskAsync("q"), StringComparison.Ordinal);
            await machine.SendAsync("\x1d" + "b");
            await machine.ExpectAsync("[b]", s_soon);

            // Ctrl-D and quit leave, too; what is typed behind goes to the guest.
            await monitor.OpenAsync();
            await machine.SendAsync("\x04" + "c");
            await machine.ExpectAsync("[c]", s_soon);
            await monitor.OpenAsync();
            await machine.SendAsync("quit\rd");
            await machine.ExpectAsync("[d]", s_soon);
            await machine.SendAsync("q");
            await machine.ExpectPowerOffAsync(s_soon);
        });

    [Fact]
    public async Task Another_key_can_be_the_escape_key() =>
        await QemuMachine.RunAsync(Echoing("escape key", EscapeKey.Parse("^O")), async machine =>
        {
            await machine.ExpectAsync("type", s_soon);
            MonitorConsole monitor = new(machine);
            await machine.SendAsync("\x1d");
            await machine.ExpectAsync("[\x1d]", s_soon);
            await monitor.OpenAsync("\x0f");
            Assert.Contains("escape 15", await monitor.AskAsync("config"), StringComparison.Ordinal);
            await machine.SendAsync("\x0fq");
            await machine.ExpectPowerOffAsync(s_soon);
        });

    [Fact]
    public async Task A_guest_that_reads_nothing_cannot_keep_the_monitor_closed() =>
        await MonitoredGuest.RunAsync("full input", async (machine, monitor) =>
        {
            await monitor.CloseAsync();
            await machine.SendAsync(new string('x', 1000));
            await monitor.OpenAsync();
            Assert.Contains("running", await monitor.AskAsync("vm"), StringComparison.Ordinal);

            // Nor by more than its port's ring holds: a guest that reads gets all of it, this one does not, and it is said.
            await monitor.CloseAsync();
            await machine.SendAsync(new string('x', 20_000));
            await monitor.ExpectAsync("nestor: g: has no room for what is typed and reads nothing: it is lost\n");
            await monitor.OpenAsync();
            Assert.Contains("running", await monitor.AskAsync("vm"), StringComparison.Ordinal);
        });

    [Fact]
    public async Task What_is_typed_is_shown_whole_though_a_guest_prints_without_end()
    {
        using TemporaryFiles files = new();
        GuestDescription silent = MonitoredGuest.Guest("silent") with { Cpus = 1 };
        GuestDescription loud = silent with { Name = "loud", Kernel = files.GuestOf(LoadUart, LoadNewline, Send, Back) };
        MachineDescription description = new() { Guests = [silent, loud] };
        await QemuMachine.RunAsync(MonitoredGuest.Options("typing", description), async machine =>
        {
            await machine.ExpectAsync("[loud] \n", s_soon);
            MonitorConsole monitor = new(machine);
            await monitor.OpenAsync();
            for (int i = 0; i < 8; i++)
            {
                await monitor.AskAsync($"what would somebody ask who types so much, for the time of number {i}");
            }
        });
    }

    [Fact]
    public async Task Lines_are_edited_recalled_and_completed() =>
        await MonitoredGuest.RunAsync("editing", async (machine, monitor) =>
        {
            // Home, insertion, history, and a line that is given up.
            await machine.SendAsync("ersion\x01v\r");
            await monitor.ExpectAsync("version\x1b\\[6D\n(.|\n)*name Nestor");
            await monitor.ExpectPromptAsync();
            await machine.SendAsync("nonsense\x03\x1b[A\r");
            await monitor.ExpectAsync("version\n(.|\n)*name Nestor");
            await monitor.ExpectPromptAsync();

            // One fits: completed; several: as far as they agree, then listed.
            await machine.SendAsync("vers\t\r");
            await monitor.ExpectAsync("version \n(.|\n)*name Nestor");
            await monitor.ExpectPromptAsync();
            await machine.SendAsync("v\t");
            await monitor.ExpectAsync("vm  vcpu  version\n");
            await machine.SendAsync("\x15reg sctl\t\t");
            await monitor.ExpectAsync("SCTLR_EL1  SCTLR_EL2\n");
            await machine.SendAsync("\x15json vm sh\t\x03");
            await monitor.ExpectAsync("json vm shutdown ");

            // A kind of address, behind which its number follows at once; a whole vCPU; and nothing of the sort for breakpoints.
            await machine.SendAsync("mem \t\t");
            await monitor.ExpectAsync("search  disassemble  el1:  el2:  l2ipa:  ipa:  host:\n");
            await machine.SendAsync("\x15walk l2\t0x40300000\r");
            await monitor.ExpectAsync("walk l2ipa:0x40300000\n(.|\n)*guest stage 2");
            await monitor.ExpectPromptAsync();
            await machine.SendAsync("vcpu stop g\t\t");
            await monitor.ExpectAsync("go  g/0  g/1\n");
            await machine.SendAsync("\x15vcpu g/\t1\t\r");
            await monitor.ExpectAsync("vcpu g/1 \n");
            await monitor.ExpectAsync("nestor g/1> ");
        });

    [Fact]
    public async Task A_line_stays_whole_though_its_guest_pauses_in_it_and_a_prompt_appears()
    {
        GuestDescription guest = MonitoredGuest.Guest() with { Kernel = PayloadAssembler.Image("Pauses"), Cpus = 1 };
        await QemuMachine.RunAsync(MonitoredGuest.Options("whole lines", new MachineDescription { Guests = [guest] }), async machine =>
        {
            await machine.ExpectAsync("round", s_soon);
            MonitorConsole monitor = new(machine);
            await monitor.OpenAsync();
            string printed = (await monitor.ExpectAsync("((?:.|\n)*)\\[g\\] login: \n")).Groups[1].Value;

            // The first is what was left of the line; a busy builder may take a CPU away for longer than a prompt takes.
            string[] lines = [.. Regex.Matches(printed, "\\[g\\] (.*)\n").Skip(1).Select(line => line.Groups[1].Value)];
            int whole = lines.Count(line => line == "round and round");
            Assert.InRange(whole, 20, 400);
            Assert.InRange(lines.Length - whole, 0, whole / 20);
        });
    }

    [Fact]
    public async Task Trapped_instructions_have_names()
    {
        const uint TlbiVae2is = 0xd50c_833f;
        const uint TlbiVale1is = 0xd508_83bf;
        using TemporaryFiles files = new();
        GuestDescription guest = MonitoredGuest.Guest() with { Kernel = files.GuestOf(TlbiVae2is, TlbiVale1is, Forever), Cpus = 1 };
        await QemuMachine.RunAsync(MonitoredGuest.Options("names of instructions", new MachineDescription { Guests = [guest] }), async machine =>
        {
            await machine.ExpectAsync(" MiB)\n", s_soon);
            MonitorConsole monitor = new(machine);
            await monitor.OpenAsync();
            await monitor.ExpectAnswerAsync("trace class 0x18 64", static answer => answer.Contains("TLBI_VALE1IS", StringComparison.Ordinal));
            Assert.Contains("TLBI_VAE2IS", await monitor.AskAsync("trace class 0x18 64"), StringComparison.Ordinal);
            Assert.Contains("TLBI_VAE2IS", await monitor.AskAsync("trace histogram 64"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Help_is_the_table_of_the_README() =>
        await MonitoredGuest.RunAsync("help", async (machine, monitor) =>
        {
            JsonElement help = await monitor.JsonAsync("help");
            string[] names = [.. help.GetProperty("commands").EnumerateArray().Select(row => row.GetProperty("name").GetString()!)];
            string readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
            string table = readme[readme.IndexOf("## The monitor", StringComparison.Ordinal)..];
            Assert.Equal(names, Regex.Matches(table[..table.IndexOf("\n## ", 3, StringComparison.Ordinal)], @"^\| `(\w+)", RegexOptions.Multiline).Select(row => row.Groups[1].Value));
            Assert.Contains("the guests;", await monitor.AskAsync("help vm"), StringComparison.Ordinal);
            Assert.Contains("error: unknown command: 'nothing'", await monitor.AskAsync("help nothing"), StringComparison.Ordinal);
            Assert.Equal("unknown command (try help): 'nothing'", (await monitor.JsonAsync("nothing")).GetProperty("error").GetString());
        });

    [Fact]
    public async Task What_the_machine_is_can_be_asked() =>
        await MonitoredGuest.RunAsync("config", async (machine, monitor) =>
        {
            JsonElement version = await monitor.JsonAsync("version");
            Assert.Equal("Nestor", version.GetProperty("name").GetString());
            Assert.True(version.GetProperty("nv2").GetBoolean());
            JsonElement config = await monitor.JsonAsync("config");
            Assert.StartsWith("guest=g cpus=2", config.GetProperty("words").GetString(), StringComparison.Ordinal);
            Assert.Equal(2, config.GetProperty("cpus").GetInt32());
            Assert.Equal("0x40000000", config.GetProperty("guests")[0].GetProperty("ram").GetString());
        });

    [Fact]
    public async Task What_was_said_and_what_a_guest_printed_can_be_read_again() =>
        await MonitoredGuest.RunAsync("log", async (machine, monitor) =>
        {
            Assert.Matches(@"^\[\d{5}\.\d{6}\] nestor: 2 CPUs, .* guests: g \(EL2, 2 vCPUs, 256 MiB\)$", Assert.Single(await LinesAsync(monitor, "log")));
            Assert.Equal("entering level 2", Assert.Single(await LinesAsync(monitor, "log g")));
            Assert.Equal("entering level 2", Assert.Single(await LinesAsync(monitor, "log 1")));

            // Conversation is not kept, and of the last stops as many as are asked for.
            await monitor.AskAsync("vcpu stop");
            for (int i = 0; i < 3; i++)
            {
                await machine.SendAsync("step\r");
                await monitor.ExpectAsync("nestor: g/0: stepped to 0x[0-9a-f]+, EL1 nested: .+\n");
                await monitor.ExpectPromptAsync();
            }

            Assert.Equal(4, (await LinesAsync(monitor, "log")).Length);
            string[] last = await LinesAsync(monitor, "log nestor 2");
            Assert.Equal(2, last.Length);
            Assert.All(last, line => Assert.Matches(@"^\[\d{5}\.\d{6}\] nestor: g/0: stepped to 0x[0-9a-f]{16}, EL1 nested: .+$", line));
        });

    [Fact]
    public async Task A_guest_is_stopped_goes_on_and_starts_afresh() =>
        await MonitoredGuest.RunAsync("vm", async (machine, monitor) =>
        {
            Assert.Equal("running", await StateAsync(monitor));
            Assert.Contains("stopped", await monitor.AskAsync("vm stop"), StringComparison.Ordinal);
            Assert.Equal("stopped", await StateAsync(monitor));
            string before = await monitor.AskAsync("reg x19");
            Assert.Equal(before, await monitor.AskAsync("reg x19"));
            Assert.Contains("running", await monitor.AskAsync("vm go g"), StringComparison.Ordinal);
            await monitor.ExpectChangeAsync("reg x19", before);

            await machine.SendAsync("vm reset\r");
            await monitor.ExpectAsync(@"\[g\] entering level 2");
            await monitor.ExpectPromptAsync();
            Assert.Equal("running", await StateAsync(monitor));

            Assert.Contains("error: no such vm: 'h'", await monitor.AskAsync("vm stop h"), StringComparison.Ordinal);
            Assert.Contains("error: vm does not know 'dance'", await monitor.AskAsync("vm dance"), StringComparison.Ordinal);
            await machine.SendAsync("vm shutdown 1\r");
            await machine.ExpectAsync("nestor: g: powered off", s_soon);
            await machine.ExpectPowerOffAsync(s_soon);
        });

    [Fact]
    public async Task A_second_guest_starts_when_it_is_told_to_and_again_when_it_has_ended() =>
        await MonitoredGuest.RunAsync("vm start", async (machine, monitor) =>
        {
            Assert.Equal(["running", "off"], await StatesAsync(monitor));
            Assert.Contains("h (EL2, 2 vCPUs, 256 MiB, not started)", await monitor.AskAsync("log"), StringComparison.Ordinal);
            Assert.Empty(await LinesAsync(monitor, "log h"));
            foreach (string command in (string[])["vm stop h", "focus h", "vm shutdown h"])
            {
                Assert.Contains("error: this vm has not been started (try vm start): 'h'", await monitor.AskAsync(command), StringComparison.Ordinal);
            }

            Assert.Contains("error: this vm runs already (vm reset starts it afresh): 'g'", await monitor.AskAsync("vm start"), StringComparison.Ordinal);
            for (int i = 0; i < 2; i++)
            {
                string first = await monitor.AskAsync("reg x19");
                await machine.SendAsync("vm start h\r");
                await monitor.ExpectAsync(@"\[h\] entering level 2");
                await monitor.ExpectPromptAsync();
                Assert.Equal(["running", "running"], await StatesAsync(monitor));
                await monitor.ExpectChangeAsync("reg x19", first);
                await machine.SendAsync("vm shutdown h\r");
                await monitor.ExpectAsync("nestor: h: powered off");
                await monitor.ExpectPromptAsync();
                Assert.Equal(["running", "powered off"], await StatesAsync(monitor));
            }

            await machine.SendAsync("vm shutdown g\r");
            await machine.ExpectPowerOffAsync(s_soon);
        }, new MachineDescription { Guests = [MonitoredGuest.Guest(), MonitoredGuest.Guest("h") with { StaysOff = true }], HostCpus = 2 });

    [Fact]
    public async Task Vcpus_are_chosen_stopped_and_go_on() =>
        await MonitoredGuest.RunAsync("vcpu", async (machine, monitor) =>
        {
            JsonElement[] rows = await RowsAsync(monitor);
            Assert.Equal(["running", "off"], rows.Select(row => row.GetProperty("state").GetString()));
            Assert.Equal("EL1 nested", rows[0].GetProperty("level").GetString());
            Assert.Equal([true, false], rows.Select(row => row.GetProperty("chosen").GetBoolean()));

            Assert.Contains("stopped", await monitor.AskAsync("vcpu stop"), StringComparison.Ordinal);
            Assert.Equal("stopped", (await RowsAsync(monitor))[0].GetProperty("state").GetString());
            await monitor.AskAsync("vcpu go");
            Assert.NotEqual("stopped", (await RowsAsync(monitor))[0].GetProperty("state").GetString());

            await machine.SendAsync("vcpu g/1\r");
            await monitor.ExpectAsync("nestor g/1> ");
            Assert.Contains("error: no such vcpu: '2'", await monitor.AskAsync("vcpu 2"), StringComparison.Ordinal);
            Assert.Contains("error: no such vm: 'x'", await monitor.AskAsync("vcpu x/0"), StringComparison.Ordinal);
        });

    [Fact]
    public async Task A_panic_can_be_asked_for()
    {
        MachineOptions options = MachineOptions.Nestor("panic in the monitor", new MachineDescription { Guests = [MonitoredGuest.Guest()] });
        await QemuMachine.RunAsync(options with { Allowed = ["nestor: panic"] }, async machine =>
        {
            await machine.ExpectAsync("entering level 2", s_soon);
            await new MonitorConsole(machine).OpenAsync();
            await machine.SendAsync("panic\r");
            await machine.ExpectAsync("nestor: panic: asked for in the monitor", s_soon);
            await machine.ExpectAsync("PanicCommand", s_soon);
            Assert.Equal("guest-reset", (await machine.WaitForExitAsync(s_soon)).Reason);
        });
    }

    private static async Task<string[]> LinesAsync(MonitorConsole monitor, string command) =>
        [.. (await monitor.JsonAsync(command)).GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("text").GetString()!)];

    private static async Task<string?> StateAsync(MonitorConsole monitor) =>
        (await monitor.JsonAsync("vm")).GetProperty("machines")[0].GetProperty("state").GetString();

    private static async Task<string[]> StatesAsync(MonitorConsole monitor) =>
        [.. (await monitor.JsonAsync("vm")).GetProperty("machines").EnumerateArray().Select(row => row.GetProperty("state").GetString()!)];

    private static async Task<JsonElement[]> RowsAsync(MonitorConsole monitor) =>
        [.. (await monitor.JsonAsync("vcpu")).GetProperty("vcpus").EnumerateArray()];

    private static MachineOptions Echoing(string test, int escape) =>
        MachineOptions.Nestor(test, new MachineDescription
        {
            Guests = [new GuestDescription("guest") { Kernel = PayloadAssembler.Image("Echoes"), Cpus = 1, Memory = 256 * MemorySize.MiB }],
            Escape = escape,
        });
}
