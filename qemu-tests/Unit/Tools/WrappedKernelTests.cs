// Packed kernels: the ones that QEMU takes give what was packed, and whatever is damaged gives one line with the file's name.
using System;
using System.IO;
using System.Linq;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;
using static Nestor.Tests.Unit.Tools.TemporaryFiles;

namespace Nestor.Tests.Unit.Tools;

public sealed class WrappedKernelTests : IDisposable
{
    private readonly TemporaryFiles _files = new();
    private readonly byte[] _image;

    public WrappedKernelTests()
    {
        _image = File.ReadAllBytes(_files.Arm64Image(size: 40_000));
        new Random(1).NextBytes(_image.AsSpan(64));
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Gzip_and_zboot_give_the_image()
    {
        Assert.Equal(_image, WrappedKernel.Unpack(_files.Write("gz", Gzip(_image))));
        Assert.Equal(_image, WrappedKernel.Unpack(_files.Zboot("zboot", "gzip", Gzip(_image))));
        Assert.Equal(_image, WrappedKernel.Unpack(_files.Zboot("zstd", "zstd", Zstd(_image))));
    }

    [Fact]
    public void What_is_behind_the_first_member_does_not_count()
    {
        Assert.Equal(_image, WrappedKernel.Unpack(_files.Write("padded", [.. Gzip(_image), .. new byte[1000]])));
        Assert.Equal(_image, WrappedKernel.Unpack(_files.Write("two", [.. Gzip(_image), .. Gzip(_image)])));
    }

    [Fact]
    public void Fields_of_a_gzip_header_are_skipped()
    {
        byte[] packed = Gzip(_image);
        byte[] header = [.. packed[..10], 3, 0, 1, 2, 3, (byte)'n', 0, (byte)'c', 0, 9, 9];
        header[3] = 2 | 4 | 8 | 16;
        Assert.Equal(_image, WrappedKernel.Unpack(_files.Write("fields", [.. header, .. packed[10..]])));
    }

    [Fact]
    public void What_is_not_packed_stays_as_it_is()
    {
        Assert.Null(WrappedKernel.Unpack(_files.Arm64Image()));
        Assert.Null(WrappedKernel.Unpack(_files.Elf()));
        Assert.Null(WrappedKernel.Unpack(_files.Write("short", [0x1f])));
        Assert.Null(WrappedKernel.Unpack(_files.Path("none")));
        Assert.Null(WrappedKernel.Unpack(_files.Root));
    }

    [Fact]
    public void Gzip_that_is_cut_off_anywhere_is_refused()
    {
        byte[] packed = Gzip(_image);
        foreach (int length in (int[])[2, 3, 9, 10, 17, 18, 19, 100, packed.Length / 2, packed.Length - 8, packed.Length - 1])
        {
            Refused(_files.Write("cut", packed[..length]), "gzip");
        }
    }

    [Fact]
    public void Gzip_with_a_wrong_bit_anywhere_is_refused()
    {
        byte[] packed = Gzip(_image);
        foreach (int at in Enumerable.Range(0, 40).Select(i => 10 + (i * (packed.Length - 11) / 40)))
        {
            byte[] wrong = (byte[])packed.Clone();
            wrong[at] ^= 4;
            Refused(_files.Write("wrong", wrong), "gzip data is damaged");
        }
    }

    [Fact]
    public void A_zip_bomb_is_refused()
    {
        byte[] bomb = Gzip(new byte[(256 << 20) + 1]);
        Assert.True(bomb.Length < 4 << 20);
        Refused(_files.Write("bomb", bomb), "unpacks to more than 256 MiB");
        Refused(_files.Zboot("zbomb", "gzip", bomb), "unpacks to more than 256 MiB");
    }

    [Fact]
    public void A_payload_outside_of_the_file_is_refused()
    {
        byte[] packed = Gzip(_image);
        Refused(_files.Zboot("size", "gzip", packed, payloadSize: (uint)packed.Length + 1), "is truncated");
        Refused(_files.Zboot("large", "gzip", packed, payloadSize: uint.MaxValue), "is truncated");
        Refused(_files.Zboot("start", "gzip", packed, start: uint.MaxValue), "is truncated");
        Refused(_files.Zboot("none", "gzip", packed, payloadSize: 0), "gzip header is damaged");
    }

    [Fact]
    public void Another_way_of_packing_is_named()
    {
        Refused(_files.Zboot("xz", "xzkern", [1, 2, 3]), "packed with 'xzkern'; gzip and zstd are accepted");
        Refused(_files.Zboot("odd", "\n\u0001", [1, 2, 3]), "packed with '??'");
        byte[] packed = Zstd(_image);
        Refused(_files.Zboot("cut", "zstd", packed[..(packed.Length / 2)]), "zstd data is damaged or cut off");
        Refused(_files.Zboot("garbage", "zstd", new byte[100]), "zstd data is damaged or cut off");
        Refused(_files.Zboot("empty", "zstd", Zstd([])), "nothing in it");
        Refused(_files.Write("emptygz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]), "nothing in it");
    }

    [Theory]
    [InlineData(17, 1)]
    [InlineData(5, 2)]
    public void A_uImage_becomes_an_ELF_file_for_its_address(byte system, int segments)
    {
        byte[] elf = WrappedKernel.Unpack(_files.UBoot("uImage", _image, system: system))!;
        Assert.Equal(segments, elf[56]);
        ImageInfo info = ImageInspector.Kernel(_files.Write("elf", elf));
        Assert.Equal(ImageKind.Elf, info.Kind);
        Assert.Equal((segments == 1 ? 0x100_0000 : 0, 0x100_0000 + _image.Length), (info.Start, info.End));
        Assert.Equal(_image, elf[^_image.Length..]);
        byte[] anywhere = WrappedKernel.Unpack(_files.UBoot("noload", Gzip(_image), type: 14, compression: 1, load: 0, system: system))!;
        Assert.Equal(0x200_0040 + _image.Length, ImageInspector.Kernel(_files.Write("elf", anywhere)).End);
    }

    [Fact]
    public void A_uImage_that_is_no_whole_kernel_is_refused()
    {
        Refused(_files.UBoot("type", _image, type: 3), "is a uImage of type 3, not a kernel");
        Refused(_files.UBoot("lzma", _image, compression: 3), "is a uImage with compression 3");
        Refused(_files.UBoot("cut", _image, size: 50_000), "is a uImage that is truncated");
        Refused(_files.UBoot("empty", _image, size: 0), "is a uImage that is truncated");
        Refused(_files.UBoot("gz", _image, compression: 1), "gzip header is damaged");
    }

    [Fact]
    public void An_initrd_loses_only_U_Boots_header()
    {
        byte[] packed = Gzip(_image);
        Assert.Null(WrappedKernel.UnpackInitrd(_files.Write("gz", packed)));
        Assert.Null(WrappedKernel.UnpackInitrd(_files.UBoot("kernel", packed)));
        Assert.Equal(packed, WrappedKernel.UnpackInitrd(_files.UBoot("plain", packed, type: 3)));
        Assert.Equal(_image, WrappedKernel.UnpackInitrd(_files.UBoot("packed", packed, type: 3, compression: 1)));
    }

    [Fact]
    public void Only_a_module_that_is_a_kernel_is_unpacked()
    {
        Assert.Equal(_image, WrappedKernel.UnpackModule(_files.Write("kernel", Gzip(_image))));
        Assert.Equal(_image, WrappedKernel.UnpackModule(_files.Zboot("zboot", "gzip", Gzip(_image))));
        Assert.Null(WrappedKernel.UnpackModule(_files.Write("data", Gzip(new byte[1000]))));
        Assert.Null(WrappedKernel.UnpackModule(_files.Write("cut", Gzip(_image)[..100])));
    }

    private static void Refused(string path, string why)
    {
        UsageException e = Assert.Throws<UsageException>(() => WrappedKernel.Unpack(path));
        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
