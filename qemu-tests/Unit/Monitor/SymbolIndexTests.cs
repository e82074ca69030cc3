// Symbols of a guest: what the launcher writes, Nestor reads, and what is damaged is refused and never read beyond.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Nestor.Kernel;
using Nestor.Tests.Unit.HostSupport;
using Nestor.Tools.Symbols;
using Xunit;

namespace Nestor.Tests.Unit.Monitor;

public sealed unsafe class SymbolIndexTests
{
    private static readonly KernelSymbol[] s_symbols =
    [
        new(0x1000, 'T', "start"),
        new(0x1000, 'd', "a_mark"),
        new(0x1000, 't', "start_of_file"),
        new(0x1040, 't', "middle"),
        new(0x2000, 'D', "swapper_pg_dir"),
        new(0x2800, 'T', "vectors"),
        new(0x3000, 'D', "_end"),
    ];

    [Theory]
    [InlineData(0x0fffUL, null)]
    [InlineData(0x1000UL, "start+0")]
    [InlineData(0x103fUL, "start+3f")]
    [InlineData(0x1040UL, "middle+0")]
    [InlineData(0x1fffUL, "middle+fbf")]
    [InlineData(0x2fffUL, "vectors+7ff")]
    [InlineData(0x3000UL, "_end+0")]
    [InlineData(0x3001UL, null)]
    [InlineData(ulong.MaxValue, null)]
    public void An_address_has_the_name_in_front_of_it(ulong address, string? expected) =>
        WithIndex(SymbolIndexFile.Build(s_symbols), (index, _) => Assert.Equal(expected, Name(index, address)));

    [Fact]
    public void Each_name_has_its_address_and_no_other_has_any() =>
        WithIndex(SymbolIndexFile.Build(s_symbols), (index, _) =>
        {
            foreach (KernelSymbol symbol in s_symbols)
            {
                Assert.True(SymbolIndex.TryAddress((byte*)index, Encoding.ASCII.GetBytes(symbol.Name), out ulong address));
                Assert.Equal(symbol.Address, address);
            }

            foreach (string other in (string[])["", "star", "start_", "Start", "vectorz", "_end "])
            {
                Assert.False(SymbolIndex.TryAddress((byte*)index, Encoding.ASCII.GetBytes(other), out _));
            }
        });

    [Fact]
    public void Only_a_kernel_that_may_move_has_an_anchor()
    {
        WithIndex(SymbolIndexFile.Build(s_symbols), (index, _) => Assert.Equal(0x2800UL, SymbolIndex.Anchor((byte*)index)));
        KernelSymbol[] others = [.. s_symbols.Where(symbol => symbol.Name != "swapper_pg_dir")];
        WithIndex(SymbolIndexFile.Build(others), (index, _) => Assert.Equal(0UL, SymbolIndex.Anchor((byte*)index)));
    }

    [Fact]
    public void What_is_cut_off_is_refused()
    {
        byte[] whole = SymbolIndexFile.Build(s_symbols);
        for (int length = 0; length < whole.Length; length++)
        {
            WithIndex(whole[..length], (index, size) => Assert.False(SymbolIndex.IsSane((byte*)index, size)));
        }
    }

    [Fact]
    public void Damage_is_refused_or_does_no_harm()
    {
        byte[] whole = SymbolIndexFile.Build(s_symbols);
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] damaged = [.. whole];
            for (int j = random.Next(4); j >= 0; j--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            WithIndex(damaged, (index, size) =>
            {
                if (SymbolIndex.IsSane((byte*)index, size))
                {
                    Name(index, (ulong)random.Next(0x4000));
                    SymbolIndex.TryAddress((byte*)index, "vectors"u8, out _);
                }
            });
        }
    }

    private static string? Name(nint index, ulong address) =>
        SymbolIndex.TryName((byte*)index, address, out byte* name, out int length, out ulong offset)
            ? $"{Encoding.Latin1.GetString(name, length)}+{offset:x}"
            : null;

    // The memory ends where the index does, so that a step beyond it is a fault.
    private static void WithIndex(byte[] bytes, Action<nint, ulong> use)
    {
        using GuardedMemory memory = new((bytes.Length + 7) & ~7);
        bytes.CopyTo(new Span<byte>((void*)memory.Start, bytes.Length));
        use((nint)memory.Start, (ulong)bytes.Length);
    }
}
