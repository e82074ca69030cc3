// Where gdb finds QEMU, and the line that a person types to get there.
using System.Net;
using System.Net.Sockets;
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

public static class DebugPort
{
    private const int First = 1234;
    private const int Count = 100;

    /// <summary>The machine waits for gdb on a free port, and the terminal says how.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="symbols">The ELF file of what it runs.</param>
    public static MachineDescription Open(MachineDescription machine, string symbols)
    {
        int port = Free();
        Progress.Line("waiting for gdb; type in another terminal:");
        Progress.Line($"  gdb-multiarch {symbols} -ex 'target remote :{port}'");
        return machine with { GdbPort = port };
    }

    private static int Free()
    {
        for (int port = First; port < First + Count; port++)
        {
            try
            {
                using TcpListener listener = new(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it; the next one.
            }
        }

        throw new UsageException($"no free port for gdb from {First} up");
    }
}
