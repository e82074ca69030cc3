// gdb-multiarch and Nestor's stub: the guest hypervisor and its guest of Guests/Level2.S, and a Nestor as guest, by its C# lines.
using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class GdbTests
{
    // The first instruction of the loop of the guest's guest.
    private const string Loop = "*(inner+24)";

    private static readonly string s_level2 = PayloadAssembler.Image("Level2");

    [Fact]
    public Task A_guest_hypervisor_in_CSharp_is_debugged_by_its_lines() =>
        GdbMachine.RunAsync("gdb: lines", new MachineDescription
        {
            Guests = [new GuestDescription("inner") { Kernel = RepositoryRoot.Out("nestor"), Cpus = 2, Memory = 256 * MemorySize.MiB }],
            GuestsWait = true,
        }, async (machine, socket) =>
        {
            string said = await Gdb.RunAsync(
                socket,
                RepositoryRoot.Out("nestor.elf"),
                "info threads",
                "break kernel_Nestor_Kernel_Startup__Announce",
                "continue",
                "bt",
                "next",
                "next",
                "delete",
                "tbreak kernel_Nestor_Kernel_SystemRegisterTrap__Handle",
                "continue",
                "bt",
                "info threads",
                "finish",
                "detach");
            Assert.Matches(@"\* 1 +Thread 1 \(inner/0 EL2 \(nVHE\)\)", said);
            Assert.Matches(@"  2 +Thread 2 \(inner/1 off\)", said);
            Assert.Matches(@"Thread 1 hit Breakpoint 1, kernel_Nestor_Kernel_Startup__Announce \(\) at .*Startup\.cs:\d+", said);
            Assert.Matches(@"#1 .* kernel_Nestor_Kernel_Startup__Boot \(.*\) at .*Startup\.cs:\d+", said);
            Assert.Matches(@"\n\d+\t        (Console\.Write|for \(uint i = 0; i < Machines\.Count)", said);
            Assert.Matches(@"Thread 1 hit Temporary breakpoint 2, kernel_Nestor_Kernel_SystemRegisterTrap__Handle \(vcpu=0x[0-9a-f]+, syndrome=\d+, slot=\d+\)", said);
            Assert.Matches(@"#1 .* kernel_Nestor_Kernel_TrapDispatcher__Synchronous", said);
            Assert.Matches(@"kernel_Nestor_Kernel_TrapDispatcher__Synchronous \(.*\) at .*TrapDispatcher\.cs:\d+\n\d+\t", said);
            Assert.Contains("[Inferior 1 (Remote target) detached]", said, StringComparison.Ordinal);
            await machine.ExpectAsync("demo: [EL1] goodbye");
            await machine.ExpectPowerOffAsync();
        });

    [Fact]
    public Task The_second_level_is_stopped_stepped_and_watched() =>
        GdbMachine.RunAsync("gdb: level 2", async (machine, socket) =>
        {
            string said = await Gdb.RunAsync(
                socket,
                s_level2,
                "break " + Loop,
                "continue",
                "bt",
                "p $cpsr",
                "set $count = *(long *)&counter",
                "continue",
                "p *(long *)&counter - $count",
                "delete",
                "stepi 3",
                "x/i $pc",
                "watch *(long *)&counter",
                "continue",
                "x/i $pc",
                "delete",
                "rwatch *(int *)&counter",
                "continue",
                "x/i $pc",
                "delete",
                "p $TPIDR_EL2",
                "p/x $x21",
                "x/s &text",
                "set var *(char *)&text = 'N'",
                "x/s &text",
                "x/i 0x1000",
                "x/x 0x2000",
                "echo \\n",
                "set $x19 = 5",
                "p $x19",
                "set $v1.u64[0] = 0x1234",
                "p/x $v1.u64",
                "set $AFSR0_EL1 = 7",
                "p $AFSR0_EL1",
                "p $MPIDR_EL1 == $VMPIDR_EL2 && $MPIDR_EL1 != 0",
                "detach");
            Assert.Matches(@"Thread 1 hit Breakpoint 1, 0x[0-9a-f]+ in inner \(\)", said);
            Assert.Matches(@"#1 .* in outer \(\)", said);
            Assert.Matches(@"#2 .* in el1 \(\)", said);
            Assert.Matches(@"\$1 = \[ SP EL=1 F I A D", said);
            Assert.Contains("\n$2 = 1\n", said, StringComparison.Ordinal);
            Assert.Equal(2, Regex.Count(said, @"=> 0x[0-9a-f]+ <inner\+32>:\tstr\tx19, \[x20\]|=> 0x[0-9a-f]+ <inner\+36>:\tb\t0x[0-9a-f]+ <inner\+24>"));
            Assert.Matches(@"Thread 1 hit Hardware watchpoint 2: \*\(long \*\)&counter\n\nOld value = (\d+)\nNew value = \d+\n", said);
            Assert.Matches(@"Thread 1 hit Hardware read watchpoint 3: \*\(int \*\)&counter", said);
            Assert.Contains($"\n$3 = {0xabcd1234}\n", said, StringComparison.Ordinal);
            Assert.Contains("\n$4 = 0x5678\n", said, StringComparison.Ordinal);
            Assert.Contains("\"needle in guest memory\"", said, StringComparison.Ordinal);
            Assert.Contains("\"Needle in guest memory\"", said, StringComparison.Ordinal);
            Assert.Contains("Cannot access memory at address 0x2000", said, StringComparison.Ordinal);
            Assert.Contains("\n$5 = 5\n", said, StringComparison.Ordinal);
            Assert.Contains("\n$6 = {0x1234, 0x0}\n", said, StringComparison.Ordinal);
            Assert.Contains("\n$7 = 7\n", said, StringComparison.Ordinal);
            Assert.Contains("\n$8 = 1\n", said, StringComparison.Ordinal);
            await GoesOnAsync(machine);
        });

    [Fact]
    public Task A_step_goes_through_an_exception_return() =>
        GdbMachine.RunAsync("gdb: eret", async (machine, socket) =>
        {
            string said = await Gdb.RunAsync(
                socket,
                s_level2,
                "break leave",
                "continue",
                "info threads",
                "p $cpsr",
                "stepi",
                "info threads",
                "p $cpsr",
                "p $sp == &stack",
                "stepi",
                "x/i $pc",
                "detach");
            Assert.Matches(@"Thread 1 hit Breakpoint 1, 0x[0-9a-f]+ in leave \(\)", said);
            Assert.Matches(@"Thread 1 \(g/0 EL2 \(nVHE\)\)", said);
            Assert.Matches(@"\$1 = \[ SP EL=2 ", said);
            Assert.Matches(@"0x[0-9a-f]+ in el1 \(\)", said);
            Assert.Matches(@"Thread 1 \(g/0 EL1 nested\)", said);
            Assert.Matches(@"\$2 = \[ SP EL=1 ", said);
            Assert.Contains("\n$3 = 1\n", said, StringComparison.Ordinal);
            Assert.Matches(@"=> 0x[0-9a-f]+ <el1\+4>:", said);
            await machine.ExpectAsync("entering level 2");
            await GoesOnAsync(machine);
        }, guestsWait: true);

    [Fact]
    public Task Commands_of_the_monitor_pass_through() =>
        GdbMachine.RunAsync("gdb: monitor", async (machine, socket) =>
        {
            string said = await Gdb.RunAsync(
                socket,
                null,
                "monitor vcpu",
                "monitor json vcpu",
                "monitor reg TPIDR_EL2",
                "monitor frob",
                "monitor step",
                "monitor help reg",
                "monitor mem search x20-64 128 needle",
                "monitor " + new string('x', 161),
                "thread 2",
                "monitor json reg ICH_VTR_EL2",
                "monitor json vcpu",
                "detach");
            Assert.Matches(@"g +0 +stopped +cpu 0 +EL1 nested", said);
            Assert.Contains("{\"command\":\"vcpu\",\"vcpus\":[{\"vm\":\"g\",\"number\":0,\"state\":\"stopped\"", said, StringComparison.Ordinal);
            Assert.Contains("0x00000000abcd1234", said, StringComparison.Ordinal);
            Assert.Contains("error: unknown command (try help): 'frob'", said, StringComparison.Ordinal);
            Assert.Contains("error: gdb has stopped the vcpu: step there", said, StringComparison.Ordinal);
            Assert.Contains("error: the line is too long", said, StringComparison.Ordinal);
            Assert.Matches("\"number\":1,[^}]*\"chosen\":true", said);
            Assert.Contains("\"value\":\"0x90b80003\"", said, StringComparison.Ordinal);
            Assert.DoesNotContain("frob", machine.Transcript.Text, StringComparison.Ordinal);
            await GoesOnAsync(machine);
        });

    [Fact]
    public Task A_point_of_the_monitor_stops_for_gdb_and_is_passed() =>
        GdbMachine.RunAsync("gdb: point of the monitor", async (machine, socket) =>
        {
            string said = await Gdb.RunAsync(
                socket,
                s_level2,
                "monitor break x20-8",
                "continue",
                "x/i $pc",
                "set $count = $x19",
                "continue",
                "p $x19 - $count",
                "monitor break delete 1",
                "detach");
            Assert.Equal(2, Regex.Count(said, @"Thread 1 received signal SIGTRAP"));
            Assert.Contains("\n$1 = 1\n", said, StringComparison.Ordinal);
            await GoesOnAsync(machine);
        });

    [Fact]
    public Task A_guest_that_ends_ends_for_gdb_too() =>
        GdbMachine.RunAsync("gdb: end", new MachineDescription
        {
            Guests = [new GuestDescription("g") { Kernel = RepositoryRoot.Out("nestor"), Cpus = 1, Memory = 256 * MemorySize.MiB }],
            GuestsWait = true,
        }, async (machine, socket) =>
        {
            Assert.Contains("[Inferior 1 (Remote target) exited normally]", await Gdb.RunAsync(socket, null, "continue"), StringComparison.Ordinal);
            await machine.ExpectPowerOffAsync();
        });

    [Fact]
    public Task Kill_switches_the_guests_off() =>
        GdbMachine.RunAsync("gdb: kill", async (machine, socket) =>
        {
            await Gdb.RunAsync(socket, null, "kill");
            await machine.ExpectAsync("nestor: g: powered off");
            await machine.ExpectPowerOffAsync();
        });

    [Fact]
    public Task A_gdb_that_vanished_leaves_no_points() =>
        GdbMachine.RunAsync("gdb: vanished", async (machine, socket) =>
        {
            using (GdbWire wire = await GdbWire.ConnectAsync(socket))
            {
                Assert.Equal("OK", await wire.AskAsync("QStartNoAckMode"));
                Assert.Equal("OK", await wire.AskAsync("Z0,40080000,4"));
            }

            string said = await Gdb.RunAsync(socket, s_level2, "monitor json break", "break " + Loop, "continue", "detach");
            Assert.Contains("\"breakpoints\":[]", said, StringComparison.Ordinal);
            Assert.Matches(@"Thread 1 hit Breakpoint 1, 0x[0-9a-f]+ in inner \(\)", said);
            await GoesOnAsync(machine);
        });

    [Fact]
    public Task A_second_gdb_is_told_that_it_is_one() =>
        GdbMachine.RunAsync("gdb: second", async (machine, socket) =>
        {
            using GdbRelay relay = new(0, socket);
            string target = string.Create(CultureInfo.InvariantCulture, $":{relay.Port}");
            Task<string> first = Gdb.RunAsync(target, s_level2, "break " + Loop, "continue", "shell sleep 3", "stepi", "detach");
            await Task.Delay(TimeSpan.FromSeconds(2));
            Assert.Contains(GdbRelay.Busy, await Gdb.RunAsync(target, null), StringComparison.Ordinal);
            Assert.Contains("in inner ()", await first, StringComparison.Ordinal);

            // And after the first one, it may.
            Assert.Contains("Thread 1", await Gdb.RunAsync(target, null, "info threads", "detach"), StringComparison.Ordinal);
            UsageException e = Assert.Throws<UsageException>(() => new GdbRelay(relay.Port, socket));
            Assert.Equal($"--gdb: port {relay.Port} is in use", e.Message);
            await GoesOnAsync(machine);
        });

    // gdb takes no plain number for a register that has fields: what the README writes is what it takes.
    [Fact]
    public Task A_register_is_set_as_the_README_says() =>
        GdbMachine.RunAsync("gdb: set", async (machine, socket) =>
        {
            string line = Regex.Match(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md")), @"`(set \$VTTBR_EL2 = [^`]+)`").Groups[1].Value;
            string said = await Gdb.RunAsync(
                socket, s_level2, "break " + Loop, "continue", "set $kept = $VTTBR_EL2", line, "p $VTTBR_EL2", "set $VTTBR_EL2 = $kept", "p $VTTBR_EL2", "detach");
            Assert.DoesNotContain("Invalid cast", said, StringComparison.Ordinal);
            Assert.Contains("\n$1 = [ BADDR=0 VMID=0 ]\n", said, StringComparison.Ordinal);
            Assert.Matches(@"\$2 = \[ BADDR=\d+ VMID=7 \]", said);
            await GoesOnAsync(machine);
        });

    // The counter counts.
    private static async Task GoesOnAsync(QemuMachine machine)
    {
        MonitorConsole monitor = new(machine);
        await monitor.OpenAsync();
        await monitor.ExpectChangeAsync("reg x19", await monitor.AskAsync("reg x19"));
    }
}
