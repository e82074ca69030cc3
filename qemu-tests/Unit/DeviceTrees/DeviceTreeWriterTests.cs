// The shapes that the writer offers, and that every misuse of it fails for good instead of making a wrong tree.
using System;
using System.Text;
using Nestor.Hal;
using Nestor.Tests.Unit.HostSupport;
using Xunit;

namespace Nestor.Tests.Unit.DeviceTrees;

public sealed unsafe class DeviceTreeWriterTests : IDisposable
{
    private const int Room = 4096;

    private readonly GuardedMemory _memory = new(Room);

    private delegate void Writing(ref DeviceTreeWriter writer);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Every_shape_of_property_is_laid_out_as_the_specification_says()
    {
        DeviceTreeWriter writer = new(_memory.Start, Room);
        writer.Reserve(0x1234_5678_9ABC, 0x1000);
        writer.BeginNode(""u8);
        writer.AddEmpty("empty"u8);
        writer.AddCell("cell"u8, 0x0102_0304);
        writer.AddCells("cells"u8, 1, 0x200, 0xFFFF_FFFF);
        writer.AddNumber("number"u8, 0x0102_0304_0506_0708);
        writer.AddString("string"u8, "text"u8);
        writer.AddStrings("strings"u8, "one"u8, "three"u8);
        writer.AddBytes("bytes"u8, [9, 8, 7]);
        writer.BeginProperty("mixed"u8);
        writer.AppendCell(5);
        writer.AppendNumber(6);
        writer.AppendString("x"u8);
        writer.AppendBytes([1]);
        writer.EndProperty();
        writer.BeginNode("memory"u8, 0x4000_0000);
        writer.AddReg(0x4000_0000, 0x1_0000_0000);
        writer.EndNode();
        writer.BeginNode("top"u8, ulong.MaxValue);
        writer.EndNode();
        writer.BeginNode("zero"u8, 0);
        writer.EndNode();
        writer.EndNode();
        uint size = writer.Finish();
        Assert.False(writer.Failed);

        // The same tree, put together token by token by hand.
        byte[] expected = new RawTree()
            .Reserve(0x1234_5678_9ABC, 0x1000)
            .Begin("")
                .Property("empty")
                .Property("cell", 1, 2, 3, 4)
                .Property("cells", 0, 0, 0, 1, 0, 0, 2, 0, 255, 255, 255, 255)
                .Property("number", 1, 2, 3, 4, 5, 6, 7, 8)
                .Property("string", [.. "text\0"u8])
                .Property("strings", [.. "one\0three\0"u8])
                .Property("bytes", 9, 8, 7)
                .Property("mixed", 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 6, (byte)'x', 0, 1)
                .Begin("memory@40000000").Property("reg", 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0).End()
                .Begin("top@ffffffffffffffff").End()
                .Begin("zero@0").End()
            .End()
            .Finish();
        AssertSameTree(expected, size);
    }

    [Fact]
    public void A_finished_writer_takes_nothing_more()
    {
        DeviceTreeWriter writer = new(_memory.Start, Room);
        writer.BeginNode(""u8);
        writer.EndNode();
        uint size = writer.Finish();
        byte[] finished = _memory.Span.ToArray();

        writer.Reserve(1, 1);
        writer.BeginNode("more"u8);
        writer.AddCell("more"u8, 1);
        writer.EndNode();
        Assert.Equal(0u, writer.Finish());
        Assert.True(_memory.Span.SequenceEqual(finished));
        Assert.True(DeviceTree.TryOpen(_memory.Start, size, out _));
    }

    [Fact]
    public void A_tree_without_an_end_does_not_open()
    {
        new Random(1).NextBytes(_memory.Span);
        DeviceTreeWriter writer = new(_memory.Start, Room);
        writer.BeginNode(""u8);
        writer.EndNode();
        Assert.False(TreeExerciser.Opens(_memory.Start, Room));
        Assert.NotEqual(0u, writer.Finish());
        Assert.True(TreeExerciser.Opens(_memory.Start, Room));
    }

    [Fact]
    public void No_buffer_is_refused()
    {
        DeviceTreeWriter writer = new(null, Room);
        Assert.True(writer.Failed);
        writer.BeginNode(""u8);
        writer.EndNode();
        Assert.Equal(0u, writer.Finish());
    }

    [Fact]
    public void Nothing_at_all_is_no_tree() => AssertRefused((ref DeviceTreeWriter _) => { });

    [Fact]
    public void A_root_with_a_name_is_refused() => AssertRefused((ref DeviceTreeWriter writer) =>
    {
        writer.BeginNode("root"u8);
        writer.EndNode();
    });

