// QEMU's machine protocol: one JSON object a line, answers carry the id of their command, events come
// between. One loop reads; commands wait for their answer; events queue until somebody wants them.
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Nestor.Tools.Launch;

public sealed class QmpClient : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> _waiting = new();
    private readonly Channel<QmpEvent> _events = Channel.CreateUnbounded<QmpEvent>();
    private readonly TaskCompletionSource _greeting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private long _lastId;
    private volatile bool _closed;

    private QmpClient(Stream stream)
    {
        _stream = stream;
        _reading = ReadAsync();
    }

    /// <summary>All events in order; the channel completes when QEMU hangs up.</summary>
    public ChannelReader<QmpEvent> Events => _events.Reader;

    /// <summary>Speaks over a connection that is there already, and shakes hands.</summary>
    public static async Task<QmpClient> AttachAsync(Stream stream, CancellationToken cancellation = default)
    {
        QmpClient client = new(stream);
        try
        {
            await client._greeting.Task.WaitAsync(cancellation).ConfigureAwait(false);
            await client.ExecuteAsync("qmp_capabilities", null, cancellation).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Connects to a QEMU that listens (-qmp unix:PATH,server=on,wait=off).</summary>
    public static async Task<QmpClient> ConnectAsync(string path, CancellationToken cancellation = default)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return await AttachAsync(new NetworkStream(socket, ownsSocket: true), cancellation).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command and gives what QEMU returns for it.</summary>
    public async Task<JsonElement> ExecuteAsync(
        string command, JsonObject? arguments = null, CancellationToken cancellation = default)
    {
        long id = Interlocked.Increment(ref _lastId);
        TaskCompletionSource<JsonElement> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        if (_closed)
        {
            _waiting.TryRemove(id, out _);
            throw new QmpException("QEMU has closed the connection");
        }

        JsonObject message = new() { ["execute"] = command, ["id"] = id };
        if (arguments is not null)
        {
            message["arguments"] = arguments.DeepClone();
        }

        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(message.ToJsonString() + "\n"), cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _waiting.TryRemove(id, out _);
            throw new QmpException($"cannot send '{command}' to QEMU: {e.Message}");
        }
        finally
        {
            _writing.Release();
        }

        return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        string reason = "QEMU has closed the connection";
        try
        {
            using StreamReader reader = new(_stream, Encoding.UTF8, leaveOpen: true);
            while (await reader.ReadLineAsync(_stop.Token).ConfigureAwait(false) is { } line)
            {
                Take(line);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection went away; whoever waits is told below.
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or QmpException)
        {
            reason = $"QEMU does not speak QMP: {e.Message}";
        }

        _closed = true;
        _greeting.TrySetException(new QmpException(reason));
        _ = _greeting.Task.Exception;
        foreach (TaskCompletionSource<JsonElement> answer in _waiting.Values)
        {
            answer.TrySetException(new QmpException(reason));
        }

        _events.Writer.TryComplete();
    }

    private void Take(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement.Clone();
        if (root.TryGetProperty("event", out JsonElement name))
        {
            root.TryGetProperty("data", out JsonElement data);
            _events.Writer.TryWrite(new QmpEvent(name.GetString()!, data));
        }
        else if (root.TryGetProperty("QMP", out _))
        {
            _greeting.TrySetResult();
        }
        else
        {
            TakeAnswer(root, line);
        }
    }

    // Who waits is taken off the list last: an answer that makes no sense leaves it there, to be told with all others.
    private void TakeAnswer(JsonElement root, string line)
    {
        bool isError = root.TryGetProperty("error", out JsonElement error);
        JsonElement result = isError ? error.GetProperty("desc") : root.GetProperty("return");
        string complaint = isError ? result.GetString()! : "";
        if (!root.TryGetProperty("id", out JsonElement id) || !_waiting.TryRemove(id.GetInt64(), out TaskCompletionSource<JsonElement>? answer))
        {
            throw new QmpException($"unexpected answer {line}");
        }

        if (isError)
        {
            answer.TrySetException(new QmpException(complaint));
        }
        else
        {
            answer.TrySetResult(result);
        }
    }
}
