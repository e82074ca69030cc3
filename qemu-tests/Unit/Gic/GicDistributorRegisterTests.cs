// The distributor's registers one by one: what reads back, what is reserved, which access sizes count.

using System;
using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Gic;

public sealed unsafe class GicDistributorRegisterTests
{
    [Theory]
    [InlineData(0x0000u, 0x00000050u)] // CTLR: DS, ARE
    [InlineData(0x0004u, 0x026A0003u)] // TYPER: 128 INTIDs, LPIs, 14 bits, No1N
    [InlineData(0x0008u, 0x4E00043Bu)] // IIDR
    [InlineData(0x000Cu, 0u)] // TYPER2
    [InlineData(0xFFE8u, 0x3Bu)] // PIDR2: GICv3
    [InlineData(0xFFD0u, 0x44u)] // PIDR4
    [InlineData(0xFFE0u, 0x92u)] // PIDR0
    [InlineData(0xFFF0u, 0x0Du)] // CIDR0
    [InlineData(0xFFFCu, 0xB1u)] // CIDR3
    public void Identification_reads_and_is_read_only(uint offset, uint expected)
    {
        using var machine = new GicMachine(2);
        Assert.Equal(expected, machine.Read(offset));
        machine.Write(offset, 0xFFFFFFFC); // the two group enables left alone
        Assert.Equal(expected, machine.Read(offset));
    }

    [Fact]
    public void Control_keeps_only_the_group_enables()
    {
        using var machine = new GicMachine(1);
        machine.Write(0, 0xFFFFFFFF);
        Assert.Equal(0x53u, machine.Read(0));
        machine.Write(0, 2);
        Assert.Equal(0x52u, machine.Read(0));
    }

    [Theory]
    [InlineData(0x080u)] // IGROUPR
    [InlineData(0x100u)] // ISENABLER
    [InlineData(0x200u)] // ISPENDR
    [InlineData(0x300u)] // ISACTIVER
    public void Bit_arrays_hold_SPIs_and_nothing_else(uint start)
    {
        using var machine = new GicMachine(1);
        for (uint offset = start; offset < start + 0x80; offset += 4)
        {
            bool exists = offset - start is 4 or 8 or 12;
            machine.Write(offset, 0x80000101);
            Assert.Equal(exists ? 0x80000101u : 0u, machine.Read(offset));
        }
    }

    [Theory]
    [InlineData(0x100u, 0x180u)]
    [InlineData(0x200u, 0x280u)]
    [InlineData(0x300u, 0x380u)]
    public void A_clear_register_clears_only_ones(uint set, uint clear)
    {
        using var machine = new GicMachine(1);
        machine.Write(set + 4, 0xFF);
        machine.Write(set + 4, 0);
        machine.Write(clear + 4, 0x0F);
        Assert.Equal(0xF0u, machine.Read(set + 4));
        Assert.Equal(0xF0u, machine.Read(clear + 4));
    }

    [Fact]
    public void Priorities_have_five_bits_and_are_accessible_by_byte_and_word()
    {
        using var machine = new GicMachine(1);
        machine.Write(0x400 + 32, 0x12345678);
        Assert.Equal(0x10305078u, machine.Read(0x400 + 32));
        machine.Write(0x400 + 33, 0xFF, 1);
        Assert.Equal(0x1030F878u, machine.Read(0x400 + 32));
        Assert.Equal(0xF8u, machine.Read(0x400 + 33, 1));
        machine.Write(0x400 + 127, 0xA8, 1);
        Assert.Equal(0xA8u, machine.Read(0x400 + 127, 1));
        machine.Write(0x400 + 128, 0xA8, 1);
        Assert.Equal(0u, machine.Read(0x400 + 128, 1));
        machine.Write(0x400 + 31, 0xA8, 1);
        Assert.Equal(0u, machine.Read(0x400 + 31, 1));
    }

    [Fact]
    public void Configuration_has_the_upper_bit_of_each_pair()
    {
        using var machine = new GicMachine(1);
        machine.Write(0xC00 + 8, 0xFFFFFFFF);
        machine.Write(0xC00 + 12, 0xF0000003);
        Assert.Equal(0xAAAAAAAAu, machine.Read(0xC00 + 8));
        Assert.Equal(0xA0000002u, machine.Read(0xC00 + 12));
        Assert.Equal(0u, machine.Read(0xC00 + 4));
    }

