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

    [Fact]
    public void Unless_there_is_a_file_of_the_whole_name()
    {
        string path = _files.Write("a:b", "x");
        Assert.Equal(new GuestModule(path, ""), GuestModule.Parse("a:b", _files.Root));
    }
}
