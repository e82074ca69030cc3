// What the reader answers about small trees whose every byte is known.
using System;
using System.Text;
using Nestor.Hal;
using Nestor.Tests.Unit.HostSupport;
using Xunit;

namespace Nestor.Tests.Unit.DeviceTrees;

public sealed unsafe class DeviceTreeReaderTests : IDisposable
{
    private readonly GuardedMemory _memory;
    private readonly DeviceTree _tree;

    public DeviceTreeReaderTests()
    {
        byte[] blob = new RawTree()
            .Reserve(0x4800_0000, 0x1_0000)
            .Reserve(0x1_0000_0000, 0x2000)
            .Nop()
            .Begin("")
                .Cells("#address-cells", 2).Nop().Cells("#size-cells", 2)
                .Cells("interrupt-parent", 7)
                .Text("model", "test")
                .Begin("memory@40000000")
                    .Text("device_type", "memory")
                    .Cells("reg", 0, 0x4000_0000, 0, 0x800_0000, 1, 0, 2, 0x10)
                .End()
                .Nop()
                .Begin("cpus")
                    .Cells("#address-cells", 1).Cells("#size-cells", 0)
                    .Begin("cpu@0").Nop().Cells("reg", 0).Text("status", "okay").End()
                    .Begin("cpu@101").Cells("reg", 0x101).Text("status", "disabled").End()
                .End()
                .Begin("soc")
                    .Begin("uart@9000000")
                        .Property("compatible", [.. "arm,pl011\0arm,primecell\0"u8])
                        .Cells("reg", 0, 0x900_0000, 0x1000)
                        .Cells("interrupts", 0, 1, 4, 0, 2, 1)
                        .Property("empty")
                    .End()
                .End()
                .Begin("intc@8000000")
                    .Cells("phandle", 7).Cells("#interrupt-cells", 3).Property("interrupt-controller")
                    .Text("compatible", "arm,gic-v3")
                .End()
                .Begin("chosen")
                    .Cells("linux,initrd-start", 1, 2).Text("stdout-path", "/soc/uart@9000000")
                    .Begin("wide").Cells("#address-cells", 3).Begin("one").Cells("reg", 1, 2, 3, 4).End().End()
                .End()
            .End()
            .Finish();
        _memory = new GuardedMemory(blob);
        Assert.True(DeviceTree.TryOpen(_memory.Start, (uint)_memory.Size, out _tree));
    }

    public void Dispose() => _memory.Dispose();