    [Fact]
    public void Routes_keep_three_affinity_fields_by_doubleword_or_by_lower_word()
    {
        using var machine = new GicMachine(1);
        machine.Write(0x6000 + (32 * 8), 0xFFFFFFFF_FFFFFFFF, 8);
        Assert.Equal(0xFFFFFFUL, machine.Read(0x6000 + (32 * 8), 8));
        machine.Write(0x6000 + (127 * 8), 0x80010203);
        machine.Write(0x6000 + (127 * 8) + 4, 0xFF);
        Assert.Equal(0x010203UL, machine.Read(0x6000 + (127 * 8), 8));
        Assert.Equal(0UL, machine.Read(0x6000 + (127 * 8) + 4));
        machine.Write(0x6000 + (31 * 8), 1, 8);
        machine.Write(0x6000 + (128 * 8), 1, 8);
        Assert.Equal(0UL, machine.Read(0x6000 + (31 * 8), 8));
        Assert.Equal(0UL, machine.Read(0x6000 + (128 * 8), 8));
    }

    [Theory]
    [InlineData(0x104u, 1u)]
    [InlineData(0x104u, 2u)]
    [InlineData(0x104u, 8u)]
    [InlineData(0x106u, 4u)]
    [InlineData(0x6104u, 8u)]
    [InlineData(0x6108u, 1u)]
    [InlineData(0x420u, 2u)]
    [InlineData(0xC08u, 1u)]
    [InlineData(0x10104u, 4u)]
    [InlineData(0xFFFFFFFCu, 4u)]
    public void Undefined_accesses_do_nothing(uint offset, uint size)
    {
        using var machine = new GicMachine(1);
        machine.Write(offset, ulong.MaxValue, size);
        Assert.Equal(0UL, machine.Read(offset, size));
        Assert.Equal(0UL, machine.Read(0x104));
        Assert.Equal(0UL, machine.Read(0x6108, 8));
        Assert.Equal(0UL, machine.Read(0x420));
        Assert.Equal(0UL, machine.Read(0xC08));
    }

    [Theory]
    [InlineData(0x010u, 0x080u)] // STATUSR, SETSPI_NSR and its kin
    [InlineData(0x800u, 0xC00u)] // ITARGETSR
    [InlineData(0xD00u, 0x6000u)] // IGRPMODR, NSACR, SGIR, CPENDSGIR, SPENDSGIR, reserved
    [InlineData(0x8000u, 0xFFD0u)]
    public void Absent_registers_are_RAZ_WI(uint first, uint end)
    {
        using var machine = new GicMachine(1);
        byte[] before = State(machine);
        for (uint offset = first; offset < end; offset += 4)
        {
            machine.Write(offset, 0xFFFFFFFF);
            Assert.Equal(0UL, machine.Read(offset));
        }

        Assert.Equal(before, State(machine));
    }

    [Fact]
    public void Reset_returns_to_the_first_state()
    {
        using var machine = new GicMachine(2);
        byte[] before = State(machine);
        for (uint offset = 0; offset < 0x10000; offset += 4)
        {
            machine.Write(offset, 0xFFFFFFFF);
            machine.WriteRedistributor(0, 0x10000 + offset, 0xFFFFFFFF);
            machine.WriteRedistributor(1, offset, 0);
        }

        machine.SetLine(40, true);
        Assert.NotEqual(before, State(machine));
        machine.Unload(0);
        machine.Unload(1);
        VirtualGic.Reset(machine.Gic);
        Assert.Equal(before, State(machine));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(9u)]
    [InlineData(uint.MaxValue)]
    public void A_VM_has_1_to_8_vCPUs(uint count)
    {
        VirtualGic gic = default;
        Assert.False(VirtualGic.Initialise(&gic, null, count));
    }

    private static byte[] State(GicMachine machine) =>
        new ReadOnlySpan<byte>(machine.Gic, sizeof(VirtualGic)).ToArray();
}
