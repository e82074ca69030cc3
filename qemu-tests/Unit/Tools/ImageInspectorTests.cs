using System;
using System.IO;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class ImageInspectorTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void An_image_takes_what_its_header_says()
    {
        ImageInfo info = ImageInspector.Kernel(_files.Arm64Image(size: 4096, imageSize: 6000));
        Assert.Equal(new ImageInfo(ImageKind.Arm64Image, 4096, 6000), info);
    }

    [Fact]
    public void An_elf_takes_the_span_of_its_segments()
    {
        ImageInfo info = ImageInspector.Kernel(_files.Elf(memorySize: 0x5000));
        Assert.Equal(ImageKind.Elf, info.Kind);
        Assert.Equal(0x5000, info.MemorySize);
    }

    [Fact]
    public void A_missing_file_is_said_to_be_missing() => Refused(_files.Path("none"), "does not exist");

    [Fact]
    public void A_directory_is_no_file() => Refused(_files.Root, "is a directory");

    [Fact]
    public void An_empty_file_is_said_to_be_empty() => Refused(_files.Write("empty", []), "is empty");

    [Fact]
    public void A_short_file_is_said_to_be_short() => Refused(_files.Write("short", new byte[20]), "only 20 bytes long");

    [Fact]
    public void Half_an_image_is_truncated() => Refused(_files.Arm64Image(size: 4096, imageSize: 1 << 20), "is truncated");

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
    public void A_big_endian_image_is_named() => Refused(_files.Arm64Image(flags: 1), "big-endian");

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
    public void Anything_else_is_unknown() => Refused(_files.Write("x", new byte[100]), "of an unknown format");

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
