// From the description of a machine to the words of QEMU's command line; no other file knows them.
// What is made here can be typed by hand: guests are handed over as `guest-loader` modules and
// described to Nestor in its own command line.

namespace Nestor.Tools.Launch;

public static class QemuCommandLine
{
    /// <summary>What the state has for a name in its image.</summary>
    public const string StateName = "here";

    private const string ConsoleOf = "stdio,id=console";

    // The id `gdb` is QEMU's, for its own stub.
    private const string IdleStub = "null,id=guest-gdb";

    // QEMU hands on what comes into a machine that it records without asking whether there is room: the 17th byte at once is lost.
    // What comes through a multiplexer is not recorded, and asks.
    private const string Shared = ",mux=on";

    // Of the multiplexer's own keys; this is no byte, so it has none.
    private const string NoKey = "0x100";

    /// <param name="machine">What to build.</param>
    /// <param name="qmpSocket">A listening socket that QEMU connects to; null for no QMP.</param>
    public static IReadOnlyList<string> Build(MachineDescription machine, string? qmpSocket)
    {
        List<string> line = [.. machine.Replayed?.Select(word => Again(word, machine)) ?? Hardware(machine)];
        if (qmpSocket is not null)
        {
            // Stopped until the launcher has seen the connection: no event can be missed.
            line.AddRange(["-chardev", $"socket,id=qmp,path={Escape(qmpSocket)}", "-mon", "chardev=qmp,mode=control", "-S"]);
        }

        if (qmpSocket is not null && machine.StaysAtEnd)
        {
            line.Add("-no-shutdown");
        }

        if (machine.QmpSocket is not null)
        {
            line.AddRange(["-chardev", $"socket,id=look,path={Escape(machine.QmpSocket)},server=on,wait=off", "-mon", "chardev=look,mode=control"]);
        }

        if (machine.GdbPort is { } port)
        {
            line.AddRange(["-gdb", FormattableString.Invariant($"tcp:127.0.0.1:{port}")]);
        }

        if (machine.StateImage is { } image)
        {
            line.AddRange(["-drive", $"if=none,id=state,format=qcow2,file={Escape(image)}"]);
        }

        if (machine.IsLive)
        {
            line.AddRange(["-loadvm", StateName, "-echr", NoKey]);
        }

        if (machine.Events is { } events)
        {
            // A state of a replay fits a machine that records, and no other.
            line.AddRange(["-icount", $"shift=0,rr={(machine.Replayed is null || machine.IsLive ? "record" : "replay")},rrfile={Escape(events)}"]);
        }
        else if (machine.Icount)
        {
            line.AddRange(["-icount", "shift=0,sleep=off"]);
        }

        line.AddRange(machine.QemuArguments);
        return line;
    }

    private static IEnumerable<string> Hardware(MachineDescription machine)
    {
        List<string> line =
        [
            "-M", "virt,virtualization=on,gic-version=3",
            "-cpu", "max",
            "-smp", FormattableString.Invariant($"{machine.EffectiveCpus}"),
            "-m", MemorySize.Show(machine.EffectiveMemory),
            "-nodefaults",
            "-display", "none",
            "-no-reboot",
            "-chardev", Console(machine.Log),
            "-serial", "chardev:console",
        ];
        if (HasStub(machine))
        {
            // The second serial port, which this machine has for nothing else.
            line.AddRange(["-chardev", machine.GuestGdbSocket is { } socket ? Stub(socket) : IdleStub, "-serial", "chardev:guest-gdb"]);
        }

        line.AddRange(["-kernel", machine.Kernel]);
        string append = Append(machine);
        if (append.Length > 0)
        {
            line.AddRange(["-append", append]);
        }

        foreach (BootModule module in BootModule.Place(machine.Guests))
        {
            line.AddRange(["-device", Loader(module)]);
        }

        return line;
    }

    /// <summary>Nestor's own command line: one group of words per guest, in the order of the modules.</summary>
    public static string Append(MachineDescription machine) =>
        string.Join(' ', [.. machine.Words, .. EscapeWord(machine), .. GdbWord(machine), .. machine.Guests.Select(Describe)]);

    private static IEnumerable<string> EscapeWord(MachineDescription machine) =>
        machine.Escape == EscapeKey.Default ? [] : [FormattableString.Invariant($"escape={machine.Escape}")];

    private static IEnumerable<string> GdbWord(MachineDescription machine) =>
        HasStub(machine) ? [machine.GuestsWait ? "gdb=wait" : "gdb"] : [];

    private static bool HasStub(MachineDescription machine) => machine.GuestGdbSocket is not null || machine.HasIdleStub;

    private static string Stub(string socket) => $"socket,id=guest-gdb,path={Escape(socket)},server=on,wait=off";

    private static string Describe(GuestDescription guest) =>
        FormattableString.Invariant($"guest={guest.Name} cpus={guest.Cpus} memory={MemorySize.Show(guest.Memory)} ")
        + FormattableString.Invariant($"el={guest.El} nv={guest.Nv} modules={guest.Modules.Count}")
        + (guest.Bios is null ? "" : " bios")
        + (guest.IsRestored ? " restore" : "")
        + (guest.Symbols is null ? "" : " symbols")
        + (guest.StaysOff ? " start=no" : "");

    // A word of a recorded machine. A replay takes no keys, so Ctrl-C is the person's.
    private static string Again(string word, MachineDescription machine)
    {
        bool isConsole = word.StartsWith(ConsoleOf, StringComparison.Ordinal);
        return machine.IsLive
            ? isConsole ? word + Shared : word == IdleStub ? Stub(machine.GuestGdbSocket!) + Shared : word
            : isConsole ? word.Replace(",signal=off", ",signal=on", StringComparison.Ordinal) : word;
    }

    // Not multiplexed: every key, Ctrl-C and Ctrl-] included, belongs to Nestor and its guests.
    private static string Console(string? log) =>
        ConsoleOf + ",signal=off"
        + (log is null ? "" : $",logfile={Escape(log)},logappend=off");

    private static string Loader(BootModule module) =>
        FormattableString.Invariant($"guest-loader,addr=0x{module.Address:x}")
        + (module.IsInitrd ? ",initrd=" : ",kernel=") + Escape(module.File)
        + (module.Arguments.Length == 0 ? "" : ",bootargs=" + Escape(module.Arguments));

    /// <summary>In QEMU's key=value lists a comma inside a value is written twice.</summary>
    private static string Escape(string value) => value.Replace(",", ",,", StringComparison.Ordinal);
}
