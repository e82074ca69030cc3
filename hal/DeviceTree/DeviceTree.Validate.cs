// The one pass over the whole blob that decides whether it is a device tree. What passes is well-formed to the last
// property, so a truncated or hostile blob is refused at the door, with one answer, and not half-way through booting.

namespace Nestor.Hal;

public readonly unsafe partial struct DeviceTree
{
    /// <summary>Checks header, reservations and structure; the root node, or 0 when anything is wrong.</summary>
    private uint Validate()
    {
        uint structure = Word(DeviceTreeFormat.StructureOffsetAt);
        uint structureSize = Word(DeviceTreeFormat.StructureSizeAt);
        bool known = Word(DeviceTreeFormat.VersionAt) >= DeviceTreeFormat.Version
            && Word(DeviceTreeFormat.LastCompatibleVersionAt) <= DeviceTreeFormat.Version;

        return known
            && (structure & 3) == 0
            && IsBlock(structure, structureSize)
            && IsBlock(Word(DeviceTreeFormat.StringsOffsetAt), Word(DeviceTreeFormat.StringsSizeAt))
            && ReservationsEnd()
            ? ValidateStructure(structure, structure + structureSize)
            : 0;
    }

    /// <summary>Whether a block lies within the blob and behind its header.</summary>
    private bool IsBlock(uint offset, uint size) =>
        offset >= DeviceTreeFormat.HeaderSize && offset <= _size && size <= _size - offset;

    /// <summary>Whether the list of reservations starts within the blob and has its empty last entry.</summary>
    private bool ReservationsEnd()
    {
        uint offset = Word(DeviceTreeFormat.ReservationsOffsetAt);
        if (offset < DeviceTreeFormat.HeaderSize)
        {
            return false;
        }

        while (offset <= _size && _size - offset >= DeviceTreeFormat.ReservationSize)
        {
            if ((Word(offset) | Word(offset + 4) | Word(offset + 8) | Word(offset + 12)) == 0)
            {
                return true;
            }

            offset += DeviceTreeFormat.ReservationSize;
        }

        return false;
    }

    /// <summary>Whether exactly one root fills the structure block up to its END token, nested no deeper than the limit.</summary>
    private uint ValidateStructure(uint start, uint end)
    {
        uint root = 0;
        uint depth = 0;
        bool propertiesMayFollow = false;

        // Each turn but the last moves forward by a word at least, and ends at the block's end at the latest.
        for (uint at = start; ;)
        {
            uint token = Step(at, out uint next);
            if (next > end)
            {
                return 0;
            }

            switch (token)
            {
                case DeviceTreeFormat.BeginNode:
                    bool isRoot = depth == 0;
                    depth++;
                    if (depth > DeviceTreeFormat.MaximumDepth || (isRoot && root != 0) || isRoot != (Name(at).Length == 0))
                    {
                        return 0;
                    }

                    root = isRoot ? at : root;
                    propertiesMayFollow = true;
                    break;

                case DeviceTreeFormat.EndNode:
                    if (depth == 0)
                    {
                        return 0;
                    }

                    depth--;
                    propertiesMayFollow = false;
                    break;

                case DeviceTreeFormat.Property:
                    if (!propertiesMayFollow || PropertyName(at).Length == 0)
                    {
                        return 0;
                    }

                    break;

                case DeviceTreeFormat.Nop:
                    break;

                case DeviceTreeFormat.End:
                    return depth == 0 ? root : 0;

                default:
                    return 0;
            }

            at = next;
        }
    }
}
