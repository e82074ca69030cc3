// Nestor's own stage 2 tables under random mapping and unmapping, against a list of what should be mapped. The tables are
// read by the oracle's walk, as hardware would, and every page of theirs is accounted for.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using FsCheck.Xunit;
using Nestor.Hal;
using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Memory;

public sealed unsafe class Stage2TableTests
{
    private const ulong Arena = 64 << 20;

    static Stage2TableTests()
    {
        byte* memory = (byte*)NativeMemory.AlignedAlloc((nuint)Arena, 1 << 16);
        PageAllocator.Add((ulong)memory, (ulong)memory + Arena);
    }

    [Property(MaxTest = 200, StartSize = 100, EndSize = 1200)]
    public void What_is_mapped_is_what_a_walk_finds_40_bits(byte[] program) => Run(program, Stage2.AddressBits);

    [Property(MaxTest = 200, StartSize = 100, EndSize = 1200)]
    public void What_is_mapped_is_what_a_walk_finds_48_bits(byte[] program) => Run(program, Stage2.WideAddressBits);

    [Property(MaxTest = 200)]
    public void A_range_is_mapped_from_its_first_byte_to_its_last_and_no_further(byte[] program)
    {
        using Tables tables = new(Stage2.AddressBits);
        Dice dice = new(program);
        ulong from = dice.Bits(40) & ~0xfffUL;
        ulong to = dice.Percent(60) ? (dice.Bits(42) & ~0x3fff_ffffUL) | (from & 0x3fff_ffff) : dice.Bits(42) & ~0xfffUL;
        ulong size = ((dice.Bits(dice.One(14, 22, 31)) >> 12) + 1) << 12;
        bool fits = from + size <= 1UL << 40;
        Assert.Equal(fits, Stage2.Map(tables.Root, new Ipa(from), new Pa(to), size, Stage2.Read));
        if (!fits)
        {
            return;
        }

        for (int i = 0; i < 40; i++)
        {
            ulong offset = i switch { 0 => 0, 1 => size - 1, _ => dice.Bits(48) % size };
            Stage2Outcome found = tables.Oracle.Walk(from + offset, Stage2Oracle.Wants.Read);
            Assert.Equal((null, to + offset), (found.Fault, found.Output));

            // The largest block that both addresses and what is left allow.
            ulong largest = 1UL << 30;
            ulong at = from + offset;
            while (largest > 4096 && (((from ^ to) & (largest - 1)) != 0 || at / largest * largest < from || (at / largest * largest) + largest > from + size))
            {
                largest >>= 9;
            }

            Assert.Equal(largest, 1UL << found.Low);
            Assert.NotNull(tables.Oracle.Walk(from + offset, Stage2Oracle.Wants.Write).Fault);
        }

        Assert.NotNull(tables.Oracle.Walk(from - 1, Stage2Oracle.Wants.Read).Fault);
        Assert.NotNull(tables.Oracle.Walk(from + size, Stage2Oracle.Wants.Read).Fault);
    }

    private static void Run(byte[] program, int bits)
    {
        using Tables tables = new(bits);
        Dice dice = new(program);

        // Few places, so that what is done meets what was done.
        ulong[] places = [.. Enumerable.Range(0, 3).Select(_ => dice.Bits(bits)), (1UL << bits) - 1];
        while (!dice.IsEmpty)
        {
            ulong address = Near(dice, places) & ((1UL << bits) - 1);
            switch (dice.Below(8))
            {
                case 0:
                    ulong start = address & ~0xfffUL;
                    tables.Unmap(start, dice.One<ulong>(0x1000, 0x20_0000, 0x4000_0000, 1UL << bits, (dice.Bits(20) + 1) << 12));
                    break;
                case 1:
                    tables.Detach(address, dice.One(12, 21, 30));
                    break;
                case 2 when dice.Percent(5):
                    tables.DetachAll();
                    break;
                default:
                    tables.Map(address, dice.Bits(47), dice.One(12, 12, 21, 30), (dice.Bits(8) << 2) | (dice.Bits(2) << 53));
                    break;
            }

            foreach (ulong place in places)
            {
                tables.Compare(place);
                tables.Compare(Near(dice, [place]) & ((1UL << bits) - 1));
            }

            tables.Compare(address);
        }
    }

    private static ulong Near(Dice dice, ulong[] places) => dice.One(places) ^ (dice.Bits(8) << dice.One(4, 12, 19, 28, 36));

