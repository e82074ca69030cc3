// References between nodes. A phandle may name anything, its own node included, so chains of them are followed
// for a fixed number of steps and a ring of interrupt parents ends as "no controller".

using System;

namespace Nestor.Hal;

public readonly unsafe partial struct DeviceTree
{
    /// <summary>How many interrupt parents are followed until one is a controller.</summary>
    private const uint MaximumInterruptHops = 8;

    /// <summary>The node that has a phandle, or 0.</summary>
    public uint FindPhandle(uint phandle)
    {
        if (phandle is 0 or uint.MaxValue)
        {
            return 0;
        }

        uint node = NextNode(0);
        while (node != 0 && !(TryGetNumber(node, "phandle"u8, out ulong own) && own == phandle))
        {
            node = NextNode(node);
        }

        return node;
    }

    /// <summary>The node named by the "interrupt-parent" of a node, or of the nearest node around it; or 0.</summary>
    public uint InterruptParent(uint node)
    {
        // Goes up a level each time.
        while (node != 0)
        {
            if (TryGetProperty(node, "interrupt-parent"u8, out ReadOnlySpan<byte> value))
            {
                return FindPhandle(ReadCell(value, 0));
            }

            node = Parent(node);
        }

        return 0;
    }

    /// <summary>The interrupt controller that the interrupts of a node end at, or 0. Interrupt maps are not applied.</summary>
    public uint InterruptController(uint node)
    {
        for (uint hop = 0; hop < MaximumInterruptHops; hop++)
        {
            node = InterruptParent(node);
            if (node == 0 || HasProperty(node, "interrupt-controller"u8))
            {
                return node;
            }
        }

        return 0;
    }

    /// <summary>
    /// The cells of entry number index of a node's "interrupts", as many as its controller's "#interrupt-cells" says:
    /// for a GIC kind, number and flags.
    /// </summary>
    public bool TryGetInterrupt(uint node, uint index, out ReadOnlySpan<byte> specifier)
    {
        specifier = default;
        uint controller = InterruptController(node);
        if (controller == 0
            || !TryGetNumber(controller, "#interrupt-cells"u8, out ulong cells)
            || !TryGetProperty(node, "interrupts"u8, out ReadOnlySpan<byte> value)
            || cells == 0 || cells > CellCount(value)
            || index >= CellCount(value) / (uint)cells)
        {
            return false;
        }

        int size = (int)cells * 4;
        specifier = value.Slice((int)index * size, size);
        return true;
    }
}
