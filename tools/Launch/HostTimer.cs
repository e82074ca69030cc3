// QEMU does not save what makes the timer of a machine's EL2 fire, so a machine that goes on from a saved state never hears of it
// again. Nestor writes that timer anew when a byte comes at gdb's port (kernel/Schedule/HostInterrupts.cs), and knows by it that the
// machine has left its recording. This is one that means nothing to gdb.
using System.Net.Sockets;
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

internal static class HostTimer
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Before a machine goes on.</summary>
    /// <param name="port">QEMU's socket of gdb's port, at which nobody is yet.</param>
    public static async Task WakeAsync(string port)
    {
        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            using CancellationTokenSource over = new(s_patience);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(port), over.Token).ConfigureAwait(false);
            await socket.SendAsync("\n"u8.ToArray(), over.Token).ConfigureAwait(false);

            // QEMU hangs up when it has read all there is.
            socket.Shutdown(SocketShutdown.Send);
            await socket.ReceiveAsync(new byte[1], over.Token).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // A gdb was faster, whose bytes do as well, or QEMU has ended, which others see.
        }
        catch (OperationCanceledException)
        {
            Progress.Line("QEMU did not take the byte that wakes the machine's timers; a guest may wait for ever");
        }
    }
}
