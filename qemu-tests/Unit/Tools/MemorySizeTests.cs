using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class MemorySizeTests
{
    [Theory]
    [InlineData("512M", 512L << 20)]
    [InlineData("1G", 1L << 30)]
    [InlineData("2g", 2L << 30)]
    [InlineData("64", 64L << 20)]
    [InlineData("65536k", 64L << 20)]
    public void Reads_what_people_write(string text, long expected) =>
        Assert.Equal(expected, MemorySize.Parse(text, "memory"));

    [Theory]
    [InlineData(1L, "1 KiB")]
    [InlineData(93_000L, "91 KiB")]
    [InlineData(1L << 20, "1 MiB")]
    [InlineData(5_000_000_000L, "4768 MiB")]
    public void A_files_size_is_never_nothing(long size, string expected) => Assert.Equal(expected, MemorySize.ShowFile(size));

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("-1G")]
    [InlineData("0")]
    [InlineData("1T")]
    [InlineData("1.5G")]
    [InlineData("1GG")]
    [InlineData("99999999999G")]
    [InlineData("9999999999999999999999")]
    public void Refuses_the_rest_in_one_line(string text)
    {
        UsageException e = Assert.Throws<UsageException>(() => MemorySize.Parse(text, "--memory"));
        Assert.Equal($"--memory: '{text}' is not a size; write for example 512M or 1G", e.Message);
    }
}
