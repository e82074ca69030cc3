// Properties. A value of any shape is begun, appended to and ended; the common shapes are one call each.

using System;

namespace Nestor.Hal;

public unsafe partial struct DeviceTreeWriter
{
    /// <summary>Begins a property whose value follows in Append calls.</summary>
    public void BeginProperty(ReadOnlySpan<byte> name)
    {
        if (!Expect(Now == Phase.PropertiesOrNodes
            && IsName(name) && name.Length <= DeviceTreeFormat.MaximumPropertyName))
        {
            return;
        }

        uint property = _position;
        Put32(DeviceTreeFormat.Property);
        Put32(0);
        Put32(PutName(name));
        if (!IsClosed)
        {
            Note(OpenPropertyAt, property);
            Enter(Phase.Value);
        }
    }

    /// <summary>Appends a number of 32 bits to the property.</summary>
    public void AppendCell(uint value)
    {
        if (Expect(Now == Phase.Value))
        {
            Put32(value);
        }
    }

    /// <summary>Appends a number of 64 bits, which is two cells, to the property.</summary>
    public void AppendNumber(ulong value)
    {
        if (Expect(Now == Phase.Value))
        {
            Put64(value);
        }
    }

    /// <summary>Appends a string and its NUL to the property; several make a string list.</summary>
    public void AppendString(ReadOnlySpan<byte> text)
    {
        if (Expect(Now == Phase.Value))
        {
            PutText(text);
        }
    }

    /// <summary>Appends bytes as they are to the property.</summary>
    public void AppendBytes(ReadOnlySpan<byte> value)
    {
        if (Expect(Now == Phase.Value))
        {
            PutBytes(value);
        }
    }

    /// <summary>Ends the property.</summary>
    public void EndProperty()
    {
        if (Expect(Now == Phase.Value))
        {
            uint property = Noted(OpenPropertyAt);
            Note(property + 4, _position - property - DeviceTreeFormat.PropertyHeaderSize);
            PutPadding();
            Enter(Phase.PropertiesOrNodes);
        }
    }

    /// <summary>Adds a property that is there and has no value.</summary>
    public void AddEmpty(ReadOnlySpan<byte> name)
    {
        BeginProperty(name);
        EndProperty();
    }

    /// <summary>Adds a property of one cell.</summary>
    public void AddCell(ReadOnlySpan<byte> name, uint value)
    {
        BeginProperty(name);
        AppendCell(value);
        EndProperty();
    }

    /// <summary>Adds a property of three cells, such as an interrupt of a GIC.</summary>
    public void AddCells(ReadOnlySpan<byte> name, uint first, uint second, uint third)
    {
        BeginProperty(name);
        AppendCell(first);
        AppendCell(second);
        AppendCell(third);
        EndProperty();
    }

    /// <summary>Adds a property that is one number of 64 bits.</summary>
    public void AddNumber(ReadOnlySpan<byte> name, ulong value)
    {
        BeginProperty(name);
        AppendNumber(value);
        EndProperty();
    }

    /// <summary>Adds a property that is one string.</summary>
    public void AddString(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        BeginProperty(name);
        AppendString(text);
        EndProperty();
    }

    /// <summary>Adds a property that is a list of two strings.</summary>
    public void AddStrings(ReadOnlySpan<byte> name, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        BeginProperty(name);
        AppendString(first);
        AppendString(second);
        EndProperty();
    }

    /// <summary>Adds a property of these bytes.</summary>
    public void AddBytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        BeginProperty(name);
        AppendBytes(value);
        EndProperty();
    }

    /// <summary>Adds "reg" with one entry, for a parent with two address cells and two size cells.</summary>
    public void AddReg(ulong address, ulong size)
    {
        BeginProperty("reg"u8);
        AppendNumber(address);
        AppendNumber(size);
        EndProperty();
    }
}
