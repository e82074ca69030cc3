// What is not a recording of this QEMU's is refused in one line, before QEMU is started.
using System;
using System.IO;
using Nestor.Tools.Launch;
using Nestor.Tools.Replay;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class RecordingTests : IDisposable
{
    private readonly TemporaryFiles _files = new();
    private readonly TemporaryFiles _programs = new();

    // A program that says a version.
    private string Qemu
    {
        get
        {
            string path = _programs.Write("qemu", "#!/bin/sh\necho QEMU 7\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return path;
        }
    }

    public void Dispose()
    {
        _files.Dispose();
        _programs.Dispose();
    }

    [Theory]
    [InlineData("""not json""", "recording.json is damaged: it is not what --record writes from line 1 on")]
    [InlineData("{\"Version\":1,\n\"Qemu\":7}", "recording.json is damaged: it is not what --record writes from line 2 on")]
    [InlineData("{\"Version\":1,\n", "recording.json is damaged: it is not what --record writes from line 2 on")]
    [InlineData("""{"Version":1,"Qemu":"QEMU 7","Arguments":[],"Files":{}}""", "recording.json is of version 1; this is version 2")]
    [InlineData("""{"Version":2}""", "recording.json lacks something")]
    [InlineData("""{"Version":2,"Qemu":"another","Escape":29,"Arguments":[],"Files":{}}""", "was recorded by another; this is QEMU 7")]
    [InlineData("""{"Version":2,"Qemu":"QEMU 7","Escape":29,"Arguments":[],"Files":{"nestor":"00"}}""", "nestor is not the file that was recorded")]
    [InlineData("""{"Version":2,"Qemu":"QEMU 7","Arguments":[],"Files":{}}""", "recording.json lacks something")]
    [InlineData("""{"Version":2,"Qemu":"QEMU 7","Escape":29,"Arguments":[],"Files":{}}""", "events does not exist")]
    public void A_directory_that_is_no_recording_is_refused(string index, string expected)
    {
        _files.Write("recording.json", index);
        Assert.Contains(expected, Assert.Throws<UsageException>(() => Recording.Open(_files.Root, Qemu)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_without_an_index_is_refused() =>
        Assert.Contains("is no recording", Assert.Throws<UsageException>(() => Recording.Open(_files.Root, Qemu)).Message, StringComparison.Ordinal);

    [Fact]
    public void Its_place_follows_the_directory_and_commas_are_written_twice_where_QEMU_wants_it()
    {
        string directory = Directory.CreateDirectory(_files.Path("a,b")).FullName;
        File.WriteAllText(Path.Combine(directory, "recording.json"), """{"Version":2,"Qemu":"QEMU 7","Escape":15,"Arguments":["-kernel","@recording@/nestor","guest-loader,kernel=@recording@/k"],"Files":{}}""");
        File.WriteAllText(Path.Combine(directory, "events"), "");
        MachineDescription machine = Recording.Open(directory, Qemu);
        Assert.Equal(["-kernel", $"{directory}/nestor", $"guest-loader,kernel={directory.Replace(",", ",,", StringComparison.Ordinal)}/k"], machine.Replayed);
        Assert.Equal(15, machine.Escape);
        Assert.Equal($"{directory}/nestor.elf", machine.KernelSymbols);
        Assert.Contains($"shift=0,rr=replay,rrfile={directory.Replace(",", ",,", StringComparison.Ordinal)}/events", QemuCommandLine.Build(machine, null));
    }

    [Fact]
    public void A_place_that_is_taken_is_refused()
    {
        _files.Write("something", "x");
        Assert.Contains("not empty", Assert.Throws<UsageException>(() => Recording.CheckNew(_files.Root, new MachineDescription())).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be made", Assert.Throws<UsageException>(() => Recording.CheckNew("/proc/x", new MachineDescription())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gdb_is_refused_and_told_where_it_may_come()
    {
        MachineDescription machine = new() { GuestGdbPort = 1234 };
        Assert.EndsWith("replay DIR --live --gdb PORT", Assert.Throws<UsageException>(() => Recording.CheckNew(_files.Path("r"), machine)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_host_CPUs_are_refused() =>
        Assert.Contains("one CPU only", Assert.Throws<UsageException>(() => Recording.CheckNew(_files.Path("r"), new MachineDescription { HostCpus = 2 })).Message, StringComparison.Ordinal);
}
