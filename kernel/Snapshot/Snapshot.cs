// Saving a VM: its state as a list in Nestor's memory, its own memory as it is, and a call to whoever runs the machine to write
// both down. The VM stands still until that is done, or has not come to pass. The other side may want it too, of all VMs: when a
// test has failed, say. It presses the button although nobody has called.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Snapshots of VMs. All of it is on the CPU that booted.</summary>
public static unsafe class Snapshot
{
    /// <summary>Seconds for somebody to stop the machine. While it is stopped its time does, too.</summary>
    private const ulong Patience = 10;

    /// <summary>How many turns there are in a second, in each of which the button means one thing.</summary>
    private const ulong TurnsPerSecond = 50;

    private static ulong s_clock;
    private static ulong s_buttons;
    private static ulong* s_pairs;
    private static ulong s_capacity;

    /// <summary>The button's interrupt id; 0 on a machine that has no button.</summary>
    public static uint Interrupt { get; private set; }

    /// <summary>The word was `recorded`, and the machine has not left its recording since: nobody can answer a call.</summary>
    public static bool IsRecorded { get; set; }

    /// <summary>Finds the button, and listens.</summary>
    public static void Open()
    {
        if (TryFindButtons(out s_buttons, out uint interrupt) && interrupt != 0)
        {
            Interrupt = interrupt;
            Attendant.Listen(s_buttons);
            GicDistributor.Enable(HostMachine.GicDistributor, interrupt, Cpus.At(0)->Affinity);
        }
    }

    /// <summary>The button has been pressed without a call: saves every VM that runs, and says so when that is done.</summary>
    public static void SaveAll()
    {
        HasClock();                                     // that all is done is said by it, also when nothing could be saved
        for (uint i = 0; i < Machines.Count; i++)
        {
            VirtualMachine* machine = Machines.At(i);
            SnapshotResult result = machine->Ended == 0 ? Save(machine, null, 0) : SnapshotResult.Saved;
            if (result != SnapshotResult.Saved)
            {
                Complain(machine, result);
            }

            if (result == SnapshotResult.NoAnswer)
            {
                break;                                  // nor will there be one for the others
            }
        }

        Post(SnapshotMailbox.Done);
    }

    /// <summary>Has a VM saved; it goes on afterwards.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="file">The file's name, for whoever runs the machine; null if they know.</param>
    /// <param name="length">Its length.</param>
    public static SnapshotResult Save(VirtualMachine* machine, byte* file, int length)
    {
        if (GuestPlan.At(VirtualMachine.NumberOf(machine) - 1)->IsFirmware)
        {
            return SnapshotResult.Firmware;
        }

        if (Interrupt == 0 || !HasClock())
        {
            return SnapshotResult.NobodyThere;
        }

        if (IsRecorded)
        {
            return SnapshotResult.Recorded;
        }

        SnapshotResult result = VcpuHold.TakeAll(machine, HoldReason.Command) ? SaveHeld(machine, file, length) : SnapshotResult.Silent;
        VcpuHold.ReleaseAll(machine, HoldReason.Command);
        return result;
    }

    /// <summary>What a result means, unless it is the good one.</summary>
    public static ReadOnlySpan<byte> Explain(SnapshotResult result)
    {
        switch (result)
        {
            case SnapshotResult.Firmware: return "a guest that was started from firmware cannot be saved: its flash would be missing"u8;
            case SnapshotResult.Silent: return "a vCPU's CPU does not answer: nothing was saved"u8;
            case SnapshotResult.NoMemory: return "no memory for the list of registers: nothing was saved"u8;
            case SnapshotResult.NobodyThere: return "this machine has no clock and no button (PL031, PL061) to call the launcher with: nothing was saved"u8;
            case SnapshotResult.Recorded: return "a recorded run cannot be saved, because a replay would miss the answer: ./build.sh replay DIR --live, and save there"u8;
            case SnapshotResult.Refused: return "nothing was saved: ./build.sh run has said above what is wrong with the file"u8;
            default: return "nothing was saved: ./build.sh run does not answer"u8;
        }
    }

    private static void Complain(VirtualMachine* machine, SnapshotResult result)
    {
        bool locked = Console.TryLock();
        Console.BeginMessage();
        Console.Write(VirtualMachine.NameOf(machine));
        Console.Write(": "u8);
        Console.Write(Explain(result));
        Console.WriteLine();
        Console.EndMessage();
        Console.Unlock(locked);
    }

    private static SnapshotResult SaveHeld(VirtualMachine* machine, byte* file, int length)
    {
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
        WaitForRelease();
        Post(SnapshotMailbox.Wanted);
        SnapshotResult result = WaitForAnswer(mailbox);
        mailbox->State = SnapshotMailbox.Idle;
        Attendant.Forget(s_buttons);
        return result;
    }

    private static void Post(ulong state)
    {
        Attendant.Forget(s_buttons);
        Instructions.DsbSy();
        ((SnapshotMailbox*)ImageLayout.SnapshotMailbox)->State = state;
        Instructions.DsbSy();
        if (s_clock != 0)
        {
            Attendant.Call(s_clock);
        }
    }

    // From the time before.
    private static void WaitForRelease()
    {
        ulong start = SystemRegisters.CNTPCT_EL0;
        while (Attendant.IsDown(s_buttons) && SystemRegisters.CNTPCT_EL0 - start <= SystemRegisters.CNTFRQ_EL0)
        {
        }
    }

    private static SnapshotResult WaitForAnswer(SnapshotMailbox* mailbox)
    {
        ulong start = SystemRegisters.CNTPCT_EL0;
        while (SystemRegisters.CNTPCT_EL0 - start <= Patience * SystemRegisters.CNTFRQ_EL0)
        {
            if (IsPressed(mailbox, SnapshotMailbox.MeansSaved))
            {
                return SnapshotResult.Saved;
            }

            if (IsPressed(mailbox, SnapshotMailbox.MeansRefused))
            {
                return SnapshotResult.Refused;
            }
        }

        return SnapshotResult.NoAnswer;
    }

    // Whether it is pressed while it means this. The other side presses while the machine stands still, wherever that is: so a
    // turn ends first, and then the button is looked at.
    private static bool IsPressed(SnapshotMailbox* mailbox, ulong meaning)
    {
        Mean(mailbox, meaning);
        ulong start = SystemRegisters.CNTPCT_EL0;
        while (!Attendant.HasPressed(s_buttons) && SystemRegisters.CNTPCT_EL0 - start <= SystemRegisters.CNTFRQ_EL0 / TurnsPerSecond)
        {
        }

        Mean(mailbox, SnapshotMailbox.MeansNothing);
        return Attendant.HasPressed(s_buttons);
    }

    private static void Mean(SnapshotMailbox* mailbox, ulong meaning)
    {
        mailbox->Press = meaning;
        Instructions.DsbSy();
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

    private static bool HasClock() => s_clock != 0 || TryFindClock(out s_clock);

    // Not inlined: several spans in one method are zeroed with a vector register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryFindClock(out ulong address) => HostMachine.TryGetDevice("arm,pl031"u8, out address);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryFindButtons(out ulong address, out uint interrupt) => HostMachine.TryGetDevice("arm,pl061"u8, out address, out interrupt);
}
