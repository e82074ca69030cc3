// gdb-multiarch and Debian's kernel as guest hypervisor, with the symbols that the kernel carries for itself.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Nestor.Tools.Symbols;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class GdbLinuxTests
{
    // At fixed addresses; gdb before 14 does not know signed return addresses of a kernel; and its clock goes on while it is stopped.
    private const string Words = "nokaslr arm64.nopauth rcupdate.rcu_cpu_stall_suppress=1";

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
}
