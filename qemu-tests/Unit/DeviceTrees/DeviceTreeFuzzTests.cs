// A real device tree, damaged at random. Whatever is left of it, the reader refuses it or answers; it never looks
// outside (the next page is not there) and it always comes to an end.
using System;
using Nestor.Hal;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.HostSupport;
using Xunit;

namespace Nestor.Tests.Unit.DeviceTrees;

public sealed unsafe class DeviceTreeFuzzTests
{
    private const int Rounds = 600;

    private static readonly uint[] s_nastyWords = [0, 1, 2, 3, 4, 9, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFF, 0xD00D_FEED];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_damaged_tree_is_refused_or_answers(int seed)
    {
        Random random = new(seed);
        byte[] good = QemuDeviceTree.Virt;
        using GuardedMemory memory = new(good.Length);
        int opened = 0;
        for (int round = 0; round < Rounds; round++)
        {
            good.CopyTo(memory.Span);
            Damage(memory.Span, random);
            if (DeviceTree.TryOpen(memory.Start, (uint)memory.Size, out DeviceTree tree))
            {
                opened++;
                AskAboutEverything(tree);
            }
        }

        // Damage to names and values is not the format's business; damage to tokens and lengths is.
        Assert.InRange(opened, 1, Rounds - 1);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void A_tree_that_changes_after_it_was_opened_stays_harmless(int seed)
    {
        Random random = new(seed);
        byte[] good = QemuDeviceTree.Virt;
        using GuardedMemory memory = new(good.Length);
        for (int round = 0; round < Rounds; round++)
        {
            good.CopyTo(memory.Span);
            Assert.True(DeviceTree.TryOpen(memory.Start, (uint)memory.Size, out DeviceTree tree));
            Damage(memory.Span, random);
            AskAboutEverything(tree);
        }
    }

    [Fact]
    public void A_real_tree_is_refused_when_it_is_cut_anywhere()
    {
        byte[] good = QemuDeviceTree.Virt;
        for (int length = 8; length < good.Length; length++)
        {
            using GuardedMemory memory = new(good.AsSpan(0, length));
            RawTree.Poke(memory.Span, RawTree.TotalSizeAt, (uint)length);
            Assert.False(TreeExerciser.Opens(memory.Start, length), $"opened with {length} of {good.Length} bytes");
        }
    }

    [Fact]
    public void Random_bytes_are_no_tree()
    {
        Random random = new(7);
        for (int round = 0; round < 10_000; round++)
        {
            using GuardedMemory memory = new(random.Next(0, 200));
            random.NextBytes(memory.Span);
            Assert.False(TreeExerciser.Opens(memory.Start, memory.Size));
        }
    }

    [Fact]
    public void Random_tokens_behind_a_good_header_are_refused_or_make_a_whole_tree()
    {
        Random random = new(8);
        int opened = 0;
        for (int round = 0; round < 10_000; round++)
        {
            using GuardedMemory memory = new(random.Next(72, 200));
            random.NextBytes(memory.Span);
            MakePlausible(memory.Span, random);
            if (DeviceTree.TryOpen(memory.Start, (uint)memory.Size, out DeviceTree tree))
            {
                opened++;
                Assert.True(TreeExerciser.WalkAndCheck(tree) > 0);
            }
        }

        Assert.InRange(opened, 1, 9_999);
    }

    private static void AskAboutEverything(DeviceTree tree)
    {
        for (uint node = tree.NextNode(0); node != 0; node = tree.NextNode(node))
        {
            TreeExerciser.Ask(tree, node);
        }

        _ = tree.FindNode("/cpus/cpu@0"u8);
        _ = tree.FindCompatible(0, "arm,pl011"u8);
        _ = tree.FindPhandle(0x8001);
    }

    private static void Damage(Span<byte> blob, Random random)
    {
        for (int times = random.Next(1, 6); times > 0; times--)
        {
            int at = random.Next(blob.Length);
            switch (random.Next(5))
            {
                case 0:
                    blob[at] ^= (byte)(1 << random.Next(8));
                    break;

                case 1:
                    blob[at] = (byte)random.Next(256);
                    break;

                case 2:
                    RawTree.Poke(blob, Math.Min(at, blob.Length - 4) & ~3, s_nastyWords[random.Next(s_nastyWords.Length)]);
                    break;

                case 3:
                    RawTree.Poke(blob, random.Next(10) * 4, (uint)random.Next(blob.Length + 64));
                    break;

                default:
                    int length = random.Next(Math.Min(64, blob.Length - at));
                    blob.Slice(at, length).CopyTo(blob[random.Next(blob.Length - length)..]);
                    break;
            }
        }
    }

    /// <summary>A header that agrees with the size, no reservations, and tokens of which many are valid.</summary>
    private static void MakePlausible(Span<byte> blob, Random random)
    {
        const int Structure = 56;
        RawTree.Poke(blob, 0, 0xD00D_FEED);
        RawTree.Poke(blob, RawTree.TotalSizeAt, (uint)blob.Length);
        RawTree.Poke(blob, RawTree.StructureOffsetAt, Structure);
        RawTree.Poke(blob, RawTree.StructureSizeAt, (uint)(blob.Length - Structure));
        RawTree.Poke(blob, RawTree.StringsOffsetAt, (uint)random.Next(40, blob.Length));
        RawTree.Poke(blob, RawTree.StringsSizeAt, 1);
        RawTree.Poke(blob, RawTree.ReservationsOffsetAt, 40);
        RawTree.Poke(blob, RawTree.VersionAt, 17);
        RawTree.Poke(blob, RawTree.LastCompatibleVersionAt, 16);
        blob[40..Structure].Clear();
        for (int at = Structure; at + 4 <= blob.Length; at += 4)
        {
            RawTree.Poke(blob, at, s_nastyWords[random.Next(6)]);
        }

        RawTree.Poke(blob, Structure, 1);
        RawTree.Poke(blob, Structure + 4, 0);
    }
}
