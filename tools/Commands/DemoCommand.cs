// `demo`: Nestor without boot modules starts what is built into it; nothing is downloaded.
using System.CommandLine;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Launch;
using Nestor.Tools.Replay;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

internal sealed class DemoCommand : Command
{
    private readonly Option<string?> _append = new("--append")
    {
        HelpName = "TEXT",
        Description = "words for the guest hypervisor; bug=vttbr, bug=maintenance or bug=eret plants a bug to look for",
    };

    private readonly MachineOptions _machine = new();
    private readonly Option<string?> _record = RecordOption.Create();
    private readonly IReadOnlyList<string> _qemuArguments;

    public DemoCommand(IReadOnlyList<string> qemuArguments)
        : base("demo", "Run the small guest hypervisor that is built in, and its guest. What follows -- goes to QEMU.")
    {
        _qemuArguments = qemuArguments;
        Add(_append);
        _machine.AddTo(this);
        Add(_record);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        MachineDescription machine = _machine.Machine(parsed, _qemuArguments) with
        {
            Guests = parsed.GetValue(_append) is { } words ? [DemoGuest.With(words)] : [],
        };
        int? timeout = _machine.Timeout(parsed);
        machine.Check();
        string? record = RecordOption.Directory(parsed, _record, machine);
        string qemu = Requirements.Ensure([Purpose.Build, Purpose.Run], _machine.Qemu(parsed));
        KernelBuild.Run(RepositoryRoot.Path);
        if (record is not null)
        {
            machine = Recording.Create(record, machine, qemu);
        }

        return await new Launcher(qemu, machine, timeout).RunAsync().ConfigureAwait(false);
    }
}
