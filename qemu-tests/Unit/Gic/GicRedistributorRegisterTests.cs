// The two frames of a redistributor: who it is, and its private interrupts.

using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Gic;

public sealed unsafe class GicRedistributorRegisterTests
{
    private const uint Sgi = 0x10000;

    [Fact]
    public void Typer_names_the_vCPU_and_marks_the_last()
    {
        using var machine = new GicMachine(3);
        Assert.Equal(0x00000001_01000101UL, machine.ReadRedistributor(1, 8, 8));
        Assert.Equal(0x00000002_01000211UL, machine.ReadRedistributor(2, 8, 8));
        Assert.Equal(0x01000211UL, machine.ReadRedistributor(2, 8));
        Assert.Equal(2UL, machine.ReadRedistributor(2, 12));
    }

    [Fact]
    public void Waker_sleeps_at_reset_and_children_follow_at_once()
    {
        using var machine = new GicMachine(2);
        Assert.Equal(6UL, machine.ReadRedistributor(1, 0x14));
        machine.WriteRedistributor(1, 0x14, 0);
        Assert.Equal(0UL, machine.ReadRedistributor(1, 0x14));
        Assert.Equal(6UL, machine.ReadRedistributor(0, 0x14));
        machine.WriteRedistributor(1, 0x14, 0xFFFFFFFF);
        Assert.Equal(6UL, machine.ReadRedistributor(1, 0x14));
    }

    [Theory]
    [InlineData(0x0004u, 0x4E00043Bu)]
    [InlineData(0xFFE8u, 0x3Bu)]
    [InlineData(Sgi + 0xD00, 0u)] // IGRPMODR0
    [InlineData(Sgi + 0xE00, 0u)] // NSACR
    [InlineData(Sgi + 0xC00, 0xAAAAAAAAu)] // ICFGR0: SGIs are edge-triggered
    [InlineData(Sgi + 0x104, 0u)]
    [InlineData(Sgi + 0x420, 0u)]
    [InlineData(Sgi + 0xC08, 0u)]
    [InlineData(Sgi + 0xFFE8, 0u)]
    [InlineData(0x20000u + 0x100, 0u)]
    public void Read_only_registers(uint offset, uint expected)
    {
        using var machine = new GicMachine(2);
        machine.WriteRedistributor(1, offset, 0xFFFFFFFF);
        Assert.Equal(expected, machine.ReadRedistributor(1, offset));
        Assert.Equal(0UL, machine.ReadRedistributor(1, Sgi + 0x100));
    }

    [Theory]
    [InlineData(0x080u, 0xFFFFFFFFu)]
    [InlineData(0x100u, 0xFFFFFFFFu)]
    [InlineData(0x200u, 0xFFFFFFFFu)]
    [InlineData(0x300u, 0xFFFFFFFFu)]
    [InlineData(0x400u, 0xF8F8F8F8u)]
    [InlineData(0x41Cu, 0xF8F8F8F8u)]
    [InlineData(0xC04u, 0xAAAAAAAAu)]
    public void Private_registers_are_each_vCPUs_own(uint offset, uint expected)
    {
        using var machine = new GicMachine(2);
        machine.WriteRedistributor(1, Sgi + offset, 0xFFFFFFFF, by: 0);
        Assert.Equal(expected, machine.ReadRedistributor(1, Sgi + offset, by: 0));
        Assert.Equal(0UL, machine.ReadRedistributor(0, Sgi + offset));
        Assert.Equal(0UL, machine.Read(offset));
    }

    [Fact]
    public void A_redistributor_that_does_not_exist_is_RAZ_WI()
    {
        using var machine = new GicMachine(2);
        Assert.Equal(0u, VirtualGicRedistributor.Write(machine.Gic, 2, Sgi + 0x100, 4, 0xFFFFFFFF));
        Assert.Equal(0UL, VirtualGicRedistributor.Read(machine.Gic, uint.MaxValue, 8, 8, out uint kick));
        Assert.Equal(0u, kick);
        Assert.Equal(0u, VirtualGicInput.Pulse(machine.Gic, 2, 20) | VirtualGicInput.SetLine(machine.Gic, 0, 128, true));
    }
}
