// `vcpu`: the vCPUs of all guests, which of them the other commands are about, and stopping and going on of one.

using System;

namespace Nestor.Kernel;

internal unsafe struct VcpuCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "vcpu"u8;

    public static ReadOnlySpan<byte> Arguments => "[list | stop | go] [VM/NUMBER]"u8;

    public static ReadOnlySpan<byte> Summary => "the vCPUs; chooses the one that commands are about, stops it, lets it go on"u8;

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

        bool stop = Words.Is(words, 1, "stop"u8);
        bool go = Words.Is(words, 1, "go"u8);
        int which = stop || go ? 2 : 1;
        if (!CommandTable.IsEnd(words, which + 1))
        {
            return;
        }

        VirtualCpu* vcpu = words->Count > which ? Find(Words.At(words, which)) : Session.Vcpu;
        if (vcpu == null)
        {
            return;
        }

        Session.Vcpu = vcpu;
        if (stop)
        {
            Stop(vcpu);
        }
        else if (go)
        {
            Go(vcpu);
        }

        Fields(vcpu);
    }

    /// <summary>Stops a vCPU, for as long as a person wants.</summary>
    internal static void Stop(VirtualCpu* vcpu) => VcpuHold.Take(vcpu, HoldReason.User);

    /// <summary>Lets a vCPU go on, whoever stopped it, other than a debugger.</summary>
    internal static void Go(VirtualCpu* vcpu)
    {
        if ((vcpu->Hold & (HoldReason.User | HoldReason.Debug)) != 0 && VcpuHold.IsParked(vcpu))
        {
            LastStop.Remember(vcpu);
            if (vcpu->Debug != null)
            {
                VcpuDebug.StartSteps(vcpu, 0);
            }
        }

        VcpuHold.Release(vcpu, HoldReason.User | HoldReason.Debug);
    }

    /// <summary>A vCPU by VM/NUMBER, or by NUMBER alone in the guest of the chosen one; null, with the error, when there is none.</summary>
    internal static VirtualCpu* Find(ReadOnlySpan<byte> word)
    {
        int slash = 0;
        while (slash < word.Length && word[slash] != '/')
        {
            slash++;
        }

        VirtualMachine* machine = Session.Vcpu->Machine;
        int start = 0;
        if (slash < word.Length)
        {
            machine = Session.FindMachine(word.Slice(0, slash));
            start = slash + 1;
        }

        if (machine == null)
        {
            return null;
        }

        if (Letters.TryNumber(word.Slice(start), out ulong index) && index < machine->VcpuCount)
        {
            return VirtualMachine.Vcpu(machine, (uint)index);
        }

        Output.Error("no such vcpu:"u8, word);
        return null;
    }

    private static void List()
    {
        SymbolOutput.Prepare();
        Output.List("vcpus"u8);
        for (uint i = 0; i < Machines.Count; i++)
        {
            VirtualMachine* machine = Machines.At(i);
            for (uint j = 0; j < machine->VcpuCount; j++)
            {
                Output.Row();
                Fields(VirtualMachine.Vcpu(machine, j));
            }
        }
    }

    // Nobody is kept for this: PC and level are those of the last exit.
    private static void Fields(VirtualCpu* vcpu)
    {
        Output.Cell("vm"u8, VirtualMachine.NameOf(vcpu->Machine));
        Output.NumberCell("number"u8, vcpu->Index);
        Output.Cell("state"u8, State(vcpu), 9);
        Output.Number("cpu"u8, vcpu->Cpu->Index);
        Output.Cell("level"u8, Level(vcpu), 12);
        Output.Hex("pc"u8, vcpu->Pc);
        SymbolOutput.Show(vcpu, vcpu->Pc);
        Output.Flag("chosen"u8, vcpu == Session.Vcpu);
        if (VcpuHold.IsWanted(vcpu) && VcpuHold.IsParked(vcpu))
        {
            CodeOutput.Next(vcpu);
        }
    }

    private static ReadOnlySpan<byte> State(VirtualCpu* vcpu)
    {
        if (VcpuHold.IsWanted(vcpu))
        {
            return !VcpuHold.IsParked(vcpu) ? "silent"u8 : StopReason(vcpu);
        }

        switch (vcpu->State)
        {
            case RunState.Off: return "off"u8;
            case RunState.Waiting: return "waiting"u8;
            case RunState.Stopped: return "ended"u8;
            default: return vcpu->Cpu->Loaded == vcpu ? "running"u8 : "ready"u8;
        }
    }

    private static ReadOnlySpan<byte> StopReason(VirtualCpu* vcpu)
    {
        if ((vcpu->Hold & HoldReason.Debug) == 0)
        {
            return "stopped"u8;
        }

        switch (vcpu->Debug->Stop)
        {
            case DebugStop.Step: return "stepped"u8;
            case DebugStop.Breakpoint: return "breakpoint"u8;
            default: return "watchpoint"u8;
        }
    }

    /// <summary>Where the vCPU is, in the guest's words.</summary>
    internal static ReadOnlySpan<byte> Level(VirtualCpu* vcpu)
    {
        bool isEl0 = (vcpu->Pstate & 0xf) == 0;
        switch (vcpu->Context)
        {
            case Context.HypervisorVhe: return isEl0 ? "EL0 (TGE)"u8 : "EL2 (VHE)"u8;
            case Context.HypervisorNvhe: return "EL2 (nVHE)"u8;
            default: return vcpu->IsNested ? (isEl0 ? "EL0 nested"u8 : "EL1 nested"u8) : isEl0 ? "EL0"u8 : "EL1"u8;
        }
    }
}
