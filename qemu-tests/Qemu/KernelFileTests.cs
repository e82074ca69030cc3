// Kernels of every kind that QEMU's -kernel takes: under Nestor each is at the same place, and so is its device tree.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class KernelFileTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("raw", "1G")]
    [InlineData("raw", "32M")]
    [InlineData("raw in gzip", "32M")]
    [InlineData("Image", "32M")]
    [InlineData("Image with a text_offset", "32M")]
    [InlineData("Image without an image_size", "32M")]
    [InlineData("Image with a large .bss", "1G")]
    [InlineData("big-endian Image", "32M")]
    [InlineData("Image in gzip", "32M")]
    [InlineData("zboot", "32M")]
    [InlineData("uImage for Linux", "32M")]
    [InlineData("uImage that goes anywhere", "1G")]
    public async Task A_kernel_is_where_QEMU_puts_it(string kind, string memory)
    {
        string kernel = Kernel(kind);
        IReadOnlyList<string> bare = await BareAsync(kernel, memory);
        Assert.Equal(4, bare.Count);
        Assert.Equal(bare, await NestorAsync("--kernel", kernel, "--memory", memory));
    }

    // QEMU hands the address of the device tree over to Linux only; Nestor gives it to every kernel.
    [Theory]
    [InlineData("ELF")]
    [InlineData("ELF with a virtual entry")]
    [InlineData("uImage for something else")]
    public async Task A_kernel_with_addresses_is_at_them(string kind)
    {
        string kernel = Kernel(kind);
        IReadOnlyList<string> bare = await BareAsync(kernel, "64M");
        Assert.Equal(4, bare.Count);
        Assert.Equal([.. bare.Take(3), "0000000040000000"], await NestorAsync("--kernel", kernel, "--memory", "64M"));
    }

    [Fact]
    public async Task A_zboot_kernel_may_be_packed_with_zstd()
    {
        using ZstdSharp.Compressor compressor = new();
        string kernel = _files.Zboot("zstd", "zstd", compressor.Wrap(Image()).ToArray());
        Assert.Equal(await NestorAsync("--kernel", _files.Write("Image", Image())), await NestorAsync("--kernel", kernel));
    }

    [Fact]
    public async Task A_list_of_guests_takes_the_same_kernels()
    {
        _files.Write("raw", Code());
        _files.Write("gz", TemporaryFiles.Gzip(Image()));
        string list = _files.Write("guests.toml", "[[guest]]\nkernel = \"raw\"\ncpus = 1\nmemory = \"32M\"\n[[guest]]\nkernel = \"gz\"\ncpus = 1\nmemory = \"32M\"\n");
        using Command run = Command.BuildSh(s_deadline, "run", "--timeout", "60", "--guests", list);
        Assert.Equal(0, await run.WaitForExitAsync());
        Assert.Contains("[guest1] 0000000040080000", run.Output, StringComparison.Ordinal);
        Assert.Contains("[guest2] 0000000040200040", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_that_is_a_packed_kernel_is_unpacked() => Assert.Contains(
        "0000000040200040",
        await NestorAsync("--kernel", Nestor.Tools.Support.RepositoryRoot.Out("nestor"), "--append", "guest=inner cpus=1 memory=32M", "--module", Kernel("zboot")));

    [Fact]
    [Trait("Category", "Slow")]
    public async Task An_initrd_may_have_900_MiB()
    {
        string initrd = _files.Path("initrd");
        using (FileStream file = File.Create(initrd))
        {
            file.SetLength(900L << 20);
        }

        IReadOnlyList<string> bare = await BareAsync(Kernel("raw"), "2G", "-initrd", initrd);
        Assert.Equal("0000000080400000", bare[3]);
        Assert.Equal(bare, await NestorAsync("--kernel", Kernel("raw"), "--memory", "2G", "--initrd", initrd));
    }

    private string Kernel(string kind) => kind switch
    {
        "raw" => _files.Write("raw", Code()),
        "raw in gzip" => _files.Write("raw.gz", TemporaryFiles.Gzip(Code())),
        "Image" => _files.Write("Image", Image()),
        "Image with a text_offset" => _files.Write("Image", Image(textOffset: 0x8_0000)),
        "Image without an image_size" => _files.Write("Image", Image(imageSize: 0, textOffset: 0x100_0000)),
        "Image with a large .bss" => _files.Write("Image", Image(imageSize: 200 << 20)),
        "big-endian Image" => _files.Write("Image", Image(flags: 0xb)),
        "Image in gzip" => _files.Write("Image.gz", TemporaryFiles.Gzip(Image())),
        "zboot" => _files.Zboot("zboot", "gzip", TemporaryFiles.Gzip(Image())),
        "uImage for Linux" => _files.UBoot("uImage", TemporaryFiles.Gzip(Code()), compression: 1, system: 5),
        "uImage that goes anywhere" => _files.UBoot("uImage", Code(), type: 14, load: 0, system: 5),
        "uImage for something else" => _files.UBoot("uImage", Code()),
        "ELF" => _files.Write("elf", Elf(0x4030_0000)),
        _ => _files.Write("elf", Elf(0xffff_0000_0000_0000)),
    };

    // At 0x40300000, for the addresses from this one on.
    private static byte[] Elf(ulong linked)
    {
        byte[] code = Code();
        byte[] elf = new Nestor.Tools.Launch.UBootImage(2, 0, (uint)code.Length, 0x4030_0000, linked, IsLinux: false).ToElf(code);
        BitConverter.TryWriteBytes(elf.AsSpan(64 + 16), linked);
        return elf;
    }

    private byte[] Image(long imageSize = 0x1_0000, long textOffset = 0, ulong flags = 0xa)
    {
        byte[] code = Code();
        byte[] image = [.. File.ReadAllBytes(_files.Arm64Image("header", size: 64, imageSize: imageSize, textOffset: textOffset, flags: flags)), .. code];
        BitConverter.TryWriteBytes(image, 0x1400_0010);
        return image;
    }

    private static byte[] Code()
    {
        string elf = PayloadAssembler.Image("Where");
        string flat = Path.ChangeExtension(elf, $".{Guid.NewGuid():n}");
        Toolchain.Run(ToolFinder.Require("llvm-objcopy"), "-O", "binary", elf, flat);
        byte[] code = File.ReadAllBytes(flat);
        File.Delete(flat);
        return code;
    }

    private static async Task<IReadOnlyList<string>> BareAsync(string kernel, string memory, params string[] more)
    {
        using Command run = Command.Start(
            s_deadline,
            ToolFinder.Require(RequiredProgram.Qemu),
            ["-M", "virt,virtualization=on,gic-version=3", "-cpu", "max", "-m", memory, "-nographic", "-no-reboot", "-kernel", kernel, .. more]);
        Assert.Equal(0, await run.WaitForExitAsync());
        return Lines(run);
    }

    private static async Task<IReadOnlyList<string>> NestorAsync(params string[] options)
    {
        using Command run = Command.BuildSh(s_deadline, ["run", "--timeout", "60", "--cpus", "1", .. options]);
        Assert.Equal(0, await run.WaitForExitAsync());
        Assert.Equal("", run.Errors);
        return Lines(run);
    }

    private static IReadOnlyList<string> Lines(Command run) =>
        [.. run.Output.Split('\n').Select(line => line.Trim('\r')).Where(line => line.Length > 0 && !line.StartsWith("nestor: ", StringComparison.Ordinal))];
}
