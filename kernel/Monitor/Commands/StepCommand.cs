// `step`: the chosen vCPU, stopped, executes an instruction or several and stops again; the line that says so comes by itself.

using System;

namespace Nestor.Kernel;

internal unsafe struct StepCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "step"u8;

    public static ReadOnlySpan<byte> Arguments => "[COUNT]"u8;

    public static ReadOnlySpan<byte> Summary => "instructions of the stopped vcpu, through ERET and exceptions; a line says when they are done"u8;

    public static void Run(Words* words)
    {
        VirtualCpu* vcpu = Session.Vcpu;
        ulong count = 1;
        if (words->Count > 1 && (!Letters.TryNumber(Words.At(words, 1), out count) || count == 0))
        {
            Output.Error("a count is 1 or more, not"u8, Words.At(words, 1));
            return;
        }

        // Parked alone may be left of a command that only looked.
        if (!VcpuHold.IsWanted(vcpu) || !VcpuHold.IsParked(vcpu))
        {
            Output.Error("stop the vcpu first"u8);
            return;
        }

        if ((vcpu->Hold & HoldReason.Debugger) != 0)
        {
            Output.Error("gdb has stopped the vcpu: step there"u8);
            return;
        }

        if (vcpu->State != RunState.Ready)
        {
            Output.Error("the vcpu is off or waits for an interrupt: it executes nothing"u8);
            return;
        }

        LastStop.Remember(vcpu);
        if (!VcpuDebug.StartSteps(vcpu, count))
        {
            Output.Error("no memory for it"u8);
            return;
        }

        Output.Number("steps"u8, count);
        VcpuHold.Release(vcpu, HoldReason.User | HoldReason.Debug);
    }
}
