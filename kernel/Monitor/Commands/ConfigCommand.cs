// `config`: what this machine was told to be.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

internal unsafe struct ConfigCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "config"u8;

    public static ReadOnlySpan<byte> Arguments => ""u8;

    public static ReadOnlySpan<byte> Summary => "Nestor's command line, the machine, and where each guest's memory is"u8;

    public static void Run(Words* words)
    {
        Output.Text("words"u8, HostMachine.CommandLine());
        Output.Line();
        Output.Number("cpus"u8, Cpus.Count);
        Output.Number("vms"u8, Machines.Count);
        Output.Number("usedKiB"u8, PageAllocator.Used >> 10);
        Output.Hex("memoryEnd"u8, HostMachine.MemoryEnd, 1);
        Output.Number("escape"u8, MonitorConsole.Escape);
        Output.List("guests"u8);
        for (uint i = 0; i < Machines.Count; i++)
        {
            Show(Machines.At(i));
        }
    }

    private static void Show(VirtualMachine* machine)
    {
        Output.Row();
        Output.Cell("name"u8, VirtualMachine.NameOf(machine), 8);
        Output.Hex("ram"u8, machine->RamStart.Value, 1);
        Output.Number("mebibytes"u8, machine->RamSize >> 20);
        Output.Hex("at"u8, machine->RamAt.Value, 1);
        Output.Hex("stage2"u8, (ulong)machine->Stage2Root, 1);
        Output.Number("vmid"u8, machine->Vmid << 5);
        if (machine->HasVirtualEl2)
        {
            Output.Number("nv"u8, VirtualMachine.Vcpu(machine, 0)->MemoryRedirection ? 2UL : 1);
        }
    }
}
