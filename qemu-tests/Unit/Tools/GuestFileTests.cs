using System;
using System.Collections.Generic;
using System.Linq;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class GuestFileTests
{
    private const string File = "/some/where/guests.toml";

    // What the fuzzer of inputs has found.
    [Theory]
    [InlineData("\"\\")]
    [InlineData("s=[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("s=''\ns=\"\"\nm=0\n[[t]]\nd=\"\"\"\\u\n")]
    public void Damage_is_an_error_of_one_line(string text) =>
        Assert.DoesNotContain('\n', Assert.Throws<UsageException>(() => GuestFile.Parse(text, File)).Message);

    [Fact]
    public void Reads_every_key()
    {
        IReadOnlyList<GuestRequest> guests = GuestFile.Parse(
            """
            # two guests
            [[guest]]
            name = "one"
            kernel = "Image"
            initrd = "../initrd"
            modules = ["dom0:console=hvc0 a:b", "initrd=dom0.cpio", "/abs/data"]
            append = "quiet"
            symbols = true
            start = false
            cpus = 4
            memory = "512M"
            el = 1
            nv = 1

            [[guest]]
            bios = "u-boot.bin"
            symbols = "u-boot"
            memory = 256

            [[guest]]
            vmm = true
            """,
            File);

        Assert.Equal(3, guests.Count);
        Assert.Equal([false, false, true], guests.Select(guest => guest.HasVmm));
        GuestRequest one = guests[0];
        Assert.Equal("one", one.Name);
        Assert.Equal("/some/where/Image", one.Kernel);
        Assert.Equal("/some/initrd", one.Initrd);
        Assert.Equal(
            [new("/some/where/dom0", "console=hvc0 a:b"), new("/some/where/dom0.cpio", "", IsInitrd: true), new("/abs/data", "")],
            one.Modules);
        Assert.Equal("quiet", one.Append);
        Assert.Equal("", one.Symbols);
        Assert.False(one.Start);
        Assert.Null(guests[1].Start);
        Assert.Equal("/some/where/u-boot", guests[1].Symbols);
        Assert.Equal(4, one.Cpus);
        Assert.Equal(512 * MemorySize.MiB, one.Memory);
        Assert.Equal(1, one.El);
        Assert.Equal(1, one.Nv);
        Assert.Equal("/some/where/u-boot.bin", guests[1].Bios);
        Assert.Equal(256 * MemorySize.MiB, guests[1].Memory);
        Assert.Null(guests[1].Cpus);
    }

    [Theory]
    [InlineData("[[guest]]\nname = \"a\"\nkernle = \"x\"", "line 3: unknown key 'kernle'")]
    [InlineData("cpus = 1\n[[guest]]", "line 1: unknown key 'cpus' outside")]
    [InlineData("[[guest]]\n[[host]]", "line 2: unknown table 'host'")]
    [InlineData("[guest]", "line 1: unknown table 'guest'")]
    [InlineData("[[guest]]\ncpus = \"two\"", "line 2: cpus must be a number")]
    [InlineData("[[guest]]\nstart = \"no\"", "line 2: start must be true or false")]
    [InlineData("[[guest]]\nsymbols = 1", "line 2: symbols must be a string")]
    [InlineData("[[guest]]\ncpus = -1", "line 2: cpus must be a number")]
    [InlineData("[[guest]]\n\nname = 1", "line 3: name must be a string")]
    [InlineData("[[guest]]\nmodules = \"x\"", "line 2: modules must be a list")]
    [InlineData("[[guest]]\nmemory = \"lots\"", "line 2: memory: 'lots' is not a size")]
    [InlineData("[[guest]]\nname = \"a\"\nname = \"b\"", "line 3: ")]
    [InlineData("[[guest]]\nname = ", "line 2: ")]
    [InlineData("[[guest", "line 1: ")]
    [InlineData("# nothing", "no [[guest]] in it")]
    public void Names_the_line_that_is_wrong(string text, string expected)
    {
        UsageException e = Assert.Throws<UsageException>(() => GuestFile.Parse(text, File));
        Assert.StartsWith(File, e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_missing_file_is_one_line()
    {
        UsageException e = Assert.Throws<UsageException>(() => GuestFile.Read("/none.toml"));
        Assert.Equal("/none.toml does not exist", e.Message);
    }
}
