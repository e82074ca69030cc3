// Files that can be read only once, or never end.
using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class InputFilesTests : IDisposable
{
    private readonly TemporaryFiles _files = new();
    private readonly InputFiles _inputs = new();

    public void Dispose()
    {
        _inputs.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void A_file_is_taken_where_it_is()
    {
        string file = _files.Write("file", "x");
        Assert.Equal(file, Regular(file));
        Assert.Equal(_files.Path("none"), Regular(_files.Path("none")));
        Assert.Equal(_files.Root, Regular(_files.Root));
    }

    [Fact]
    public async Task A_pipe_is_read_once_and_keeps_its_name()
    {
        string pipe = Pipe();
        Task written = FeedAsync(pipe, "what is in it"u8.ToArray());
        string copy = Regular(pipe);
        await written;
        Assert.Equal("what is in it", File.ReadAllText(copy));
        Assert.Equal(copy, Regular(pipe));
        Assert.Equal($"{pipe} is strange", _inputs.Name($"{copy} is strange"));
        _inputs.Dispose();
        Assert.False(File.Exists(copy));
    }

    [Fact]
    public async Task A_pipe_of_more_than_there_is_room_for_is_refused()
    {
        string pipe = Pipe();
        Task written = FeedAsync(pipe, new byte[1001]);
        UsageException e = Assert.Throws<UsageException>(() => _inputs.Regular(pipe, 1000, "a thimble holds"));
        Assert.Equal($"{pipe} has more than a thimble holds", e.Message);
        await written;
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public void A_device_is_refused(string path) =>
        Assert.Equal($"{path} is a device, not a file", Assert.Throws<UsageException>(() => Regular(path)).Message);

    [Fact]
    public async Task A_guest_has_its_files_ready()
    {
        string pipe = Pipe();
        byte[] image = File.ReadAllBytes(_files.Arm64Image());
        Task written = FeedAsync(pipe, TemporaryFiles.Gzip(image));
        GuestRequest ready = new GuestFiles(_inputs).Ready(new() { Kernel = pipe, Symbols = pipe, Initrd = _files.Write("initrd", "x") });
        await written;
        Assert.Equal(image, File.ReadAllBytes(ready.Kernel!));
        Assert.Equal(ready.Kernel, ready.Symbols);
        Assert.Equal(_files.Path("initrd"), ready.Initrd);
        Assert.Equal(pipe, _inputs.Name(ready.Kernel!));
    }

    private string Regular(string path) => _inputs.Regular(path, 1 << 20, "a MiB");

    // By a process of its own, as a user's would be. Within this process, one end may wait for a thread that the other end has.
    private async Task FeedAsync(string pipe, byte[] bytes)
    {
        string file = _files.Path("for-the-pipe");
        File.WriteAllBytes(file, bytes);
        using Process feeder = Process.Start("sh", ["-c", "exec cat \"$1\" > \"$2\"", "sh", file, pipe]);
        await feeder.WaitForExitAsync();
    }

    private string Pipe()
    {
        string pipe = _files.Path("pipe");
        Assert.Equal(0, ChildProcess.Run("mkfifo", [pipe]).Status);
        return pipe;
    }
}
