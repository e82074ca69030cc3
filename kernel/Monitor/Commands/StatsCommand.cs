// `stats`: how often each guest left for which reason, since it began.

using System;

namespace Nestor.Kernel;

internal unsafe struct StatsCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "stats"u8;

    public static ReadOnlySpan<byte> Arguments => "[VM]"u8;

    public static ReadOnlySpan<byte> Summary => "exits of each guest by class, since it began"u8;

    public static void Run(Words* words)
    {
        VirtualMachine* only = words->Count > 1 ? Session.FindMachine(Words.At(words, 1)) : null;
        if (words->Count > 1 && only == null)
        {
            return;
        }

        Output.List("exits"u8);
        for (uint i = 0; i < Machines.Count; i++)
        {
            for (uint j = 0; j < TraceRing.Classes && (only == null || only == Machines.At(i)); j++)
            {
                ulong count = Exits(Machines.At(i), j);
                if (count != 0)
                {
                    Show(Machines.At(i), j, count);
                }
            }
        }
    }

    /// <summary>Exits of a VM of a class, modulo 2^64.</summary>
    internal static ulong Exits(VirtualMachine* machine, uint exceptionClass)
    {
        ulong count = 0;
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            count += VirtualMachine.Vcpu(machine, i)->Exits[exceptionClass];
        }

        return count;
    }

    /// <summary>A row of the list.</summary>
    internal static void Show(VirtualMachine* machine, uint exceptionClass, ulong count)
    {
        Output.Row();
        Output.Cell("vm"u8, VirtualMachine.NameOf(machine), 8);
        Output.NumberCell("count"u8, count, 10);
        Output.Hex("ec"u8, exceptionClass, 2);
        Output.Cell("class"u8, TraceText.Class((ulong)exceptionClass << 26));
    }
}
