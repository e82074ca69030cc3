// `shadow`: the combined stage 2 tables that stand for a guest hypervisor's.

using System;

namespace Nestor.Kernel;

internal unsafe struct ShadowCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "shadow"u8;

    public static ReadOnlySpan<byte> Arguments => "[VM]"u8;

    public static ReadOnlySpan<byte> Summary => "the shadow stage 2 tables of a guest: keys, size, how often taken and filled"u8;

    public static void Run(Words* words)
    {
        VirtualMachine* machine = words->Count > 1 ? Session.FindMachine(Words.At(words, 1)) : Session.Vcpu->Machine;
        if (machine == null)
        {
            return;
        }

        if (!machine->HasVirtualEl2)
        {
            Output.Error("this vm has no virtual EL2, so no shadows:"u8, VirtualMachine.NameOf(machine));
            return;
        }

        // Without the lock, which a stuck CPU may have: a number may be half a moment old.
        Output.List("shadows"u8);
        for (uint i = 0; i < ShadowStage2.Count; i++)
        {
            Shadow* shadow = machine->Shadows + i;
            if (shadow->IsUsed)
            {
                Show(shadow);
            }
        }
    }

    private static void Show(Shadow* shadow)
    {
        Output.Row();
        Output.Hex("vttbr"u8, shadow->Vttbr);
        Output.Hex("vtcr"u8, shadow->Vtcr, 8);
        Output.Hex("root"u8, (ulong)shadow->Root, 1);
        Output.Number("vmid"u8, shadow->Vmid);
        Output.Number("users"u8, shadow->Users);
        Output.Number("pages"u8, shadow->Pages);
        Output.Number("taken"u8, shadow->Taken);
        Output.Number("filled"u8, shadow->Filled);
    }
}
