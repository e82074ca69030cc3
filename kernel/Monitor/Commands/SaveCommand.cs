// `save`: the whole guest into a file, by whoever runs the machine.

using System;

namespace Nestor.Kernel;

internal unsafe struct SaveCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "save"u8;

    public static ReadOnlySpan<byte> Arguments => "FILE"u8;

    public static ReadOnlySpan<byte> Summary => "the guest, with memory, devices and guests of its own, into a file for run --restore; the launcher writes it"u8;

    public static void Run(Words* words)
    {
        if (words->Count != 2)
        {
            Output.Error("save wants the name of a file"u8);
            return;
        }

        VirtualMachine* machine = Session.Vcpu->Machine;
        if (!Session.Runs(machine))
        {
            return;
        }

        if (GuestPlan.At(VirtualMachine.NumberOf(machine) - 1)->IsFirmware)
        {
            Output.Error("a guest that was started from firmware cannot be saved: its flash would be missing"u8);
            return;
        }

        bool answers = VcpuHold.TakeAll(machine, HoldReason.Command);
        SnapshotResult result = answers ? Save(machine, words) : SnapshotResult.NobodyThere;
        VcpuHold.ReleaseAll(machine, HoldReason.Command);

        if (answers)
        {
            Report(machine, words, result);
        }
        else
        {
            Output.Error("a vCPU's CPU does not answer: nothing was saved"u8);
        }
    }

    private static SnapshotResult Save(VirtualMachine* machine, Words* words)
    {
        ReadOnlySpan<byte> file = Words.At(words, 1);
        fixed (byte* start = file)
        {
            return Snapshot.Save(machine, start, file.Length);
        }
    }

    private static void Report(VirtualMachine* machine, Words* words, SnapshotResult result)
    {
        switch (result)
        {
            case SnapshotResult.Saved:
                Output.Cell("name"u8, VirtualMachine.NameOf(machine));
                Output.Text("saved"u8, Words.At(words, 1));
                break;
            case SnapshotResult.NoMemory:
                Output.Error("no memory for the list of registers: nothing was saved"u8);
                break;
            case SnapshotResult.NobodyThere:
                Output.Error("this machine has no clock and no button (PL031, PL061) to call the launcher with: nothing was saved"u8);
                break;
            default:
                Output.Error("nothing was saved: ./build.sh run has not answered, or has said above what is wrong with the file"u8);
                break;
        }
    }
}
