// `run` and `debug`: everything is checked that can be, then fetched and built, and only then started.
using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Nestor.Tools.Snapshots;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

internal sealed class RunCommand : Command
{
    private const int FirstGdbPort = 1234;
    private const int GdbPorts = 100;

    private readonly GuestOptions _guest = new();
    private readonly MachineOptions _machine = new();
    private readonly bool _debug;
    private readonly IReadOnlyList<string> _qemuArguments;

    public RunCommand(string name, string description, bool debug, IReadOnlyList<string> qemuArguments)
        : base(name, description + " What follows -- goes to QEMU.")
    {
        _debug = debug;
        _qemuArguments = qemuArguments;
        _guest.AddTo(this);
        _machine.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using RestoredGuest? restored = _guest.Restore(parsed) is { } snapshot ? new RestoredGuest(snapshot) : null;
        IReadOnlyList<GuestRequest> requests = restored is null ? _guest.Requests(parsed) : [];
        MachineDescription machine = _machine.Machine(parsed, _qemuArguments);
        int? timeout = _machine.Timeout(parsed);
        GuestResolver.Check(requests);
        machine.Check();

        Purpose[] purposes = _debug ? [Purpose.Build, Purpose.Run, Purpose.Debug] : [Purpose.Build, Purpose.Run];
        string qemu = Requirements.Ensure(purposes, _machine.Qemu(parsed));
        machine = machine with { Guests = restored is null ? GuestResolver.Resolve(requests, new GuestStore().Ensure) : [restored.Guest] };
        machine.Check();
        BootModule.Place(machine.Guests);
        KernelBuild.Run(RepositoryRoot.Path);

        if (_debug)
        {
            machine = machine with { GdbPort = FreePort() };
            Progress.Line("waiting for gdb; type in another terminal:");
            Progress.Line($"  gdb-multiarch {RepositoryRoot.Out("nestor.elf")} -ex 'target remote :{machine.GdbPort}'");
        }

        return await new Launcher(qemu, machine, timeout).RunAsync().ConfigureAwait(false);
    }

    private static int FreePort()
    {
        for (int port = FirstGdbPort; port < FirstGdbPort + GdbPorts; port++)
        {
            try
            {
                using TcpListener listener = new(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it; the next one.
            }
        }

        throw new UsageException($"no free port for gdb from {FirstGdbPort} up");
    }
}
