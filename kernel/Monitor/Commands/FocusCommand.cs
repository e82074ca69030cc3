// `focus`: which guest gets what is typed while the monitor is closed. The escape key and a digit do the same.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

internal unsafe struct FocusCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "focus"u8;

    public static ReadOnlySpan<byte> Arguments => "[VM]"u8;

    public static ReadOnlySpan<byte> Summary => "the guest that input goes to; also the escape key and its number"u8;

    public static void Run(Words* words)
    {
        VirtualMachine* machine = words->Count > 1 ? Session.FindMachine(Words.At(words, 1)) : GuestConsole.Focus();
        if (machine == null)
        {
            return;
        }

        if (Session.Runs(machine))
        {
            GuestConsole.Choose(VirtualMachine.NumberOf(machine) - 1);
            Output.Text("focus"u8, VirtualMachine.NameOf(machine));
        }
    }

    /// <summary>Gives the focus to the guest of a number, and says so.</summary>
    internal static void Choose(uint index)
    {
        GuestConsole.Choose(index);
        bool locked = Console.TryLock();
        Console.BeginMessage();
        Console.Write("input goes to "u8);
        Console.WriteLine(VirtualMachine.NameOf(Machines.At(index)));
        Console.EndMessage();
        Console.Unlock(locked);
    }
}
