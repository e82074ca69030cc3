// `watch`: hardware watchpoints in a guest, at any of its levels.

using System;

namespace Nestor.Kernel;

internal unsafe struct WatchCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "watch"u8;

    public static ReadOnlySpan<byte> Arguments => "[ADDRESS [SIZE] [r | w | rw] | delete NUMBER]"u8;

    public static ReadOnlySpan<byte> Summary => "watchpoints of the chosen vcpu's vm: list, set (stores to 8 bytes, if not said), delete"u8;

    public static void Run(Words* words)
    {
        VirtualMachine* machine = Session.Vcpu->Machine;
        if (words->Count < 2)
        {
            List(machine);
            return;
        }

        if (!DebugPointChange.Begin(words, 4, out bool isDelete, out ulong value))
        {
            return;
        }

        if (isDelete)
        {
            Delete(machine, value, Words.At(words, 2));
        }
        else
        {
            Set(machine, value, words);
        }

        DebugPointChange.End(machine);
        if (!Output.HasError)
        {
            List(machine);
        }
    }

    private static void Delete(VirtualMachine* machine, ulong number, ReadOnlySpan<byte> word)
    {
        if (number - 1 >= DebugState.MaximumWatchpoints || machine->DebugPoints == null || machine->DebugPoints->WatchpointControl[number - 1] == 0)
        {
            Output.Error("no such watchpoint:"u8, word);
            return;
        }

        VcpuDebug.SetWatchpoint(machine, (int)number - 1, 0, 0, 0);
    }

    private static void Set(VirtualMachine* machine, ulong address, Words* words)
    {
        ulong size = 8;
        uint access = 2;
        for (int i = 2; i < words->Count; i++)
        {
            if (Words.Is(words, i, "r"u8) || Words.Is(words, i, "w"u8) || Words.Is(words, i, "rw"u8))
            {
                access = Words.Is(words, i, "r"u8) ? 1u : Words.Is(words, i, "w"u8) ? 2u : 3u;
            }
            else if (!Letters.TryNumber(Words.At(words, i), out size))
            {
                Output.Error("watch does not know"u8, Words.At(words, i));
                return;
            }
        }

        if (size is not (1 or 2 or 4 or 8) || (address & 7) + size > 8)
        {
            Output.Error("1, 2, 4 or 8 bytes that cross no multiple of 8 can be watched"u8);
            return;
        }

        int number = VcpuDebug.FreeWatchpoint(machine);
        int same = VcpuDebug.FindWatchpoint(machine, address, (uint)size, access, gdbKind: 0);
        if (same >= 0)
        {
            Output.Error("it is there already: watchpoint"u8, (ulong)same + 1);
        }
        else if (number < 0)
        {
            Output.Error("all watchpoints are taken: delete one"u8);
        }
        else if (!VcpuDebug.SetWatchpoint(machine, number, address, (uint)size, access))
        {
            Output.Error("no memory for it"u8);
        }
    }

    private static void List(VirtualMachine* machine)
    {
        Output.List("watchpoints"u8);
        for (int i = 0; machine->DebugPoints != null && i < DebugState.MaximumWatchpoints; i++)
        {
            ulong control = machine->DebugPoints->WatchpointControl[i];
            if (control != 0)
            {
                Output.Row();
                Output.NumberCell("number"u8, (ulong)i + 1);
                Output.HexCell("address"u8, machine->DebugPoints->WatchpointAt[i]);
                Output.Hex("bytes"u8, control >> 5 & 0xff, 2);
                Output.Flag("read"u8, (control & (1 << 3)) != 0);
                Output.Flag("write"u8, (control & (1 << 4)) != 0);
            }
        }
    }
}
