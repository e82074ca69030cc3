// Snapshots: a guest hypervisor and its guest go on where they were, on another machine, and as often as one likes. What is
// restored is compared with what was saved, register by register; the guest's guest counts on.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Snapshots;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class SnapshotTests(SnapshotTests.Saved saved) : IClassFixture<SnapshotTests.Saved>
{
    private const ulong Tpidr = SnapshotState.SystemRegister | (3 << 14) | (4 << 11) | (13 << 7) | 2;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task A_guest_hypervisor_and_its_guest_go_on_where_they_were_again_and_again()
    {
        const int Rounds = 3;
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
                counter = await ExpectCountsAsync(monitor, counter);
                await own.SaveAsync(monitor);
                await ExpectCountsAsync(monitor, counter);
            });
        }
    }

    [Fact]
    public Task A_snapshot_with_fewer_registers_restores() => RunAsync(pairs => pairs.Where(pair => pair.Id != Tpidr), async machine =>
    {
        MonitorConsole monitor = new(machine);
        await monitor.OpenAsync();
        Assert.Contains("0x0000000000000000", await monitor.AskAsync("reg tpidr_el2"), StringComparison.Ordinal);
        await ExpectCountsAsync(monitor, saved.Counter);
    });

    [Fact]
    public async Task A_file_that_cannot_be_written_is_said_and_the_guest_goes_on()
    {
        await MonitoredGuest.RunAsync("snapshot nowhere", async (machine, monitor) =>
        {
            JsonElement answer = await monitor.JsonAsync("save /nowhere/at/all");
            Assert.Equal(
                "nothing was saved: ./build.sh run has not answered, or has said above what is wrong with the file",
                answer.GetProperty("error").GetString());
            await ExpectCountsAsync(monitor, 0);
        });
    }

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
        public Task InitializeAsync() => MonitoredGuest.RunAsync("snapshot saved", async (_, monitor) =>
        {
            Registers = await RegistersAsync(monitor);
            Interrupts = await monitor.AskAsync("gic all");
            Counter = await ExpectCountsAsync(monitor, 0);
            await Guest.SaveAsync(monitor);
            await ExpectCountsAsync(monitor, Counter);
        });

        /// <inheritdoc/>
        public Task DisposeAsync()
        {
            Guest.Dispose();
            return Task.CompletedTask;
        }
    }
}
