// Against a real QEMU with no machine in it, and against peers that do not keep to the protocol.
using System;
using System.Diagnostics;
using System.IO;
using System.IO.Pipes;
using System.Text;
using System.Threading;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Launch;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class QmpClientTests : IDisposable
{
    private const string Greeting = """{"QMP": {"version": {}, "capabilities": []}}""" + "\n";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Commands_are_answered_and_events_arrive()
    {
        string path = _files.Path("qmp");
        using Process qemu = Process.Start(
            ToolFinder.Require(RequiredProgram.Qemu),
            ["-M", "none", "-display", "none", "-nodefaults", "-qmp", $"unix:{path},server=on,wait=off"]);
        try
        {
            while (!File.Exists(path))
            {
                await Task.Delay(20);
            }

            await using QmpClient qmp = await QmpClient.ConnectAsync(path);
            JsonElement status = await qmp.ExecuteAsync("query-status");
            Assert.True(status.GetProperty("running").GetBoolean());

            QmpException e = await Assert.ThrowsAsync<QmpException>(() =>
                qmp.ExecuteAsync("qom-list", new JsonObject { ["path"] = "/nowhere" }));
            Assert.Contains("/nowhere", e.Message, StringComparison.Ordinal);

            await qmp.ExecuteAsync("stop");
            Assert.Equal("STOP", (await qmp.Events.ReadAsync()).Name);
            await qmp.ExecuteAsync("quit");
            QmpEvent shutdown = await qmp.Events.ReadAsync();
            Assert.Equal("SHUTDOWN", shutdown.Name);
            Assert.Equal("host-qmp-quit", shutdown.Text("reason"));
            await qmp.Events.Completion.WaitAsync(TimeSpan.FromSeconds(30));
            await Assert.ThrowsAsync<QmpException>(() => qmp.ExecuteAsync("query-status"));
        }
        finally
        {
            if (!qemu.WaitForExit(TimeSpan.FromSeconds(30)))
            {
                qemu.Kill();
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json\n")]
    [InlineData("[]\n")]
    [InlineData(Greeting + "{\"return\": {}}\n")]
    [InlineData(Greeting + "{\"id\": 99, \"return\": {}}\n")]
    [InlineData(Greeting + "{\"id\": \"x\", \"return\": {}}\n")]
    [InlineData(Greeting + "{\"id\": 1, \"error\": 5}\n")]
    [InlineData(Greeting + "{\"id\": 1}\n")]
    public async Task A_peer_that_babbles_is_an_error_and_no_hang(string said)
    {
        await using AnonymousPipeServerStream input = new(PipeDirection.Out);
        AnonymousPipeClientStream output = new(PipeDirection.In, input.ClientSafePipeHandle);
        await input.WriteAsync(Encoding.UTF8.GetBytes(said));
        Task<QmpClient> attaching = QmpClient.AttachAsync(new Duplex(output));
        await input.DisposeAsync();
        await Assert.ThrowsAsync<QmpException>(() => attaching.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("{\"id\": 1, \"error\": 5}\n")]
    [InlineData("{\"id\": 1}\n")]
    [InlineData("{\"id\": \"x\", \"return\": {}}\n")]
    public async Task An_answer_that_makes_no_sense_fails_the_command_that_waits_for_it(string answer)
    {
        await using AnonymousPipeServerStream input = new(PipeDirection.Out);
        AnonymousPipeClientStream output = new(PipeDirection.In, input.ClientSafePipeHandle);
        await input.WriteAsync(Encoding.UTF8.GetBytes(Greeting));
        Task<QmpClient> attaching = QmpClient.AttachAsync(new Duplex(output, () => input.Write(Encoding.UTF8.GetBytes(answer))));
        await Assert.ThrowsAsync<QmpException>(() => attaching.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>Reads from a pipe, swallows what is written, and says when something is.</summary>
    private sealed class Duplex(Stream input, Action? written = null) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => input.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => written?.Invoke();

        // Those of the base class let a write wait for a read that is under way.
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => input.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            written?.Invoke();
            return ValueTask.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            input.Dispose();
            base.Dispose(disposing);
        }
    }
}
