// `replay`: a recorded run once more, to look at with gdb, or to leave at an instant and go on live, as often as it takes.
using System.CommandLine;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Launch;
using Nestor.Tools.Replay;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

internal sealed class ReplayCommand : Command
{
    private readonly Argument<string> _directory = new("DIR") { Description = "what run --record made" };

    private readonly Option<bool> _debug = new("--debug") { Description = "wait for gdb; prints the line to type" };

    private readonly Option<bool> _live = new("--live") { Description = "the key that opens the monitor ends the replay there, and the machine goes on live" };

    private readonly Option<long?> _at = NumberOption.CreateLong("--at", "N", "--live from instruction N on, without waiting for the key");

    private readonly Option<int?> _gdb = NumberOption.Create("--gdb", "PORT", "let gdb debug the guests of the live machine through this port of localhost");

    private readonly Option<int?> _timeout = NumberOption.Create("--timeout", "S", "give up after S seconds, with status 3");

    private readonly Option<string?> _qemu = new("--qemu") { HelpName = "PATH", Description = "the QEMU to use" };

    public ReplayCommand()
        : base("replay", "Go through a recorded run again, instruction for instruction. Until it is live, keys are those of the recording, and Ctrl-C ends it.")
    {
        Add(_directory);
        Add(_debug);
        Add(_live);
        Add(_at);
        Add(_gdb);
        Add(_timeout);
        Add(_qemu);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        string directory = parsed.GetValue(_directory)!;
        bool debug = parsed.GetValue(_debug);
        long? at = parsed.GetValue(_at);
        bool live = parsed.GetValue(_live) || at is not null;
        int? gdb = MachineOptions.GdbPort(parsed, _gdb);
        Check(debug, live, at, gdb);
        int? timeout = MachineOptions.Timeout(parsed, _timeout);
        string qemu = Requirements.Ensure(debug ? [Purpose.Run, Purpose.Debug] : [Purpose.Run], parsed.GetValue(_qemu));
        MachineDescription machine = Recording.Open(directory, qemu);
        if (live)
        {
            return await new LiveReplay(qemu, machine with { GuestGdbPort = gdb }, at, timeout).RunAsync().ConfigureAwait(false);
        }

        if (debug)
        {
            machine = DebugPort.Open(machine, Recording.SymbolsOf(directory));
        }

        return await new Launcher(qemu, machine, timeout).RunAsync().ConfigureAwait(false);
    }

    private static void Check(bool debug, bool live, long? at, int? gdb)
    {
        if (at < 1)
        {
            throw new UsageException($"--at is {at}; it must be 1 or more");
        }

        if (debug && live)
        {
            throw new UsageException("--debug and --live do not go together: gdb may look at a replay, or at a live machine with --live --gdb PORT");
        }

        if (gdb is not null && !live)
        {
            throw new UsageException("--gdb needs --live or --at N: a replay takes nothing from outside; QEMU's own gdb may look, with --debug");
        }
    }
}
