// What is typed before anybody listens: before Nestor's first instruction, while it opens the port, before the guest opens its own.
// No byte is lost, and none makes the port deaf.
using System;
using System.Linq;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Nestor.Tools.Snapshots;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class EarlyKeyTests
{
    private const string OneKey = "a";

    // More than the FIFO of a PL011 holds, and than QEMU's multiplexer keeps.
    private const string ManyKeys = "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789";

    private const string MonitorKey = "\x1d";

    [Theory]
    [InlineData(OneKey, 1)]
    [InlineData(OneKey, 2)]
    [InlineData(ManyKeys, 1)]
    [InlineData(ManyKeys, 2)]
    public Task A_guest_gets_what_was_typed_before_the_start(string keys, int el) =>
        QemuMachine.RunAsync(Echoes($"{keys.Length} keys before the start, EL{el}", el) with { TypedBefore = keys }, async machine =>
        {
            await machine.ExpectAsync(Echo(keys));
            await machine.SendAsync("xy");
            await machine.ExpectAsync(Echo("xy"));
            await machine.SendAsync("q");
            await machine.ExpectPowerOffAsync();
        });

    [Fact]
    public Task A_guest_gets_what_was_typed_before_the_start_through_a_multiplexer()
    {
        MachineOptions plain = Echoes("keys before the start, multiplexed", 2);
        return QemuMachine.RunAsync(plain with { TypedBefore = ManyKeys, CommandLine = socket => [.. plain.CommandLine(socket).Select(Multiplexed)] }, async machine =>
        {
            await machine.ExpectAsync(Echo(ManyKeys));
            await machine.SendAsync("xq");
            await machine.ExpectAsync(Echo("x"));
            await machine.ExpectPowerOffAsync();
        });

        static string Multiplexed(string word) => word.StartsWith("stdio,id=console", StringComparison.Ordinal) ? word + ",mux=on" : word;
    }

    /// <summary>A key every few milliseconds: some of them come at each moment of the start.</summary>
    [Fact]
    public Task A_guest_gets_what_is_typed_during_the_start() =>
        QemuMachine.RunAsync(Echoes("keys during the start", 2), async machine =>
        {
            for (int i = 0; i < 4; i++)
            {
                foreach (char key in ManyKeys)
                {
                    await machine.SendAsync(key.ToString());
                    await Task.Delay(TimeSpan.FromMilliseconds(2));
                }
            }

            for (int i = 0; i < 4; i++)
            {
                await machine.ExpectAsync(Echo(ManyKeys));
            }

            await machine.SendAsync("q");
            await machine.ExpectPowerOffAsync();
        });

    [Fact]
    public Task The_monitor_key_opens_the_monitor_before_the_start() =>
        QemuMachine.RunAsync(Echoes("the monitor's key before the start", 2) with { TypedBefore = "ab" + MonitorKey + "version\r" + MonitorKey + "cd" }, async machine =>
        {
            await machine.ExpectAsync("nestor guest/0> ");
            await machine.ExpectAsync("version");
            await machine.ExpectAsync("[c][d]");
            await machine.SendAsync("q");
            await machine.ExpectPowerOffAsync();
        });

    [Fact]
    public Task A_packet_for_gdb_is_answered_although_it_comes_during_the_start() =>
        GdbMachine.RunAsync("a packet right after the start", guestsWait: true, body: async (_, socket) =>
        {
            using GdbWire wire = await GdbWire.ConnectAsync(socket);
            Assert.StartsWith("T", await wire.AskAsync("?"), StringComparison.Ordinal);
        });

    [Fact]
    public async Task A_restored_guest_gets_what_was_typed_before_the_start()
    {
        using SavedGuest saved = new();
        await QemuMachine.RunAsync(Echoes("keys before a save", 2), async machine =>
        {
            await machine.ExpectAsync("type");
            await machine.SendAsync("x");
            await machine.ExpectAsync("[x]");
            await saved.SaveAsync(machine);
        });

        using RestoredGuest restored = new(saved.File);
        MachineOptions options = MachineOptions.Nestor("keys before a restored guest", new MachineDescription { Guests = [restored.Guest] });
        await QemuMachine.RunAsync(options with { TypedBefore = ManyKeys }, async machine =>
        {
            await machine.ExpectAsync(Echo(ManyKeys));
            await machine.SendAsync("q");
            await machine.ExpectPowerOffAsync();
        });
    }

    private static string Echo(string keys) => string.Concat(keys.Select(key => $"[{key}]"));

    private static MachineOptions Echoes(string name, int el) => MachineOptions.Nestor(name, new MachineDescription
    {
        Guests = [new GuestDescription("guest") { Kernel = PayloadAssembler.Image("Echoes"), Cpus = 1, Memory = 256 * MemorySize.MiB, El = el }],
    });
}
