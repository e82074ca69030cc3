// The kernel's walker of a guest hypervisor's stage 2 against the oracle, on tables drawn by lot: the same end of each walk,
// the same fault at the same level, and in memory the flags that hardware would have set and not a bit more.
using System;
using System.Collections.Generic;
using FsCheck.Xunit;
using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Memory;

public sealed unsafe class GuestStage2WalkTests
{
    private const int Queries = 24;

    [Property(MaxTest = 600, StartSize = 300, EndSize = 1500)]
    public void A_walk_ends_as_the_architecture_says(byte[] program) => Run(program, _ => { });

    /// <summary>What is drawn covers what there is: else the property would prove little.</summary>
    [Fact]
    public void The_lot_draws_every_fault_and_every_kind_of_page()
    {
        HashSet<string> seen = [];
        Random random = new(1);
        for (int i = 0; i < 1500; i++)
        {
            byte[] program = new byte[1000];
            random.NextBytes(program);
            Run(program, what => seen.Add(what));
        }

        List<string> wanted = [];
        for (int level = 0; level <= 3; level++)
        {
            wanted.AddRange([$"fault {FaultStatus.Translation + level:x}", $"fault {FaultStatus.AddressSize + level:x}", $"fault {FaultStatus.ExternalOnWalk + level:x}"]);
        }

        for (int level = 1; level <= 3; level++)
        {
            wanted.AddRange([$"fault {FaultStatus.AccessFlag + level:x}", $"fault {FaultStatus.Permission + level:x}"]);
        }

        foreach (string size in (string[])["12, 12", "12, 21", "12, 30", "14, 14", "14, 25", "16, 16", "16, 29"])
        {
            wanted.AddRange([$"page {size}", $"updated {size}"]);
        }

        Assert.Empty(Missing(wanted, seen));
    }

    private static IEnumerable<string> Missing(List<string> wanted, HashSet<string> seen)
    {
        wanted.RemoveAll(seen.Contains);
        return wanted;
    }

    private static void Run(byte[] program, Action<string> tell)
    {
        Dice dice = new(program);
        using GuestTables tables = new(dice);
        byte[] memory = tables.Snapshot();
        for (int i = 0; i < Queries; i++)
        {
            ulong address = dice.Bits(48);
            if (tables.Planted.Count != 0 && i % 4 != 0)
            {
                address = tables.Planted[dice.Below(tables.Planted.Count)] ^ (address & 0xfff);
            }

            Stage2Oracle.Wants wants = dice.Percent(50) ? dice.One(Stage2Oracle.Wants.Read, Stage2Oracle.Wants.Write) : (Stage2Oracle.Wants)(1 + dice.Below(15));
            Stage2Outcome expected = tables.Oracle.Walk(address, wants);
            Stage2WalkResult result = default;
            bool good = GuestStage2Walk.Walk(tables.Vcpu, address, (Stage2Access)(uint)wants, &result);
            string what = $"{address:x} for {wants} in {tables.Setting}, big endian {tables.IsBigEndian}: {expected}; {good}, {result.Fault:x}, {result.Output:x}, {result.Descriptor:x}";
            if (expected.Fault is { } fault)
            {
                Assert.True(!good && result.Fault == fault, what);
                tell($"fault {fault:x}");
            }
            else
            {
                Assert.True(good && result.Output == expected.Output && result.Shift == expected.Low && result.Descriptor == expected.Descriptor, what);
                tell($"page {tables.Setting.Granule}, {expected.Low}");
                if (tables.Expect(memory, expected.Entry, expected.Descriptor))
                {
                    tell($"updated {tables.Setting.Granule}, {expected.Low}");
                }
            }
        }

        Assert.True(tables.IsRamAs(memory), $"memory changed beside flags: {tables.Setting}");
    }
}