    /// <summary>The tables, and what should be in them.</summary>
    private sealed class Tables : IDisposable
    {
        private readonly int _bits;
        private readonly Dictionary<(int Shift, ulong Index), (ulong Output, ulong Attributes)> _leaves = [];
        private readonly HashSet<(int Shift, ulong Index)> _tables = [];
        private uint _pages;

        public Tables(int bits)
        {
            _bits = bits;
            Root = (ulong*)PageAllocator.AllocateAligned(Stage2.RootSize, Stage2.RootSize);
            int startLevel = bits == Stage2.AddressBits ? 1 : 0;
            Oracle = new Stage2Oracle(new Stage2Setting(12, bits, startLevel, 48, (ulong)Root, false, false), at => *(ulong*)at);
        }

        public ulong* Root { get; }

        public Stage2Oracle Oracle { get; }

        public void Map(ulong address, ulong output, int shift, ulong attributes)
        {
            uint pages = _pages;
            Assert.True(Stage2.MapLeaf(Root, _bits, address, output, shift, attributes, &pages));
            _pages = pages;

            // Where smaller ones are already it is one of those; blocks around it are no more.
            int top = _bits == Stage2.AddressBits ? 30 : 39;
            while (shift > 12 && _tables.Contains((shift, address >> shift)))
            {
                shift -= 9;
            }

            for (int around = top; around > shift; around -= 9)
            {
                _leaves.Remove((around, address >> around));
                _tables.Add((around, address >> around));
            }

            _leaves[(shift, address >> shift)] = (output >> shift << shift, attributes);
            Assert.Equal((uint)_tables.Count, _pages);
        }

        public void Unmap(ulong start, ulong size)
        {
            ulong end = Math.Min(start + size, 1UL << _bits);
            var gone = _leaves.Keys.Where(leaf => leaf.Index << leaf.Shift < end && (leaf.Index + 1) << leaf.Shift > start).ToList();
            bool any = Stage2.Unmap(Root, _bits, start, size);
            Assert.True(any || gone.Count == 0, "something was unmapped and not told");
            gone.ForEach(leaf => _leaves.Remove(leaf));
        }

        public void Detach(ulong address, int smallest)
        {
            int found;
            ulong* entry = Stage2.Find(Root, _bits, address, smallest, &found);
            int shift = found;
            uint freed = Stage2.FreeDetached(Stage2.DetachEntry(entry, shift));
            ulong index = address >> shift;
            int tables = _tables.RemoveWhere(table => table.Shift <= shift && table.Index >> (shift - table.Shift) == index);
            _leaves.Keys.Where(leaf => leaf.Shift <= shift && leaf.Index >> (shift - leaf.Shift) == index).ToList().ForEach(leaf => _leaves.Remove(leaf));
            Assert.Equal((uint)tables, freed);
            _pages -= freed;
        }

        public void DetachAll()
        {
            uint freed = Stage2.FreeDetached(Stage2.Detach(Root, _bits));
            Assert.Equal(_pages, freed);
            _tables.Clear();
            _leaves.Clear();
            _pages = 0;
        }

        public void Compare(ulong address)
        {
            Stage2Outcome found = Oracle.Walk(address, 0);
            int shift;
            ulong* entry = Stage2.Find(Root, _bits, address, 12, &shift);
            foreach (int size in (int[])[12, 21, 30])
            {
                if (_leaves.TryGetValue((size, address >> size), out (ulong Output, ulong Attributes) leaf))
                {
                    Assert.Equal((null, leaf.Output + (address & ((1UL << size) - 1)), size), (found.Fault, found.Output, found.Low));
                    const ulong Fixed = 0x0000_ffff_ffff_f403;
                    Assert.Equal(leaf.Attributes, found.Descriptor & ~Fixed);
                    Assert.Equal((size, (ulong)entry), (shift, found.Entry));
                    return;
                }
            }

            Assert.NotNull(found.Fault);
            Assert.Equal(0UL, *entry);
        }

        public void Dispose()
        {
            DetachAllQuietly();
            PageAllocator.Release((byte*)Root, Stage2.RootSize);
        }

        // The test may have failed already: then the memory is all that is left to tidy.
        private void DetachAllQuietly() => _ = Stage2.FreeDetached(Stage2.Detach(Root, _bits));
    }
}
