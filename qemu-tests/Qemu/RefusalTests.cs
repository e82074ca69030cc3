// What Nestor itself refuses, because the line for QEMU may be typed by hand and then no launcher has checked it: one
// clear line, and the machine ends.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Launch;
using Nestor.Tools.Snapshots;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class RefusalTests : IDisposable
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(20);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("frob", "frob")]
    [InlineData("guest=a frob=1", "frob=1")]
    [InlineData("cpus=2 guest=a", "cpus=2")]
    [InlineData("guest=a cpus=0", "cpus=0")]
    [InlineData("guest=a cpus=9", "cpus=9")]
    [InlineData("guest=a memory=1.5G", "memory=1.5G")]
    [InlineData("guest=a memory=1M", "memory=1M")]
    [InlineData("guest=a memory=99999999999999999999G", "memory=99999999999999999999G")]
    [InlineData("guest=a el=3", "el=3")]
    [InlineData("guest=a nv=0", "nv=0")]
    [InlineData("guest=", "guest=")]
    [InlineData("guest=a-name-of-sixteen", "guest=a-name-of-sixteen")]
    public Task A_word_that_makes_no_sense_is_shown(string words, string shown) => RefusesAsync(
        new MachineDescription { Words = words.Split(' ') },
        "unknown or impossible word on Nestor's command line: " + shown,
        words);

    [Fact]
    public Task More_modules_than_there_are() => RefusesAsync(
        Guest(new("guest") { Kernel = _files.Arm64Image() }) with { QemuArguments = ["-append", "guest=a modules=2"] },
        "modules=N on Nestor's command line asks for more modules than there are");

    [Fact]
    public Task No_guest_that_starts() => RefusesAsync(
        Guest(new("guest") { Kernel = _files.Arm64Image(), StaysOff = true }),
        "no guest starts: each has start=no, and the machine ends when none runs");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Symbols_that_are_missing_or_none(bool isThere) => RefusesAsync(
        new MachineDescription
        {
            Guests = isThere ? [new("guest") { Kernel = _files.Arm64Image(), Symbols = _files.Write("names", "these are no symbols, are they?") }] : [],
            Words = isThere ? [] : ["guest=a", "symbols"],
            QemuArguments = isThere ? [] : ["-device", "guest-loader,addr=0x4a000000,kernel=" + _files.Arm64Image()],
        },
        "the module for the word symbols is missing, or not what `run --symbols` makes",
        isThere ? "damaged" : "missing");

    [Fact]
    public Task A_debugger_without_a_serial_port() => RefusesAsync(
        new MachineDescription { Words = ["gdb"] },
        "gdb needs a second serial port: give QEMU (9.1 or newer, without secure=on) a second -serial");

    [Fact]
    public Task A_guest_without_a_kernel() => RefusesAsync(
        new MachineDescription { Words = ["guest=x"] },
        "the boot modules do not fit the guests: each needs a kernel (guest-loader,kernel=...) first");

    [Fact]
    public Task A_ramdisk_without_a_kernel() => RefusesAsync(
        new MachineDescription { QemuArguments = ["-device", "guest-loader,addr=0x4a000000,initrd=" + _files.Write("initrd", "x")] },
        "the boot modules do not fit the guests: each needs a kernel (guest-loader,kernel=...) first");

    [Theory]
    [InlineData(0x6003_0001_0000_ffff, 5, "S3_7_C15_C15_7 (id 0x600300010000ffff) = 0x0000000000000005")]
    [InlineData(0x6003_0003_0000_0063, 5, "run state 99 (id 0x6003000300000063) = 0x0000000000000005")]
    [InlineData(0x6003_0003_0000_0000, 3, "run state 0 (id 0x6003000300000000) = 0x0000000000000003")]
    [InlineData(0x6003_0003_0000_0001, 3, "run state 1 (id 0x6003000300000001) = 0x0000000000000003")]
    [InlineData(0x6003_0003_0000_000c, 2, "run state 12 (id 0x600300030000000c) = 0x0000000000000002")]
    [InlineData(0x6003_0011_0000_0002, 2, "interrupt distributor 2 (id 0x6003001100000002) = 0x0000000000000002")]
    [InlineData(0x6003_0000_0000_0020, 0xd, "general register 32 (id 0x6003000000000020) = 0x000000000000000d")]
    [InlineData(0x6003_0002_0600_0000, 0, "vector state 100663296 (id 0x6003000206000000) = 0x0000000000000000")]
    [InlineData(0x6003_0010_0000_0000, 2, "what the VM is 0 (id 0x6003001000000000) = 0x0000000000000002")]
    [InlineData(0x6003_00ff_0000_0000, 1, "vCPU 0 (id 0x600300ff00000000) = 0x0000000000000001")]
    [InlineData(0x6003_0099_0000_0000, 1, "an unknown class 0 (id 0x6003009900000000) = 0x0000000000000001")]
    public Task What_a_snapshot_has_and_Nestor_has_no_place_for(ulong id, ulong value, string shown) => RefusesAsync(
        Restored(SnapshotState.Pack([(0x6003_00ff_0000_0000, 0), (id, value)])),
        "the snapshot has what this Nestor has no place for: " + shown,
        shown);

    [Fact]
    public Task A_snapshot_that_is_cut_off() => RefusesAsync(Restored(new byte[24]), "the snapshot's list of registers is cut off");

    [Fact]
    public Task A_snapshot_that_does_not_go_on() => RefusesAsync(
        Restored(new byte[16]) with { QemuArguments = ["-append", "guest=a cpus=1 memory=32M restore start=no"] },
        "a guest goes on from its snapshot at once: start=no has no place beside restore");

    [Fact]
    public Task A_snapshot_of_a_vCPU_where_it_cannot_be() => RefusesAsync(
        Restored(SnapshotState.Pack([(0x6003_00ff_0000_0000, 0), (0x6003_0003_0000_0001, 0), (0x6003_0001_0000_e088, 1UL << 27), (0x6003_0000_0000_0020, 0x3c5)])),
        "the snapshot has a vCPU at EL1 with HCR_EL2.TGE, which there cannot be");

    [Fact]
    public Task A_snapshot_of_less_memory_than_the_guest_has() => RefusesAsync(
        Restored(new byte[16]) with { QemuArguments = ["-append", "guest=a cpus=1 memory=64M restore"] },
        "the snapshot's memory is not as much as the guest's, or not in one piece");

    [Fact]
    public Task Too_little_memory_of_the_machine() => RefusesAsync(
        Guest(new("guest") { Kernel = _files.Arm64Image(), Memory = 2 * MemorySize.GiB }) with { HostMemory = MemorySize.GiB },
        "too little memory for the guests: give the machine more (-m), or the guests less");

    [Fact]
    public Task Too_little_memory_of_the_guest() => RefusesAsync(
        Guest(new("guest") { Kernel = _files.Arm64Image(imageSize: 64 << 20), Memory = 32 * MemorySize.MiB }),
        "the guest's memory cannot hold its kernel");

    [Fact]
    public Task A_module_that_is_no_image() => RefusesAsync(
        Guest(new("guest") { Kernel = _files.Write("zeroes", new byte[4096]) }),
        "the guest's kernel is neither an arm64 Image nor an ELF file, and does not begin with an instruction");

    [Theory]
    [InlineData("gzip")]
    [InlineData("zboot")]
    public Task A_kernel_that_is_packed(string how) => RefusesAsync(
        Guest(new("guest") { Kernel = how == "gzip" ? _files.Write("gz", TemporaryFiles.Gzip(new byte[64 << 10])) : _files.Zboot("zboot", "gzip", new byte[100]) }),
        "the guest's kernel is compressed: use `./build.sh run`, which unpacks it, or pass the unpacked Image",
        how);

    [Fact]
    public Task A_kernel_that_is_a_uImage() => RefusesAsync(
        Guest(new("guest") { Kernel = _files.UBoot("uImage", new byte[100]) }),
        "the guest's kernel is a U-Boot uImage: use `./build.sh run`, which unpacks it, or pass its contents");

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData((30 << 20) + 1)]
    public Task An_image_size_that_the_memory_cannot_hold(long size) => RefusesAsync(
        Guest(new("guest") { Kernel = _files.Arm64Image(imageSize: size), Memory = 32 * MemorySize.MiB }),
        "the guest's memory cannot hold its kernel",
        $"{size}");

    [Fact]
    public Task An_image_of_another_architecture() => RefusesAsync(
        Guest(new("guest") { Kernel = _files.Elf(machine: 62) }),
        "the guest's kernel is an ELF file, but not for little-endian AArch64");

    [Fact]
    public Task A_truncated_image() => RefusesAsync(
        Guest(new("guest") { Kernel = _files.Elf(fileSize: 4096, truncated: true) }),
        "the guest's ELF file is damaged, too large for its memory, or not meant for memory from 0x40000000 up");

    [Fact]
    public Task A_CPU_without_nested_virtualization() => RefusesAsync(
        Guest(new("guest") { Kernel = _files.Arm64Image() }) with { QemuArguments = ["-cpu", "cortex-a76"] },
        "this CPU has no FEAT_NV2 (or FEAT_NV): use QEMU 9.1 or newer with -cpu max, or el=1");

    [Fact]
    public Task A_CPU_without_atomic_instructions() => RefusesAsync(
        new MachineDescription { QemuArguments = ["-cpu", "cortex-a57"] },
        "this CPU has no atomic instructions (FEAT_LSE): use QEMU 9.1 or newer with -cpu max");

    [Fact]
    public Task Another_interrupt_controller() => RefusesAsync(
        new MachineDescription { QemuArguments = ["-machine", "gic-version=2"] },
        "the machine has no GICv3: give QEMU -M virt,gic-version=3");

    // Below EL2 nobody has promised what a reset would do, so here it is a power-off.
    [Fact]
    public Task A_start_at_EL1() => RefusesAsync(
        new MachineDescription { QemuArguments = ["-machine", "virtualization=off"] },
        "not started at EL2: give QEMU -M virt,virtualization=on",
        end: "guest-shutdown");

    private MachineDescription Restored(byte[] state) => Guest(new("guest")
    {
        IsRestored = true,
        Kernel = _files.Write("state", state),
        Initrd = _files.Write("memory", new byte[32 << 20]),
        Memory = 32 * MemorySize.MiB,
    });

    private static MachineDescription Guest(GuestDescription guest) => new() { Guests = [guest with { Cpus = 1 }] };

    private static async Task RefusesAsync(
        MachineDescription machine, string expected, string detail = "", string end = "guest-reset", [CallerMemberName] string test = "") =>
        await QemuMachine.RunAsync(MachineOptions.Nestor($"{test} {detail}", machine), async qemu =>
        {
            Assert.Equal(new MachineExit(0, end), await qemu.WaitForExitAsync(s_soon));
            Assert.Equal(["nestor: " + expected], Lines(qemu));
        });

    private static IEnumerable<string> Lines(QemuMachine machine) =>
        machine.Transcript.Lines.Select(line => line.Text).Where(line => line.Length > 0);
}
