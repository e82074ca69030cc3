using System;
using System.IO;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class ImageInspectorTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    // QEMU's rules: an Image at the start of RAM moves up by 2 MiB, and text_offset counts only beside an image_size.
    [Theory]
    [InlineData(0, 6000, 0x20_0000, 0x20_0000 + 6000)]
    [InlineData(0x8_0000, 6000, 0x8_0000, 0x8_0000 + 6000)]
    [InlineData(0x8_0000, 100, 0x8_0000, 0x8_0000 + 4096)]
    [InlineData(0x100_0000, 0, 0x8_0000, 0x8_0000 + 4096)]
    [InlineData(0, 16 << 20, 0x20_0000, 0x20_0000 + (16 << 20))]
    public void An_image_goes_where_its_header_says(long textOffset, long imageSize, long start, long end)
    {
        ImageInfo info = ImageInspector.Kernel(_files.Arm64Image(size: 4096, imageSize: imageSize, textOffset: textOffset));
        Assert.Equal(new ImageInfo(ImageKind.Arm64Image, 4096, start, end), info);
    }

    [Fact]
    public void An_elf_takes_the_span_of_its_segments()
    {
        ImageInfo info = ImageInspector.Kernel(_files.Elf(memorySize: 0x5000));
        Assert.Equal(ImageKind.Elf, info.Kind);
        Assert.Equal((0, 0x5000), (info.Start, info.End));
    }

    [Fact]
    public void Code_without_a_header_is_512_KiB_above_the_start() =>
        Assert.Equal(new ImageInfo(ImageKind.Raw, 8, 0x8_0000, 0x8_0008), ImageInspector.Kernel(_files.Code("code", GuestCode.Smc, GuestCode.Forever)));

    [Fact]
    public void A_big_endian_image_is_one_like_others() => Assert.Equal(ImageKind.Arm64Image, ImageInspector.Kernel(_files.Arm64Image(flags: 1)).Kind);

    [Fact]
    public void A_missing_file_is_said_to_be_missing() => Refused(_files.Path("none"), "does not exist");

    [Fact]
    public void A_directory_is_no_file() => Refused(_files.Root, "is a directory");

    [Fact]
    public void An_empty_file_is_said_to_be_empty() => Refused(_files.Write("empty", []), "is empty");

    [Fact]
    public void A_file_too_short_for_an_instruction_is_said_to_be_short() => Refused(_files.Write("short", new byte[3]), "only 3 bytes long");

    [Fact]
    public void A_header_alone_is_truncated() => Refused(_files.Arm64Image(size: 64), "only the header");

    [Fact]
    public void An_image_with_sections_beyond_its_end_is_truncated()
    {
        byte[] bytes = File.ReadAllBytes(_files.Arm64Image(size: 4096, imageSize: 4096));
        "MZ"u8.CopyTo(bytes);
        bytes[60] = 64;
        "PE\0\0"u8.CopyTo(bytes.AsSpan(64));
        bytes[70] = 1;
        BitConverter.TryWriteBytes(bytes.AsSpan(88 + 16), 0x1000);
        BitConverter.TryWriteBytes(bytes.AsSpan(88 + 20), 0x200);
        Refused(_files.Write("pe", bytes), "is truncated: 4096 bytes of at least 4608");
    }

    [Fact]
    public void A_damaged_size_is_named() => Refused(_files.Arm64Image(imageSize: -1), "damaged");

    [Fact]
    public void Gzip_is_named() => Refused(_files.Write("gz", Padded(0x1f, 0x8b)), "gzip-compressed");

    [Fact]
    public void Xz_is_named() => Refused(_files.Write("xz", Padded(0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z')), "xz-compressed");

    [Fact]
    public void An_x86_kernel_is_named()
    {
        byte[] bytes = new byte[1024];
        "HdrS"u8.CopyTo(bytes.AsSpan(0x202));
        Refused(_files.Write("bz", bytes), "an x86 bzImage");
    }

    [Fact]
    public void Zeroes_are_no_code() => Refused(_files.Write("x", new byte[100]), "begins with no instruction");

    [Theory]
    [InlineData("#!/bin/sh\nexit 0\n", "is text")]
    [InlineData("!<arch>\ndebian-binary", "a Debian package")]
    [InlineData("070701000002D1000081A4", "a cpio archive")]
    [InlineData("MZ\0\0 and no header of Linux", "a program for EFI")]
    public void Files_of_other_kinds_are_named(string text, string name) => Refused(_files.Write("x", text), name);

    [Fact]
    public void An_elf_below_the_memory_of_guests_is_refused() =>
        Refused(_files.Elf(address: 0x1000), "is an ELF file for addresses from 0x1000 to 0x1fff; a guest's memory begins at 0x40000000");

    [Fact]
    public void An_elf_for_another_processor_is_refused() => Refused(_files.Elf(machine: 62), "not for little-endian AArch64");

    [Fact]
    public void An_elf_without_its_segment_is_truncated() => Refused(_files.Elf(truncated: true), "a segment lies beyond its end");

    [Fact]
    public void An_elf_with_more_in_file_than_in_memory_is_damaged() => Refused(_files.Elf(memorySize: 1), "damaged program header");

    private static byte[] Padded(params byte[] start)
    {
        byte[] bytes = new byte[128];
        start.CopyTo(bytes, 0);
        return bytes;
    }

    private static void Refused(string path, string why)
    {
        UsageException e = Assert.Throws<UsageException>(() => ImageInspector.Kernel(path));
        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
