// What `reg` shows beside the registers that have an id: those that follow from others, and those of vectors, which gdb writes.

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class ReadOnlyRegisters
{
    private const ulong NotOne = ulong.MaxValue;
    private const ulong Vectors = 32;

    /// <summary>Shows the one of this name; false when there is none.</summary>
    internal static bool Show(VirtualCpu* vcpu, ReadOnlySpan<byte> name)
    {
        uint row = Row(name);
        if (row < (uint)Register.Count)
        {
            Output.List("registers"u8);
            ShowRow(vcpu, row);
            Output.EndList();
            FieldOutput.Show((Register)row, DerivedRegisters.Read(vcpu, (Register)row));
            return true;
        }

        ulong* control = Control(vcpu, name);
        if (control != null)
        {
            Session.Warn();
            Output.List("registers"u8);
            Output.Row();
            Output.Cell("name"u8, name, 16);
            Output.HexCell("value"u8, *control);
            Output.EndList();
            return true;
        }

        ulong vector = Vector(name);
        if (vector == NotOne)
        {
            return false;
        }

        Session.Warn();
        ulong* value = VectorState.Vector(vcpu, (uint)vector);
        Output.List("registers"u8);
        Output.Row();
        Output.Cell("name"u8, name, 16);
        Output.HexCell("high"u8, value[1]);
        Output.HexCell("low"u8, value[0]);
        Output.EndList();
        return true;
    }

    /// <summary>Shows the registers without a place that match a pattern; false when none does.</summary>
    internal static bool ShowAll(VirtualCpu* vcpu, ReadOnlySpan<byte> pattern)
    {
        bool any = false;
        for (uint row = 0; row < (uint)Register.Count; row++)
        {
            if (DerivedRegisters.Has((Register)row) && Letters.Match(pattern, RegisterName.Of((Register)row)))
            {
                ShowRow(vcpu, row);
                any = true;
            }
        }

        return any;
    }

    /// <summary>Whether there is one of this name.</summary>
    internal static bool Knows(ReadOnlySpan<byte> name) =>
        Row(name) < (uint)Register.Count || Control(Session.Vcpu, name) != null || Vector(name) != NotOne;

    private static void ShowRow(VirtualCpu* vcpu, uint row)
    {
        Output.Row();
        Output.Cell("name"u8, RegisterName.Of((Register)row), 16);
        Output.HexCell("value"u8, DerivedRegisters.Read(vcpu, (Register)row));
    }

    private static uint Row(ReadOnlySpan<byte> name)
    {
        for (uint row = 0; row < (uint)Register.Count; row++)
        {
            if (DerivedRegisters.Has((Register)row) && Letters.AreEqual(name, RegisterName.Of((Register)row)))
            {
                return row;
            }
        }

        return (uint)Register.Count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong* Control(VirtualCpu* vcpu, ReadOnlySpan<byte> name)
    {
        if (Letters.AreEqual(name, "fpcr"u8))
        {
            return VectorState.ControlRegister(vcpu);
        }

        return Letters.AreEqual(name, "fpsr"u8) ? VectorState.StatusRegister(vcpu) : null;
    }

    // v0 to v31. Not inlined: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Vector(ReadOnlySpan<byte> name) =>
        name.Length > 1 && (name[0] | 0x20) == 'v' && Letters.TryNumber(name.Slice(1), out ulong number) && number < Vectors ? number : NotOne;
}
