using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class QemuCommandLineTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Guests_are_described_in_the_order_of_their_modules()
    {
        MachineDescription machine = new() { Words = ["word"], Guests = [Xen(), Firmware()] };
        Assert.Equal(
            "word guest=xen cpus=4 memory=2048M el=2 nv=1 modules=2 guest=boot cpus=1 memory=64M el=1 nv=2 modules=0 bios",
            Value(machine, "-append"));
        Assert.Equal(
            [
                $"guest-loader,addr=0x4a000000,kernel={_files.Path("xen")},bootargs=console=dtuart,,x",
                $"guest-loader,addr=0x4a200000,initrd={_files.Path("initrd")}",
                $"guest-loader,addr=0x4a600000,kernel={_files.Path("dom0")},bootargs=console=hvc0",
                $"guest-loader,addr=0x4a800000,initrd={_files.Path("data")}",
                $"guest-loader,addr=0x4aa00000,kernel={_files.Path("u-boot")}",
            ],
            Values(machine, "-device"));
    }

    [Fact]
    public void A_guest_that_stays_off_says_so() =>
        Assert.EndsWith(" start=no guest=boot cpus=1 memory=64M el=1 nv=2 modules=0 bios", Value(new() { Guests = [Xen() with { StaysOff = true }, Firmware()] }, "-append"), StringComparison.Ordinal);

    [Fact]
    public void Symbols_are_a_word_and_the_module_behind_the_kernel()
    {
        MachineDescription machine = new() { Guests = [Xen() with { Symbols = _files.Write("names", "x") }, Firmware()] };
        Assert.Contains("modules=2 symbols guest=boot", Value(machine, "-append"), StringComparison.Ordinal);
        Assert.Equal($"guest-loader,addr=0x4a200000,kernel={_files.Path("names")}", Values(machine, "-device").ElementAt(1));
    }

    [Fact]
    public void A_stub_is_a_second_serial_port_and_a_word()
    {
        MachineDescription machine = new() { GuestGdbSocket = "/a,b" };
        Assert.Equal(["chardev:console", "chardev:guest-gdb"], Values(machine, "-serial"));
        Assert.Contains("socket,id=guest-gdb,path=/a,,b,server=on,wait=off", Values(machine, "-chardev"));
        Assert.Equal("gdb", Value(machine, "-append"));
        Assert.Equal("gdb=wait", Value(machine with { GuestsWait = true }, "-append"));
        Assert.Equal(["chardev:console"], Values(machine with { GuestGdbSocket = null }, "-serial"));
    }

    [Fact]
    public void An_idle_stub_is_there_with_nobody_at_its_port()
    {
        MachineDescription machine = new() { HasIdleStub = true };
        Assert.Equal(["chardev:console", "chardev:guest-gdb"], Values(machine, "-serial"));
        Assert.Contains("null,id=guest-gdb", Values(machine, "-chardev"));
        Assert.Equal("gdb", Value(machine, "-append"));
    }

    [Fact]
    public void A_replay_keeps_its_state_in_an_image_and_takes_no_keys()
    {
        IReadOnlyList<string> line = QemuCommandLine.Build(Recorded(), null);
        Assert.Contains("if=none,id=state,format=qcow2,file=/a,,b", line);
        Assert.Contains("shift=0,rr=replay,rrfile=/log", line);
        Assert.Contains("stdio,id=console,signal=on", line);
        Assert.Contains("null,id=guest-gdb", line);
        Assert.DoesNotContain("-loadvm", line);
    }

    [Fact]
    public void What_is_live_goes_on_from_that_state_with_keys_and_gdb()
    {
        IReadOnlyList<string> line = QemuCommandLine.Build(Recorded() with { IsLive = true, GuestGdbSocket = "/c,d" }, null);
        Assert.Contains("if=none,id=state,format=qcow2,file=/a,,b", line);
        Assert.Contains("shift=0,rr=record,rrfile=/log", line);
        Assert.Contains("stdio,id=console,signal=off,mux=on", line);
        Assert.Contains("socket,id=guest-gdb,path=/c,,d,server=on,wait=off,mux=on", line);
        Assert.Contains("-loadvm", line);
    }

    [Fact]
    public void The_machine_is_as_large_as_its_guests_need()
    {
        MachineDescription machine = new() { Guests = [Xen(), Firmware()] };
        Assert.Equal("5", Value(machine, "-smp"));
        Assert.Equal("4096M", Value(machine, "-m"));
        Assert.Equal("8", Value(machine with { Guests = [Xen(), Xen(), Xen()] }, "-smp"));
    }

    [Fact]
    public void No_guest_is_no_module_and_no_words()
    {
        MachineDescription machine = new();
        Assert.Empty(Values(machine, "-device"));
        Assert.Empty(Values(machine, "-append"));
        Assert.Equal("1", Value(machine, "-smp"));
        Assert.Equal("1024M", Value(machine, "-m"));
    }

    [Fact]
    public void Too_little_host_memory_is_refused()
    {
        MachineDescription machine = new() { Guests = [Xen()], HostMemory = 2 * MemorySize.GiB };
        UsageException e = Assert.Throws<UsageException>(machine.Check);
        Assert.Equal("--host-memory 2048M is too little; the guests and Nestor need 3072M", e.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Host_cpus_have_a_range(int cpus) =>
        Assert.Throws<UsageException>(new MachineDescription { HostCpus = cpus }.Check);

    [Fact]
    public void No_key_is_taken_from_nestor_and_its_guests()
    {
        IReadOnlyList<string> line = QemuCommandLine.Build(new MachineDescription(), "/tmp/qmp");
        Assert.Contains("stdio,id=console,signal=off", line);
        Assert.DoesNotContain(line, word => word.Contains("mux", StringComparison.Ordinal));
        Assert.DoesNotContain("-echr", line);
        Assert.DoesNotContain(line, word => word.StartsWith("chardev=console", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_become_arguments_and_the_users_own_come_last()
    {
        MachineDescription machine = new() { Icount = true, Log = "/tmp/a,b", GdbPort = 1240, QemuArguments = ["-d", "int"] };
        IReadOnlyList<string> line = QemuCommandLine.Build(machine, "/tmp/qmp");
        Assert.Equal(["-d", "int"], line.TakeLast(2));
        Assert.Contains("stdio,id=console,signal=off,logfile=/tmp/a,,b,logappend=off", line);
        Assert.Contains("tcp:127.0.0.1:1240", line);
        Assert.Contains("shift=0,sleep=off", line);
        Assert.Contains("-S", line);
    }

    [Fact]
    public void Modules_that_reach_beyond_the_first_GiB_get_a_second_one()
    {
        string large = _files.Path("large");
        using (FileStream file = File.Create(large))
        {
            file.SetLength(900L << 20);
        }

        GuestDescription guest = new("a") { Kernel = _files.Arm64Image(), Initrd = large };
        Assert.Equal([0x4a00_0000, 0x4a20_0000], BootModule.Place([guest]).Select(module => module.Address));
        Assert.Equal("3072M", Value(new MachineDescription { Guests = [guest] }, "-m"));
        Assert.Equal("2048M", Value(new MachineDescription { Guests = [guest with { Initrd = null }] }, "-m"));
    }

    [Fact]
    public void More_modules_in_all_than_Nestor_takes_are_refused()
    {
        GuestDescription guest = Firmware() with { Modules = [.. Enumerable.Repeat(new GuestModule(_files.Write("data", "x"), ""), 7)] };
        Assert.Equal(32, BootModule.Place(Enumerable.Repeat(guest, 4)).Count);
        UsageException e = Assert.Throws<UsageException>(() => BootModule.Place(Enumerable.Repeat(guest, 5)));
        Assert.Contains("40 boot modules", e.Message, StringComparison.Ordinal);
    }

    private static MachineDescription Recorded() => new()
    {
        Replayed = [.. QemuCommandLine.Build(new() { HasIdleStub = true }, null)],
        Events = "/log",
        StateImage = "/a,b",
    };

    private GuestDescription Xen() => new("xen")
    {
        Kernel = _files.Arm64Image("xen"),
        Initrd = _files.Write("initrd", new byte[(2 << 20) + 1]),
        Append = "console=dtuart,x",
        Modules = [new(_files.Arm64Image("dom0"), "console=hvc0"), new(_files.Write("data", "x"), "", IsInitrd: true)],
        Cpus = 4,
        Memory = 2 * MemorySize.GiB,
        Nv = 1,
    };

    private GuestDescription Firmware() => new("boot")
    {
        Bios = _files.Write("u-boot", "x"),
        Cpus = 1,
        Memory = 64 * MemorySize.MiB,
        El = 1,
    };

    private static string Value(MachineDescription machine, string option) => Assert.Single(Values(machine, option));

    private static IEnumerable<string> Values(MachineDescription machine, string option)
    {
        IReadOnlyList<string> line = QemuCommandLine.Build(machine, null);
        return line.Zip(line.Skip(1)).Where(pair => pair.First == option).Select(pair => pair.Second);
    }
}
