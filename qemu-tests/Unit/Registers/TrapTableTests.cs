// The table of traps refuses what would lose a guest hypervisor's trap: a gap, a second description, a name that means nothing.
// And what it says of an encoding is what the kernel finds.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Nestor.Tools.Build;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;
using Xunit;
using KernelTable = Nestor.Kernel.TrapTable;
using ToolTable = Nestor.Tools.Registers.TrapTable;

namespace Nestor.Tests.Unit.Registers;

public sealed class TrapTableTests
{
    private static readonly IReadOnlyList<RegisterRow> s_rows = RegisterTable.Read(RepositoryRoot.Path);
    private static readonly string[] s_lines = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, ToolTable.RelativePath));
    private static readonly ToolTable s_table = ToolTable.Parse(s_lines, s_rows);

    public static IEnumerable<object[]> Controls => s_table.Controls.Select(control => new object[] { control.Name });

    [Theory]
    [MemberData(nameof(Controls))]
    public void Each_target_of_a_control_is_found_by_its_encoding(string name)
    {
        int number = s_table.Controls.ToList().FindIndex(control => control.Name == name);
        Assert.All(s_table.Controls[number].Targets, target => Assert.Contains(KernelConditions(target.Value), condition =>
            (condition & 0x3fff) == number && (condition >> 14 & 1) == (target.Reads ? 1 : 0) && (condition >> 15) == (target.Writes ? 1 : 0)));
    }

    [Fact]
    public void An_encoding_that_no_control_names_is_not_found() => Assert.Equal(KernelTable.Empty, KernelTable.Find(0xffff));

    [Theory]
    [InlineData("HCR_EL2.TACR 21 set rw ACTLR_EL1", "HCR_EL2.TACR has the same target twice")]
    [InlineData("HCR_EL2.TVM 27 set w PAR_EL1", "HCR_EL2.TVM is described differently above")]
    [InlineData("HCR_EL2.Other 26 set w PAR_EL1", "HCR_EL2.Other: no such register, or the bit has a name already")]
    [InlineData("HXR_EL2.Any 26 set w PAR_EL1", "HXR_EL2.Any: no such register, or the bit has a name already")]
    [InlineData("HCR_EL2.Any 5 set w NO_SUCH_EL1", "NO_SUCH_EL1 is no register and no instruction; name it with = first")]
    [InlineData("HCR_EL2.Any 5 on w PAR_EL1", "on is neither set nor clear")]
    [InlineData("HCR_EL2.Any 5 set x PAR_EL1", "not an access (r, w, rw) and targets")]
    [InlineData("HCR_EL2.Any 5 set rw", "not an access (r, w, rw) and targets")]
    [InlineData("= IC_IALLU 1 0 7 5 1", "IC_IALLU or its encoding has a name already")]
    [InlineData("= IC_OTHER 1 0 7 5 0", "IC_OTHER or its encoding has a name already")]
    [InlineData("HFGITR_EL2 absent set 54", "bit 54 of HFGITR_EL2 stands twice")]
    [InlineData("HFGITR_EL2 absent on 62", "on is neither set nor clear")]
    [InlineData("HFGATR_EL2 class 1", "HFGATR_EL2 is no fine-grained trap register")]
    public void A_row_that_contradicts_the_table_is_refused_with_its_line(string row, string why)
    {
        BuildException refused = Assert.Throws<BuildException>(() => ToolTable.Parse([.. s_lines, row], s_rows));
        Assert.Equal($"{ToolTable.RelativePath}:{s_lines.Length + 1}: {why}", refused.Message);
    }

    [Theory]
    [InlineData("HFGxTR_EL2.PAR_EL1 ", "bit 27 of HFGxTR_EL2 is in no row")]
    [InlineData("HFGITR_EL2 ", "bit 51 of HFGITR_EL2 is in no row")]
    [InlineData("CNTHCTL_EL2.EL1TVCT ", "CNTVCT_EL0 is trapped by nothing; if that is so, list it under none")]
    [InlineData("none ", "ZCR_EL1 is trapped by nothing; if that is so, list it under none")]
    public void A_gap_is_refused(string removed, string why)
    {
        string[] lines = [.. s_lines.Where(line => !line.StartsWith(removed, StringComparison.Ordinal))];
        Assert.Equal($"{ToolTable.RelativePath}: {why}", Assert.Throws<BuildException>(() => ToolTable.Parse(lines, s_rows)).Message);
    }

    [Fact]
    public void A_register_that_is_trapped_cannot_be_listed_as_not_trapped() =>
        Assert.Equal(
            $"{ToolTable.RelativePath}: TPIDR_EL1 is trapped, and listed as not trapped",
            Assert.Throws<BuildException>(() => ToolTable.Parse([.. s_lines, "none TPIDR_EL1"], s_rows)).Message);

    private static IEnumerable<int> KernelConditions(uint encoding)
    {
        List<int> conditions = [];
        uint entry = KernelTable.Find(encoding);
        for (int i = entry == KernelTable.Empty ? 0 : KernelTable.Starts[(int)entry]; entry != KernelTable.Empty && i < KernelTable.Starts[(int)entry + 1]; i++)
        {
            conditions.Add(KernelTable.Conditions[i]);
        }

        for (int i = 0; i < KernelTable.PatternMasks.Length; i++)
        {
            if ((encoding & KernelTable.PatternMasks[i]) == KernelTable.PatternValues[i])
            {
                conditions.Add(KernelTable.PatternConditions[i]);
            }
        }

        return conditions;
    }
}
