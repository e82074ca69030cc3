// The memory that a guest's files need, worked out as Nestor lays them out.
using Nestor.Tools.Launch;
using Xunit;
using static Nestor.Tools.Launch.MemorySize;

namespace Nestor.Tests.Unit.Tools;

public sealed class GuestLayoutTests
{
    [Fact]
    public void The_initrd_is_at_the_half_of_a_small_memory()
    {
        Assert.Equal(4 * MiB, GuestLayout.Least(Image(0), 0, []));
        Assert.Equal(6 * MiB, GuestLayout.Least(Image(4 * MiB), 0, []));
        Assert.Equal(26 * MiB, GuestLayout.Least(Image(4 * MiB), (10 * MiB) + 1, []));
        Assert.Equal((128 + 900 + 2) * MiB, GuestLayout.Least(Image(4 * MiB), 900 * MiB, []));
    }

    [Fact]
    public void A_large_kernel_has_everything_behind_it() =>
        Assert.Equal((300 + 2 + 2 + 2 + 2) * MiB, GuestLayout.Least(Image(300 * MiB), MiB, [MiB, 2 * MiB]));

    [Fact]
    public void The_device_tree_of_an_ELF_file_is_in_front_of_it() =>
        Assert.Equal(10 * MiB, GuestLayout.Least(new ImageInfo(ImageKind.Elf, 1, MiB, 10 * MiB), 0, []));

    private static ImageInfo Image(long end) => new(ImageKind.Arm64Image, 1, 0, end);
}
