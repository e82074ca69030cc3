// Fields of registers: the table refuses what makes no sense, and what the kernel decodes is what the table says.
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Nestor.Kernel;
using Nestor.Tools.Build;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;
using Xunit;
using ToolTable = Nestor.Tools.Registers.RegisterTable;

namespace Nestor.Tests.Unit.Registers;

public sealed class FieldTableTests
{
    private static readonly IReadOnlyList<RegisterRow> s_rows = ToolTable.Read(RepositoryRoot.Path);

    [Fact]
    public void The_kernel_decodes_what_the_table_says()
    {
        IReadOnlyDictionary<string, IReadOnlyList<RegisterField>> fields = FieldTable.Read(RepositoryRoot.Path, s_rows);
        Assert.NotEmpty(fields);
        for (int i = 0; i < s_rows.Count; i++)
        {
            IReadOnlyList<RegisterField> expected = fields.GetValueOrDefault(s_rows[i].Name, []);
            Assert.Equal(expected.Count, RegisterFields.Counts[i]);
            for (int j = 0; j < expected.Count; j++)
            {
                int field = RegisterFields.First[i] + j;
                Assert.Equal(expected[j].Name, Encoding.ASCII.GetString(RegisterFields.Name(field)));
                ulong ones = ulong.MaxValue >> (63 - expected[j].High + expected[j].Low);
                Assert.Equal(ones << expected[j].Shift, RegisterFields.Extract(field, ones << expected[j].Low));
                Assert.Equal(0UL, RegisterFields.Extract(field, ~(ones << expected[j].Low)));
            }
        }
    }

    [Fact]
    public void Registers_can_share_fields()
    {
        IReadOnlyDictionary<string, IReadOnlyList<RegisterField>> fields = FieldTable.Parse(["TTBR0_EL1 A@0 B@47:1", "TTBR1_EL1 =TTBR0_EL1"], s_rows);
        Assert.Equal(["A", "B"], fields["TTBR1_EL1"].Select(field => field.Name));
    }

    [Theory]
    [InlineData(Register.VTTBR_EL2, 0x0005_0000_4302_6001, "BADDR", 0x4302_6000)]
    [InlineData(Register.TTBR1_EL1, 0x0005_0000_4302_6001, "BADDR", 0x4302_6000)]
    [InlineData(Register.HPFAR_EL2, 0x0000_0000_0043_0260, "FIPA", 0x4302_6000)]
    [InlineData(Register.PAR_EL1, 0xff00_0000_4302_6b80, "PA", 0x4302_6000)]
    public void A_part_of_an_address_is_shown_as_the_address(Register register, ulong value, string name, ulong address)
    {
        int first = RegisterFields.First[(int)register];
        int field = Enumerable.Range(first, RegisterFields.Counts[(int)register]).Single(i => Encoding.ASCII.GetString(RegisterFields.Name(i)) == name);
        Assert.Equal(address, RegisterFields.Extract(field, value));
    }

    [Theory]
    [InlineData("NOSUCH_EL1 A@0", "NOSUCH_EL1 is no row of")]
    [InlineData("HCR_EL2 A@0 B@1:0", "bit 0 of HCR_EL2 is in two fields")]
    [InlineData("HCR_EL2 A", "A is neither NAME@BIT nor NAME@HIGH:LOW")]
    [InlineData("HCR_EL2 A@64", "A@64 is neither")]
    [InlineData("HCR_EL2 A@0:1", "A@0:1 is neither")]
    [InlineData("HCR_EL2 A@1:0<<x", "A@1:0<<x is neither")]
    [InlineData("HCR_EL2 A@47:1<<18", "A@47:1<<18 is neither")]
    [InlineData("HCR_EL2 =SCTLR_EL1", "SCTLR_EL1 has no fields above this line")]
    public void Nonsense_is_refused_with_its_line(string line, string why)
    {
        BuildException e = Assert.Throws<BuildException>(() => FieldTable.Parse(["# comment", line], s_rows));
        Assert.StartsWith($"{FieldTable.RelativePath}:2: ", e.Message, System.StringComparison.Ordinal);
        Assert.Contains(why, e.Message, System.StringComparison.Ordinal);
    }
}
