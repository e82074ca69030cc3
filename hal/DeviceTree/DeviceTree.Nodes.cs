// Finding one's way among the nodes. Everything is a walk forward over tokens: each step moves the offset up, so
// every loop ends with the blob, and there is no stack to overflow.

using System;

namespace Nestor.Hal;

public readonly unsafe partial struct DeviceTree
{
    /// <summary>The node's name with its unit address, such as "pl011@9000000"; empty for the root.</summary>
    public ReadOnlySpan<byte> Name(uint node)
    {
        _ = TryText(node + 4, _size, out ReadOnlySpan<byte> name);
        return name;
    }

    /// <summary>The first node within a node, or 0.</summary>
    public uint FirstChild(uint node)
    {
        if (node == 0 || Step(node, out uint at) != DeviceTreeFormat.BeginNode)
        {
            return 0;
        }

        for (; ; )
        {
            uint token = Step(at, out uint next);
            if (token == DeviceTreeFormat.BeginNode)
            {
                return at;
            }

            if (token != DeviceTreeFormat.Property && token != DeviceTreeFormat.Nop)
            {
                return 0;
            }

            at = next;
        }
    }

    /// <summary>The next node with the same parent, or 0.</summary>
    public uint NextSibling(uint node)
    {
        if (node == 0)
        {
            return 0;
        }

        uint depth = 0;
        for (uint at = node; ;)
        {
            uint token = Step(at, out uint next);
            switch (token)
            {
                case DeviceTreeFormat.BeginNode:
                    if (depth == 0 && at != node)
                    {
                        return at;
                    }

                    depth++;
                    break;

                case DeviceTreeFormat.EndNode:
                    if (depth == 0)
                    {
                        return 0;
                    }

                    depth--;
                    break;

                case DeviceTreeFormat.Property:
                case DeviceTreeFormat.Nop:
                    break;

                default:
                    return 0;
            }

            at = next;
        }
    }

    /// <summary>The next node in the order of the blob, whatever its depth; the root when after is 0; 0 at the end.</summary>
    public uint NextNode(uint after)
    {
        if (after == 0)
        {
            return _root;
        }

        _ = Step(after, out uint at);
        for (; ; )
        {
            uint token = Step(at, out uint next);
            if (token == DeviceTreeFormat.BeginNode)
            {
                return at;
            }

            if (token is DeviceTreeFormat.End or NoToken)
            {
                return 0;
            }

            at = next;
        }
    }

    /// <summary>The node that a node lies in; 0 for the root.</summary>
    public uint Parent(uint node)
    {
        uint parent = _root;
        uint child = FirstChild(parent);
        while (child != 0 && child <= node)
        {
            if (child == node)
            {
                return parent;
            }

            uint next = NextSibling(child);
            if (next == 0 || node < next)
            {
                parent = child;
                child = FirstChild(child);
            }
            else
            {
                child = next;
            }
        }

        return 0;
    }

    /// <summary>
    /// The node at a path such as "/cpus/cpu@0"; 0 when there is none. A part without a unit address
    /// also finds the first node that has one: "/memory" finds "/memory@40000000".
    /// </summary>
    public uint FindNode(ReadOnlySpan<byte> path)
    {
        if (path.Length == 0 || path[0] != (byte)'/')
        {
            return 0;
        }

        uint node = _root;
        int start = 1;
        while (node != 0 && start < path.Length)
        {
            int end = start;
            while (end < path.Length && path[end] != (byte)'/')
            {
                end++;
            }

            if (end > start)
            {
                node = FindChild(node, path.Slice(start, end - start));
            }

            start = end + 1;
        }

        return node;
    }

    /// <summary>The first child of a node with a name, which may leave out the unit address; 0 when there is none.</summary>
    public uint FindChild(uint node, ReadOnlySpan<byte> name)
    {
        uint child = FirstChild(node);
        while (child != 0 && !IsNamed(child, name))
        {
            child = NextSibling(child);
        }

        return child;
    }

    /// <summary>Whether a node has this name, or has it before its unit address.</summary>
    public bool IsNamed(uint node, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> own = Name(node);
        if (own.Length < name.Length || !Bytes.Equal(own.Slice(0, name.Length), name))
        {
            return false;
        }

        return own.Length == name.Length || own[name.Length] == (byte)'@';
    }
}
