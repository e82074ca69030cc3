// `replay`: a recorded run once more, to look at with gdb as often as it takes.
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

    private readonly Option<int?> _timeout = NumberOption.Create("--timeout", "S", "give up after S seconds, with status 3");

    private readonly Option<string?> _qemu = new("--qemu") { HelpName = "PATH", Description = "the QEMU to use" };

    public ReplayCommand()
        : base("replay", "Go through a recorded run again, instruction for instruction. Keys are those of the recording; Ctrl-C ends it.")
    {
        Add(_directory);
        Add(_debug);
        Add(_timeout);
        Add(_qemu);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        string directory = parsed.GetValue(_directory)!;
        bool debug = parsed.GetValue(_debug);
        int? timeout = MachineOptions.Timeout(parsed, _timeout);
        string qemu = Requirements.Ensure(debug ? [Purpose.Run, Purpose.Debug] : [Purpose.Run], parsed.GetValue(_qemu));
        MachineDescription machine = Recording.Open(directory, qemu);
        if (debug)
        {
            machine = DebugPort.Open(machine, Recording.SymbolsOf(directory));
        }

        return await new Launcher(qemu, machine, timeout).RunAsync().ConfigureAwait(false);
    }
}
