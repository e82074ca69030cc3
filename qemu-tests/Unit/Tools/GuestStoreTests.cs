// A store that has its files asks nobody; what it makes itself follows from what it has.
using System;
using System.IO;
using Nestor.Tools.Guests;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class GuestStoreTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_file_that_is_there_is_not_fetched()
    {
        string path = _files.Write("linux-6.12", "a kernel");
        Assert.Equal(path, new GuestStore(_files.Root).Ensure(GuestKind.Linux612));
        Assert.Equal("a kernel", File.ReadAllText(path));
    }

    [Fact]
    public void The_initramfs_follows_busybox_and_is_left_alone_while_it_is_current()
    {
        _files.Write("busybox", "one");
        GuestStore store = new(_files.Root);
        string path = store.Ensure(GuestKind.Initramfs);
        byte[] first = File.ReadAllBytes(path);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        store.Ensure(GuestKind.Initramfs);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));

        _files.Write("busybox", "two");
        store.Ensure(GuestKind.Initramfs);
        Assert.NotEqual(first, File.ReadAllBytes(path));
    }
}
