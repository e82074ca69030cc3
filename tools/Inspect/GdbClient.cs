// The registers of a machine's CPUs as hardware has them, by QEMU's own gdb stub, which is asked for only now: QMP has no
// command that reads a system register. The machine must be stopped.

using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Inspect;

/// <summary>Reads registers by the remote protocol of gdb.</summary>
public sealed partial class GdbClient : IDisposable
{
    private const int Chunk = 0xf00;
    private const int LongestDescription = 1 << 20;

    private readonly NetworkStream _stream;
    private readonly Dictionary<string, int> _numbers = [];
    private readonly GdbConnection _stub;
    private int _next;

    private GdbClient(NetworkStream stream)
    {
        _stream = stream;
        _stub = new GdbConnection(stream);
    }

    /// <summary>Reads all registers of 32 and 64 bits of all CPUs, by their names; the general ones are x0 to x30, sp, pc and cpsr.</summary>
    /// <exception cref="InspectionException">QEMU has no stub, or does not answer.</exception>
    public static async Task<IReadOnlyList<IReadOnlyDictionary<string, ulong>>> ReadAsync(QmpClient qmp, int cpus)
    {
        using ScratchDirectory directory = ScratchDirectory.ForSockets("nestor-gdb-");
        try
        {
            string path = Path.Combine(directory.Path, "gdb");
            string said = await CommandAsync(qmp, $"gdbserver unix:{path},server=on,wait=off").ConfigureAwait(false);
            if (!File.Exists(path))
            {
                throw new InspectionException($"QEMU's gdb stub: {said.Trim()}");
            }

            try
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path)).ConfigureAwait(false);
                using GdbClient gdb = new(new NetworkStream(socket, ownsSocket: true));
                return await gdb.ReadAsync(cpus).ConfigureAwait(false);
            }
            finally
            {
                await CommandAsync(qmp, "gdbserver none").ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or FormatException)
        {
            throw new InspectionException($"QEMU's gdb stub: {e.Message}");
        }
    }

    public void Dispose() => _stream.Dispose();

    private static async Task<string> CommandAsync(QmpClient qmp, string line) =>
        (await qmp.ExecuteAsync("human-monitor-command", new JsonObject { ["command-line"] = line }).ConfigureAwait(false)).GetString()!;

    private async Task<IReadOnlyList<IReadOnlyDictionary<string, ulong>>> ReadAsync(int cpus)
    {
        string target = await DescriptionAsync("target.xml").ConfigureAwait(false);
        foreach (Match part in Include().Matches(target))
        {
            Number(await DescriptionAsync(part.Groups[1].Value).ConfigureAwait(false));
        }

        List<IReadOnlyDictionary<string, ulong>> all = [];
        for (int cpu = 1; cpu <= cpus; cpu++)
        {
            Dictionary<string, ulong> values = new(StringComparer.OrdinalIgnoreCase);
            if (await _stub.AskAsync(FormattableString.Invariant($"Hg{cpu:x}")).ConfigureAwait(false) != "OK")
            {
                throw new InspectionException($"QEMU's gdb stub has no CPU {cpu - 1}");
            }

            foreach ((string name, int number) in _numbers)
            {
                string answer = await _stub.AskAsync(FormattableString.Invariant($"p{number:x}")).ConfigureAwait(false);
                if (answer.Length is 2 * sizeof(uint) or 2 * sizeof(ulong))
                {
                    values[name] = BitConverter.ToUInt64(Convert.FromHexString(answer.PadRight(2 * sizeof(ulong), '0')));
                }
            }

            all.Add(values);
        }

        return all;
    }

    // A number that is not given is the one after the register before.
    private void Number(string description)
    {
        foreach (Match register in Register().Matches(description))
        {
            string text = register.Value;
            _next = RegisterNumber().Match(text) is { Success: true } given ? int.Parse(given.Groups[1].Value, CultureInfo.InvariantCulture) : _next;
            if (text.Contains("bitsize=\"64\"", StringComparison.Ordinal) || text.Contains("bitsize=\"32\"", StringComparison.Ordinal))
            {
                _numbers.TryAdd(RegisterName().Match(text).Groups[1].Value, _next);
            }

            _next++;
        }
    }

    private async Task<string> DescriptionAsync(string name)
    {
        StringBuilder text = new();
        while (text.Length < LongestDescription)
        {
            string answer = await _stub.AskAsync(FormattableString.Invariant($"qXfer:features:read:{name}:{text.Length:x},{Chunk:x}")).ConfigureAwait(false);
            text.Append(answer.AsSpan(Math.Min(1, answer.Length)));
            if (!answer.StartsWith('m'))
            {
                return text.ToString();
            }
        }

        throw new InspectionException($"QEMU's gdb stub describes {name} without end");
    }

    [GeneratedRegex("<xi:include href=\"([^\"]+)\"")]
    private static partial Regex Include();

    [GeneratedRegex("<reg [^>]*>")]
    private static partial Regex Register();

    [GeneratedRegex("regnum=\"(\\d+)\"")]
    private static partial Regex RegisterNumber();

    [GeneratedRegex("name=\"([^\"]+)\"")]
    private static partial Regex RegisterName();
}
