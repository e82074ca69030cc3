// One guest as it will be handed to Nestor: every default filled in, every path absolute.

namespace Nestor.Tools.Launch;

public sealed record GuestDescription(string Name)
{
    public const int DefaultCpus = 2;
    public const int MostCpus = 8;

    /// <summary>Guests on one machine: Nestor has room for so many, and Ctrl-] a digit for each.</summary>
    public const int MostGuests = 8;

    public const long DefaultMemory = MemorySize.GiB;

    /// <summary>An arm64 Image or ELF; null when the guest starts from firmware.</summary>
    public string? Kernel { get; init; }

    /// <summary>Firmware for address 0; null when the guest starts from a kernel.</summary>
    public string? Bios { get; init; }

    public string? Initrd { get; init; }

    /// <summary>It goes on from a snapshot: the kernel is its state, initrd and modules are its memory.</summary>
    public bool IsRestored { get; init; }

    public IReadOnlyList<GuestModule> Modules { get; init; } = [];

    /// <summary>The file of symbols for Nestor's monitor; null for none.</summary>
    public string? Symbols { get; init; }

    /// <summary>It is made, but off until the monitor starts it.</summary>
    public bool StaysOff { get; init; }

    public string Append { get; init; } = "";

    public int Cpus { get; init; } = DefaultCpus;

    public long Memory { get; init; } = DefaultMemory;

    /// <summary>The exception level the guest starts at: 2 is virtual EL2.</summary>
    public int El { get; init; } = 2;

    /// <summary>2: FEAT_NV2 memory redirection; 1: every EL2 register traps.</summary>
    public int Nv { get; init; } = 2;
}
