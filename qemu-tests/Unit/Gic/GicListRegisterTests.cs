// Named behaviours of list registers that the random tests also pass through, here one at a time with exact bits.

using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Gic;

public sealed unsafe class GicListRegisterTests
{
    private const uint Sgi = 0x10000;

    [Fact]
    public void A_pending_edge_is_written_as_the_architecture_lays_it_out()
    {
        using GicMachine machine = Ready(1);
        machine.Write(0x400 + 40, 0xA0, 1);
        machine.Write(0xC00 + 8, 0x00020000); // SPI 40
        machine.Pulse(40);
        Assert.Equal(0x50A0_0000_0000_0028UL, machine.Registers(0)->Value[0]);
    }

    [Fact]
    public void A_level_asks_for_maintenance_and_comes_again_while_the_line_is_high()
    {
        using GicMachine machine = Ready(1);
        machine.SetLine(40, true);
        Assert.Equal(0x5000_0200_0000_0028UL, machine.Registers(0)->Value[0]);
        Assert.Equal(40u, machine.Acknowledge(0));
        machine.End(0);
        Assert.Equal(40u, machine.Acknowledge(0));
        machine.SetLine(40, false);
        machine.End(0);
        Assert.Equal(GicMachine.Spurious, machine.Signalled(0));
    }

    [Fact]
    public void A_level_whose_line_fell_meanwhile_ends_without_maintenance()
    {
        using GicMachine machine = Ready(1);
        machine.SetLine(40, true);
        Assert.Equal(40u, machine.Acknowledge(0));
        machine.SetLine(40, false);
        Assert.Equal(0x9000_0000_0000_0028UL, machine.Registers(0)->Value[0]);
        machine.SetLine(40, true);
        Assert.Equal(0x9000_0200_0000_0028UL, machine.Registers(0)->Value[0]);
        machine.End(0);
        Assert.Equal(40u, machine.Signalled(0));
    }

    [Fact]
    public void A_line_that_falls_before_the_guest_looked_withdraws_the_interrupt()
    {
        using GicMachine machine = Ready(1);
        machine.SetLine(40, true);
        machine.SetLine(40, false);
        Assert.Equal(0u, machine.Registers(0)->InUse);
    }

    [Fact]
    public void An_SGI_alone_goes_into_a_free_list_register_and_back_into_its_own_after_its_end()
    {
        using GicMachine machine = Ready(1);
        machine.Write(0x428, 0x80);                              // so that SGI 5 preempts it
        machine.SetLine(40, true);
        Assert.Equal(40u, machine.Acknowledge(0));
        ulong line = machine.Registers(0)->Value[0];
        for (uint time = 1; time <= 3; time++)
        {
            machine.SendSgi(0, (5UL << 24) | 1);
            Assert.Equal(time, machine.LoadedAtOnce);
            Assert.Equal(2u, machine.Registers(0)->InUse);
            Assert.Equal(line, machine.Registers(0)->Value[0]);
            Assert.Equal(5u, machine.Acknowledge(0));
            machine.End(0);
        }
    }

    [Fact]
    public void An_SGI_that_takes_more_than_a_free_list_register_takes_a_refill()
    {
        using GicMachine machine = Ready(1, 1);
        machine.WriteRedistributor(0, Sgi + 0x400, 0x40404080); // SGI 0 has the lowest priority
        machine.SendSgi(0, 1);
        machine.SendSgi(0, 1);                                  // it still waits in its list register
        machine.SendSgi(0, (1UL << 24) | 1);                    // which is the only one
        Assert.Equal(1u, machine.LoadedAtOnce);
        foreach (uint expected in (uint[])[1, 0])
        {
            Assert.Equal(expected, machine.Acknowledge(0));
            machine.End(0);
        }

        Assert.Equal(GicMachine.Spurious, machine.Signalled(0));
    }

