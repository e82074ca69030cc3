// Every row of the register table has become what it must be: an accessor, a place in the vCPU, and an entry in the
// kernel's table that is found by its encoding.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Nestor.Hal;
using Nestor.Kernel;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;
using Xunit;
using KernelTable = Nestor.Kernel.RegisterTable;
using RegisterKind = Nestor.Tools.Registers.RegisterKind;
using ToolTable = Nestor.Tools.Registers.RegisterTable;

namespace Nestor.Tests.Unit.Registers;

public sealed unsafe class RegisterRowTests
{
    private const int VncrPage = -4096;

    private static readonly RegisterRow[] s_rows = [.. ToolTable.Read(RepositoryRoot.Path)];

    private delegate ref ulong Storage(ref VirtualCpu vcpu);

    public static IEnumerable<object[]> Rows => s_rows.Select(row => new object[] { row.Name });

    /// <summary>The registers that the proposal of 2017 names.</summary>
    public static IEnumerable<object[]> Proposed =>
        "ELR SPSR SP AMAIR MAIR TCR TTBR0 VTCR VTTBR VMPIDR VPIDR MDCR CNTHCTL CNTHP_CTL CNTHP_CVAL CNTHP_TVAL CNTVOFF ACTLR AFSR0 AFSR1 CPTR ESR FAR HACR HCR HPFAR HSTR RMR RVBAR SCTLR TPIDR VBAR"
            .Split(' ').Select(name => new object[] { name + "_EL2" });

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row(string name)
    {
        int index = Array.FindIndex(s_rows, r => r.Name == name);
        RegisterRow row = s_rows[index];
        HasAccessor(row);
        IsFoundByItsEncoding(row, (uint)index);
        IsInTheTable(row, index);
        HasItsPlace(row, index);
    }

    [Theory]
    [MemberData(nameof(Proposed))]
    public void A_register_of_the_proposal_is_there(string name)
    {
        RegisterRow row = Assert.Single(s_rows, r => r.Name == name);
        Assert.NotEqual("undef", row.Trap);
        Assert.Equal(!name.Contains("TVAL", StringComparison.Ordinal), row.HasStorage);
    }

    [Fact]
    public void The_proposal_has_32_registers() => Assert.Equal(32, Proposed.Count());

    [Fact]
    public void No_two_registers_share_a_place()
    {
        int[] offsets = [.. s_rows.Select((row, i) => (row, i)).Where(p => p.row.HasStorage).Select(p => (int)KernelTable.Offsets[p.i])];
        Assert.Equal(offsets.Length, offsets.Distinct().Count());
    }

    [Fact]
    public void No_other_encoding_is_found()
    {
        HashSet<uint> known = [.. s_rows.Select(r => r.Encoding), .. s_rows.Where(r => r.Alias != null).Select(r => r.AliasEncoding)];
        for (uint encoding = 0; encoding < 0x10000; encoding++)
        {
            Assert.Equal(known.Contains(encoding), KernelTable.Find(encoding) != KernelTable.Empty);
        }
    }

    private static void HasAccessor(RegisterRow row)
    {
        PropertyInfo? accessor = typeof(SystemRegisters).GetProperty(row.Name, BindingFlags.Public | BindingFlags.Static);
        Assert.NotNull(accessor);
        Assert.Equal(typeof(ulong), accessor.PropertyType);
        Assert.True(accessor.CanRead && accessor.CanWrite);
    }

    private static void IsFoundByItsEncoding(RegisterRow row, uint index)
    {
        Assert.Equal(index, KernelTable.Find(row.Encoding));
        Assert.Equal(row.Encoding, KernelTable.Encodings[(int)index]);
        if (row.Alias != null)
        {
            Assert.Equal(index | KernelTable.AliasFlag, KernelTable.Find(row.AliasEncoding));
        }
    }

    private static void IsInTheTable(RegisterRow row, int index)
    {
        Assert.Equal(index, (int)Enum.Parse<Register>(row.Name));
        Assert.Equal((byte)row.Kind, KernelTable.Kinds[index]);
        Assert.Equal(row.Trap == "-" ? "none" : row.Trap, ((SysRegTrap)KernelTable.Traps[index]).ToString(), ignoreCase: true);
        Assert.Equal(row.Shadow == null ? 0 : row.Converted ? 2 : 1, KernelTable.Shadowed[index]);
        Assert.Equal(row.Reset, KernelTable.Resets[index]);
        Assert.Equal(row.Mask, KernelTable.Masks[index]);
        ReadOnlySpan<byte> name = KernelTable.Names[KernelTable.NameStarts[index]..KernelTable.NameStarts[index + 1]];
        Assert.Equal(row.Name, Encoding.ASCII.GetString(name));
        if (row.Kind != RegisterKind.Id && row.Trap is not ("ro" or "wi"))
        {
            Assert.Equal(0UL, row.Reset & ~row.Mask);
        }
    }

    private static void HasItsPlace(RegisterRow row, int index)
    {
        PropertyInfo? property = typeof(VirtualCpu).GetProperty(row.Name);
        Assert.Equal(row.HasStorage, property != null);
        if (property == null)
        {
            Assert.Null(row.Vncr);
            return;
        }

        int offset = KernelTable.Offsets[index];
        Assert.Equal(0, offset % 8);
        Assert.InRange(offset, VncrPage, VirtualCpu.Size - 8);
        Assert.Equal(row.Vncr != null, offset < 0);
        if (row.Vncr is { } vncr)
        {
            Assert.Equal(VncrPage + (int)vncr, offset);
        }

        byte* memory = (byte*)NativeMemory.AlignedAlloc(VirtualCpu.VncrPageSize + VirtualCpu.Size, 4096);
        byte* vcpu = memory + VirtualCpu.VncrPageSize;
        ref ulong stored = ref property.GetMethod!.CreateDelegate<Storage>()(ref *(VirtualCpu*)vcpu);
        Assert.Equal(offset, (long)((byte*)Unsafe.AsPointer(ref stored) - vcpu));
        NativeMemory.AlignedFree(memory);
    }
}
