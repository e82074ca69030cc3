// Blobs made to break a reader. Each is one change away from a blob that opens, and the blob lies against an unmapped
// page: a reader that looks one byte too far ends the test run.
using System;
using System.Linq;
using Nestor.Hal;
using Nestor.Tests.Unit.HostSupport;
using Xunit;

namespace Nestor.Tests.Unit.DeviceTrees;

public sealed unsafe class DeviceTreeHostileTests
{
    private const int DepthLimit = 32;

    [Fact]
    public void The_blob_that_the_others_are_changed_from_opens() => Assert.True(Opens(Good()));

    [Fact]
    public void A_truncated_blob_is_refused_at_every_length()
    {
        byte[] good = Good();
        for (int length = 0; length < good.Length; length++)
        {
            // As the header tells it, and with a header that has been made to agree with the truncation.
            byte[] cut = good[..length];
            Assert.False(Opens(cut), $"opened with {length} of {good.Length} bytes");
            if (length >= 8)
            {
                RawTree.Poke(cut, RawTree.TotalSizeAt, (uint)length);
                Assert.False(Opens(cut), $"opened with {length} of {good.Length} bytes and a header that says so");
            }
        }
    }

    [Fact]
    public void A_truncated_structure_is_refused_at_every_length()
    {
        byte[] blob = Good();
        uint whole = RawTree.Peek(blob, RawTree.StructureSizeAt);
        for (uint length = 0; length < whole; length++)
        {
            RawTree.Poke(blob, RawTree.StructureSizeAt, length);
            Assert.False(Opens(blob), $"opened with {length} of {whole} bytes of structure");
        }
    }

    [Theory]
    [InlineData(0, 0xD00DFEEEu)]
    [InlineData(RawTree.TotalSizeAt, 0u)]
    [InlineData(RawTree.TotalSizeAt, 39u)]
    [InlineData(RawTree.TotalSizeAt, 0x7FFFFFFFu)]
    [InlineData(RawTree.TotalSizeAt, 0xFFFFFFFFu)]
    [InlineData(RawTree.StructureOffsetAt, 0u)]
    [InlineData(RawTree.StructureOffsetAt, 57u)]
    [InlineData(RawTree.StructureOffsetAt, 0x7FFFFFFCu)]
    [InlineData(RawTree.StructureOffsetAt, 0xFFFFFFFCu)]
    [InlineData(RawTree.StructureSizeAt, 0xFFFFFFFFu)]
    [InlineData(RawTree.StructureSizeAt, 0u)]
    [InlineData(RawTree.StringsOffsetAt, 0u)]
    [InlineData(RawTree.StringsOffsetAt, 0xFFFFFFFFu)]
    [InlineData(RawTree.StringsSizeAt, 0xFFFFFFFFu)]
    [InlineData(RawTree.StringsSizeAt, 0u)]
    [InlineData(RawTree.ReservationsOffsetAt, 0u)]
    [InlineData(RawTree.ReservationsOffsetAt, 0xFFFFFFF0u)]
    [InlineData(RawTree.ReservationsOffsetAt, 0xFFFFFFFFu)]
    [InlineData(RawTree.VersionAt, 16u)]
    [InlineData(RawTree.LastCompatibleVersionAt, 18u)]
    public void A_header_that_lies_is_refused(int field, uint value)
    {
        byte[] blob = Good();
        RawTree.Poke(blob, field, value);
        Assert.False(Opens(blob));
    }

    [Fact]
    public void Nothing_is_opened_at_null() => Assert.False(DeviceTree.TryOpen(null, 4096, out _));

    [Fact]
    public void A_blob_larger_than_the_limit_is_refused()
    {
        byte[] blob = Good();
        Array.Resize(ref blob, (2 * 1024 * 1024) + 4);
        RawTree.Poke(blob, RawTree.TotalSizeAt, (uint)blob.Length);
        Assert.False(Opens(blob));
        RawTree.Poke(blob, RawTree.TotalSizeAt, (uint)blob.Length - 4);
        Assert.True(Opens(blob));
    }

    [Fact]
    public void Reservations_without_an_end_are_refused()
    {
        RawTree tree = new();
        byte[] blob = tree.Begin("").End().Finish();
        RawTree.Poke(blob, RawTree.ReservationsOffsetAt, (uint)blob.Length - 8);
        Assert.False(Opens(blob));
    }

    [Theory]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(0xFFFFFFF0u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(200u)]
    public void A_property_longer_than_the_blob_is_refused(uint length)
    {
        byte[] blob = new RawTree().Begin("").Token(3).Token(length).Token(0).Token(0x6100_0000).End().Finish();
        Assert.False(Opens(blob));
    }

