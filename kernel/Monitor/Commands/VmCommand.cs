// `vm`: the guests, and stopping, going on and ending of a whole one.

using System;

namespace Nestor.Kernel;

internal unsafe struct VmCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "vm"u8;

    public static ReadOnlySpan<byte> Arguments => "[list | start | stop | go | reset | shutdown] [VM]"u8;

    public static ReadOnlySpan<byte> Summary => "the guests; starts one that does not run, stops it, lets it go on, starts it afresh, ends it"u8;

    public static void Run(Words* words)
    {
        if (words->Count < 2 || Words.Is(words, 1, "list"u8))
        {
            if (CommandTable.IsEnd(words, 2))
            {
                List();
            }

            return;
        }

        VirtualMachine* machine = words->Count > 2 ? Session.FindMachine(Words.At(words, 2)) : Session.Vcpu->Machine;
        if (machine == null)
        {
            return;
        }

        if (Words.Is(words, 1, "reset"u8))
        {
            Reset(machine);
        }
        else if (Words.Is(words, 1, "start"u8))
        {
            Start(machine);
        }
        else if (Session.Runs(machine))
        {
            Change(machine, words);
        }
    }

    private static void Change(VirtualMachine* machine, Words* words)
    {
        if (Words.Is(words, 1, "stop"u8))
        {
            Stop(machine);
            Show(machine);
        }
        else if (Words.Is(words, 1, "go"u8))
        {
            Go(machine);
            Show(machine);
        }
        else if (Words.Is(words, 1, "shutdown"u8))
        {
            Machines.End(machine, EndReason.PowerOff);
            Show(machine);
        }
        else
        {
            Output.Error("vm does not know"u8, Words.At(words, 1));
        }
    }

    private static void List()
    {
        Output.List("machines"u8);
        for (uint i = 0; i < Machines.Count; i++)
        {
            Output.Row();
            Fields(Machines.At(i));
        }
    }

    private static void Show(VirtualMachine* machine) => Fields(machine);

    private static void Fields(VirtualMachine* machine)
    {
        Output.NumberCell("number"u8, VirtualMachine.NumberOf(machine));
        Output.Cell("name"u8, VirtualMachine.NameOf(machine), 8);
        Output.Cell("state"u8, State(machine), 8);
        Output.Cell("level"u8, machine->HasVirtualEl2 ? "EL2"u8 : "EL1"u8);
        Output.Number("vcpus"u8, machine->VcpuCount);
        Output.Number("mebibytes"u8, machine->RamSize >> 20);
        Output.Flag("focus"u8, GuestConsole.Focus() == machine);
    }

    private static ReadOnlySpan<byte> State(VirtualMachine* machine)
    {
        switch ((EndReason)machine->Ended)
        {
            case EndReason.None:
                break;
            case EndReason.PowerOff:
                return "powered off"u8;
            case EndReason.Reset:
                return "reset"u8;
            case EndReason.NotStarted:
                return "off"u8;
            default:
                return "crashed"u8;
        }

        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            if (!VcpuHold.IsWanted(VirtualMachine.Vcpu(machine, i)))
            {
                return "running"u8;
            }
        }

        return "stopped"u8;
    }

    // All are asked before one is waited for, so that they stop close together.
    private static void Stop(VirtualMachine* machine)
    {
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            VcpuHold.Want(VirtualMachine.Vcpu(machine, i), HoldReason.User);
        }

        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            VcpuCommand.Stop(VirtualMachine.Vcpu(machine, i));
        }
    }

    private static void Go(VirtualMachine* machine)
    {
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            VcpuCommand.Go(VirtualMachine.Vcpu(machine, i));
        }
    }

    // One that has ended, or has not begun.
    private static void Start(VirtualMachine* machine)
    {
        if (machine->Ended == 0)
        {
            Output.Error("this vm runs already (vm reset starts it afresh):"u8, VirtualMachine.NameOf(machine));
            return;
        }

        Reset(machine);
    }

    private static void Reset(VirtualMachine* machine)
    {
        if (GuestPlan.At(VirtualMachine.NumberOf(machine) - 1)->IsRestored)
        {
            Output.Error("this vm was restored: there is no image to start it afresh from"u8);
            return;
        }

        bool answers = VcpuHold.TakeAll(machine, HoldReason.Command);

        if (answers)
        {
            MachineBuilder.Restart(machine);
        }

        VcpuHold.ReleaseAll(machine, answers ? HoldReason.All & ~HoldReason.Debugger : HoldReason.Command);

        if (answers)
        {
            Show(machine);
        }
        else
        {
            Output.Error("a vCPU's CPU does not answer: the guest was not reset"u8);
        }
    }
}
