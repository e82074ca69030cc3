// Builds the device tree that a guest is given, straight into the memory where the guest will find it. Tokens grow
// from the start of the buffer and names from its end; Finish moves the two together. What remains to be remembered
// meanwhile lies in words of the header that are written only by Finish: so the writer itself is 16 bytes, small
// enough to be copied without vector registers, and a tree that was never finished has no magic number.

using System;

namespace Nestor.Hal;

/// <summary>
/// Writes a flattened device tree. The order is the format's: reservations, then nodes, in each node properties
/// before children. Whatever does not fit, or comes out of order, sets <see cref="Failed"/>; from then on nothing
/// more is written and <see cref="Finish"/> answers 0, so a caller checks once, at the end.
/// </summary>
public unsafe partial struct DeviceTreeWriter
{
    // Where the writer keeps its notes until Finish writes the header.
    private const uint StructureStartAt = DeviceTreeFormat.StructureOffsetAt;
    private const uint StringsSizeAt = DeviceTreeFormat.StringsSizeAt;
    private const uint DepthAt = DeviceTreeFormat.VersionAt;
    private const uint PhaseAt = DeviceTreeFormat.LastCompatibleVersionAt;
    private const uint OpenPropertyAt = DeviceTreeFormat.StructureSizeAt;

    /// <summary>What may come next.</summary>
    private enum Phase : uint
    {
        Reservations,
        PropertiesOrNodes,
        Nodes,
        Value,
        RootClosed,
        Closed,
    }

    private readonly byte* _buffer;
    private uint _capacity;
    private uint _position;

    /// <summary>Starts a tree in a buffer that the caller owns until Finish.</summary>
    public DeviceTreeWriter(byte* buffer, uint capacity)
    {
        bool usable = buffer != null && capacity >= DeviceTreeFormat.HeaderSize;
        _buffer = buffer;
        _capacity = !usable ? 0 : capacity < DeviceTreeFormat.MaximumSize ? capacity : DeviceTreeFormat.MaximumSize;
        _position = DeviceTreeFormat.HeaderSize;
        if (usable)
        {
            for (uint at = 0; at < DeviceTreeFormat.HeaderSize; at += 4)
            {
                Note(at, 0);
            }
        }
    }

    /// <summary>Whether something did not fit or came out of order.</summary>
    public readonly bool Failed => IsClosed && _position != 0;

    /// <summary>Whether the writer takes nothing more, because it failed or because the tree is finished.</summary>
    private readonly bool IsClosed => _capacity == 0;

    /// <summary>Adds memory that the reader must not use. Only before the first node.</summary>
    public void Reserve(ulong address, ulong size)
    {
        if (Expect(Now == Phase.Reservations && (address | size) != 0))
        {
            Put64(address);
            Put64(size);
        }
    }

    /// <summary>Opens a node; the first one is the root, whose name is empty.</summary>
    public void BeginNode(ReadOnlySpan<byte> name)
    {
        PutNodeStart(name);
        PutText(name);
        PutPadding();
    }

    /// <summary>Opens a node with a unit address, written in hexadecimal: name@9000000.</summary>
    public void BeginNode(ReadOnlySpan<byte> name, ulong unitAddress)
    {
        PutNodeStart(name);
        PutBytes(name);
        PutByte((byte)'@');
        int shift = 60;
        while (shift > 0 && (unitAddress >> shift) == 0)
        {
            shift -= 4;
        }

        for (; shift >= 0; shift -= 4)
        {
            PutByte(HexDigit.Of(unitAddress >> shift));
        }

        PutByte(0);
        PutPadding();
    }

    /// <summary>Closes the node opened last.</summary>
    public void EndNode()
    {
        if (Expect(Now is Phase.PropertiesOrNodes or Phase.Nodes))
        {
            Put32(DeviceTreeFormat.EndNode);
            uint depth = Noted(DepthAt) - 1;
            Note(DepthAt, depth);
            Enter(depth == 0 ? Phase.RootClosed : Phase.Nodes);
        }
    }

    /// <summary>Ends the tree and answers its size; 0 when the writer has failed or a node is still open.</summary>
    public uint Finish()
    {
        if (!Expect(Now == Phase.RootClosed))
        {
            return 0;
        }

        Put32(DeviceTreeFormat.End);
        return IsClosed ? 0 : Seal();
    }

    private readonly Phase Now => IsClosed ? Phase.Closed : (Phase)Noted(PhaseAt);

    private readonly void Enter(Phase phase)
    {
        if (!IsClosed)
        {
            Note(PhaseAt, (uint)phase);
        }
    }

    /// <summary>The token of a node, after the end of the reservations when it is the first.</summary>
    private void PutNodeStart(ReadOnlySpan<byte> name)
    {
        Phase now = Now;
        bool isRoot = now == Phase.Reservations;
        bool isInside = now is Phase.PropertiesOrNodes or Phase.Nodes;
        if (!Expect((isRoot && name.Length == 0) || (isInside && IsName(name))))
        {
            return;
        }

        if (isRoot)
        {
            Put64(0);
            Put64(0);
            if (IsClosed)
            {
                return;
            }

            Note(StructureStartAt, _position);
        }

        uint depth = Noted(DepthAt) + 1;
        if (Expect(depth <= DeviceTreeFormat.MaximumDepth))
        {
            Note(DepthAt, depth);
            Enter(Phase.PropertiesOrNodes);
            Put32(DeviceTreeFormat.BeginNode);
        }
    }

    /// <summary>A name that reads back as itself.</summary>
    private static bool IsName(ReadOnlySpan<byte> name)
    {
        for (int index = 0; index < name.Length; index++)
        {
            if (name[index] is 0 or (byte)'/')
            {
                return false;
            }
        }

        return name.Length != 0;
    }
}
