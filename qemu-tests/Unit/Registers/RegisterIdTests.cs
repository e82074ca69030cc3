// Registers from outside: every stored register can be listed, written and read by its id, and no other id answers.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Nestor.Kernel;
using Xunit;

namespace Nestor.Tests.Unit.Registers;

public sealed unsafe class RegisterIdTests : IDisposable
{
    private readonly byte* _pages = (byte*)NativeMemory.AllocZeroed(VirtualCpu.VncrPageSize + VirtualCpu.Size);
    private readonly PerCpu* _cpu = (PerCpu*)NativeMemory.AllocZeroed((nuint)sizeof(PerCpu));
    private readonly VirtualCpu* _vcpu;

    public RegisterIdTests()
    {
        _vcpu = (VirtualCpu*)(_pages + VirtualCpu.VncrPageSize);
        _vcpu->Cpu = _cpu;
    }

    public void Dispose()
    {
        NativeMemory.Free(_pages);
        NativeMemory.Free(_cpu);
    }

    [Fact]
    public void List_has_every_stored_register_once()
    {
        HashSet<ulong> ids = [.. List()];
        int stored = 0;
        for (int i = 0; i < (int)Register.Count; i++)
        {
            if ((RegisterKind)RegisterTable.Kinds[i] is not (RegisterKind.Host or RegisterKind.Id))
            {
                stored++;
                Assert.Contains(RegisterId.Of((Register)i), ids);
            }
        }

        Assert.Equal(stored + 33, ids.Count);
        Assert.Equal(ids.Count, List().Count);
    }

    [Fact]
    public void What_is_written_by_id_is_read_by_id()
    {
        ulong pattern = 0x0123_4567_89ab_cde0;
        foreach (ulong id in List())
        {
            if (id == RegisterId.General + RegisterId.PstateNumber)
            {
                continue;
            }

            Assert.True(RegisterId.TrySet(_vcpu, id, pattern));
            Assert.True(RegisterId.TryGet(_vcpu, id, out ulong value));
            ulong mask = ulong.MaxValue;
            ulong reset = 0;
            if (id >= RegisterId.SystemRegister)
            {
                int row = (int)RegisterTable.Find((uint)(id & 0xffff));
                mask = RegisterTable.Masks[row];
                reset = RegisterTable.Resets[row] & ~mask;
            }

            Assert.Equal((pattern & mask) | reset, value);
            pattern = (pattern << 1) | (pattern >> 63);
        }
    }

    [Fact]
    public void Pstate_keeps_its_exception_level()
    {
        const ulong Id = RegisterId.General + RegisterId.PstateNumber;
        _vcpu->Context = Context.HypervisorVhe;
        _vcpu->Pstate = Pstate.El1h;
        Assert.True(RegisterId.TryGet(_vcpu, Id, out ulong value));
        Assert.Equal(Pstate.El2h, value);
        Assert.True(RegisterId.TrySet(_vcpu, Id, Pstate.El2h | Pstate.Daif));
        Assert.Equal(Pstate.El1h | Pstate.Daif, _vcpu->Pstate);
        Assert.False(RegisterId.TrySet(_vcpu, Id, Pstate.El1h));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(RegisterId.General + 33)]
    [InlineData(RegisterId.SystemRegister | 0xffff)]
    [InlineData(RegisterId.SystemRegister | 0x1_0000)]
    [InlineData(ulong.MaxValue)]
    public void Unknown_ids_are_refused(ulong id)
    {
        Assert.False(RegisterId.TryGet(_vcpu, id, out _));
        Assert.False(RegisterId.TrySet(_vcpu, id, 1));
    }

    [Fact]
    public void Identification_and_aliases_have_no_id()
    {
        Assert.False(RegisterId.TryGet(_vcpu, RegisterId.Of(Register.MIDR_EL1), out _));
        const ulong SctlrEl12 = (3UL << 14) | (5UL << 11) | (1UL << 7);
        Assert.False(RegisterId.TryGet(_vcpu, RegisterId.SystemRegister | SctlrEl12, out _));
    }

    private static List<ulong> List()
    {
        List<ulong> ids = [];
        for (ulong id = RegisterId.Next(0); id != 0; id = RegisterId.Next(id))
        {
            ids.Add(id);
        }

        return ids;
    }
}
