// From QEMU's log of exceptions to traps and dropped TLBs by row.
using System.Collections.Generic;
using System.Linq;
using Nestor.Tools.Bench;
using Xunit;

namespace Nestor.Tests.Unit.Bench;

public sealed class TrapLogTests
{
    private const string Begins = "0x56000078";
    private const string Ends = "0x5a000079";
    private const ulong BehindWrite = 0x4020_0404;

    [Fact]
    public void Traps_between_the_ends_of_a_row_are_counted_by_class()
    {
        TrapLog log = New();
        Exception(log, "Hypervisor Call", "EL1", "EL2", "0x5a000000");
        Exception(log, "SVC", "EL1", "EL1", Begins);
        Exception(log, "Data Abort", "EL1", "EL2", "0x93820006");
        Exception(log, "UDEF", "EL0", "EL2", "0x6232c1c5");
        Exception(log, "UDEF", "EL1", "EL2", "0x6232c1c5");
        Exception(log, "IRQ", "EL1", "EL2", "0x6232c1c5");
        Exception(log, "Hypervisor Call", "EL1", "EL2", Ends);
        Exception(log, "Hypervisor Call", "EL1", "EL2", "0x5a000000");
        RowTraps row = Assert.Single(log.Rows);
        Assert.Equal(new SortedDictionary<string, int> { ["data"] = 1, ["register"] = 2, ["irq"] = 1 }, row.Traps);
        Assert.Equal(0, row.TlbDrops);
    }

    [Fact]
    public void What_a_guest_or_Nestor_handles_itself_is_no_trap()
    {
        TrapLog log = New();
        Exception(log, "SVC", "EL1", "EL1", Begins);
        Exception(log, "SVC", "EL0", "EL1", "0x56000000");
        Exception(log, "Data Abort", "EL2", "EL2", "0x96000006");
        Exception(log, "SVC", "EL1", "EL1", "0x56000079");
        Assert.Empty(Assert.Single(log.Rows).Traps);
    }

    [Fact]
    public void A_write_drops_the_TLB_when_its_value_is_another()
    {
        TrapLog log = New();
        Exception(log, "SVC", "EL1", "EL1", Begins);
        Write(log, host: true, "00010000");
        Write(log, host: true, "00010000");
        Write(log, host: true, "00020000");
        Write(log, host: false, "00030000");
        Exception(log, "SVC", "EL1", "EL1", "0x56000079");
        Assert.Equal(2, Assert.Single(log.Rows).TlbDrops);
    }

    [Fact]
    public void The_difference_of_two_runs_is_the_repetitions_alone() => Assert.Equal(
        new SortedDictionary<string, double> { ["eret"] = 1, ["register"] = 0.5 },
        TrapCounts.Difference(
            new Dictionary<string, int> { ["eret"] = 203, ["irq"] = 7 },
            new Dictionary<string, int> { ["eret"] = 404, ["irq"] = 7, ["register"] = 100 },
            repetitions: 200));

    private static TrapLog New() => new(new Dictionary<ulong, TlbWrite> { [BehindWrite] = new("HCR_EL2", 3, ulong.MaxValue) });

    private static void Exception(TrapLog log, string kind, string from, string to, string syndrome)
    {
        log.Add($"Taking exception 2 [{kind}] on CPU 0");
        log.Add($"...from {from} to {to}");
        log.Add($"...with ESR 0x0/{syndrome}");
        log.Add("...with ELR 0x40205678");
        log.Add("...to EL2 PC 0x40200400 PSTATE 0x3c9");
    }

    private static void Write(TrapLog log, bool host, string value)
    {
        log.Add($"Trace 0: 0x7fa6dc3abbc0 [0f0000f0/{BehindWrite:x16}/000000{(host ? 6 : 2)}1/ff022201] ");
        log.Add($" PC={BehindWrite:x16} X00=0000000000000000 X01=0000000000000000");
        log.Add($"X02=0000000000000000 X03=00000000{value} X04=0000000000000000");
    }
}
