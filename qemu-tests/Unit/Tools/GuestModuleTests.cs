using System;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class GuestModuleTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("dom0", "/dir/dom0", "")]
    [InlineData("dom0:console=hvc0 x", "/dir/dom0", "console=hvc0 x")]
    [InlineData("/a/dom0:x:y", "/a/dom0", "x:y")]
    public void The_first_colon_ends_the_file_name(string text, string file, string arguments) =>
        Assert.Equal(new GuestModule(file, arguments), GuestModule.Parse(text, "/dir"));

    [Theory]
    [InlineData("initrd=dom0.cpio", "/dir/dom0.cpio")]
    [InlineData("initrd=/a/x:y", "/a/x:y")]
    public void A_ramdisk_has_no_arguments(string text, string file) =>
        Assert.Equal(new GuestModule(file, "", IsInitrd: true), GuestModule.Parse(text, "/dir"));

    [Theory]
    [InlineData("a:b")]
    [InlineData("initrd=a")]
    public void Unless_there_is_a_file_of_the_whole_name(string name)
    {
        string path = _files.Write(name, "x");
        Assert.Equal(new GuestModule(path, ""), GuestModule.Parse(name, _files.Root));
    }
}
