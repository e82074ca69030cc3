// Saving a VM: its state as a list in Nestor's memory, its own memory as it is, and a call to whoever runs the machine to write
// both down. The VM stands still until that is done, or has not come to pass.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Snapshots of VMs.</summary>
public static unsafe class Snapshot
{
    /// <summary>Seconds for somebody to stop the machine. While it is stopped its time does, too.</summary>
    private const ulong Patience = 10;

    private static ulong* s_pairs;
    private static ulong s_capacity;

    /// <summary>Has a VM saved whose vCPUs are all held.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="file">The file's name, for whoever runs the machine.</param>
    /// <param name="length">Its length.</param>
    public static SnapshotResult Save(VirtualMachine* machine, byte* file, int length)
    {
        if (!TryFindClock(out ulong clock) || !TryFindButtons(out ulong buttons))
        {
            return SnapshotResult.NobodyThere;
        }

        if (!Reserve(StateList.Make(machine, null) * StateList.PairSize))
        {
            return SnapshotResult.NoMemory;
        }

        SnapshotMailbox* mailbox = (SnapshotMailbox*)ImageLayout.SnapshotMailbox;
        mailbox->File = file;
        mailbox->FileLength = (ulong)length;
        mailbox->Name = machine->Name;
        mailbox->NameLength = machine->NameLength;
        mailbox->Pairs = s_pairs;
        mailbox->PairCount = StateList.Make(machine, s_pairs);
        mailbox->Ram = machine->RamAt.Pointer;
        mailbox->RamSize = machine->RamSize;
        Instructions.DsbSy();
        mailbox->State = SnapshotMailbox.Wanted;
        Instructions.DsbSy();
        bool isSaved = Call(clock, buttons);
        mailbox->State = SnapshotMailbox.Idle;
        return isSaved ? SnapshotResult.Saved : SnapshotResult.NoAnswer;
    }

    private static bool Call(ulong clock, ulong buttons)
    {
        Attendant.Call(clock, buttons);
        ulong start = SystemRegisters.CNTPCT_EL0;
        ulong patience = Patience * SystemRegisters.CNTFRQ_EL0;
        while (!Attendant.HasAnswered(buttons))
        {
            if (SystemRegisters.CNTPCT_EL0 - start > patience)
            {
                return false;
            }
        }

        return true;
    }

    // Kept for the next time.
    private static bool Reserve(ulong size)
    {
        if (size <= s_capacity)
        {
            return true;
        }

        if (s_pairs != null)
        {
            PageAllocator.Release((byte*)s_pairs, s_capacity);
        }

        s_pairs = (ulong*)PageAllocator.Allocate(size);
        s_capacity = s_pairs != null ? size : 0;
        return s_pairs != null;
    }

    // Not inlined: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryFindClock(out ulong address) => HostMachine.TryGetDevice("arm,pl031"u8, out address);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryFindButtons(out ulong address) => HostMachine.TryGetDevice("arm,pl061"u8, out address);
}
