// The second level's view: the registers of the guest of a guest hypervisor, by the names that it uses. They are the EL1 bank,
// and what the guest hypervisor shows as identification; its general registers are there while it runs, else its guest
// hypervisor has them.

using System;

namespace Nestor.Kernel;

internal static unsafe class SecondLevelRegisters
{
    /// <summary>Shows those that match a pattern.</summary>
    internal static void Show(VirtualCpu* vcpu, ReadOnlySpan<byte> pattern)
    {
        if (!vcpu->Machine->HasVirtualEl2)
        {
            Output.Error("this vm has no virtual EL2, so no second level:"u8, VirtualMachine.NameOf(vcpu->Machine));
            return;
        }

        Session.Warn();
        Output.Flag("running"u8, vcpu->IsNested);
        Output.List("registers"u8);
        uint shown = 0;
        shown += One(vcpu, "MIDR_EL1"u8, Register.VPIDR_EL2, pattern);
        shown += One(vcpu, "MPIDR_EL1"u8, Register.VMPIDR_EL2, pattern);
        for (ulong id = RegisterId.Next(0); id != 0; id = RegisterId.Next(id))
        {
            if (Belongs(vcpu, id) && Letters.Match(pattern, RegisterName.Of(id)))
            {
                VcpuView.TryGet(vcpu, id, out ulong value);
                One(RegisterName.Of(id), value);
                shown++;
            }
        }

        if (shown == 0)
        {
            Output.Error("no register matches"u8, pattern);
        }
    }

    /// <summary>Whether the second level has a register of this name that can be written; else says why not.</summary>
    internal static bool Has(VirtualCpu* vcpu, ReadOnlySpan<byte> name)
    {
        ulong id = RegisterName.Find(name);
        bool has = vcpu->Machine->HasVirtualEl2 && id != 0 && Belongs(vcpu, id);
        if (!has)
        {
            Output.Error("the second level has no such register to write:"u8, name);
        }

        return has;
    }

    private static bool Belongs(VirtualCpu* vcpu, ulong id)
    {
        if (!RegisterId.TryRegister(id, out Register register))
        {
            return vcpu->IsNested;
        }

        switch ((RegisterKind)RegisterTable.Kinds[(int)register])
        {
            case RegisterKind.El1:
            case RegisterKind.Common:
            case RegisterKind.Debug:
                return true;
            case RegisterKind.Timer:
                return register < Register.CNTHP_TVAL_EL2;
            default:
                return false;
        }
    }

    private static uint One(VirtualCpu* vcpu, ReadOnlySpan<byte> name, Register register, ReadOnlySpan<byte> pattern)
    {
        if (!Letters.Match(pattern, name))
        {
            return 0;
        }

        One(name, VcpuView.Get(vcpu, register));
        return 1;
    }

    private static void One(ReadOnlySpan<byte> name, ulong value)
    {
        Output.Row();
        Output.Cell("name"u8, name, 16);
        Output.HexCell("value"u8, value);
    }
}
