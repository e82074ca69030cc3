// A guest hypervisor with stage 2 tables drawn by lot: any granule, start level and size, usable or not; tables that are
// missing, outside memory, beyond the output size, that point to themselves and to each other; any attributes; both byte orders.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Nestor.Hal;
using Nestor.Kernel;
using Nestor.Tests.Unit.HostSupport;

namespace Nestor.Tests.Unit.Memory;

internal sealed unsafe class GuestTables : IDisposable
{
    public const ulong RamStart = 0x4000_0000;
    public const ulong RamSize = 2 << 20;

    private const int Plants = 14;

    private readonly GuardedMemory _ram = new((int)RamSize);
    private readonly GuardedMemory _pages = new(VirtualCpu.VncrPageSize + VirtualCpu.Size);
    private readonly GuardedMemory _machine = new(sizeof(VirtualMachine));
    private readonly Dice _dice;

    public GuestTables(Dice dice)
    {
        // A CPU of 48 bits: whatever else the host level would read.
        Features.PhysicalRange = 5;
        _dice = dice;
        VirtualMachine* machine = (VirtualMachine*)_machine.Start;
        machine->RamStart = new Ipa(RamStart);
        machine->RamSize = RamSize;
        machine->RamAt = new Pa((ulong)_ram.Start);
        Vcpu = (VirtualCpu*)(_pages.Start + VirtualCpu.VncrPageSize);
        Vcpu->Machine = machine;
        Set();
        Oracle = new Stage2Oracle(Setting, Read);
        for (int i = 0; i < Plants && Oracle.IsUsable; i++)
        {
            Planted.Add(Plant());
        }
    }

    public VirtualCpu* Vcpu { get; }

    public Stage2Setting Setting { get; private set; } = null!;

    public Stage2Oracle Oracle { get; }

    public bool IsBigEndian { get; private set; }

    /// <summary>Addresses for which something was put into the tables.</summary>
    public List<ulong> Planted { get; } = [];

    public void Dispose()
    {
        _ram.Dispose();
        _pages.Dispose();
        _machine.Dispose();
    }

    /// <summary>The descriptor at a guest physical address, by the value that it means.</summary>
    public ulong? Read(ulong at)
    {
        if (at < RamStart || at > RamStart + RamSize - 8)
        {
            return null;
        }

        ulong value = *(ulong*)(_ram.Start + (at - RamStart));
        return IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>All of RAM, to see what a walk changed.</summary>
    public byte[] Snapshot() => _ram.Span.ToArray();

    /// <summary>Puts a descriptor that hardware changed into a snapshot; false when it is there already.</summary>
    public bool Expect(byte[] snapshot, ulong at, ulong descriptor)
    {
        Span<byte> place = snapshot.AsSpan((int)(at - RamStart), 8);
        ulong value = IsBigEndian ? BinaryPrimitives.ReverseEndianness(descriptor) : descriptor;
        bool isNew = BinaryPrimitives.ReadUInt64LittleEndian(place) != value;
        BinaryPrimitives.WriteUInt64LittleEndian(place, value);
        return isNew;
    }

    public bool IsRamAs(byte[] snapshot) => _ram.Span.SequenceEqual(snapshot);

    private void Set()
    {
        int granule = _dice.One(12, 14, 16);
        (int startLevel, ulong sl0) = granule == 12
            ? _dice.One((1, 1UL), (2, 0UL), (0, 2UL), (3, 3UL))
            : _dice.One((3, 0UL), (2, 1UL), (1, 2UL), (2, 1UL), (1, 2UL), (-1, 3UL));
        int inputSize = 16 + _dice.Below(33);
        if (startLevel >= 0 && _dice.Percent(85))
        {
            // One that goes with the start level.
            (int high, int low) = Stage2Oracle.BitsOf(granule, startLevel);
            inputSize = Math.Clamp(low + 1 + _dice.Below(high - low + 5), granule == 16 ? 17 : 16, 48);
        }
        else if (_dice.Percent(30))
        {
            inputSize = _dice.One(1, 12, 15, 49, 52, 64);
        }

        (int outputSize, ulong ps) = _dice.One((48, 5UL), (32, 0UL), (36, 1UL), (40, 2UL), (42, 3UL), (44, 4UL), (48, 6UL), (48, 7UL));
        bool access = _dice.Percent(50);
        bool dirty = _dice.Percent(50);
        IsBigEndian = _dice.Percent(50);
        ulong root = RamStart + (_dice.Bits(7) << 14) + (_dice.Percent(20) ? _dice.Bits(14) & ~1UL : 0);
        root = _dice.Percent(10) ? _dice.Bits(48) & ~1UL : root;
        Setting = new Stage2Setting(granule, inputSize, startLevel, outputSize, root, access, dirty);
        ulong tg0 = granule switch { 12 => 0UL, 14 => 2, _ => 1 };
        Vcpu->VTCR_EL2 = (1UL << 31) | (dirty ? 1UL << 22 : 0) | (access ? 1UL << 21 : 0) | (ps << 16) | (tg0 << 14) | (sl0 << 6) | (uint)((64 - inputSize) & 63);
        Vcpu->VTTBR_EL2 = root | (_dice.Bits(16) << 48);
        Vcpu->SCTLR_EL2 = IsBigEndian ? 1UL << 25 : 0;
    }

    // Follows what is there, or puts something new there, down to a page or what is none.
    private ulong Plant()
    {
        ulong address = _dice.Bits(48) & (ulong.MaxValue >> (64 - Setting.InputSize));
        ulong table = Oracle.Start;
        for (int level = Setting.StartLevel; level <= 3; level++)
        {
            ulong at = Oracle.EntryAt(table, level, address);
            if (Read(at) is not { } descriptor)
            {
                break;
            }

            if (level == 3 || (descriptor & 3) != 3 || _dice.Percent(30))
            {
                descriptor = level == 3 || _dice.Percent(20) ? Leaf(level) : Table();
                *(ulong*)(_ram.Start + (at - RamStart)) = IsBigEndian ? BinaryPrimitives.ReverseEndianness(descriptor) : descriptor;
            }

            if ((descriptor & 3) != 3)
            {
                break;
            }

            table = (descriptor & 0xffff_ffff_ffff) >> Setting.Granule << Setting.Granule;
        }

        return address;
    }

    private ulong Table()
    {
        ulong ignored = _dice.Percent(20) ? _dice.Bits(64) & 0xfff0_0000_0000_0ffc : 0;
        ulong to = _dice.Below(12) switch
        {
            11 => _dice.Bits(48),
            10 => Oracle.Start,
            9 => RamStart + RamSize,
            _ => RamStart + (_dice.Bits(5) << 16),
        };
        return ignored | (to >> Setting.Granule << Setting.Granule) | (_dice.Percent(95) ? 3UL : 2);
    }

    private ulong Leaf(int level)
    {
        ulong attributes = (_dice.Bits(64) & 0xfff0_0000_0000_0ffc) | (_dice.Percent(60) ? 1UL << 10 : 0) | (_dice.Percent(50) ? 3UL << 6 : 0);
        ulong to = _dice.Percent(50) ? _dice.Bits(31) : _dice.Bits(48);
        ulong kind = _dice.Percent(90) ? level == 3 ? 3UL : 1 : _dice.Bits(2);
        return attributes | (to >> Setting.Granule << Setting.Granule) | kind;
    }
}
