using System;
using System.IO;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class ToolFinderTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_plain_name_is_preferred_then_the_newest_version()
    {
        Program("llvm-mc-9");
        string newest = Program("llvm-mc-14");
        Program("llvm-mc-old");
        Assert.Equal(newest, ToolFinder.Find("llvm-mc", [_files.Root]));
        string plain = Program("llvm-mc");
        Assert.Equal(plain, ToolFinder.Find("llvm-mc", [_files.Root]));
    }

    [Fact]
    public void What_cannot_be_executed_is_not_found()
    {
        _files.Write("tool", "x");
        Assert.Null(ToolFinder.Find("tool", [_files.Root]));
    }

    [Fact]
    public void A_program_that_is_no_qemu_is_refused()
    {
        UsageException e = Assert.Throws<UsageException>(() => QemuVersion.Require(Program("qemu", "echo hello")));
        Assert.Contains("is not QEMU", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_qemu_is_refused()
    {
        string old = Program("qemu", "echo 'QEMU emulator version 7.2.19 (Debian 1:7.2)'");
        UsageException e = Assert.Throws<UsageException>(() => QemuVersion.Require(old));
        Assert.Equal($"{old} is QEMU 7.2.19, which is too old for FEAT_NV; 9.1 or newer is needed", e.Message);
    }

    private string Program(string name, string script = "exit 0")
    {
        string path = _files.Write(name, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
