// The ITS and LPIs one behaviour at a time.

using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Gic;

public sealed unsafe class ItsTests
{
    private const byte Enabled = 1;

    [Theory]
    [InlineData(0x00u, 4u, 0x8000_0000UL)] // CTLR: quiescent while disabled
    [InlineData(0x04u, 4u, 0x4E00_043BUL)]
    [InlineData(0x08u, 8u, 0x1F_0001_EF71UL)] // TYPER
    [InlineData(0x08u, 4u, 0x0001_EF71UL)]
    [InlineData(0x0Cu, 4u, 0x1FUL)]
    [InlineData(0x100u, 8u, 0x0107_0000_0000_0200UL)] // BASER0: devices, pages of 64 KiB
    [InlineData(0x108u, 8u, 0x0407_0000_0000_0200UL)] // BASER1: collections, pages of 64 KiB
    [InlineData(0x110u, 8u, 0UL)]
    [InlineData(0xFFE8u, 4u, 0x3BUL)]
    [InlineData(0x1_0040u, 4u, 0UL)] // TRANSLATER is write-only
    public void Registers_read_as_at_reset(uint offset, uint size, ulong expected)
    {
        using var machine = new GicMachine(1);
        Assert.Equal(expected, machine.ReadIts(offset, size));
    }

    [Fact]
    public void Base_registers_are_written_by_halves_and_keep_their_fixed_fields()
    {
        using var machine = new GicMachine(1);
        machine.WriteIts(0x104, 0xFFFF_FFFF, 4);
        machine.WriteIts(0x100, 0x1234_5678, 4);
        Assert.Equal(0xF9E7_FFFF_1234_5678UL, machine.ReadIts(0x100));
        machine.WriteIts(0x80, 0x8000_0000_4000_0001);
        machine.WriteIts(0, 1, 4);
        machine.WriteIts(0x80, 0);
        machine.WriteIts(0x108, ulong.MaxValue);
        Assert.Equal(0x8000_0000_4000_0001UL, machine.ReadIts(0x80));
        Assert.Equal(0x0407_0000_0000_0200UL, machine.ReadIts(0x108));
    }

