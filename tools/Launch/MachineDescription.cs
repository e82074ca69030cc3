// The whole machine that QEMU is to be: Nestor, its guests, and how they are watched.
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

public sealed record MachineDescription
{
    public const int MostCpus = 8;

    public IReadOnlyList<GuestDescription> Guests { get; init; } = [];

    /// <summary>The flat image of Nestor.</summary>
    public string Kernel { get; init; } = RepositoryRoot.Out("nestor");

    /// <summary>The same with symbols.</summary>
    public string KernelSymbols { get; init; } = RepositoryRoot.Out("nestor.elf");

    /// <summary>Words for Nestor itself, before those of the guests.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Code of the key that opens the monitor.</summary>
    public int Escape { get; init; } = EscapeKey.Default;

    public int? HostCpus { get; init; }

    public long? HostMemory { get; init; }

    /// <summary>Count instructions instead of time: the same run each time.</summary>
    public bool Icount { get; init; }

    /// <summary>A file that gets a copy of the console.</summary>
    public string? Log { get; init; }

    /// <summary>A file that gets the last exits of each CPU when the machine has ended, however it did.</summary>
    public string? Trace { get; init; }

    /// <summary>A directory for what is left of a machine that ends badly or not in time.</summary>
    public string? PostMortem { get; init; }

    /// <summary>A socket on which QEMU serves QMP to whoever wants to look into the machine while it runs.</summary>
    public string? QmpSocket { get; init; }

    /// <summary>QEMU stays when the machine ends, until its memory has been read.</summary>
    public bool StaysAtEnd => Trace is not null || PostMortem is not null;

    /// <summary>Wait for gdb on this port before the first instruction.</summary>
    public int? GdbPort { get; init; }

    /// <summary>The port on which gdb finds the guests, through Nestor's stub.</summary>
    public int? GuestGdbPort { get; init; }

    /// <summary>The socket that QEMU makes for the stub; null for no stub.</summary>
    public string? GuestGdbSocket { get; init; }

    /// <summary>The stub is there although nobody can reach it: a replay that goes live may let somebody.</summary>
    public bool HasIdleStub { get; init; }

    /// <summary>Guests wait for gdb before their first instruction.</summary>
    public bool GuestsWait { get; init; }

    /// <summary>QEMU's log of what comes from outside: made while the machine runs, or followed if <see cref="Replayed"/>.</summary>
    public string? Events { get; init; }

    /// <summary>The command line of a recorded machine, which is this one again.</summary>
    public IReadOnlyList<string>? Replayed { get; init; }

    /// <summary>An image for QEMU to keep the machine's state in; the machine itself does not see it.</summary>
    public string? StateImage { get; init; }

    /// <summary>Go on from the state in the image instead of starting, with keys and a log of its own.</summary>
    public bool IsLive { get; init; }

    /// <summary>Further arguments for QEMU, put last.</summary>
    public IReadOnlyList<string> QemuArguments { get; init; } = [];

    public int EffectiveCpus => HostCpus ?? Math.Clamp(Guests.Sum(guest => guest.Cpus), 1, MostCpus);

    public long EffectiveMemory => HostMemory ?? LeastMemory;

    private long LeastMemory =>
        BootModule.OwnMemory(Guests) + Guests.Sum(guest => MemorySize.RoundUp(guest.Memory, MemorySize.GiB));

    public void Check()
    {
        if (HostCpus is < 1 or > MostCpus)
        {
            throw new UsageException($"--host-cpus is {HostCpus}; it must be 1 to {MostCpus}");
        }

        long needed = BootModule.OwnMemory(Guests) + Guests.Sum(guest => guest.Memory);
        if (HostMemory is { } given && given < needed)
        {
            throw new UsageException(
                $"--host-memory {MemorySize.Show(given)} is too little; the guests and Nestor need {MemorySize.Show(needed)}");
        }
    }
}
