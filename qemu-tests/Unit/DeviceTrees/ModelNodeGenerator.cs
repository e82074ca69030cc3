// Random device trees for property tests: names from a small pool, so that the writer's names repeat, and values of
// every length modulo four.
using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace Nestor.Tests.Unit.DeviceTrees;

/// <summary>Where FsCheck finds how to make a <see cref="ModelNode"/>.</summary>
public static class ModelNodeGenerator
{
    private const int DeepestGenerated = 6;

    private static readonly string[] s_propertyNames =
        ["reg", "compatible", "phandle", "#address-cells", "r", "re", "egr", "linux,initrd-start", "status", new('n', 255)];

    private static readonly string[] s_nodeNames = ["cpu", "cpus", "memory", "c", "pl011", "a-rather-long-name,with.all_of+it"];

    /// <summary>Root nodes and all below.</summary>
    public static Arbitrary<ModelNode> Roots() => Arb.From(Node(DeepestGenerated).Select(AsRoot), Smaller);

    private static ModelNode AsRoot(ModelNode node) => node with { Name = "", UnitAddress = null };

    private static Gen<ModelNode> Node(int depth) =>
        from name in Gen.Elements(s_nodeNames)
        from hasAddress in Gen.Elements(false, true)
        from shift in Gen.Choose(0, 63)
        from low in Gen.Choose(0, int.MaxValue)
        from properties in Property().ListOf()
        from childCount in Gen.Choose(0, depth == 0 ? 0 : 3)
        from children in depth == 0 ? Gen.Constant(Array.Empty<ModelNode>()) : Node(depth - 1).ArrayOf(childCount)
        select new ModelNode(
            name,
            hasAddress ? ((ulong)low << 32 | (uint)low) >> shift : null,
            properties.DistinctBy(property => property.Name).ToArray(),
            children);

    private static Gen<ModelProperty> Property() =>
        from name in Gen.Elements(s_propertyNames)
        from length in Gen.Choose(0, 17)
        from value in Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf(length)
        select new ModelProperty(name, value);

    /// <summary>Trees with one thing less, so that a failure is reported with a small one.</summary>
    private static IEnumerable<ModelNode> Smaller(ModelNode node)
    {
        for (int index = 0; index < node.Children.Count; index++)
        {
            ModelNode child = node.Children[index];
            yield return node with { Children = node.Children.Where((_, at) => at != index).ToArray() };
            foreach (ModelNode less in Smaller(child))
            {
                yield return node with { Children = node.Children.Select((one, at) => at == index ? less : one).ToArray() };
            }
        }

        for (int index = 0; index < node.Properties.Count; index++)
        {
            yield return node with { Properties = node.Properties.Where((_, at) => at != index).ToArray() };
        }
    }
}
