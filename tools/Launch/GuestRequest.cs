// One guest as the user asked for it, on the command line or in a file: null means "the default".

namespace Nestor.Tools.Launch;

public sealed record GuestRequest
{
    public string? Name { get; init; }

    public string? Kernel { get; init; }

    public string? Bios { get; init; }

    public string? Initrd { get; init; }

    /// <summary>The initrd is the one with QEMU for guests of its own.</summary>
    public bool HasVmm { get; init; }

    public IReadOnlyList<GuestModule> Modules { get; init; } = [];

    /// <summary>The program whose symbols the monitor gets: "" for the guest's own kernel, null for none.</summary>
    public string? Symbols { get; init; }

    /// <summary>False: the monitor starts it.</summary>
    public bool? Start { get; init; }

    public string? Append { get; init; }

    public int? Cpus { get; init; }

    public long? Memory { get; init; }

    public int? El { get; init; }

    public int? Nv { get; init; }
}