    [Fact]
    public void An_edge_during_service_waits_in_the_same_list_register()
    {
        using GicMachine machine = Ready(1);
        machine.SendSgi(0, 1);
        Assert.Equal(0u, machine.Acknowledge(0));
        machine.SendSgi(0, 1);
        Assert.Equal(3UL, machine.Registers(0)->Value[0] >> 62);
        Assert.Equal(GicMachine.Spurious, machine.Signalled(0));
        machine.End(0);
        Assert.Equal(0u, machine.Acknowledge(0));
        machine.End(0);
        Assert.Equal(GicMachine.Spurious, machine.Signalled(0));
    }

    [Fact]
    public void An_interrupt_that_comes_again_does_not_overtake_better_ones_that_wait_for_a_list_register()
    {
        using GicMachine machine = Ready(1, 3);
        machine.WriteRedistributor(0, Sgi + 0x400, 0x40404080); // SGI 0 has the lowest priority
        machine.SendSgi(0, 1);
        Assert.Equal(0u, machine.Acknowledge(0));
        for (ulong intId = 0; intId < 4; intId++)
        {
            machine.SendSgi(0, (intId << 24) | 1);
        }

        machine.End(0);
        foreach (uint expected in (uint[])[1, 2, 3, 0])
        {
            Assert.Equal(expected, machine.Acknowledge(0));
            machine.End(0);
        }
    }

    [Fact]
    public void Cleared_active_is_forgotten_by_a_former_owner_that_is_not_loaded()
    {
        using GicMachine machine = Ready(2);
        machine.Pulse(40);
        machine.Acknowledge(0);
        machine.Unload(0);
        machine.Write(0x384, 0x100, by: 1);
        machine.Write(0x6000 + (40 * 8), 1, by: 1);
        machine.Pulse(40);
        Assert.Equal(40u, machine.Acknowledge(1));
        machine.Unload(1);
        machine.Load(0);
        Assert.Equal(0u, machine.Registers(0)->InUse);
    }

    [Fact]
    public void More_pending_than_list_registers_come_all_in_order_of_priority()
    {
        using GicMachine machine = Ready(1);
        for (uint intId = 32; intId < 128; intId++)
        {
            machine.Write(0x400 + intId, (127 - intId) / 16 * 8, 1);
            machine.Pulse(intId);
        }

        Assert.Equal(ListRegisterFormat.ControlNoPending, machine.Registers(0)->Control);
        uint last = 0;
        for (int count = 0; count < 96; count++)
        {
            uint intId = machine.Acknowledge(0);
            uint order = ((127 - intId) / 16 * 0x100) + intId;
            Assert.True(order > last);
            last = order;
            Assert.Equal(intId, machine.End(0));
        }

        Assert.Equal(GicMachine.Spurious, machine.Acknowledge(0));
        Assert.Equal(0u, machine.Registers(0)->Control);
    }

    [Fact]
    public void Active_ones_without_list_register_are_ended_all_the_same()
    {
        using GicMachine machine = Ready(1, 2);
        for (uint n = 0; n < 8; n++)
        {
            machine.Write(0x400 + 40 + n, 0x80 - (n * 8), 1);
            machine.Pulse(40 + n);
            Assert.Equal(40 + n, machine.Acknowledge(0));
        }

        for (uint n = 8; n-- > 0;)
        {
            Assert.Equal(40 + n, machine.End(0));
            Assert.Equal((1UL << (8 + (int)n)) - 0x100, machine.Read(0x304));
        }
    }

    [Fact]
    public void A_rerouted_interrupt_leaves_the_list_register_of_the_old_target()
    {
        using GicMachine machine = Ready(2);
        machine.Pulse(40);
        Assert.Equal(40u, machine.Signalled(0));
        machine.Write(0x6000 + (40 * 8), 1);
        Assert.Equal(GicMachine.Spurious, machine.Signalled(0));
        Assert.Equal(40u, machine.Signalled(1));
    }

