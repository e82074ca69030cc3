// The packets of gdb's remote protocol, as a client has them: QEMU's own stub, or Nestor's on the second serial port.

using System.Text;

namespace Nestor.Tools.Inspect;

/// <summary>Asks and is answered, over any stream, which is the caller's.</summary>
public sealed class GdbConnection(Stream stream)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly byte[] _buffer = new byte[4096];
    private int _at;
    private int _end;

    /// <summary>Sends a packet and receives the one that answers it.</summary>
    /// <exception cref="IOException">The other side has hung up, or says nothing for 10 s.</exception>
    public async Task<string> AskAsync(string command)
    {
        byte sum = (byte)Encoding.ASCII.GetBytes(command).Sum(letter => letter);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(FormattableString.Invariant($"${command}#{sum:x2}"))).ConfigureAwait(false);
        return await ReceiveAsync().ConfigureAwait(false);
    }

    /// <summary>Runs a command of the other side's own, as gdb's `monitor` does.</summary>
    /// <returns>What it says.</returns>
    /// <exception cref="IOException">It refuses, or has hung up.</exception>
    public async Task<string> RunAsync(string command)
    {
        StringBuilder text = new();
        string packet = await AskAsync("qRcmd," + Convert.ToHexStringLower(Encoding.ASCII.GetBytes(command))).ConfigureAwait(false);
        while (packet != "OK")
        {
            if (!packet.StartsWith('O'))
            {
                throw new IOException(packet.StartsWith("E.", StringComparison.Ordinal) ? packet[2..] : $"it does not know the command `{command}`");
            }

            text.Append(Encoding.ASCII.GetString(Convert.FromHexString(packet[1..])));
            packet = await ReceiveAsync().ConfigureAwait(false);
        }

        return text.ToString();
    }

    private async Task<string> ReceiveAsync()
    {
        StringBuilder answer = new();
        while (await NextAsync().ConfigureAwait(false) != '$')
        {
        }

        char letter;
        while ((letter = await NextAsync().ConfigureAwait(false)) != '#')
        {
            // Escapes: } and the letter with bit 5 turned. Runs (*) are used by nobody here.
            answer.Append(letter == '}' ? (char)(await NextAsync().ConfigureAwait(false) ^ 0x20) : letter);
        }

        await NextAsync().ConfigureAwait(false);
        await NextAsync().ConfigureAwait(false);
        await stream.WriteAsync("+"u8.ToArray()).ConfigureAwait(false);
        return answer.ToString();
    }

    private async ValueTask<char> NextAsync()
    {
        if (_at == _end)
        {
            _at = 0;
            _end = await ReadAsync().ConfigureAwait(false);
            if (_end == 0)
            {
                throw new IOException("it has hung up");
            }
        }

        return (char)_buffer[_at++];
    }

    // An answer may be long, but not silent.
    private async Task<int> ReadAsync()
    {
        try
        {
            return await stream.ReadAsync(_buffer).AsTask().WaitAsync(s_patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new IOException("it does not answer");
        }
    }
}
