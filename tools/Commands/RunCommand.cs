// `run` and `debug`: everything is checked that can be, then fetched and built, and only then started.
using System.CommandLine;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Nestor.Tools.Replay;
using Nestor.Tools.Snapshots;
using Nestor.Tools.Support;
using Nestor.Tools.Symbols;

namespace Nestor.Tools.Commands;

internal sealed class RunCommand : Command
{
    private readonly GuestOptions _guest = new();
    private readonly MachineOptions _machine = new();
    private readonly Option<string?> _record = RecordOption.Create();
    private readonly bool _debug;
    private readonly IReadOnlyList<string> _qemuArguments;

    public RunCommand(string name, string description, bool debug, IReadOnlyList<string> qemuArguments)
        : base(name, description + " What follows -- goes to QEMU.")
    {
        _debug = debug;
        _qemuArguments = qemuArguments;
        _guest.AddTo(this);
        _machine.AddTo(this);
        if (!debug)
        {
            Add(_record);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using InputFiles inputs = new();
        try
        {
            return await RunAsync(parsed, inputs).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            throw new UsageException(inputs.Name(e.Message));
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, InputFiles inputs)
    {
        GuestFiles files = new(inputs);
        MachineDescription machine = _machine.Machine(parsed, _qemuArguments);
        int? timeout = _machine.Timeout(parsed);
        string? symbols = _guest.RestoredSymbols(parsed) is { } program ? SymbolIndexFile.Make(files.Program(program)) : null;
        using RestoredGuest? restored = _guest.Restore(parsed) is { } snapshot
            ? new RestoredGuest(inputs.Regular(snapshot, long.MaxValue, "a file can have")) : null;
        IReadOnlyList<GuestRequest> requests = restored is null ? [.. _guest.Requests(parsed, inputs).Select(files.Ready)] : [];
        inputs.RefuseToWrite("--log", machine.Log);
        inputs.RefuseToWrite("--trace", machine.Trace);
        GuestResolver.Check(requests);
        machine.Check();
        string? record = _debug ? null : RecordOption.Directory(parsed, _record, machine);

        Purpose[] purposes = _debug ? [Purpose.Build, Purpose.Run, Purpose.Debug] : [Purpose.Build, Purpose.Run];
        string qemu = Requirements.Ensure(purposes, _machine.Qemu(parsed));
        machine = machine with { Guests = restored is null ? GuestResolver.Resolve(requests, new GuestStore().Ensure) : [restored.Guest with { Symbols = symbols }] };
        machine.Check();
        KernelBuild.Run(RepositoryRoot.Path);
        if (record is not null)
        {
            machine = Recording.Create(record, machine, qemu);
        }

        if (_debug)
        {
            machine = DebugPort.Open(machine, RepositoryRoot.Out("nestor.elf"));
        }

        return await new Launcher(qemu, machine, timeout).RunAsync().ConfigureAwait(false);
    }
}
