// Between a TCP port that gdb knows and the socket of QEMU's second serial port, one gdb at a time. QEMU alone would let another one
// wait without a word until it gave up; here it is told why, in the one way that gdb shows what it is told.
using System.Net;
using System.Net.Sockets;
using System.Text;
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

public sealed class GdbRelay : IDisposable
{
    public const string Busy = "another gdb debugs these guests; only one can";

    private readonly TcpListener _listener;
    private readonly string _serial;
    private readonly CancellationTokenSource _over = new();
    private bool _isBusy;

    /// <param name="port">Where gdb connects to on this machine; 0 for any that is free.</param>
    /// <param name="serial">QEMU's socket, which need not be there yet.</param>
    public GdbRelay(int port, string serial)
    {
        _serial = serial;
        _listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            _listener.Start();
        }
        catch (SocketException)
        {
            throw new UsageException($"--gdb: port {port} is in use");
        }

        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _over.Cancel();
        _listener.Dispose();
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient gdb = await _listener.AcceptTcpClientAsync(_over.Token).ConfigureAwait(false);
                bool isFirst = !_isBusy;
                _isBusy = true;
                _ = isFirst ? RelayAsync(gdb) : RefuseAsync(gdb);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The machine has ended.
        }
    }

    private async Task RelayAsync(TcpClient gdb)
    {
        using (gdb)
        {
            try
            {
                gdb.NoDelay = true;
                using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(_serial), _over.Token).ConfigureAwait(false);
                using NetworkStream serial = new(socket);
                await Task.WhenAny(CopyAsync(gdb.GetStream(), serial), CopyAsync(serial, gdb.GetStream())).ConfigureAwait(false);
            }
            catch (Exception e) when (IsEnd(e))
            {
                // One side has gone: gdb sees that it has lost its target, or the next gdb may come.
            }
        }

        _isBusy = false;
    }

    private async Task CopyAsync(Stream from, Stream to)
    {
        try
        {
            await from.CopyToAsync(to, _over.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsEnd(e))
        {
            // As above.
        }
    }

    // Every packet gets the same answer. gdb asks two things before it would give up by itself, and shows the second answer.
    private async Task RefuseAsync(TcpClient gdb)
    {
        using (gdb)
        {
            try
            {
                NetworkStream stream = gdb.GetStream();
                byte[] answer = Encoding.ASCII.GetBytes("+" + Packet("E." + Busy));
                byte[] read = new byte[1];
                while (await stream.ReadAsync(read, _over.Token).ConfigureAwait(false) != 0)
                {
                    if (read[0] == '#')
                    {
                        await stream.WriteAsync(answer, _over.Token).ConfigureAwait(false);
                    }
                }
            }
            catch (Exception e) when (IsEnd(e))
            {
                // It has understood.
            }
        }
    }

    private static string Packet(string text) =>
        FormattableString.Invariant($"${text}#{text.Sum(letter => letter) & 0xff:x2}");

    private static bool IsEnd(Exception e) => e is OperationCanceledException or ObjectDisposedException or SocketException or IOException;
}
