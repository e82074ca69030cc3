// Reader and writer against device trees that others made and others read: QEMU's own, through its libfdt.
using System;
using Nestor.Hal;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.DeviceTrees;
using Nestor.Tests.Unit.HostSupport;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed unsafe class DeviceTreeOfQemuTests
{
    [Fact]
    public void The_tree_of_virt_says_what_the_machine_has()
    {
        using GuardedMemory memory = new(QemuDeviceTree.Virt);
        Assert.True(DeviceTree.TryOpen(memory.Start, (uint)memory.Size, out DeviceTree tree));
        Assert.True(TreeExerciser.WalkAndCheck(tree) > 40);

        uint uart = tree.FindCompatible(0, "arm,pl011"u8);
        Assert.True(tree.TryGetReg(uart, 0, out ulong address, out ulong size));
        Assert.Equal((0x900_0000ul, 0x1000ul), (address, size));
        Assert.True(tree.TryGetInterrupt(uart, 0, out ReadOnlySpan<byte> specifier));
        Assert.Equal((0u, 1u, 4u), (DeviceTree.ReadCell(specifier, 0), DeviceTree.ReadCell(specifier, 1), DeviceTree.ReadCell(specifier, 2)));

        uint gic = tree.FindCompatible(0, "arm,gic-v3"u8);
        Assert.Equal(gic, tree.InterruptController(uart));
        Assert.True(tree.TryGetReg(gic, 0, out address, out size));
        Assert.Equal((0x800_0000ul, 0x1_0000ul), (address, size));
        Assert.True(tree.TryGetReg(gic, 1, out address, out _));
        Assert.Equal(0x80A_0000ul, address);

        uint memoryNode = tree.FindString(0, "device_type"u8, "memory"u8);
        Assert.True(tree.TryGetReg(memoryNode, 0, out address, out size));
        Assert.Equal((0x4000_0000ul, 0x800_0000ul), (address, size));

        Assert.True(tree.TryGetString(tree.FindCompatible(0, "arm,psci-1.0"u8), "method"u8, out ReadOnlySpan<byte> method));
        Assert.Equal("smc"u8.ToArray(), method.ToArray());

        uint cpu = tree.FindNode("/cpus/cpu@1"u8);
        Assert.True(tree.TryGetReg(cpu, 0, out address, out size));
        Assert.Equal((1ul, 0ul), (address, size));
        Assert.True(tree.IsEnabled(cpu));
    }

    [Fact]
    public void QEMU_takes_a_tree_that_we_wrote()
    {
        using GuardedMemory written = new(8192);
        DeviceTreeWriter writer = new(written.Start, 8192);
        writer.Reserve(0x4F00_0000, 0x1000);
        writer.BeginNode(""u8);
        writer.AddCell("#address-cells"u8, 2);
        writer.AddCell("#size-cells"u8, 2);
        writer.AddStrings("compatible"u8, "nestor,test"u8, "linux,dummy-virt"u8);
        writer.BeginNode("psci"u8);
        writer.AddString("method"u8, "smc"u8);
        writer.AddString("compatible"u8, "arm,psci-1.0"u8);
        writer.EndNode();
        writer.BeginNode("device"u8, 0x1234_5678_9000);
        writer.AddReg(0x1234_5678_9000, 0x1_0000_0001);
        writer.AddBytes("odd"u8, [1, 2, 3, 4, 5]);
        writer.AddEmpty("dma-coherent"u8);
        writer.EndNode();
        writer.EndNode();
        uint size = writer.Finish();
        Assert.NotEqual(0u, size);

        using GuardedMemory memory = new(QemuDeviceTree.Through(written.Span[..(int)size]));
        Assert.True(DeviceTree.TryOpen(memory.Start, (uint)memory.Size, out DeviceTree tree));
        Assert.True(tree.IsCompatible(tree.Root, "nestor,test"u8));
        uint device = tree.FindNode("/device@123456789000"u8);
        Assert.NotEqual(0u, device);
        Assert.True(tree.TryGetReg(device, 0, out ulong address, out ulong length));
        Assert.Equal((0x1234_5678_9000ul, 0x1_0000_0001ul), (address, length));
        Assert.True(tree.TryGetProperty(device, "odd"u8, out ReadOnlySpan<byte> odd));
        Assert.Equal([1, 2, 3, 4, 5], odd.ToArray());
        Assert.True(tree.HasProperty(device, "dma-coherent"u8));
        Assert.True(tree.TryGetReservation(0, out address, out length));
        Assert.Equal((0x4F00_0000ul, 0x1000ul), (address, length));

        // QEMU's libfdt has added to our tree what it adds for every kernel.
        uint added = tree.FindString(0, "device_type"u8, "memory"u8);
        Assert.True(tree.TryGetReg(added, 0, out address, out _));
        Assert.Equal(0x4000_0000ul, address);
    }
}
