// A word with whoever runs the machine, where that is QEMU with somebody at its QMP: setting the clock (PL031) is an event
// there (RTC_CHANGE), and its button for powering down (a line of the PL061) can be pressed from there. Guests have neither.

namespace Nestor.Hal;

/// <summary>Calling, and being answered.</summary>
public static class Attendant
{
    private const ulong ClockRead = 0x000;
    private const ulong ClockSet = 0x008;
    private const ulong Sense = 0x404;
    private const ulong BothEdges = 0x408;
    private const ulong RisingEdge = 0x40c;
    private const ulong Raised = 0x414;
    private const ulong Clear = 0x41c;
    private const uint Button = 1 << 3;

    /// <summary>Calls. The clock stays as it is.</summary>
    /// <param name="clock">The PL031's address.</param>
    /// <param name="buttons">The PL061's address.</param>
    public static void Call(ulong clock, ulong buttons)
    {
        Mmio.Write32(buttons + Sense, Mmio.Read32(buttons + Sense) & ~Button);
        Mmio.Write32(buttons + BothEdges, Mmio.Read32(buttons + BothEdges) & ~Button);
        Mmio.Write32(buttons + RisingEdge, Mmio.Read32(buttons + RisingEdge) | Button);
        Mmio.Write32(buttons + Clear, Button);
        Mmio.Write32(clock + ClockSet, Mmio.Read32(clock + ClockRead));
    }

    /// <summary>Whether the button has been pressed since <see cref="Call"/>.</summary>
    public static bool HasAnswered(ulong buttons) => (Mmio.Read32(buttons + Raised) & Button) != 0;
}
