// For any tree: what the writer writes, the reader reads back, in exactly the room that it takes and never in less.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck.Xunit;
using Nestor.Hal;
using Nestor.Tests.Unit.HostSupport;
using Xunit;

namespace Nestor.Tests.Unit.DeviceTrees;

[Properties(Arbitrary = [typeof(ModelNodeGenerator)], MaxTest = 100)]
public sealed unsafe class DeviceTreeRoundTripTests
{
    private const int Plenty = 256 * 1024;

    [Property]
    public void A_tree_reads_back_as_it_was_written(ModelNode root)
    {
        using GuardedMemory memory = new(Plenty);
        uint size = ModelWriter.Write(root, memory.Start, Plenty);
        Assert.NotEqual(0u, size);

        using GuardedMemory exact = new(memory.Span[..(int)size]);
        Assert.True(DeviceTree.TryOpen(exact.Start, size, out DeviceTree tree));
        Assert.Equal(size, tree.TotalSize);
        Compare(root, tree, tree.Root, "");
        Assert.Equal(Count(root), TreeExerciser.WalkAndCheck(tree));
    }

    [Property]
    public void A_tree_needs_its_own_size_and_no_byte_more(ModelNode root)
    {
        using GuardedMemory memory = new(Plenty);
        int size = (int)ModelWriter.Write(root, memory.Start, Plenty);

        using GuardedMemory exact = new(size);
        Assert.Equal((uint)size, ModelWriter.Write(root, exact.Start, (uint)size));
        Assert.True(memory.Span[..size].SequenceEqual(exact.Span));

        // A buffer that is too small is refused, and the unmapped page behind it is not touched.
        int step = Math.Max(1, size / 50);
        for (int less = size - 1; less >= 0; less -= step)
        {
            using GuardedMemory small = new(less);
            Assert.Equal(0u, ModelWriter.Write(root, small.Start, (uint)less));
            Assert.False(TreeExerciser.Opens(small.Start, less));
        }
    }

    [Property]
    public void Each_property_name_is_stored_once(ModelNode root)
    {
        using GuardedMemory memory = new(Plenty);
        _ = ModelWriter.Write(root, memory.Start, Plenty);
        Assert.Equal(
            (uint)Names(root).Distinct().Sum(name => name.Length + 1),
            RawTree.Peek(memory.Span, RawTree.StringsSizeAt));
    }

    private static void Compare(ModelNode expected, DeviceTree tree, uint node, string path)
    {
        path += "/" + expected.FullName;
        Assert.Equal(expected.FullName, TreeExerciser.NameOf(tree, node));
        uint property = tree.FirstProperty(node);
        foreach (ModelProperty one in expected.Properties)
        {
            Assert.Equal(one.Name, Encoding.Latin1.GetString(tree.PropertyName(property)));
            Assert.Equal(one.Value, tree.PropertyValue(property).ToArray());
            Assert.True(tree.TryGetProperty(node, Encoding.Latin1.GetBytes(one.Name), out ReadOnlySpan<byte> value));
            Assert.Equal(one.Value, value.ToArray());
            property = tree.NextProperty(property);
        }

        Assert.Equal(0u, property);
        uint child = tree.FirstChild(node);
        foreach (ModelNode one in expected.Children)
        {
            Assert.Equal(node, tree.Parent(child));
            Compare(one, tree, child, path);
            child = tree.NextSibling(child);
        }

        Assert.Equal(0u, child);
    }

    private static int Count(ModelNode node) => 1 + node.Children.Sum(Count);

    private static IEnumerable<string> Names(ModelNode node) =>
        node.Properties.Select(property => property.Name).Concat(node.Children.SelectMany(Names));
}