    [Fact]
    public void An_active_interrupt_stays_with_its_owner_and_its_next_event_goes_to_the_new_target()
    {
        using GicMachine machine = Ready(2);
        machine.Write(0xC00 + 8, 0x00020000);
        machine.Pulse(40);
        Assert.Equal(40u, machine.Acknowledge(0));
        machine.Write(0x6000 + (40 * 8), 1);
        machine.Pulse(40);
        Assert.Equal(GicMachine.Spurious, machine.Signalled(1));
        Assert.Equal(2UL, machine.Registers(0)->Value[0] >> 62);
        machine.End(0);
        Assert.Equal(GicMachine.Spurious, machine.Signalled(0));
        Assert.Equal(40u, machine.Signalled(1));
    }

    [Fact]
    public void Without_a_target_it_stays_pending_until_it_gets_one()
    {
        using GicMachine machine = Ready(2);
        machine.Write(0x6000 + (40 * 8), 2);
        machine.Pulse(40);
        Assert.Equal(GicMachine.Spurious, machine.Signalled(0));
        Assert.Equal(GicMachine.Spurious, machine.Signalled(1));
        Assert.Equal(0x100UL, machine.Read(0x204));
        machine.Write(0x6000 + (40 * 8), 1);
        Assert.Equal(40u, machine.Signalled(1));
    }

    [Fact]
    public void The_best_pending_interrupt_is_that_of_the_groups_that_count()
    {
        using GicMachine machine = Ready(1);
        machine.Write(0x0, 0x13);
        machine.Write(0x84, 0xffff_feff);       // SPI 40 into group 0
        machine.Write(0x400 + 40, 0x40, 1);
        machine.Write(0x400 + 41, 0x80, 1);
        machine.Pulse(40);
        machine.Pulse(41);
        machine.Unload(0);
        Assert.Equal(0x40_0028u, VirtualGicDelivery.HighestPending(machine.Gic, 0));
        Assert.Equal(0x40_0028u, VirtualGicDelivery.HighestPending(machine.Gic, 0, InterruptBank.OnlyGroup0));
        Assert.Equal(0x80_0029u, VirtualGicDelivery.HighestPending(machine.Gic, 0, InterruptBank.OnlyGroup1));
        Assert.Equal(VirtualGicDelivery.NothingPending, VirtualGicDelivery.HighestPending(machine.Gic, 0, 0));
        Assert.True(VirtualGic.IsGroup0(machine.Gic, 0, 40));
        Assert.False(VirtualGic.IsGroup0(machine.Gic, 0, 41));
        Assert.False(VirtualGic.IsGroup0(machine.Gic, 0, VirtualLpis.First));
    }

    [Fact]
    public void Eviction_leaves_the_interrupt_to_be_seen_and_it_returns_on_the_next_load()
    {
        using GicMachine machine = Ready(2);
        machine.Pulse(40);
        machine.Unload(0);
        Assert.Equal(40u, VirtualGicDelivery.HighestPending(machine.Gic, 0));
        machine.Load(0);
        Assert.Equal(40u, machine.Acknowledge(0));
        machine.Unload(0);
        Assert.Equal(VirtualGicDelivery.NothingPending, VirtualGicDelivery.HighestPending(machine.Gic, 0));
        machine.Load(0);
        Assert.Equal(40u, machine.End(0));
        Assert.Equal(0UL, machine.Read(0x304));
    }

    [Fact]
    public void Written_active_can_be_deactivated_by_the_target()
    {
        using GicMachine machine = Ready(2, separate: true);
        machine.Write(0x304, 0x100, by: 1);
        Assert.Equal(2UL, machine.Registers(0)->Value[0] >> 62);
        machine.Deactivate(0, 40);
        Assert.Equal(0UL, machine.Read(0x304, by: 1));
    }

    [Fact]
    public void A_trapped_deactivation_by_another_vCPU_reaches_the_list_register()
    {
        using GicMachine machine = Ready(2, separate: true);
        machine.Write(0xC00 + 8, 0x00020000);
        machine.Pulse(40);
        machine.Acknowledge(0);
        machine.End(0);
        machine.Kick(VirtualGicInput.Deactivate(machine.Gic, 1, 40));
        Assert.Equal(0u, machine.Registers(0)->InUse);
        Assert.Equal(0UL, machine.Read(0x304));
    }