    [Fact]
    public void A_second_root_is_refused() => AssertRefused((ref DeviceTreeWriter writer) =>
    {
        writer.BeginNode(""u8);
        writer.EndNode();
        writer.BeginNode(""u8);
        writer.EndNode();
    });

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    public void A_child_with_a_name_that_cannot_be_is_refused(string name) => AssertRefused((ref DeviceTreeWriter writer) =>
    {
        writer.BeginNode(""u8);
        writer.BeginNode(Encoding.ASCII.GetBytes(name));
        writer.EndNode();
        writer.EndNode();
    });

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public void A_property_with_a_name_that_cannot_be_is_refused(int length) => AssertRefused((ref DeviceTreeWriter writer) =>
    {
        writer.BeginNode(""u8);
        writer.AddCell(Encoding.ASCII.GetBytes(new string('a', length)), 1);
        writer.EndNode();
    });

    [Fact]
    public void A_property_outside_of_a_node_is_refused() => AssertRefused((ref DeviceTreeWriter writer) =>
    {
        writer.AddCell("a"u8, 1);
        writer.BeginNode(""u8);
        writer.EndNode();
    });

    [Fact]
    public void A_property_after_a_child_is_refused() => AssertRefused((ref DeviceTreeWriter writer) =>
    {
        writer.BeginNode(""u8);
        writer.BeginNode("child"u8);
        writer.EndNode();
        writer.AddCell("a"u8, 1);
        writer.EndNode();
    });

    [Fact]
    public void A_value_without_a_property_is_refused() => AssertRefused((ref DeviceTreeWriter writer) =>
    {
        writer.BeginNode(""u8);
        writer.AppendCell(1);
        writer.EndNode();
    });

    [Fact]
    public void A_node_within_a_property_is_refused() => AssertRefused((ref DeviceTreeWriter writer) =>
    {
        writer.BeginNode(""u8);
        writer.BeginProperty("a"u8);
        writer.BeginNode("child"u8);
        writer.EndNode();
        writer.EndProperty();
        writer.EndNode();
    });

    [Fact]
    public void A_node_left_open_is_refused() => AssertRefused((ref DeviceTreeWriter writer) =>
    {
        writer.BeginNode(""u8);
        writer.BeginNode("child"u8);
        writer.EndNode();
    });

    [Fact]
    public void A_node_closed_twice_is_refused() => AssertRefused((ref DeviceTreeWriter writer) =>
    {
        writer.BeginNode(""u8);
        writer.EndNode();
        writer.EndNode();
    });

    [Fact]
    public void A_reservation_after_the_root_is_refused() => AssertRefused((ref DeviceTreeWriter writer) =>
    {
        writer.BeginNode(""u8);
        writer.Reserve(1, 1);
        writer.EndNode();
    });

    [Fact]
    public void A_reservation_that_would_end_the_list_is_refused() => AssertRefused((ref DeviceTreeWriter writer) =>
    {
        writer.Reserve(0, 0);
        writer.BeginNode(""u8);
        writer.EndNode();
    });

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void A_tree_is_no_deeper_than_the_reader_takes(int depth, bool fits)
    {
        DeviceTreeWriter writer = new(_memory.Start, Room);
        for (int level = 0; level < depth; level++)
        {
            writer.BeginNode(level == 0 ? ""u8 : "n"u8);
        }

        for (int level = 0; level < depth; level++)
        {
            writer.EndNode();
        }

        Assert.Equal(fits, writer.Finish() != 0);
        Assert.Equal(fits, TreeExerciser.Opens(_memory.Start, Room));
    }

    private void AssertRefused(Writing write)
    {
        DeviceTreeWriter writer = new(_memory.Start, Room);
        write(ref writer);
        Assert.Equal(0u, writer.Finish());
        Assert.True(writer.Failed);
        Assert.False(TreeExerciser.Opens(_memory.Start, Room));
    }

    /// <summary>Compares everything but the strings, whose order is the writer's own business.</summary>
    private void AssertSameTree(byte[] expected, uint size)
    {
        Assert.Equal((uint)expected.Length, size);
        using GuardedMemory memory = new(expected);
        Assert.True(DeviceTree.TryOpen(memory.Start, size, out DeviceTree wanted));
        Assert.True(DeviceTree.TryOpen(_memory.Start, size, out DeviceTree written));
        uint other = written.NextNode(0);
        for (uint node = wanted.NextNode(0); node != 0; node = wanted.NextNode(node))
        {
            Assert.Equal(TreeExerciser.NameOf(wanted, node), TreeExerciser.NameOf(written, other));
            uint second = written.FirstProperty(other);
            for (uint first = wanted.FirstProperty(node); first != 0; first = wanted.NextProperty(first))
            {
                Assert.Equal(wanted.PropertyName(first).ToArray(), written.PropertyName(second).ToArray());
                Assert.Equal(wanted.PropertyValue(first).ToArray(), written.PropertyValue(second).ToArray());
                second = written.NextProperty(second);
            }

            other = written.NextNode(other);
        }

        Assert.True(wanted.TryGetReservation(0, out ulong address, out ulong length));
        Assert.True(written.TryGetReservation(0, out ulong writtenAddress, out ulong writtenLength));
        Assert.Equal((address, length), (writtenAddress, writtenLength));
        Assert.False(written.TryGetReservation(1, out _, out _));
    }
}
