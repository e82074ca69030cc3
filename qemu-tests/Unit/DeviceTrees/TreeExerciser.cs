// Asks a device tree everything that can be asked about every node, as a booting kernel might.
using System;
using System.Text;
using Nestor.Hal;
using Xunit;

namespace Nestor.Tests.Unit.DeviceTrees;

/// <summary>Calls every query of the reader on every node and property.</summary>
internal static unsafe class TreeExerciser
{
    /// <summary>Whether bytes at an address open as a device tree.</summary>
    public static bool Opens(byte* blob, int size) => DeviceTree.TryOpen(blob, (uint)size, out _);

    /// <summary>Walks a tree that nobody changes meanwhile, checks that the answers agree, and counts its nodes.</summary>
    public static int WalkAndCheck(DeviceTree tree)
    {
        int count = 0;
        for (uint node = tree.NextNode(0); node != 0; node = tree.NextNode(node))
        {
            count++;
            uint parent = tree.Parent(node);
            Assert.Equal(node == tree.Root, parent == 0);
            Assert.Equal(node == tree.Root, tree.Name(node).Length == 0);
            bool isChild = node == tree.Root;
            for (uint child = tree.FirstChild(parent); child != 0; child = tree.NextSibling(child))
            {
                isChild |= child == node;
            }

            Assert.True(isChild, "a node is not among its parent's children");
            Ask(tree, node);
        }

        return count;
    }

    /// <summary>Asks about whatever lies at an offset; answers do not matter, staying within the blob does.</summary>
    public static void Ask(DeviceTree tree, uint node)
    {
        int bytes = tree.Name(node).Length;
        for (uint property = tree.FirstProperty(node); property != 0; property = tree.NextProperty(property))
        {
            bytes += tree.PropertyName(property).Length;
            foreach (byte one in tree.PropertyValue(property))
            {
                bytes += one;
            }
        }

        for (uint index = 0; index < 3; index++)
        {
            if (tree.TryGetReg(node, index, out ulong address, out ulong size))
            {
                bytes += (int)(address ^ size);
            }

            if (tree.TryGetInterrupt(node, index, out ReadOnlySpan<byte> specifier))
            {
                bytes += specifier[^1];
            }

            if (tree.TryGetReservation(index, out address, out size))
            {
                bytes += (int)(address ^ size);
            }
        }

        _ = tree.Parent(node);
        _ = tree.NextSibling(node);
        _ = tree.FirstChild(node);
        _ = tree.FindChild(node, "cpu"u8);
        _ = tree.PropertyValue(node);
        _ = tree.PropertyName(node);
        _ = tree.NextProperty(node);
        _ = tree.IsEnabled(node);
        _ = tree.IsCompatible(node, "arm,pl011"u8);
        _ = tree.TryGetString(node, "compatible"u8, out _);
        _ = tree.TryGetNumber(node, "phandle"u8, out _);
        GC.KeepAlive(bytes);
    }

    /// <summary>The name of a node as text.</summary>
    public static string NameOf(DeviceTree tree, uint node) => Encoding.Latin1.GetString(tree.Name(node));
}
