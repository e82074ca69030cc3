// The parts of a snapshot's file. Numbers never change; a part that a reader does not know is refused, not skipped.

namespace Nestor.Tools.Snapshots;

/// <summary>What a part holds.</summary>
public enum SnapshotPart
{
    /// <summary>The guest's name, UTF-8.</summary>
    Name = 1,

    /// <summary>Pairs of a 64-bit id and a 64-bit value.</summary>
    State = 2,

    /// <summary>Pages of the guest's memory that are not all zero: the page's number (64 bits) and its 4096 bytes.</summary>
    Memory = 3,
}
