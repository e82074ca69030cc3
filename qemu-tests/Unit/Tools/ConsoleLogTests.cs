// The copies of the console: complete when the log is closed, and then nothing is read any more.
using System;
using System.IO;
using System.Threading.Tasks;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class ConsoleLogTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(100);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Reading_ends_when_the_log_is_closed()
    {
        string copy = _files.Path("copy");
        using ConsoleLog log = new(_files.Path("pipe"), _files.Path("log"), copy);
        await File.AppendAllTextAsync(log.Pipe, "one\n");
        log.Drain();
        Assert.Equal("one\n", await File.ReadAllTextAsync(copy));

        await File.AppendAllTextAsync(log.Pipe, "two\n");
        log.Dispose();
        await Task.Run(log.Drain).WaitAsync(s_deadline);
        Assert.Equal("one\ntwo\n", await File.ReadAllTextAsync(copy));
        Assert.Equal("one\ntwo\n", await File.ReadAllTextAsync(_files.Path("log")));
        Assert.Empty(log.Problems);
    }
}
