// Snapshots: a guest hypervisor and its guest go on where they were, on another machine, and as often as one likes. What is
// restored is compared with what was saved, register by register; the guest's guest counts on.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Launch;
using Nestor.Tools.Snapshots;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class SnapshotTests(SnapshotTests.Saved saved) : IClassFixture<SnapshotTests.Saved>
{
    private const ulong Tpidr = SnapshotState.SystemRegister | (3 << 14) | (4 << 11) | (13 << 7) | 2;

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(900);

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(180);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_guest_hypervisor_and_its_guest_go_on_where_they_were_100_times_in_a_row()
    {
        const int Rounds = 100;
        using SavedGuest own = new();
        File.Copy(saved.Guest.File, own.File);
        ulong counter = saved.Counter;
        for (int round = 0; round < Rounds; round++)
        {
            await own.RunAsync($"snapshot again {round}", s_deadline, async machine =>
            {
                MonitorConsole monitor = new(machine);
                await monitor.OpenAsync();
                Assert.Equal(saved.Registers, await RegistersAsync(monitor));
                Assert.Equal(saved.Interrupts, await monitor.AskAsync("gic all"));
                Assert.Contains("error: this vm was restored: there is no image to start it afresh from", await monitor.AskAsync("vm reset"), StringComparison.Ordinal);
                counter = await ExpectCountsAsync(monitor, counter);
                await own.SaveAsync(monitor);
                await ExpectCountsAsync(monitor, counter);
            });
        }
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(2)]
    [InlineData(1)]
    public async Task Linux_goes_on_at_its_shell_and_so_does_its_clock(int el)
    {
        const int Rounds = 2;
        using SavedGuest own = new();
        double uptime = 0;
        GuestDescription guest = StockGuest.Linux() with { Memory = 256 * MemorySize.MiB, El = el };
        MachineOptions options = MachineOptions.Nestor($"snapshot of Linux at EL{el}", new MachineDescription { Guests = [guest] }) with { Deadline = s_long };
        await QemuMachine.RunAsync(options, async machine =>
        {
            LinuxConsole console = new(machine);
            await console.ExpectShellAsync(guest.Cpus);
            await console.AskAsync("kept=here; echo $((6*7))x", "42x");
            uptime = await UptimeAsync(machine);
            await own.SaveAsync(machine);
        });
        for (int round = 0; round < Rounds; round++)
        {
            await own.RunAsync($"snapshot of Linux at EL{el} {round}", s_long, async machine =>
            {
                LinuxConsole console = new(machine);
                await console.AskAsync("echo still $kept", "still here");
                double now = await UptimeAsync(machine);
                Assert.InRange(now, uptime, uptime + 60);
                uptime = now;

                // Timers fire, on both vCPUs.
                await console.AskAsync("for i in 0 1; do taskset -c $i sleep 1 && echo slept $i; done; echo $((6*7))y", "42y");
                await own.SaveAsync(machine);
            });
        }
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(KvmMode.Vhe, 1, 2)]
    [InlineData(KvmMode.Vhe, 2, 4)]
    [InlineData(KvmMode.Nvhe, 1, 1)]
    public Task Kvm_with_a_running_guest_goes_on_where_it_was(KvmMode mode, int cpus, int rounds) => KvmAsync(mode, cpus, rounds);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(KvmMode.Vhe, 2)]
    [InlineData(KvmMode.Nvhe, 1)]
    public Task Kvm_with_a_running_guest_goes_on_where_it_was_100_times(KvmMode mode, int cpus) => KvmAsync(mode, cpus, rounds: 100);

    [Fact]
    public Task A_snapshot_with_fewer_registers_restores() => RunAsync(pairs => pairs.Where(pair => pair.Id != Tpidr), async machine =>
    {
        MonitorConsole monitor = new(machine);
        await monitor.OpenAsync();
        Assert.Contains("0x0000000000000000", await monitor.AskAsync("reg tpidr_el2"), StringComparison.Ordinal);
        await ExpectCountsAsync(monitor, saved.Counter);
    });

    [Theory]
    [InlineData("/nowhere/at/all")]
    [InlineData("/tmp")]
    [InlineData("/proc/x")]
    public Task A_file_that_cannot_be_written_is_said_and_the_guest_goes_on(string file) => MonitoredGuest.RunAsync("snapshot nowhere", async (machine, monitor) =>
    {
        // It is the answer that says this: without one, it would be that there is none.
        JsonElement answer = await monitor.JsonAsync("save " + file);
        Assert.Equal("nothing was saved: ./build.sh run has said above what is wrong with the file", answer.GetProperty("error").GetString());
        await ExpectCountsAsync(monitor, 0);

        // The other answer is understood after this one.
        using SavedGuest own = new();
        await own.SaveAsync(monitor);
    });

    private static async Task KvmAsync(KvmMode mode, int cpus, int rounds)
    {
        using SavedGuest own = new();
        string test = $"snapshot of KVM {mode} cpus={cpus} rounds={rounds}";
        long counted = 0;
        GuestDescription guest = StockGuest.Hypervisor(append: mode == KvmMode.Nvhe ? "kvm-arm.mode=nvhe" : "") with { Cpus = cpus };
        MachineOptions options = MachineOptions.Nestor(test, new MachineDescription { Guests = [guest] }) with { Deadline = s_long };
        await QemuMachine.RunAsync(options, async machine =>
        {
            await new LinuxConsole(machine).ExpectShellAsync(cpus);
            await new SecondLevel(machine).StartAsync(cpus);
            await machine.SendAsync("while :; do i=$((i+1)); [ $((i%500)) = 0 ] && echo round $i; done &\n");
            counted = await RoundAsync(machine);
            await own.SaveAsync(machine);
        });
        for (int round = 1; round <= rounds; round++)
        {
            await own.RunAsync($"{test} {round}", s_long, async machine =>
            {
                long now = await RoundAsync(machine);
                Assert.True(now >= counted);
                counted = await RoundAsync(machine);
                Assert.True(counted > now);
                if (round < rounds)
                {
                    await own.SaveAsync(machine);
                    return;
                }

                SecondLevel second = new(machine);
                await machine.SendAsync("kill %1\n");
                await second.AnswerAndEndAsync();
                await second.PowerOffAsync();
            });
        }
    }

    private static async Task<double> UptimeAsync(QemuMachine machine)
    {
        await machine.SendAsync("cut -d ' ' -f 1 /proc/uptime | sed 's/^/up for /'\n");
        Match match = await machine.ExpectAsync(new Regex(@"up for (\d+\.\d+)\n"), s_soon);
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static async Task<long> RoundAsync(QemuMachine machine) =>
        long.Parse((await machine.ExpectAsync(new Regex(@"round (\d+)\n"), s_soon)).Groups[1].Value, CultureInfo.InvariantCulture);

    private static async Task<string> RegistersAsync(MonitorConsole monitor) =>
        await monitor.AskAsync("reg *_el2") + await monitor.AskAsync("reg *_el1") + await monitor.AskAsync("reg x2*");

    // The guest's guest counts in x19 and in memory: what it has come to is at least this.
    private static async Task<ulong> ExpectCountsAsync(MonitorConsole monitor, ulong before)
    {
        ulong counter = before;
        await monitor.ExpectAnswerAsync("reg x19", answer =>
        {
            counter = Convert.ToUInt64(answer.Split("0x")[1].Trim()[..16], 16);
            Assert.True(counter >= before);
            return counter > before + 1000;
        });
        return counter;
    }

    // A file that somebody else might have written, with the rest as it is.
    private async Task RunAsync(Func<IEnumerable<(ulong Id, ulong Value)>, IEnumerable<(ulong Id, ulong Value)>> change, Func<QemuMachine, Task> body)
    {
        using SavedGuest changed = new();
        using TemporaryFiles files = new();
        using (SnapshotReader reader = new(saved.Guest.File))
        using (FileStream memory = File.OpenRead(reader.UnpackMemory(files.Root, reader.State.Memory)[0]))
        {
            SnapshotWriter.Write(changed.File, reader.Name, SnapshotState.Pack(change(reader.State.Pairs)), memory);
        }

        await changed.RunAsync("snapshot changed", s_deadline, body);
    }

    /// <summary>A guest hypervisor whose guest counts, saved.</summary>
    public sealed class Saved : IAsyncLifetime
    {
        /// <summary>The file.</summary>
        public SavedGuest Guest { get; } = new();

        /// <summary>What the guest's guest had counted to, before.</summary>
        public ulong Counter { get; private set; }

        /// <summary>The registers that stay as they are.</summary>
        public string Registers { get; private set; } = "";

        /// <summary>The interrupts, which stay too.</summary>
        public string Interrupts { get; private set; } = "";

        /// <inheritdoc/>
        public Task InitializeAsync()
        {
            // Memory that it does not use takes time each time.
            MachineDescription description = new() { Guests = [MonitoredGuest.Guest() with { Memory = 32 * MemorySize.MiB }] };
            return MonitoredGuest.RunAsync(
                "snapshot saved",
                async (_, monitor) =>
                {
                    Registers = await RegistersAsync(monitor);
                    Interrupts = await monitor.AskAsync("gic all");
                    Counter = await ExpectCountsAsync(monitor, 0);
                    await Guest.SaveAsync(monitor);
                    await ExpectCountsAsync(monitor, Counter);
                },
                description);
        }

        /// <inheritdoc/>
        public Task DisposeAsync()
        {
            Guest.Dispose();
            return Task.CompletedTask;
        }
    }
}
