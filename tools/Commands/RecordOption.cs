// `--record` of run and demo.
using System.CommandLine;
using Nestor.Tools.Launch;
using Nestor.Tools.Replay;

namespace Nestor.Tools.Commands;

internal static class RecordOption
{
    internal static Option<string?> Create() => new("--record") { HelpName = "DIR", Description = "record the run, for replay DIR; one host CPU" };

    /// <summary>Where the recording is to be, checked before anything is built; null for none.</summary>
    internal static string? Directory(ParseResult parsed, Option<string?> option, MachineDescription machine) =>
        parsed.GetValue(option) is { } directory ? Recording.CheckNew(directory, machine) : null;
}
