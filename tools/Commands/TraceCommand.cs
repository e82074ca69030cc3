// `trace`: shows what `run --trace` has written, or what the rings of a running machine hold.
using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Nestor.Tools.Inspect;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Nestor.Tools.Traces;

namespace Nestor.Tools.Commands;

internal sealed class TraceCommand : Command
{
    private readonly Argument<string> _file = new("FILE") { Description = "the trace; with --live it is written" };

    private readonly Option<string?> _live = new("--live")
    {
        HelpName = "SOCKET|PORT",
        Description = "first read the machine that was started with `run --qmp SOCKET` or `run --gdb PORT`",
    };

    private readonly Option<string?> _perfetto = new("--perfetto")
    {
        HelpName = "FILE",
        Description = "write JSON for ui.perfetto.dev or chrome://tracing instead of text",
    };

    private readonly Option<string?> _histogram = new("--histogram")
    {
        HelpName = "FILE",
        Description = "draw which register or class traps most (SVG) instead of text",
    };

    public TraceCommand()
        : base("trace", "Show the last exits of each CPU.")
    {
        Add(_file);
        foreach (Option option in (Option[])[_live, _perfetto, _histogram])
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private static void RefuseSame(string option, string? output, string trace)
    {
        if (output is not null && FileKinds.AreSame(output, trace))
        {
            throw new UsageException($"{option}: {output} is the trace itself");
        }
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        string file = Path.GetFullPath(parsed.GetRequiredValue(_file));
        string? perfetto = MachineOptions.Writable("--perfetto", parsed.GetValue(_perfetto));
        string? histogram = MachineOptions.Writable("--histogram", parsed.GetValue(_histogram));
        RefuseSame("--perfetto", perfetto, file);
        RefuseSame("--histogram", histogram, file);
        if (parsed.GetValue(_live) is { } live)
        {
            MachineOptions.Writable("trace", file);
            TraceFile now = ushort.TryParse(live, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
                ? await ReadAsync(port).ConfigureAwait(false) : await ReadAsync(Path.GetFullPath(live)).ConfigureAwait(false);
            await File.WriteAllBytesAsync(file, now.ToBytes()).ConfigureAwait(false);
        }

        TraceFile trace = TraceFile.Read(file);
        ExitNames names = new(RepositoryRoot.Path);
        if (perfetto is not null)
        {
            await File.WriteAllTextAsync(perfetto, PerfettoTrace.Write(trace, names)).ConfigureAwait(false);
        }

        if (histogram is not null)
        {
            await File.WriteAllTextAsync(histogram, TraceHistogram.Draw(trace, names)).ConfigureAwait(false);
        }

        if (perfetto is null && histogram is null)
        {
            await StandardStream.Output.WriteAsync(ExitList.Write(trace, names)).ConfigureAwait(false);
        }

        return ExitStatus.Success;
    }

    // By Nestor itself.
    private static async Task<TraceFile> ReadAsync(ushort port)
    {
        try
        {
            using TcpClient serial = new();
            await serial.ConnectAsync(IPAddress.Loopback, port).ConfigureAwait(false);
            return await SerialTrace.ReadAsync(serial.GetStream()).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            throw new UsageException($"--live: nobody answers at port {port}; it is made by `run --gdb {port}` and goes with its machine");
        }
        catch (Exception e) when (e is IOException or InspectionException)
        {
            throw new UsageException($"--live: the machine of port {port} cannot be read: {e.Message}");
        }
    }

    // From Nestor's memory, whatever Nestor does.
    private static async Task<TraceFile> ReadAsync(string socket)
    {
        if (ScratchDirectory.ProblemOfSocket(socket) is { } why)
        {
            throw new UsageException($"--live: {socket} is no socket: {why}");
        }

        if (!File.Exists(socket))
        {
            throw new UsageException($"--live: there is no socket {socket}; it is made by `run --qmp` and goes with its machine");
        }

        try
        {
            QmpClient qmp = await QmpClient.ConnectAsync(socket).ConfigureAwait(false);
            await using (qmp.ConfigureAwait(false))
            {
                return await TraceReader.ReadAsync(qmp).ConfigureAwait(false);
            }
        }
        catch (SocketException)
        {
            throw new UsageException($"--live: {socket} is no socket of a machine that runs");
        }
        catch (Exception e) when (e is QmpException or InspectionException)
        {
            throw new UsageException($"--live: the machine of {socket} cannot be read: {e.Message}");
        }
    }
}
