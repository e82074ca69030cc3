// A PPI with a physical interrupt behind it: the guest's deactivation must reach the physical one exactly once, by the
// list register or by the host; else the timer either never fires again or fires without end.

using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Gic;

public sealed unsafe class GicLinkedInterruptTests
{
    private const uint Sgi = 0x10000;
    private const uint Bit = 1u << 27;

    [Fact]
    public void The_list_register_carries_the_physical_INTID_and_deactivates_it()
    {
        using GicMachine machine = Ready();
        machine.SetLine(27, true);
        Assert.Equal(0x7000_001E_0000_001BUL, machine.Registers(0)->Value[0]);
        Assert.Equal(27u, machine.Acknowledge(0));
        machine.End(0);
        Assert.Equal([30u], machine.HardwareDeactivations);
        Assert.Equal(0u, VirtualGicDelivery.TakeReleased(machine.Gic, 0));
    }

    [Fact]
    public void A_new_physical_interrupt_before_the_old_one_was_read_back_is_not_lost()
    {
        using GicMachine machine = Ready();
        machine.SetLine(27, true);
        machine.Acknowledge(0);
        machine.End(0);
        machine.SetLine(27, true);
        Assert.Equal(27u, machine.Acknowledge(0));
        machine.End(0);
        Assert.Equal([30u, 30u], machine.HardwareDeactivations);
    }

    [Fact]
    public void One_that_is_withdrawn_is_released_to_the_host_once()
    {
        using GicMachine machine = Ready();
        machine.SetLine(27, true);
        Assert.Equal(0u, VirtualGicDelivery.TakeReleased(machine.Gic, 0));
        machine.SetLine(27, false);
        Assert.Equal(GicMachine.Spurious, machine.Signalled(0));
        Assert.Equal(Bit, VirtualGicDelivery.TakeReleased(machine.Gic, 0));
        Assert.Equal(0u, VirtualGicDelivery.TakeReleased(machine.Gic, 0));
    }

    [Fact]
    public void One_that_the_guest_masks_stays_with_the_guest()
    {
        using GicMachine machine = Ready();
        machine.SetLine(27, true);
        machine.WriteRedistributor(0, Sgi + 0x180, Bit);
        Assert.Equal(GicMachine.Spurious, machine.Signalled(0));
        Assert.Equal(0u, VirtualGicDelivery.TakeReleased(machine.Gic, 0));
        machine.WriteRedistributor(0, Sgi + 0x100, Bit);
        Assert.Equal(27u, machine.Acknowledge(0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_cleared_by_a_register_write_is_released(bool active)
    {
        using GicMachine machine = Ready();
        machine.SetLine(27, true);
        if (active)
        {
            machine.Acknowledge(0);
        }

        machine.WriteRedistributor(0, Sgi + (active ? 0x380u : 0x280u), Bit);
        Assert.Equal(Bit, VirtualGicDelivery.TakeReleased(machine.Gic, 0));
        Assert.Empty(machine.HardwareDeactivations);
    }

    [Fact]
    public void Pending_again_while_active_is_delivered_again_and_released_at_the_end()
    {
        using GicMachine machine = Ready();
        machine.SetLine(27, true);
        machine.Acknowledge(0);
        machine.WriteRedistributor(0, Sgi + 0x200, Bit);
        machine.End(0);
        Assert.Equal(27u, machine.Acknowledge(0));
        machine.End(0);
        Assert.Equal(GicMachine.Spurious, machine.Signalled(0));
        machine.Unload(0);
        uint released = VirtualGicDelivery.TakeReleased(machine.Gic, 0);
        Assert.Equal(1, machine.HardwareDeactivations.Count + (released == Bit ? 1 : 0));
    }

    [Fact]
    public void An_active_one_is_held_over_a_switch_of_vCPUs()
    {
        using GicMachine machine = Ready();
        machine.SetLine(27, true);
        machine.Acknowledge(0);
        machine.Unload(0);
        Assert.Equal(Bit, VirtualGic.Redistributor(machine.Gic, 0)->LinkedHeld);
        machine.Load(0);
        Assert.Equal(0u, VirtualGic.Redistributor(machine.Gic, 0)->LinkedHeld);
        machine.End(0);
        Assert.Equal([30u], machine.HardwareDeactivations);
    }

    [Theory]
    [InlineData(0u, 15u, 30u)]
    [InlineData(0u, 32u, 30u)]
    [InlineData(1u, 27u, 30u)]
    [InlineData(0u, 27u, 8192u)]
    public void Only_PPIs_of_existing_vCPUs_can_be_linked(uint vcpu, uint intId, uint physical)
    {
        using GicMachine machine = Ready();
        Assert.False(VirtualGicInput.Link(machine.Gic, vcpu, intId, physical));
        Assert.Equal(Bit, VirtualGic.Redistributor(machine.Gic, 0)->Linked);
    }

    private static GicMachine Ready()
    {
        var machine = new GicMachine(1);
        Assert.True(VirtualGicInput.Link(machine.Gic, 0, 27, 30));
        machine.Write(0, 3);
        machine.WriteRedistributor(0, Sgi + 0x080, 0xFFFFFFFF);
        machine.WriteRedistributor(0, Sgi + 0x100, 0xFFFFFFFF);
        return machine;
    }
}