    [Theory]
    [InlineData("/", "")]
    [InlineData("/cpus", "cpus")]
    [InlineData("/cpus/", "cpus")]
    [InlineData("//cpus//cpu@101", "cpu@101")]
    [InlineData("/cpus/cpu@0", "cpu@0")]
    [InlineData("/cpus/cpu", "cpu@0")]
    [InlineData("/memory", "memory@40000000")]
    [InlineData("/chosen/wide/one", "one")]
    public void A_path_finds_its_node(string path, string name)
    {
        uint node = _tree.FindNode(Encoding.ASCII.GetBytes(path));
        Assert.NotEqual(0u, node);
        Assert.Equal(name, TreeExerciser.NameOf(_tree, node));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cpus")]
    [InlineData("/cpu")]
    [InlineData("/cpus/cpu@1")]
    [InlineData("/memory@4000000")]
    [InlineData("/memory@40000000/cpus")]
    [InlineData("/mem")]
    public void A_path_without_a_node_finds_nothing(string path) =>
        Assert.Equal(0u, _tree.FindNode(Encoding.ASCII.GetBytes(path)));

    [Fact]
    public void Children_come_in_order_and_know_their_parent()
    {
        string seen = "";
        for (uint node = _tree.FirstChild(_tree.Root); node != 0; node = _tree.NextSibling(node))
        {
            seen += TreeExerciser.NameOf(_tree, node) + " ";
            Assert.Equal(_tree.Root, _tree.Parent(node));
        }

        Assert.Equal("memory@40000000 cpus soc intc@8000000 chosen ", seen);
        Assert.Equal(0u, _tree.NextSibling(_tree.Root));
        Assert.Equal(11, TreeExerciser.WalkAndCheck(_tree));
    }

    [Fact]
    public void Reg_follows_the_cells_of_the_parent()
    {
        uint memory = _tree.FindString(0, "device_type"u8, "memory"u8);
        Assert.True(_tree.TryGetReg(memory, 0, out ulong address, out ulong size));
        Assert.Equal((0x4000_0000ul, 0x800_0000ul), (address, size));
        Assert.True(_tree.TryGetReg(memory, 1, out address, out size));
        Assert.Equal((0x1_0000_0000ul, 0x2_0000_0010ul), (address, size));
        Assert.False(_tree.TryGetReg(memory, 2, out _, out _));
        Assert.False(_tree.TryGetReg(memory, uint.MaxValue, out _, out _));

        Assert.True(_tree.TryGetReg(_tree.FindNode("/cpus/cpu@101"u8), 0, out address, out size));
        Assert.Equal((0x101ul, 0ul), (address, size));
        Assert.False(_tree.TryGetReg(_tree.FindNode("/cpus/cpu@101"u8), 1, out _, out _));

        // "soc" has no cells of its own: the specification's defaults are two and one.
        Assert.True(_tree.TryGetReg(_tree.FindNode("/soc/uart"u8), 0, out address, out size));
        Assert.Equal((0x900_0000ul, 0x1000ul), (address, size));

        Assert.False(_tree.TryGetReg(_tree.FindNode("/chosen/wide/one"u8), 0, out _, out _));
        Assert.False(_tree.TryGetReg(_tree.Root, 0, out _, out _));
        Assert.False(_tree.TryGetReg(0, 0, out _, out _));
    }

    [Fact]
    public void Each_string_of_a_list_is_compatible_and_no_part_of_one_is()
    {
        uint uart = _tree.FindCompatible(0, "arm,primecell"u8);
        Assert.Equal("uart@9000000", TreeExerciser.NameOf(_tree, uart));
        Assert.True(_tree.IsCompatible(uart, "arm,pl011"u8));
        Assert.False(_tree.IsCompatible(uart, "arm,pl01"u8));
        Assert.False(_tree.IsCompatible(uart, "arm,pl011\0"u8));
        Assert.False(_tree.IsCompatible(uart, ""u8));
        Assert.Equal(0u, _tree.FindCompatible(uart, "arm,primecell"u8));
        Assert.Equal(0u, _tree.FindCompatible(0, "arm"u8));
    }

    [Fact]
    public void Numbers_are_one_cell_or_two()
    {
        uint chosen = _tree.FindNode("/chosen"u8);
        Assert.True(_tree.TryGetNumber(chosen, "linux,initrd-start"u8, out ulong number));
        Assert.Equal(0x1_0000_0002ul, number);
        Assert.True(_tree.TryGetNumber(_tree.Root, "interrupt-parent"u8, out number));
        Assert.Equal(7ul, number);
        Assert.False(_tree.TryGetNumber(chosen, "stdout-path"u8, out _));
        Assert.False(_tree.TryGetNumber(chosen, "absent"u8, out _));
    }

    [Fact]
    public void An_empty_property_is_there_and_a_shorter_name_is_not()
    {
        uint uart = _tree.FindNode("/soc/uart"u8);
        Assert.True(_tree.TryGetProperty(uart, "empty"u8, out ReadOnlySpan<byte> value));
        Assert.Equal(0, value.Length);
        Assert.False(_tree.HasProperty(uart, "empt"u8));
        Assert.False(_tree.TryGetString(uart, "empty"u8, out _));
        Assert.True(_tree.TryGetString(uart, "compatible"u8, out value));
        Assert.Equal("arm,pl011", Encoding.ASCII.GetString(value));
    }

    [Fact]
    public void Status_decides_what_may_be_used()
    {
        Assert.True(_tree.IsEnabled(_tree.FindNode("/cpus/cpu@0"u8)));
        Assert.False(_tree.IsEnabled(_tree.FindNode("/cpus/cpu@101"u8)));
        Assert.True(_tree.IsEnabled(_tree.FindNode("/memory"u8)));
    }

    [Fact]
    public void Interrupts_are_cut_by_the_cells_of_the_controller()
    {
        uint uart = _tree.FindNode("/soc/uart"u8);
        Assert.Equal(_tree.FindNode("/intc"u8), _tree.InterruptController(uart));
        Assert.True(_tree.TryGetInterrupt(uart, 1, out ReadOnlySpan<byte> specifier));
        Assert.Equal(12, specifier.Length);
        Assert.Equal((0u, 2u, 1u), (DeviceTree.ReadCell(specifier, 0), DeviceTree.ReadCell(specifier, 1), DeviceTree.ReadCell(specifier, 2)));
        Assert.Equal(0u, DeviceTree.ReadCell(specifier, 3));
        Assert.False(_tree.TryGetInterrupt(uart, 2, out _));
        Assert.False(_tree.TryGetInterrupt(_tree.FindNode("/memory"u8), 0, out _));
    }

    [Fact]
    public void Reservations_end_at_the_empty_entry()
    {
        Assert.True(_tree.TryGetReservation(0, out ulong address, out ulong size));
        Assert.Equal((0x4800_0000ul, 0x1_0000ul), (address, size));
        Assert.True(_tree.TryGetReservation(1, out address, out size));
        Assert.Equal((0x1_0000_0000ul, 0x2000ul), (address, size));
        Assert.False(_tree.TryGetReservation(2, out _, out _));
        Assert.False(_tree.TryGetReservation(3, out _, out _));
        Assert.False(_tree.TryGetReservation(uint.MaxValue, out _, out _));
    }

    [Theory]
    [InlineData(0u, 0u, true, 0ul)]
    [InlineData(0u, 1u, true, 0x0102_0304ul)]
    [InlineData(0u, 2u, true, 0x0102_0304_0506_0708ul)]
    [InlineData(1u, 1u, true, 0x0506_0708ul)]
    [InlineData(2u, 0u, true, 0ul)]
    [InlineData(1u, 2u, false, 0ul)]
    [InlineData(2u, 1u, false, 0ul)]
    [InlineData(0u, 3u, false, 0ul)]
    [InlineData(uint.MaxValue, 1u, false, 0ul)]
    [InlineData(0x4000_0000u, 1u, false, 0ul)]
    [InlineData(0u, uint.MaxValue, false, 0ul)]
    public void Cells_are_read_only_within_the_value(uint index, uint count, bool expected, ulong number)
    {
        // The tenth byte is no cell.
        ReadOnlySpan<byte> value = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        Assert.Equal(expected, DeviceTree.TryReadCells(value, index, count, out ulong read));
        Assert.Equal(number, read);
    }
}
