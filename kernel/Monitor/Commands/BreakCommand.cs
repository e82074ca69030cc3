// `break`: hardware breakpoints in a guest, at any of its levels; it keeps its own debug registers.

using System;

namespace Nestor.Kernel;

internal unsafe struct BreakCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "break"u8;

    public static ReadOnlySpan<byte> Arguments => "[ADDRESS | delete NUMBER]"u8;

    public static ReadOnlySpan<byte> Summary => "breakpoints of the chosen vcpu's vm: list, set, delete; a line says when one is reached"u8;

    public static void Run(Words* words)
    {
        VirtualMachine* machine = Session.Vcpu->Machine;
        if (words->Count < 2)
        {
            List(machine);
            return;
        }

        if (!DebugPointChange.Begin(words, 2, out bool isDelete, out ulong value))
        {
            return;
        }

        if (isDelete)
        {
            Delete(machine, value, Words.At(words, 2));
        }
        else
        {
            Set(machine, value);
        }

        DebugPointChange.End(machine);
        if (!Output.HasError)
        {
            List(machine);
        }
    }

    private static void Delete(VirtualMachine* machine, ulong number, ReadOnlySpan<byte> word)
    {
        if (number - 1 >= DebugState.MaximumBreakpoints || machine->DebugPoints == null || machine->DebugPoints->BreakpointControl[number - 1] == 0)
        {
            Output.Error("no such breakpoint:"u8, word);
            return;
        }

        VcpuDebug.SetBreakpoint(machine, (int)number - 1, 0, isSet: false);
    }

    private static void Set(VirtualMachine* machine, ulong address)
    {
        int number = VcpuDebug.FreeBreakpoint(machine);
        int same = VcpuDebug.FindBreakpoint(machine, address, isGdbs: false);
        if ((address & 3) != 0)
        {
            Output.Error("an instruction is at a multiple of 4"u8);
        }
        else if (same >= 0)
        {
            Output.Error("it is there already: breakpoint"u8, (ulong)same + 1);
        }
        else if (number < 0)
        {
            Output.Error("all breakpoints are taken: delete one"u8);
        }
        else if (!VcpuDebug.SetBreakpoint(machine, number, address, isSet: true))
        {
            Output.Error("no memory for it"u8);
        }
    }

    private static void List(VirtualMachine* machine)
    {
        Output.List("breakpoints"u8);
        for (int i = 0; machine->DebugPoints != null && i < DebugState.MaximumBreakpoints; i++)
        {
            if (machine->DebugPoints->BreakpointControl[i] != 0)
            {
                Output.Row();
                Output.NumberCell("number"u8, (ulong)i + 1);
                Output.HexCell("address"u8, machine->DebugPoints->BreakpointAt[i]);
                SymbolOutput.Show(VirtualMachine.Vcpu(machine, 0), machine->DebugPoints->BreakpointAt[i]);
            }
        }
    }
}
