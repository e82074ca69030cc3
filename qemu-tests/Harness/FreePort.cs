// A port of this machine that nobody has.
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Nestor.Tests.Harness;

/// <summary>Finds one.</summary>
public static class FreePort
{
    /// <summary>A port that was free a moment ago, as options have it.</summary>
    public static string Take()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
