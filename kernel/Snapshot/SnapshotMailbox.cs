// Where Nestor and whoever runs the machine meet for a snapshot: Nestor has no files, the other side cannot call us. It reads
// this by its symbol (snapshot_mailbox, boot/kernel.ld) while the machine stands still; see tools/Snapshots.

using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>What is to be saved. Addresses are physical.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct SnapshotMailbox
{
    /// <summary><see cref="State"/>: nothing to do. Whoever finds it comes too late.</summary>
    public const ulong Idle = 0;

    /// <summary><see cref="State"/>: somebody is to save this.</summary>
    public const ulong Wanted = 1;

    /// <summary><see cref="State"/>: all guests that could be saved are, as was asked for from outside.</summary>
    public const ulong Done = 2;

    /// <summary><see cref="Press"/>: nothing, at this moment.</summary>
    public const ulong MeansNothing = 0;

    /// <summary><see cref="Press"/>: it is in the file.</summary>
    public const ulong MeansSaved = 1;

    /// <summary><see cref="Press"/>: it cannot be saved, and whoever runs the machine has said why.</summary>
    public const ulong MeansRefused = 2;

    public ulong State;

    /// <summary>The name of the file; empty when it was asked for from outside, where the name is known.</summary>
    public byte* File;
    public ulong FileLength;

    /// <summary>The name of the VM.</summary>
    public byte* Name;
    public ulong NameLength;

    /// <summary>Pairs of an id and its value, 16 bytes each.</summary>
    public ulong* Pairs;
    public ulong PairCount;

    /// <summary>The VM's memory.</summary>
    public byte* Ram;
    public ulong RamSize;

    /// <summary>What the button means when it is pressed now: it is one button, so its meanings take turns.</summary>
    public ulong Press;
}
