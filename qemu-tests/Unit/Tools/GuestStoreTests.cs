// A store that has its files asks nobody; what it makes itself follows from what it has.
using System;
using System.IO;
using System.Text;
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

    [Fact]
    public void The_initramfs_of_a_guest_hypervisor_holds_all_parts_of_both_levels()
    {
        _files.Write("busybox", "one");
        foreach (string part in (string[])["qemu-system-aarch64", "Image", "lib/libone.so.1", .. VmmInitramfs.Modules])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_files.Path("vmm/" + part))!);
            _files.Write("vmm/" + part, "bytes of " + part);
        }

        string text = File.ReadAllText(new GuestStore(_files.Root).Ensure(GuestKind.VmmInitramfs), Encoding.Latin1);
        Assert.Contains("bin/qemu-system-aarch64\0", text, StringComparison.Ordinal);
        Assert.Contains("bytes of lib/libone.so.1", text, StringComparison.Ordinal);
        Assert.Contains("bytes of Image", text, StringComparison.Ordinal);
        Assert.Contains("modules/virtio_blk.ko.xz\0", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("nestor-init:").Length - 1);
    }

    [Fact]
    public void The_initramfs_of_a_dom0_holds_the_tools_of_Xen_and_a_domU()
    {
        _files.Write("busybox", "one");
        foreach (string part in (string[])["Image", "lib/libone.so.1", .. Dom0Initramfs.Tools, .. Dom0Initramfs.Modules])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_files.Path("dom0/" + part))!);
            _files.Write("dom0/" + part, "bytes of " + part);
        }

        GuestStore store = new(_files.Root);
        string text = File.ReadAllText(store.Ensure(GuestKind.Dom0Initramfs), Encoding.Latin1);
        Assert.Contains("bin/xl\0", text, StringComparison.Ordinal);
        Assert.Contains("bytes of lib/libone.so.1", text, StringComparison.Ordinal);
        Assert.Contains("modules/xenfs.ko.xz\0", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("nestor-init:").Length - 1);

        // dom0 loads these modules only into the kernel that they were built with.
        Assert.Equal("bytes of Image", File.ReadAllText(store.Ensure(GuestKind.Dom0Kernel)));
    }
}
