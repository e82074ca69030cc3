// The numbers of the flattened device tree format (Devicetree Specification v0.4, chapter 5), shared by reader and writer.

namespace Nestor.Hal;

/// <summary>Offsets of the header's words, tokens of the structure block, and the limits that we set ourselves.</summary>
internal static class DeviceTreeFormat
{
    public const uint Magic = 0xD00D_FEED;
    public const uint Version = 17;
    public const uint LastCompatibleVersion = 16;

    public const uint MagicAt = 0;
    public const uint TotalSizeAt = 4;
    public const uint StructureOffsetAt = 8;
    public const uint StringsOffsetAt = 12;
    public const uint ReservationsOffsetAt = 16;
    public const uint VersionAt = 20;
    public const uint LastCompatibleVersionAt = 24;
    public const uint BootCpuAt = 28;
    public const uint StringsSizeAt = 32;
    public const uint StructureSizeAt = 36;
    public const uint HeaderSize = 40;

    public const uint ReservationSize = 16;

    /// <summary>Opens a node: the token, then its name with a NUL, padded to four bytes.</summary>
    public const uint BeginNode = 1;

    /// <summary>Closes a node.</summary>
    public const uint EndNode = 2;

    /// <summary>A property: the token, length, offset of its name in the strings block, value padded to four bytes.</summary>
    public const uint Property = 3;

    /// <summary>Padding that means nothing.</summary>
    public const uint Nop = 4;

    /// <summary>The end of the structure block.</summary>
    public const uint End = 9;

    /// <summary>What stands before a property's value: token, length, name offset.</summary>
    public const uint PropertyHeaderSize = 12;

    /// <summary>The largest blob. Linux has the same limit on arm64; no sum of two offsets below it can overflow.</summary>
    public const uint MaximumSize = 2 * 1024 * 1024;

    /// <summary>The deepest node; the root is at depth 1.</summary>
    public const uint MaximumDepth = 32;

    /// <summary>
    /// The longest property name; the specification says 31. Without a limit a few properties that share a name of
    /// a megabyte would make every look-up walk it again.
    /// </summary>
    public const uint MaximumPropertyName = 255;

    /// <summary>The next multiple of four, which every token and every value is padded to.</summary>
    public static uint Align(uint offset) => (offset + 3) & ~3u;
}
