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

        SnapshotResult result = Save(machine, words);
        if (result == SnapshotResult.Saved)
        {
            Output.Cell("name"u8, VirtualMachine.NameOf(machine));
            Output.Text("saved"u8, Words.At(words, 1));
        }
        else
        {
            Output.Error(Snapshot.Explain(result));
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
}
