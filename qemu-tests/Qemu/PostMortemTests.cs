// What is left of a machine that ends badly, or not at all: a directory with a why.txt that says the right thing. Of one
// that does what its test wanted nothing is left.
using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Nestor.Tools.Traces;
using Xunit;
using static Nestor.Tests.Harness.GuestCode;

namespace Nestor.Tests.Qemu;

[Trait("Category", "Slow")]
public sealed class PostMortemTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan s_shortly = TimeSpan.FromSeconds(2);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_run_whose_guest_never_ends_says_where_it_is()
    {
        string directory = _files.Path("dead");
        // Without memory redirection no timer is looked at again and again: one exit is all.
        using Command run = Run("--timeout", "15", "--cpus", "1", "--nv", "1", "--post-mortem", directory, "--kernel", _files.GuestOf(ReadCnthctl, Forever));
        Assert.Equal(3, await run.WaitForExitAsync());
        Assert.Equal($"nestor: what is known is in {directory}; read why.txt first\nnestor: timed out after 15 s\n", run.Errors);

        string why = Read(directory, "why.txt");
        Assert.StartsWith("why: timed out after 15 s\nthe console's last line: nestor: 1 CPUs", why, StringComparison.Ordinal);
        Match pc = Regex.Match(why, @"  0: runs guest/0 at ([0-9a-f]{16}), virtual EL2 \(E2H=0\)\n");
        Assert.True(pc.Success, why);
        Assert.Contains($"guest/0 on CPU 0: running; PC {pc.Groups[1].Value}, virtual EL2 (E2H=0)\n", why, StringComparison.Ordinal);
        Assert.Contains("  system register access: CNTHCTL_EL2 read x3, value 3\n", Read(directory, "trace.txt"), StringComparison.Ordinal);
        Assert.Matches(@"PC     " + pc.Groups[1].Value + "  PSTATE 0000", Read(directory, "registers.txt"));
        Assert.Matches(@"  SCTLR_EL1 +0{10}c50838\n", Read(directory, "registers.txt"));
        Assert.Matches(@"  VPIDR_EL2 +0{8}[0-9a-f]{8}\n", Read(directory, "registers.txt"));
        Assert.Contains("CPU#0", Read(directory, "qemu.txt"), StringComparison.Ordinal);
        Assert.StartsWith("nestor: 1 CPUs", Read(directory, "console.log").TrimStart(), StringComparison.Ordinal);
        Assert.NotEmpty(TraceFile.Read(Path.Combine(directory, "trace")).Cpus[0]);
    }

    [Fact]
    public async Task A_run_that_ends_well_leaves_nothing_and_a_directory_with_something_in_it_is_refused()
    {
        string directory = _files.Path("alive");
        string guest = _files.GuestOf(LoadPsciFunction, SystemOff, Smc, Forever);
        using Command run = Run("--timeout", "60", "--post-mortem", directory, "--kernel", guest);
        Assert.Equal(0, await run.WaitForExitAsync());
        Assert.Equal("", run.Errors);
        Assert.False(Directory.Exists(directory));

        using Command refused = Run("--post-mortem", _files.Root, "--kernel", guest);
        Assert.Equal(2, await refused.WaitForExitAsync());
        Assert.Equal($"nestor: --post-mortem: {_files.Root} is there already and not empty\n", refused.Errors);
    }

    [Fact]
    public async Task A_panic_leaves_what_every_level_was_doing()
    {
        MachineOptions options = Options() with { Allowed = ["nestor: panic"] };
        string directory = Artefacts.DirectoryOf(options.Name);
        QemuMachine machine = await QemuMachine.StartAsync(options);
        await using (machine)
        {
            await MonitoredGuest.OpenAsync(machine);
            await machine.SendAsync("panic\r");
            Assert.Equal(new MachineExit(0, "guest-reset"), await machine.WaitForExitAsync(s_deadline));
        }

        string why = Read(directory, "why.txt");
        Assert.StartsWith("why: the machine ended: guest-reset\n", why, StringComparison.Ordinal);
        Assert.Contains("\nsaid: nestor: panic: asked for in the monitor\n", why, StringComparison.Ordinal);
        Assert.Matches(@"  [01]: in Nestor at [0-9a-f]{16} secure_monitor_call \(Instructions\.S:\d+\)", why);
        Assert.Contains("EL1 below virtual EL2", why, StringComparison.Ordinal);
        Assert.Contains("-- virtual EL2\n", Read(directory, "registers.txt"), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(SP_EL0|TPIDRRO_EL0|TPIDR_EL1) +[0-9a-f]{16}  when it last left its CPU\n", Read(directory, "registers.txt"));
        Assert.Matches(@"g, shadow \d+: VTTBR_EL2 [0-9a-f]{16}, .*\n  [0-9a-f]{12} to [0-9a-f]{12} -> [0-9a-f]{12} r", Read(directory, "shadow.txt"));
        Assert.Contains("nestor: panic", Read(directory, "console.log"), StringComparison.Ordinal);
        Assert.EndsWith("\nno snapshot: the machine has ended\n", why, StringComparison.Ordinal);
        Artefacts.Delete(options.Name);
    }

    [Fact]
    public async Task What_a_fault_of_Nestors_overwrites_of_the_guest_is_marked()
    {
        const string Test = nameof(What_a_fault_of_Nestors_overwrites_of_the_guest_is_marked);
        MachineDescription description = new() { Guests = [MonitoredGuest.Guest()], Words = ["selftest=panic-command"] };
        QemuMachine machine = await QemuMachine.StartAsync(MonitoredGuest.Options(Test, description) with { Allowed = ["nestor: panic"] });
        await using (machine)
        {
            await MonitoredGuest.OpenAsync(machine);
            await machine.SendAsync("panic\r");
            Assert.Equal(new MachineExit(0, "guest-reset"), await machine.WaitForExitAsync(s_deadline));
        }

        string directory = Artefacts.DirectoryOf(Test);
        Assert.Contains("\nsaid: nestor: panic: data abort, write to 0x40200000: permission fault\n", Read(directory, "why.txt"), StringComparison.Ordinal);
        string registers = Read(directory, "registers.txt");
        foreach (string register in new[] { "SP_EL0", "TPIDRRO_EL0", "TPIDR_EL1" })
        {
            Assert.Matches($@"\b{register} +[0-9a-f]{{16}}  when it last left its CPU\n", registers);
        }

        Assert.DoesNotMatch(@"\b(TPIDR_EL0|SCTLR_EL1) +[0-9a-f]{16}  when it last left its CPU\n", registers);
        Artefacts.Delete(Test);
    }

    [Fact]
    public async Task A_test_that_waits_in_vain_says_for_what_and_where_the_guest_was()
    {
        MachineOptions options = Options();
        string directory = Artefacts.DirectoryOf(options.Name);
        QemuMachine machine = await QemuMachine.StartAsync(options);
        await using (machine)
        {
            await machine.ExpectAsync("entering level 2", s_deadline);
            await Assert.ThrowsAsync<MachineFailedException>(() => machine.ExpectAsync("what never comes", s_shortly));
        }

        string why = Read(directory, "why.txt");
        Assert.StartsWith("why: the console did not say 'what\\ never\\ comes' within 00:00:02\nawaited: that the console says 'what\\ never\\ comes'\n", why, StringComparison.Ordinal);
        Assert.Matches(@"  [01]: runs g/0 at [0-9a-f]{16}, EL1 below virtual EL2\n", why);
        Artefacts.Delete(options.Name);
    }

    [Fact]
    public async Task A_machine_whose_guests_a_gdb_may_debug_is_read_as_any_other()
    {
        const string Test = nameof(A_machine_whose_guests_a_gdb_may_debug_is_read_as_any_other);
        await Assert.ThrowsAsync<MachineFailedException>(() => GdbMachine.RunAsync(Test, (machine, _) => machine.ExpectAsync("what never comes", s_shortly)));

        string directory = Artefacts.DirectoryOf(Test);
        Assert.Matches(@"  [01]: runs g/0 at [0-9a-f]{16}, EL1 below virtual EL2\n", Read(directory, "why.txt"));
        Assert.Contains("-- virtual EL2\n", Read(directory, "registers.txt"), StringComparison.Ordinal);
        Assert.NotEmpty(TraceFile.Read(Path.Combine(directory, "trace")).Cpus[0]);
        Artefacts.Delete(Test);
    }

    [Fact]
    public async Task A_Nestor_that_is_stuck_is_shown_by_method_and_line()
    {
        MachineOptions options = MonitoredGuest.Options(nameof(A_Nestor_that_is_stuck_is_shown_by_method_and_line), new MachineDescription { Guests = [MonitoredGuest.Guest()], Words = ["selftest=hang"] });
        QemuMachine machine = await QemuMachine.StartAsync(options);
        await using (machine)
        {
            await Assert.ThrowsAsync<MachineFailedException>(() => machine.ExpectAsync("what never comes", TimeSpan.FromSeconds(15)));
        }

        string directory = Artefacts.DirectoryOf(options.Name);
        Assert.Matches(@"  1: in Nestor at [0-9a-f]{16} Nestor\.Kernel\.\w+\.\w+ \(SelfTest\.cs:\d+\)", Read(directory, "why.txt"));
        Assert.EndsWith("\nno snapshot: console.log says why\n", Read(directory, "why.txt"), StringComparison.Ordinal);
        Assert.Contains("nestor: g: a vCPU's CPU does not answer: nothing was saved", Read(directory, "console.log"), StringComparison.Ordinal);
        Artefacts.Delete(options.Name);
    }

    [Fact]
    public async Task What_is_left_of_the_guests_goes_on()
    {
        MachineOptions options = MonitoredGuest.Options(
            nameof(What_is_left_of_the_guests_goes_on), new MachineDescription { Guests = [MonitoredGuest.Guest(), MonitoredGuest.Guest("h")] });
        QemuMachine machine = await QemuMachine.StartAsync(options);
        await using (machine)
        {
            await machine.ExpectAsync(new Regex("entering level 2(.|\n)*entering level 2"), s_deadline);
            await Assert.ThrowsAsync<MachineFailedException>(() => machine.ExpectAsync("what never comes", s_shortly));
        }

        string directory = Artefacts.DirectoryOf(options.Name);
        string[] files = [Path.Combine(directory, "g.nestor"), Path.Combine(directory, "h.nestor")];
        Assert.EndsWith($"\nsnapshot, of a moment later: ./build.sh run --restore {files[0]}, or {files[1]}\n", Read(directory, "why.txt"), StringComparison.Ordinal);
        string vttbr = Regex.Match(Read(directory, "registers.txt"), "VTTBR_EL2 +([0-9a-f]{16})").Groups[1].Value;
        foreach (string file in files)
        {
            await SavedGuest.RestoreAsync(file, options.Name + " restored", s_deadline, async restored =>
            {
                MonitorConsole monitor = new(restored);
                await monitor.OpenAsync();
                Assert.Contains("0x" + vttbr, await monitor.AskAsync("reg vttbr_el2"), StringComparison.Ordinal);
                string counter = await monitor.AskAsync("reg x19");
                Assert.DoesNotContain("0x0000000000000000", counter, StringComparison.Ordinal);
                await monitor.ExpectChangeAsync("reg x19", counter);
            });
        }

        Artefacts.Delete(options.Name);
    }

    [Fact]
    public async Task A_machine_without_a_Nestor_that_answers_leaves_no_snapshot()
    {
        MachineOptions options = MachineOptions.Bare(nameof(A_machine_without_a_Nestor_that_answers_leaves_no_snapshot), RepositoryRoot.Out("demo"), 1, "-append", "bug=eret") with { HasNestor = true };
        QemuMachine machine = await QemuMachine.StartAsync(options);
        await using (machine)
        {
            await Assert.ThrowsAsync<MachineFailedException>(() => machine.ExpectAsync("what never comes", s_shortly));
        }

        string why = Read(Artefacts.DirectoryOf(options.Name), "why.txt");
        Assert.EndsWith("\nno snapshot: Nestor does not answer within 10 s\n", why, StringComparison.Ordinal);
        Artefacts.Delete(options.Name);
    }

    [Fact]
    public async Task A_panic_that_was_wanted_leaves_nothing()
    {
        MachineOptions options = Options() with { Allowed = ["nestor: panic"] };
        await QemuMachine.RunAsync(options, async machine =>
        {
            await MonitoredGuest.OpenAsync(machine);
            await machine.SendAsync("panic\r");
            Assert.Equal(new MachineExit(0, "guest-reset"), await machine.WaitForExitAsync(s_deadline));
        });
        Assert.False(Directory.Exists(Artefacts.DirectoryOf(options.Name)));
    }

    private static MachineOptions Options([CallerMemberName] string test = "") => MonitoredGuest.Options(test);

    private static string Read(string directory, string file) => File.ReadAllText(Path.Combine(directory, file));

    private static Command Run(params string[] arguments) => Command.BuildSh(s_deadline, ["run", .. arguments]);
}
