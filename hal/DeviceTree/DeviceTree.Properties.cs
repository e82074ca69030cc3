// Properties of a node: raw, or read as one of the few shapes that the specification knows.

using System;

namespace Nestor.Hal;

public readonly unsafe partial struct DeviceTree
{
    /// <summary>The first property of a node, or 0.</summary>
    public uint FirstProperty(uint node) =>
        node != 0 && Step(node, out uint next) == DeviceTreeFormat.BeginNode ? PropertyAt(next) : 0;

    /// <summary>The next property of the same node, or 0.</summary>
    public uint NextProperty(uint property) =>
        property != 0 && Step(property, out uint next) == DeviceTreeFormat.Property ? PropertyAt(next) : 0;

    /// <summary>The name of a property.</summary>
    public ReadOnlySpan<byte> PropertyName(uint property)
    {
        uint strings = Word(DeviceTreeFormat.StringsOffsetAt);
        uint size = Word(DeviceTreeFormat.StringsSizeAt);
        uint offset = Word(property + 8);
        ReadOnlySpan<byte> name = default;
        if (offset < size)
        {
            uint left = size - offset;
            uint limit = left <= DeviceTreeFormat.MaximumPropertyName ? left : DeviceTreeFormat.MaximumPropertyName + 1;
            _ = TryText(strings + offset, strings + offset + limit, out name);
        }

        return name;
    }

    /// <summary>The bytes of a property.</summary>
    public ReadOnlySpan<byte> PropertyValue(uint property) =>
        Step(property, out _) == DeviceTreeFormat.Property
            ? new ReadOnlySpan<byte>(_blob + property + DeviceTreeFormat.PropertyHeaderSize, (int)Word(property + 4))
            : default;

    /// <summary>The bytes of the property of a node that has this name; false when there is none.</summary>
    public bool TryGetProperty(uint node, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        // Token by token, as FirstProperty and NextProperty do, but with one look at each.
        uint at = 0;
        bool isWithin = node != 0 && Step(node, out at) == DeviceTreeFormat.BeginNode;
        while (isWithin)
        {
            uint token = Step(at, out uint next);
            if (token == DeviceTreeFormat.Property && IsPropertyNamed(at, name))
            {
                value = PropertyValue(at);
                return true;
            }

            isWithin = token is DeviceTreeFormat.Property or DeviceTreeFormat.Nop;
            at = next;
        }

        value = default;
        return false;
    }

    // Every search of a start comes by here for each property: the end of a name that differs early is not looked for.
    private bool IsPropertyNamed(uint property, ReadOnlySpan<byte> name)
    {
        uint size = Word(DeviceTreeFormat.StringsSizeAt);
        uint offset = Word(property + 8);
        ulong start = (ulong)Word(DeviceTreeFormat.StringsOffsetAt) + offset;
        if (offset >= size || size - offset <= (uint)name.Length || start + (uint)name.Length >= _size)
        {
            return false;
        }

        for (int i = 0; i < name.Length; i++)
        {
            if (_blob[start + (uint)i] != name[i])
            {
                return false;
            }
        }

        return _blob[start + (uint)name.Length] == 0;
    }

    /// <summary>Whether a node has a property, which may be empty.</summary>
    public bool HasProperty(uint node, ReadOnlySpan<byte> name) => TryGetProperty(node, name, out _);

    /// <summary>A property that is one number of 32 or 64 bits; false when it is absent or has another length.</summary>
    public bool TryGetNumber(uint node, ReadOnlySpan<byte> name, out ulong number)
    {
        number = 0;
        return TryGetProperty(node, name, out ReadOnlySpan<byte> value)
            && value.Length is 4 or 8
            && TryReadCells(value, 0, (uint)value.Length / 4, out number);
    }

    /// <summary>A property that is text, without its NUL (of several strings the first); false when it has no NUL.</summary>
    public bool TryGetString(uint node, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
    {
        text = default;
        return TryGetProperty(node, name, out ReadOnlySpan<byte> value) && TryGetStringAt(value, 0, out text);
    }

    /// <summary>Whether one of the strings in a property of a node is this one.</summary>
    public bool HasString(uint node, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (!TryGetProperty(node, name, out ReadOnlySpan<byte> value))
        {
            return false;
        }

        // Moves on by a NUL at least each time.
        int at = 0;
        while (TryGetStringAt(value, at, out ReadOnlySpan<byte> one))
        {
            if (Bytes.Equal(one, text))
            {
                return true;
            }

            at += one.Length + 1;
        }

        return false;
    }

    /// <summary>Whether a node says that it is compatible with something.</summary>
    public bool IsCompatible(uint node, ReadOnlySpan<byte> name) => HasString(node, "compatible"u8, name);

    /// <summary>Whether a node may be used: it has no status, or its status is okay.</summary>
    public bool IsEnabled(uint node) =>
        !HasProperty(node, "status"u8) || HasString(node, "status"u8, "okay"u8) || HasString(node, "status"u8, "ok"u8);

    /// <summary>The next node after one (0: from the root) that is compatible with something, in the order of the blob; or 0.</summary>
    public uint FindCompatible(uint after, ReadOnlySpan<byte> name) => FindString(after, "compatible"u8, name);

    /// <summary>The next node after one (0: from the root) with this string in a property, in the order of the blob; or 0.</summary>
    public uint FindString(uint after, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        uint node = NextNode(after);
        while (node != 0 && !HasString(node, name, text))
        {
            node = NextNode(node);
        }

        return node;
    }

    /// <summary>The string that starts at an index of a string list; false when no NUL ends it.</summary>
    private static bool TryGetStringAt(ReadOnlySpan<byte> list, int start, out ReadOnlySpan<byte> text)
    {
        for (int at = start; at < list.Length; at++)
        {
            if (list[at] == 0)
            {
                text = list.Slice(start, at - start);
                return true;
            }
        }

        text = default;
        return false;
    }

    /// <summary>The property at an offset or behind the padding there; 0 when something else follows.</summary>
    private uint PropertyAt(uint at)
    {
        for (; ; )
        {
            uint token = Step(at, out uint next);
            if (token == DeviceTreeFormat.Property)
            {
                return at;
            }

            if (token != DeviceTreeFormat.Nop)
            {
                return 0;
            }

            at = next;
        }
    }
}
