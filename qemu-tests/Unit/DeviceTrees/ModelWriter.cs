// Feeds a model tree to the writer under test.
using System;
using System.Text;
using Nestor.Hal;

namespace Nestor.Tests.Unit.DeviceTrees;

/// <summary>Writes a <see cref="ModelNode"/> as a device tree.</summary>
internal static unsafe class ModelWriter
{
    /// <summary>Writes into a buffer and answers the size, or 0.</summary>
    public static uint Write(ModelNode root, byte* buffer, uint capacity)
    {
        DeviceTreeWriter writer = new(buffer, capacity);
        Write(root, ref writer);
        return writer.Finish();
    }

    private static void Write(ModelNode node, ref DeviceTreeWriter writer)
    {
        if (node.UnitAddress is { } address)
        {
            writer.BeginNode(Encoding.Latin1.GetBytes(node.Name), address);
        }
        else
        {
            writer.BeginNode(Encoding.Latin1.GetBytes(node.Name));
        }

        foreach (ModelProperty property in node.Properties)
        {
            writer.AddBytes(Encoding.Latin1.GetBytes(property.Name), property.Value);
        }

        foreach (ModelNode child in node.Children)
        {
            Write(child, ref writer);
        }

        writer.EndNode();
    }
}
