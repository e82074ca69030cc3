// The other end of gdb's wire, for packets that no gdb sends.
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Nestor.Tests.Harness;

/// <summary>A connection to the stub that speaks in packets.</summary>
public sealed class GdbWire : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly NetworkStream _stream;
    private readonly CancellationTokenSource _over = new(s_patience);

    private GdbWire(NetworkStream stream) => _stream = stream;

    /// <summary>Connects, and stops the guests as gdb does.</summary>
    public static async Task<GdbWire> ConnectAsync(string socketPath)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath)).ConfigureAwait(false);
        GdbWire wire = new(new NetworkStream(socket, ownsSocket: true));
        await wire.AskAsync("qSupported").ConfigureAwait(false);
        await wire.AskAsync("?").ConfigureAwait(false);
        return wire;
    }

    /// <summary>Sends a packet; the text of the answer.</summary>
    public async Task<string> AskAsync(string text)
    {
        await SendAsync(Frame(text)).ConfigureAwait(false);
        return await AnswerAsync().ConfigureAwait(false);
    }

    /// <summary>A packet with its frame.</summary>
    public static string Frame(string text) => $"${text}#{(text.Sum(static letter => letter) & 0xff).ToString("x2", CultureInfo.InvariantCulture)}";

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(string bytes) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), _over.Token).ConfigureAwait(false);

    /// <summary>The next byte.</summary>
    public async Task<char> ReadAsync()
    {
        byte[] one = new byte[1];
        return await _stream.ReadAsync(one, _over.Token).ConfigureAwait(false) == 1 ? (char)one[0] : throw new EndOfStreamException();
    }

    /// <summary>The text of the next packet, whose sum must be right.</summary>
    public async Task<string> AnswerAsync()
    {
        while (await ReadAsync().ConfigureAwait(false) != '$')
        {
        }

        StringBuilder text = new();
        char next;
        while ((next = await ReadAsync().ConfigureAwait(false)) != '#')
        {
            text.Append(next);
        }

        string sum = $"{await ReadAsync().ConfigureAwait(false)}{await ReadAsync().ConfigureAwait(false)}";
        return Frame(text.ToString()).EndsWith("#" + sum, StringComparison.Ordinal)
            ? text.ToString() : throw new InvalidDataException($"'{text}' has the sum {sum}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _over.Dispose();
    }
}