    [Fact]
    public void A_property_that_reaches_into_the_strings_is_refused()
    {
        // Fits into the blob, and ends at the structure's end: END would lie among the names.
        byte[] blob = new RawTree().Begin("").Property("aaaaaaaaaaaaaaaa").Token(3).Token(12).Token(0).End().Finish();
        Assert.False(Opens(blob));
    }

    [Fact]
    public void A_name_outside_the_strings_or_without_an_end_is_refused()
    {
        byte[] outside = new RawTree().Begin("").Property("ab").End().Finish();
        Assert.True(Opens(outside));
        RawTree.Poke(outside, RawTree.StringsSizeAt, 2);
        Assert.False(Opens(outside));

        foreach (uint offset in (uint[])[3, 4, 0x7FFFFFFF, 0xFFFFFFFF])
        {
            byte[] blob = new RawTree().Begin("").Property("ab").Token(3).Token(0).Token(offset).End().Finish();
            Assert.False(Opens(blob), $"opened with a name at {offset}");
        }
    }

    [Fact]
    public void A_property_name_longer_than_255_bytes_is_refused()
    {
        Assert.True(Opens(new RawTree().Begin("").Property(new string('a', 255)).End().Finish()));
        Assert.False(Opens(new RawTree().Begin("").Property(new string('a', 256)).End().Finish()));
    }

    [Fact]
    public void A_node_name_without_an_end_is_refused()
    {
        byte[] blob = new RawTree().Token(1).Token(0x6161_6161).Layout();
        Assert.False(Opens(blob));
    }

    [Theory]
    [InlineData(DepthLimit, true)]
    [InlineData(DepthLimit + 1, false)]
    [InlineData(100_000, false)]
    public void Nesting_is_limited(int depth, bool opens)
    {
        RawTree tree = new();
        for (int level = 0; level < depth; level++)
        {
            tree.Begin(level == 0 ? "" : "n");
        }

        for (int level = 0; level < depth; level++)
        {
            tree.End();
        }

        Assert.Equal(opens, Opens(tree.Finish()));
    }

    [Theory]
    [InlineData("no end", new uint[] { 1, 0, 2 })]
    [InlineData("no root", new uint[] { 9 })]
    [InlineData("root still open", new uint[] { 1, 0, 9 })]
    [InlineData("closed twice", new uint[] { 1, 0, 2, 2, 9 })]
    [InlineData("closed before opened", new uint[] { 2, 1, 0, 9 })]
    [InlineData("two roots", new uint[] { 1, 0, 2, 1, 0, 2, 9 })]
    [InlineData("a root with a name", new uint[] { 1, 0x61000000, 2, 9 })]
    [InlineData("a child without a name", new uint[] { 1, 0, 1, 0, 2, 2, 9 })]
    [InlineData("unknown token", new uint[] { 1, 0, 5, 2, 9 })]
    [InlineData("zero token", new uint[] { 1, 0, 0, 2, 9 })]
    [InlineData("property outside", new uint[] { 3, 0, 0, 1, 0, 2, 9 })]
    [InlineData("property after the root", new uint[] { 1, 0, 2, 3, 0, 0, 9 })]
    [InlineData("property after a child", new uint[] { 1, 0, 1, 0x61000000, 2, 3, 0, 0, 2, 9 })]
    public void Tokens_out_of_order_are_refused(string what, uint[] tokens)
    {
        RawTree tree = new();
        foreach (uint token in tokens)
        {
            tree.Token(token);
        }

        // Gives name offset 0 something to name, so that only the order can be wrong.
        byte[] blob = [.. tree.Layout(), (byte)'x', 0];
        RawTree.Poke(blob, RawTree.TotalSizeAt, (uint)blob.Length);
        RawTree.Poke(blob, RawTree.StringsSizeAt, 2);
        Assert.False(Opens(blob), what);
    }