    [Fact]
    public void Another_vCPU_reading_active_state_makes_the_holder_tell()
    {
        using GicMachine machine = Ready(2);
        machine.Write(0xC00 + 8, 0x00020000);
        machine.Pulse(40);
        machine.Acknowledge(0);
        Assert.Equal(0x100UL, machine.Read(0x304, by: 1));
        machine.End(0);
        VirtualGicDistributor.Read(machine.Gic, 0x304, 4, out uint kick);
        Assert.Equal(1u, kick);
        Assert.Equal(0UL, machine.Read(0x304, by: 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Disabling_reports_a_write_in_progress_until_the_holder_has_let_go(bool byGroup)
    {
        using GicMachine machine = Ready(2);
        machine.Pulse(40);
        machine.KicksAtOnce = false;
        machine.Write(byGroup ? 0u : 0x184, byGroup ? 0u : 0x100u, by: 1);
        Assert.Equal(1UL, machine.Read(0, by: 1) >> 31);
        Assert.Equal(8UL, machine.ReadRedistributor(0, 0, by: 1) & 8);
        machine.Settle();
        Assert.Equal(0UL, machine.Read(0, by: 1) >> 31);
        Assert.Equal(0UL, machine.ReadRedistributor(0, 0, by: 1) & 8);
        Assert.Equal(GicMachine.Spurious, machine.Signalled(0));
    }

    [Theory]
    [InlineData(0x0000000_0500_0002UL, 0x2u)] // list: vCPU 1
    [InlineData(0x0000000_0500_FFFFUL, 0xFu)]
    [InlineData(0x0000100_0500_0000UL, 0xDu)] // all but self
    [InlineData(0x0000000_0501_0002UL, 0x0u)] // Aff1
    [InlineData(0x0000001_0500_0002UL, 0x0u)] // Aff2
    [InlineData(0x0001000_0500_0002UL, 0x0u)] // RS
    [InlineData(0x0010000_0500_0002UL, 0x0u)] // Aff3
    [InlineData(0x0000000_0500_00F0UL, 0x0u)] // vCPUs that do not exist
    public void SGIs_reach_the_vCPUs_that_were_named(ulong value, uint expected)
    {
        using GicMachine machine = Ready(4);
        Assert.Equal(expected, VirtualGicInput.SendSgi(machine.Gic, 1, value));
        for (uint vcpu = 0; vcpu < 4; vcpu++)
        {
            Assert.Equal((expected & (1 << (int)vcpu)) != 0, machine.ReadRedistributor(vcpu, Sgi + 0x200) == 1 << 5);
        }
    }

    [Fact]
    public void An_SGI_for_the_other_group_is_dropped()
    {
        using GicMachine machine = Ready(2);
        machine.WriteRedistributor(1, Sgi + 0x80, 0);
        Assert.Equal(0u, VirtualGicInput.SendSgi(machine.Gic, 0, 2));
        Assert.Equal(2u, VirtualGicInput.SendSgi(machine.Gic, 0, 2, group1: false));
        Assert.Equal(0u, VirtualGicInput.SendSgi(machine.Gic, 0, 1, group1: false));
    }

    private static GicMachine Ready(uint vcpus, uint listRegisters = 4, bool separate = false)
    {
        var machine = new GicMachine(vcpus, listRegisters, separate);
        machine.Write(0, 3);
        for (uint offset = 4; offset < 16; offset += 4)
        {
            machine.Write(0x080 + offset, 0xFFFFFFFF);
            machine.Write(0x100 + offset, 0xFFFFFFFF);
        }

        for (uint vcpu = 0; vcpu < vcpus; vcpu++)
        {
            machine.WriteRedistributor(vcpu, Sgi + 0x080, 0xFFFFFFFF);
            machine.WriteRedistributor(vcpu, Sgi + 0x100, 0xFFFFFFFF);
        }

        return machine;
    }
}
