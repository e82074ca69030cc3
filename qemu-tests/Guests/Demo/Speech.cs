// Lines on the serial port. Each says which exception level speaks, and nobody claims a level: the registers tell it.

using System;
using Nestor.Hal;

namespace Nestor.Demo;

/// <summary>Lines of both levels.</summary>
internal static class Speech
{
    /// <summary>Starts a line of the guest hypervisor's own.</summary>
    public static void Begin(ReadOnlySpan<byte> text)
    {
        Begin(SystemRegisters.CurrentEL >> 2);
        Hal.Console.Write(text);
    }

    /// <summary>Starts a line of some level.</summary>
    public static void Begin(ulong level)
    {
        Hal.Console.Write("demo: [EL"u8);
        Hal.Console.WriteDecimal(level);
        Hal.Console.Write("] "u8);
    }

    public static void Say(ReadOnlySpan<byte> text)
    {
        Begin(text);
        Hal.Console.WriteLine();
    }

    /// <summary>A text of the guest's, as far as its memory goes.</summary>
    public static void WriteFromGuest(ulong address)
    {
        for (byte c = GuestMemory.Read(address); c != 0; c = GuestMemory.Read(++address))
        {
            Hal.Console.Write(c);
        }
    }
}