    [Fact]
    public void Rings_of_interrupt_parents_end_as_no_controller()
    {
        byte[] blob = new RawTree()
            .Begin("").Cells("interrupt-parent", 1)
                .Begin("a").Cells("phandle", 1).Cells("interrupt-parent", 2).Cells("interrupts", 1).End()
                .Begin("b").Cells("phandle", 2).Cells("interrupt-parent", 1).Cells("#interrupt-cells", 1).End()
                .Begin("self").Cells("phandle", 3).Cells("interrupt-parent", 3).Cells("interrupts", 1).End()
                .Begin("inherits").Cells("interrupts", 1).End()
                .Begin("dangling").Cells("interrupt-parent", 0x1234).Cells("interrupts", 1).End()
                .Begin("zero").Cells("interrupt-parent", 0).Cells("interrupts", 1).End()
                .Begin("short").Property("interrupt-parent", 1).Cells("interrupts", 1).End()
            .End()
            .Finish();
        using GuardedMemory memory = new(blob);
        Assert.True(DeviceTree.TryOpen(memory.Start, (uint)memory.Size, out DeviceTree tree));
        for (uint node = tree.FirstChild(tree.Root); node != 0; node = tree.NextSibling(node))
        {
            Assert.Equal(0u, tree.InterruptController(node));
            Assert.False(tree.TryGetInterrupt(node, 0, out _));
        }

        Assert.Equal(0u, tree.FindPhandle(0));
        Assert.Equal(0u, tree.FindPhandle(uint.MaxValue));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(2u)]
    [InlineData(0x4000_0000u)]
    [InlineData(uint.MaxValue)]
    public void Interrupt_cells_that_cannot_be_are_refused(uint cells)
    {
        byte[] blob = new RawTree()
            .Begin("").Cells("interrupt-parent", 1)
                .Begin("intc").Cells("phandle", 1).Property("interrupt-controller").Cells("#interrupt-cells", cells).End()
                .Begin("device").Cells("interrupts", 5).End()
            .End()
            .Finish();
        using GuardedMemory memory = new(blob);
        Assert.True(DeviceTree.TryOpen(memory.Start, (uint)memory.Size, out DeviceTree tree));
        Assert.NotEqual(0u, tree.InterruptController(tree.FindNode("/device"u8)));
        Assert.False(tree.TryGetInterrupt(tree.FindNode("/device"u8), 0, out _));
    }

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(3u, 1u)]
    [InlineData(1u, 3u)]
    [InlineData(0x4000_0001u, 0u)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    public void Reg_with_cells_that_cannot_be_is_refused(uint addressCells, uint sizeCells)
    {
        byte[] blob = new RawTree()
            .Begin("").Cells("#address-cells", addressCells).Cells("#size-cells", sizeCells)
                .Begin("device").Cells("reg", 1, 2, 3, 4, 5, 6, 7, 8).End()
            .End()
            .Finish();
        using GuardedMemory memory = new(blob);
        Assert.True(DeviceTree.TryOpen(memory.Start, (uint)memory.Size, out DeviceTree tree));
        foreach (uint index in (uint[])[0, 1, 2, 0x4000_0000, 0x5555_5556, uint.MaxValue])
        {
            Assert.False(tree.TryGetReg(tree.FindNode("/device"u8), index, out _, out _));
        }
    }

    [Fact]
    public void A_string_without_an_end_is_no_string()
    {
        byte[] blob = new RawTree().Begin("").Property("compatible", [.. "a\0b"u8]).Property("status", [.. "okay"u8]).End().Finish();
        using GuardedMemory memory = new(blob);
        Assert.True(DeviceTree.TryOpen(memory.Start, (uint)memory.Size, out DeviceTree tree));
        Assert.True(tree.IsCompatible(tree.Root, "a"u8));
        Assert.False(tree.IsCompatible(tree.Root, "b"u8));
        Assert.False(tree.TryGetString(tree.Root, "status"u8, out _));
        Assert.False(tree.IsEnabled(tree.Root));
    }

    [Fact]
    public void Any_offset_may_be_asked_about()
    {
        using GuardedMemory memory = new(Good());
        Assert.True(DeviceTree.TryOpen(memory.Start, (uint)memory.Size, out DeviceTree tree));
        foreach (uint near in (uint[])[0, (uint)memory.Size, 0x7FFF_FFFF, 0xFFFF_FF00])
        {
            for (uint offset = near - 16; offset != near + 300; offset++)
            {
                TreeExerciser.Ask(tree, offset);
                _ = tree.NextNode(offset);
            }
        }
    }

    private static byte[] Good() => new RawTree()
        .Reserve(1, 2)
        .Begin("").Cells("#address-cells", 1).Cells("interrupt-parent", 1)
            .Begin("intc").Cells("phandle", 1).Property("interrupt-controller").Cells("#interrupt-cells", 1).End()
            .Begin("device@5").Cells("reg", 5, 6).Cells("interrupts", 9).Text("compatible", "x").End()
        .End()
        .Finish();

    private static bool Opens(byte[] blob)
    {
        using GuardedMemory memory = new(blob);
        bool opens = TreeExerciser.Opens(memory.Start, memory.Size);
        Assert.True(blob.SequenceEqual(memory.Span.ToArray()), "the reader wrote into the blob");
        return opens;
    }
}
