// A device tree as plain objects: what a random test writes, and what it must read back.
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Nestor.Tests.Unit.DeviceTrees;

/// <summary>A property with a value of any bytes.</summary>
public sealed record ModelProperty(string Name, byte[] Value);

/// <summary>A node, its properties and its children, in order.</summary>
public sealed record ModelNode(
    string Name, ulong? UnitAddress, IReadOnlyList<ModelProperty> Properties, IReadOnlyList<ModelNode> Children)
{
    /// <summary>The name as it stands in the blob.</summary>
    public string FullName =>
        UnitAddress is { } address ? Name + "@" + address.ToString("x", CultureInfo.InvariantCulture) : Name;

    /// <summary>For the report of a failing test.</summary>
    public override string ToString() =>
        $"{FullName}{{{string.Join(' ', Properties.Select(property => $"{property.Name}[{property.Value.Length}]"))} "
        + $"{string.Join(' ', Children)}}}";
}
