// gdb-multiarch and Debian's kernel as guest hypervisor, with the symbols that the kernel carries for itself.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Nestor.Tools.Symbols;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class GdbLinuxTests
{
    // At fixed addresses; gdb before 14 does not know signed return addresses of a kernel; and on a loaded builder gdb holds a
    // kernel for longer than its watchdogs allow, whose clock goes on.
    private const string Words = "nokaslr arm64.nopauth rcupdate.rcu_cpu_stall_suppress=1 nowatchdog";

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(GuestKind.Linux612, 0xffff_8000_8000_0000)]
    [InlineData(GuestKind.Linux61, 0xffff_8000_0800_0000)]
    public void A_kernel_carries_its_symbols(GuestKind kind, ulong start)
    {
        IReadOnlyList<KernelSymbol> symbols = new KernelImage(new GuestStore().Ensure(kind)).Symbols;
        Assert.Equal(symbols.OrderBy(static one => one.Address), symbols);
        KernelSymbol found = Assert.Single(symbols, static one => one.Name == "start_kernel");
        Assert.InRange(found.Address, start, start + (64UL << 20));
        Assert.Equal('T', found.Kind);
        Assert.Equal(start + 0x10800, Assert.Single(symbols, static one => one.Name == "vectors").Address);
    }

    [Fact]
    public void An_image_without_symbols_is_refused()
    {
        string path = RepositoryRoot.Out("nestor");
        UsageException e = Assert.Throws<UsageException>(() => new KernelImage(path));
        Assert.Equal($"{path}: it has no symbols (CONFIG_KALLSYMS), or is compressed", e.Message);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public Task A_guest_hypervisor_is_debugged_by_its_functions() =>
        GdbMachine.RunAsync("gdb: Linux", new MachineDescription { Guests = [StockGuest.Linux(append: Words)], GuestsWait = true }, async (machine, socket) =>
        {
            // In the middle a person takes a second, in which interrupts come due: the steps go on where they were.
            string said = await Gdb.RunAsync(
                socket,
                KernelSymbols.File(GuestKind.Linux612),
                "tbreak start_kernel",
                "continue",
                "bt",
                "tbreak kvm_arm_init",
                "continue",
                "bt",
                "shell sleep 1",
                "stepi 5",
                "bt 2",
                "finish",
                "set $before = *(unsigned long *)&jiffies",
                "watch *(unsigned long *)&jiffies",
                "continue",
                "bt",
                "delete",
                "detach");
            Assert.Matches(@"Thread 1 hit Temporary breakpoint 1, 0x[0-9a-f]+ in start_kernel \(\)\n", said);
            Assert.Matches(@"#1 +0x[0-9a-f]+ in __primary_switched \(\)", said);
            Assert.Matches(@"Thread [12] hit Temporary breakpoint 2, 0x[0-9a-f]+ in kvm_arm_init \(\)\n", said);
            Assert.Matches(@"#1 .* in do_one_initcall \(\)\n#2 .* in kernel_init_freeable \(\)\n#3 .* in kernel_init \(\)\n#4 .* in ret_from_fork \(\)", said);
            Assert.Matches(@"0x[0-9a-f]+ in kvm_arm_init \(\)\n#0 .* in kvm_arm_init \(\)\n#1 .* in do_one_initcall \(\)\n", said);
            Assert.Matches(@"\n0x[0-9a-f]+ in do_one_initcall \(\)\n", said);
            Match watched = Regex.Match(said, @"hit Hardware watchpoint 3: \*\(unsigned long \*\)&jiffies\n\nOld value = (\d+)\nNew value = (\d+)\n");
            Assert.True(watched.Success && ulong.Parse(watched.Groups[2].Value) > ulong.Parse(watched.Groups[1].Value), said);

            // By the timer's interrupt, or by any other that ends an idle time.
            string writer = said[(watched.Index + watched.Length)..];
            Assert.True(Regex.IsMatch(writer, @"#0 .*\btick_\w+ \(\)\n(#.*\n)+"), writer);
            await new LinuxConsole(machine).ExpectShellAsync(cpus: 2);
        });

    // KVM of 6.1 has its kernel elsewhere, so that a function of the second level's 6.12 is at no address of the first.
    [Fact]
    [Trait("Category", "Slow")]
    public Task A_guest_of_KVM_is_debugged_by_its_functions()
    {
        GuestDescription guest = StockGuest.Hypervisor(GuestKind.Linux61, Words) with { Cpus = 1 };
        return GdbMachine.RunAsync("gdb: Linux of KVM", new MachineDescription { Guests = [guest] }, async (machine, socket) =>
        {
            await new LinuxConsole(machine).ExpectShellAsync(cpus: 1);
            SecondLevel second = new(machine);
            await second.StartAsync(cpus: 1, "quiet " + Words);

            // gdb makes the file when it has stopped the machine: what is typed then is read when the breakpoint is there.
            using TemporaryFiles files = new();
            string isStopped = files.Path("stopped");
            Task<string> gdb = Gdb.RunAsync(
                socket,
                KernelSymbols.File(GuestKind.Linux612),
                "tbreak uptime_proc_show",
                "shell touch " + isStopped,
                "continue",
                "info threads",
                "bt",
                "stepi 3",
                "bt 1",
                "finish",
                "detach");
            while (!File.Exists(isStopped) && !gdb.IsCompleted)
            {
                await Task.Delay(100);
            }

            await machine.SendAsync("cat /proc/uptime\n");
            string said = await gdb;
            Assert.Matches(@"Temporary breakpoint 1, 0x[0-9a-f]+ in uptime_proc_show \(\)\n", said);
            Assert.Matches(@"Thread 1 \(guest/0 EL1 nested\)", said);
            Assert.Matches(@"#0 .* in uptime_proc_show \(\)\n#1 .* in seq_read_iter \(\)\n#2 .* in proc_reg_read_iter \(\)\n(#.*\n)*#\d+ .* in invoke_syscall \(\)\n(#.*\n)*#\d+ .* in el0t_64_sync \(\)", said);
            Assert.Matches(@"\n0x[0-9a-f]+ in uptime_proc_show \(\)\n#0 .* in uptime_proc_show \(\)\n", said);
            Assert.Matches(@"\n0x[0-9a-f]+ in seq_read_iter \(\)\n", said);

            // It goes on where it was, and so does everything else.
            await machine.ExpectAsync(new Regex(@"^\d+\.\d+ \d+\.\d+\n", RegexOptions.Multiline), s_soon);
            await second.AnswerAndEndAsync();
            await second.PowerOffAsync();
        }, TimeSpan.FromMinutes(10));
    }
}