    [Fact]
    public void An_interrupt_reaches_the_vCPU_of_its_collection_with_its_priority()
    {
        using ItsMachine its = Ready();
        its.Interrupt(5, 1);
        Assert.Equal(0x50A0_0000_0000_2001UL, its.Gic.Registers(1)->Value[0]);
        Assert.False(its.IsPendingInTable(1, 8193)); // it is in the list register
        Assert.Equal(8193u, its.Gic.Acknowledge(1));
        its.Gic.End(1);
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(1));
        its.Gic.Unload(1);
        Assert.False(its.IsPendingInTable(1, 8193));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_that_comes_again_before_its_end_is_taken_again(bool becomesActive)
    {
        using ItsMachine its = Ready();
        its.Gic.LpisBecomeActive = becomesActive;
        its.Interrupt(5, 1);
        its.Gic.Acknowledge(1);
        its.Interrupt(5, 1);
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(1)); // not better than what runs
        its.Gic.End(1);
        Assert.Equal(8193u, its.Gic.Acknowledge(1));
        its.Gic.End(1);
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(1));
    }

    [Fact]
    public void A_vCPU_that_is_not_loaded_keeps_it_in_its_table_and_is_to_be_woken()
    {
        using ItsMachine its = Ready();
        its.Gic.Unload(1);
        its.Interrupt(5, 1);
        Assert.True(its.IsPendingInTable(1, 8193));
        Assert.Equal(0xA0_2001u, VirtualGicDelivery.HighestPending(its.Gic.Gic, 1));
        its.Gic.Load(1);
        Assert.Equal(8193u, its.Gic.Acknowledge(1));
    }

    [Fact]
    public void More_than_list_registers_come_in_the_order_of_priority()
    {
        using ItsMachine its = Ready();
        its.MapDevice(6, 8, ItsMachine.InterruptTables + 0x4000);
        for (uint i = 0; i < 200; i++)
        {
            its.Configure(8400 + i, (byte)(((199 - i) / 8 * 8) | Enabled));
            its.MapInterrupt(6, i, 8400 + i, 0);
            its.Interrupt(6, i, by: 1);
        }

        uint last = 0;
        for (uint i = 0; i < 200; i++)
        {
            uint intId = its.Gic.Acknowledge(0);
            uint order = ((199 - (intId - 8400)) / 8 * 0x1_0000) + intId;
            Assert.True(order > last);
            last = order;
            its.Gic.End(0);
        }

        Assert.Equal(GicMachine.Spurious, its.Gic.Acknowledge(0));
        Assert.Equal(0u, its.Gic.Registers(0)->Control);
    }

    [Fact]
    public void Disabled_it_stays_pending_and_INV_tells_of_the_change()
    {
        using ItsMachine its = Ready();
        its.Configure(8193, 0xA0);
        its.Invalidate(5, 1);
        its.Interrupt(5, 1);
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(1));
        its.Configure(8193, 0xA0 | Enabled);
        its.Invalidate(5, 1);
        Assert.Equal(8193u, its.Gic.Signalled(1));
        its.Configure(8193, 0x80);
        its.InvalidateAll(1);
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(1));
        Assert.True(its.IsPendingInTable(1, 8193));
    }

    [Theory]
    [InlineData(0x04u)] // CLEAR
    [InlineData(0x0Fu)] // DISCARD
    public void Cleared_it_does_not_come(uint command)
    {
        using ItsMachine its = Ready();
        its.Interrupt(5, 1);
        its.Do(command | (5UL << 32), 1);
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(1));
        its.Interrupt(5, 1);
        Assert.Equal(command == 0x04 ? 8193u : GicMachine.Spurious, its.Gic.Signalled(1));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Moved_while_pending_it_comes_at_its_new_vCPU_alone(bool loaded, bool all)
    {
        using ItsMachine its = Ready();
        if (!loaded)
        {
            its.Gic.Unload(1);
        }

        its.Interrupt(5, 1);
        if (all)
        {
            its.MoveAll(1, 0);
        }
        else
        {
            its.Move(5, 1, 0);
        }

        Assert.Equal(8193u, its.Gic.Acknowledge(0));
        its.Gic.End(0);
        Assert.Equal(VirtualGicDelivery.NothingPending, VirtualGicDelivery.HighestPending(its.Gic.Gic, 1));
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(1));
        its.Interrupt(5, 1);
        Assert.Equal(all ? GicMachine.Spurious : 8193u, its.Gic.Signalled(0));
    }

    [Fact]
    public void SYNC_is_done_when_other_CPUs_no_longer_hold_what_was_moved()
    {
        using ItsMachine its = Ready();
        its.Interrupt(5, 1);
        its.Gic.KicksAtOnce = false;
        its.Enqueue(0x01 | (5UL << 32), 1, 0);
        its.Enqueue(0x05, 0, 0);
        its.Gic.WriteIts(ItsMachine.Cwriter, 8 * 32);
        Assert.Equal(7UL * 32, its.Gic.ReadIts(ItsMachine.Creadr));
        Assert.Equal(8193u, its.Gic.Acknowledge(1)); // taken before the kick came: then it does not move
        its.Gic.Settle(1);
        Assert.Equal(8UL * 32, its.Gic.ReadIts(ItsMachine.Creadr));
        its.Gic.Settle();
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(0));
    }

    [Fact]
    public void Without_EnableLPIs_nothing_comes_and_what_was_pending_comes_when_set()
    {
        using ItsMachine its = Ready();
        its.Interrupt(5, 1);
        its.Gic.WriteRedistributor(1, 0, 0);
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(1));
        Assert.True(its.IsPendingInTable(1, 8193));
        its.Interrupt(5, 2);
        Assert.False(its.IsPendingInTable(1, 8194)); // lost, as QEMU loses it
        its.Gic.WriteRedistributor(1, 0, 1);
        Assert.Equal(8193u, its.Gic.Signalled(1));
    }

    [Fact]
    public void What_stands_in_the_table_when_LPIs_are_enabled_comes_unless_the_table_is_called_zero()
    {
        using ItsMachine its = Ready();
        its.Gic.WriteRedistributor(1, 0, 0);
        *its.Gic.Memory(ItsMachine.PendingTable(1) + (8194 / 8), 1) = 1 << (8194 & 7);
        its.Gic.WriteRedistributor(1, 0x78, ItsMachine.PendingTable(1) | (1UL << 62), 8);
        Assert.Equal(ItsMachine.PendingTable(1), its.Gic.ReadRedistributor(1, 0x78, 8));
        its.Gic.WriteRedistributor(1, 0, 1);
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(1));
        its.Gic.WriteRedistributor(1, 0, 0);
        its.Gic.WriteRedistributor(1, 0x78, ItsMachine.PendingTable(1), 8);
        its.Gic.WriteRedistributor(1, 0, 1);
        Assert.Equal(8194u, its.Gic.Signalled(1));
    }

    [Fact]
    public void Group_1_of_the_distributor_gates_LPIs()
    {
        using ItsMachine its = Ready();
        its.Gic.Write(0, 1);
        its.Interrupt(5, 1);
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(1));
        its.Gic.Write(0, 2);
        Assert.Equal(8193u, its.Gic.Signalled(1));
    }

    [Fact]
    public void An_LPI_that_ends_without_list_register_ends_no_other_interrupt()
    {
        using ItsMachine its = Ready(1);
        its.Gic.WriteRedistributor(1, 0x1_0000 + 0x80, uint.MaxValue);
        its.Gic.WriteRedistributor(1, 0x1_0000 + 0x100, uint.MaxValue);
        its.Gic.WriteRedistributor(1, 0x1_0000 + 0x400, 0xF8F8F8F8);
        its.Gic.SendSgi(0, 2);
        Assert.Equal(0u, its.Gic.Acknowledge(1));
        its.Interrupt(5, 1);
        Assert.Equal(8193u, its.Gic.Acknowledge(1));
        its.Gic.Kick(2);
        its.Gic.End(1);
        Assert.Equal(1UL, its.Gic.ReadRedistributor(1, 0x1_0000 + 0x300) & 1);
        its.Gic.End(1);
        Assert.Equal(0UL, its.Gic.ReadRedistributor(1, 0x1_0000 + 0x300) & 1);
    }

    [Fact]
    public void The_queue_wraps_and_each_trap_does_only_some_of_it()
    {
        using ItsMachine its = Ready();
        for (int i = 0; i < 5; i++)
        {
            for (uint n = 0; n < 120; n++)
            {
                its.Enqueue(0x03 | (5UL << 32), 1);
            }

            its.Ring();
            Assert.Equal(8193u, its.Gic.Acknowledge(1));
            its.Gic.End(1);
        }

        ulong before = its.Gic.Gic->Its.ReadOffset;
        for (uint n = 0; n < 100; n++)
        {
            its.Enqueue(0x05);
        }

        its.Gic.Kick(VirtualIts.Write(its.Gic.Gic, ItsMachine.Cwriter, 8, (before + 3200) % 4096));
        ItsCommands.Process(its.Gic.Gic, out bool unfinished);
        Assert.True(unfinished);
        Assert.Equal((before + (32 * 32)) % 4096, its.Gic.Gic->Its.ReadOffset);
    }

    [Fact]
    public void A_queue_outside_memory_stalls_until_Retry()
    {
        using var machine = new GicMachine(1);
        machine.WriteIts(ItsMachine.Cbaser, ItsMachine.Valid | (GicMachine.Ram + GicMachine.RamSize - 0x1000) | 1);
        machine.WriteIts(ItsMachine.Ctlr, 1, 4);
        machine.WriteIts(ItsMachine.Cwriter, 0x1040);
        Assert.False(machine.ContinueCommands(0) && machine.ContinueCommands(0) && machine.ContinueCommands(0) && machine.ContinueCommands(0));
        Assert.Equal(0x1001UL, machine.ReadIts(ItsMachine.Creadr));
        machine.WriteIts(ItsMachine.Cwriter, 0x1060);
        Assert.Equal(0x1001UL, machine.ReadIts(ItsMachine.Creadr));
        machine.WriteIts(ItsMachine.Cwriter, 0x1061);
        Assert.Equal(0x1001UL, machine.ReadIts(ItsMachine.Creadr)); // and stalls again
        machine.WriteIts(ItsMachine.Ctlr, 0, 4);
        machine.WriteIts(ItsMachine.Cbaser, 0);
        Assert.Equal(0UL, machine.ReadIts(ItsMachine.Creadr));
    }

    [Theory]
    [InlineData(0u)] // pages of 4, 16 and 64 KiB
    [InlineData(1u)]
    [InlineData(2u)]
    public void A_device_table_of_two_levels_is_followed(uint pageSize)
    {
        using ItsMachine its = Ready();
        its.Gic.WriteIts(ItsMachine.Ctlr, 0, 4);
        its.Gic.WriteIts(ItsMachine.Baser0, ItsMachine.Valid | (1UL << 62) | ItsMachine.DeviceTable | (pageSize << 8));
        its.Gic.WriteIts(ItsMachine.Ctlr, 1, 4);
        uint perPage = 512u << (int)(pageSize * 2);
        ulong second = GicMachine.Ram + 0x10_0000;
        *(ulong*)its.Gic.Memory(ItsMachine.DeviceTable + (2 * 8)) = ItsMachine.Valid | second;
        uint device = (2 * perPage) + 7;
        its.MapDevice(device, 4, ItsMachine.InterruptTables + 0x4000);
        Assert.Equal(ItsMachine.Valid | (ItsMachine.InterruptTables + 0x4000) | 3, *(ulong*)its.Gic.Memory(second + (7 * 8)));
        its.MapInterrupt(device, 15, 8195, 0);
        its.Interrupt(device, 15);
        Assert.Equal(8195u, its.Gic.Signalled(0));
        its.MapDevice(perPage, 4, ItsMachine.InterruptTables); // no second level there: passed over
        its.MapInterrupt(perPage, 1, 8196, 0);
        its.Interrupt(perPage, 1);
        Assert.Equal(1u, its.Gic.Registers(0)->InUse);
    }

    [Theory]
    [InlineData(0x03UL, 5u, 1UL << 4, 0UL)] // an event that the device has not
    [InlineData(0x03UL, 6u, 1UL, 0UL)] // a device that is not mapped
    [InlineData(0x03UL, 0x10000u, 1UL, 0UL)] // a device beyond 16 bits
    [InlineData(0x0AUL, 5u, (8191UL << 32) | 3, 0UL)] // MAPTI: no LPI
    [InlineData(0x0AUL, 5u, (16384UL << 32) | 3, 0UL)]
    [InlineData(0x0AUL, 5u, (8195UL << 32) | 16, 0UL)]
    [InlineData(0x0AUL, 5u, (8195UL << 32) | 3, 0x2000UL)] // a collection without place in the table of 4 KiB
    [InlineData(0x09UL, 0u, 0UL, (1UL << 63) | (2UL << 16) | 3)] // MAPC: a vCPU that is not there
    [InlineData(0x08UL, 7u, 16UL, (1UL << 63) | ItsMachine.InterruptTables)] // MAPD: 17 bits of EventID
    [InlineData(0x01UL, 5u, 1UL, 9UL)] // MOVI to a collection that is not mapped
    [InlineData(0x0EUL, 0u, 0UL, 2UL << 16)] // MOVALL from a vCPU that is not there
    [InlineData(0xFFUL, 0u, 0UL, 0UL)]
    public void A_command_without_sense_is_passed_over(ulong command, uint device, ulong word1, ulong word2)
    {
        using ItsMachine its = Ready();
        byte[] before = Tables(its);
        its.Do(command | ((ulong)device << 32), word1, word2);
        Assert.Equal(before, Tables(its));
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(0));
        Assert.Equal(GicMachine.Spurious, its.Gic.Signalled(1));
        its.Interrupt(5, 1);
        Assert.Equal(8193u, its.Gic.Signalled(1));
    }

    [Fact]
    public void A_store_to_the_translation_frame_is_an_event_of_device_0()
    {
        using ItsMachine its = Ready();
        its.MapDevice(0, 4, ItsMachine.InterruptTables + 0x8000);
        its.MapInterrupt(0, 9, 8196, 0);
        its.Gic.WriteIts(0x1_0040, 9, 4);
        Assert.Equal(8196u, its.Gic.Signalled(0));
    }

    /// <summary>However many LPIs are pending, filling list registers looks at some of them only, and in the end all have come.</summary>
    [Theory]
    [InlineData(1u)]
    [InlineData(4u)]
    [InlineData(16u)]
    public void Of_8192_pending_LPIs_each_filling_looks_at_a_few_and_each_comes_in_its_turn(uint listRegisters)
    {
        using ItsMachine its = Ready(listRegisters);
        its.Gic.WriteRedistributor(1, 0, 0);
        new System.Span<byte>(its.Gic.Memory(ItsMachine.PendingTable(1) + 1024, 1024), 1024).Fill(0xFF);
        for (uint intId = 8192; intId < 16384; intId++)
        {
            its.Configure(intId, Enabled);
        }

        its.Gic.KicksAtOnce = false;
        its.Gic.WriteRedistributor(1, 0, 1);
        AssertLooksAtAFew(its, 1);

        // And again, with other priorities: those that are in list registers come back first.
        for (uint intId = 8192; intId < 16384; intId++)
        {
            its.Configure(intId, (byte)(Scattered(intId) | Enabled));
        }

        its.InvalidateAll(1);
        AssertLooksAtAFew(its, 1);
        its.Gic.KicksAtOnce = true;
        uint last = 0;
        for (uint i = 0; i < VirtualLpis.Count; i++)
        {
            uint intId = its.Gic.Acknowledge(1);
            uint order = (Scattered(intId) << 16) | intId;
            Assert.True(order > last);
            last = order;
            its.Gic.End(1);
        }

        Assert.Equal(GicMachine.Spurious, its.Gic.Acknowledge(1));
        Assert.Equal(VirtualGicDelivery.NothingPending, VirtualGicDelivery.HighestPending(its.Gic.Gic, 1));
    }

    [Fact]
    public void One_whose_priority_was_changed_without_INV_is_in_one_list_register()
    {
        using ItsMachine its = Ready();
        its.Gic.Unload(1);
        its.Interrupt(5, 1);
        Assert.Equal(0xA0_2001u, VirtualGicDelivery.HighestPending(its.Gic.Gic, 1));
        its.Configure(8193, 0x40 | Enabled);
        its.Gic.Load(1);
        its.Gic.Settle();
        Assert.Equal(1u, its.Gic.Registers(1)->InUse);
        Assert.Equal(8193u, its.Gic.Acknowledge(1));
    }

    [Fact]
    public void The_last_of_thousands_is_found_by_looking_at_a_few_at_a_time()
    {
        using ItsMachine its = Ready();
        its.Gic.Unload(1);
        its.Gic.WriteRedistributor(1, 0, 0, by: 0);
        new System.Span<byte>(its.Gic.Memory(ItsMachine.PendingTable(1) + 1024, 1024), 1024).Fill(0xFF);
        its.Configure(16383, Enabled);
        its.Gic.WriteRedistributor(1, 0, 1, by: 0);
        VirtualLpis* lpis = &VirtualGic.Redistributor(its.Gic.Gic, 1)->Lpis;
        int looks = 0;
        uint best = VirtualGicDelivery.NothingPending;
        for (; lpis->Stale != 0; looks++)
        {
            best = VirtualGicDelivery.HighestPending(its.Gic.Gic, 1);
        }

        Assert.True(looks > 20);
        Assert.Equal(16383u, best); // the last one, of the highest priority
    }

    private static uint Scattered(uint intId) => intId * 7919 >> 3 & 0xF8;

    // 256 LPIs, and what is left of a chunk of 128.
    private static void AssertLooksAtAFew(ItsMachine its, uint vcpu)
    {
        VirtualLpis* lpis = &VirtualGic.Redistributor(its.Gic.Gic, vcpu)->Lpis;
        int fillings = 0;
        while ((its.Gic.Outstanding & (1u << (int)vcpu)) != 0)
        {
            int before = System.Numerics.BitOperations.PopCount(lpis->Stale);
            its.Gic.Settle(vcpu);
            Assert.InRange(before - System.Numerics.BitOperations.PopCount(lpis->Stale), -16, 3);
            fillings++;
        }

        Assert.InRange(fillings, 20, 100);
        Assert.Equal(0UL, lpis->Stale);
    }

    private static byte[] Tables(ItsMachine its) =>
        new System.ReadOnlySpan<byte>(its.Gic.Memory(ItsMachine.DeviceTable, 0x2_0000), 0x2_0000).ToArray();

    // Device 5 has 16 events; events 1 and 2 are LPIs 8193 and 8194 of vCPU 1.
    private static ItsMachine Ready(uint listRegisters = 4)
    {
        var its = new ItsMachine(2, listRegisters);
        its.MapDevice(5, 4, ItsMachine.InterruptTables);
        its.MapInterrupt(5, 1, 8193, 1);
        its.MapInterrupt(5, 2, 8194, 1);
        for (uint intId = 8193; intId < 8200; intId++)
        {
            its.Configure(intId, 0xA0 | Enabled);
        }

        return its;
    }
}
