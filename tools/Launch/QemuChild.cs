// QEMU as a child of this process: on this terminal, with a QMP connection that it opens itself, and ended at last even when it
// has become deaf.
using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

internal sealed class QemuChild : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _over = new();
    private readonly Socket _listener;
    private readonly Process _process;

    private QemuChild(Process process, Socket listener)
    {
        _process = process;
        _listener = listener;
        Ended = process.WaitForExitAsync(_over.Token);
        Connected = ConnectAsync();
    }

    public Task Ended { get; }

    /// <summary>Its QMP. The machine is still stopped.</summary>
    public Task<QmpClient> Connected { get; }

    /// <summary>It had to be ended from here.</summary>
    public bool WasKilled { get; private set; }

    /// <summary>Once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <param name="qemu">The program.</param>
    /// <param name="machine">What it is to be.</param>
    /// <param name="socketPath">Where its QMP may be.</param>
    /// <param name="hasKeys">It reads standard input; otherwise that is empty for it.</param>
    public static QemuChild Start(string qemu, MachineDescription machine, string socketPath, bool hasKeys = true)
    {
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(socketPath));
            listener.Listen(1);
            Process process = Process.Start(new ProcessStartInfo(qemu, QemuCommandLine.Build(machine, socketPath)) { RedirectStandardInput = !hasKeys })!;
            if (!hasKeys)
            {
                process.StandardInput.Close();
            }

            return new QemuChild(process, listener);
        }
        catch (Win32Exception e)
        {
            listener.Dispose();
            throw new UsageException($"cannot start {qemu}: {e.Message}");
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Asks it to end, and does not wait for ever; <see cref="DisposeAsync"/> does not ask.</summary>
    public async Task QuitAsync()
    {
        try
        {
            if (Connected.IsCompletedSuccessfully)
            {
                QmpClient qmp = await Connected.ConfigureAwait(false);
                await qmp.ExecuteAsync("quit").WaitAsync(s_patience).ConfigureAwait(false);
                await Ended.WaitAsync(s_patience).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is QmpException or TimeoutException)
        {
            // It does not listen any more.
        }
    }

    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            WasKilled = true;
            _process.Kill();
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>It has hung up, so it is about to end; if not, it is made to.</summary>
    public async Task WaitForEndAsync()
    {
        await Task.WhenAny(Ended, Task.Delay(s_patience)).ConfigureAwait(false);
        await KillAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        if (Connected.IsCompletedSuccessfully)
        {
            QmpClient qmp = await Connected.ConfigureAwait(false);
            await qmp.DisposeAsync().ConfigureAwait(false);
        }

        await KillAsync().ConfigureAwait(false);
        _process.Dispose();
        _listener.Dispose();
        _over.Dispose();
    }

    private async Task<QmpClient> ConnectAsync()
    {
        Socket socket = await _listener.AcceptAsync(_over.Token).ConfigureAwait(false);
        return await QmpClient.AttachAsync(new NetworkStream(socket, ownsSocket: true), _over.Token).ConfigureAwait(false);
    }
}
