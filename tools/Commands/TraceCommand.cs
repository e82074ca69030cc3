// `trace`: shows what `run --trace` has written, or what the rings of a running machine hold.
using System.CommandLine;
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
        HelpName = "SOCKET",
        Description = "first read the machine that was started with `run --qmp SOCKET`",
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

    private async Task<int> RunAsync(ParseResult parsed)
    {
        string file = Path.GetFullPath(parsed.GetRequiredValue(_file));
        string? perfetto = MachineOptions.Writable("--perfetto", parsed.GetValue(_perfetto));
        string? histogram = MachineOptions.Writable("--histogram", parsed.GetValue(_histogram));
        if (parsed.GetValue(_live) is { } socket)
        {
            MachineOptions.Writable("trace", file);
            await ReadAsync(Path.GetFullPath(socket), file).ConfigureAwait(false);
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

    private static async Task ReadAsync(string socket, string file)
    {
        if (!File.Exists(socket))
        {
            throw new UsageException($"--live: there is no socket {socket}; it is made by `run --qmp` and goes with its machine");
        }

        try
        {
            QmpClient qmp = await QmpClient.ConnectAsync(socket).ConfigureAwait(false);
            await using (qmp.ConfigureAwait(false))
            {
                TraceFile trace = await TraceReader.ReadAsync(qmp).ConfigureAwait(false);
                await File.WriteAllBytesAsync(file, trace.ToBytes()).ConfigureAwait(false);
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
