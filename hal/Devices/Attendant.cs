// A word with whoever runs the machine, where that is QEMU with somebody at its QMP: setting the clock (PL031) is an event
// there (RTC_CHANGE), and its button for powering down (a line of the PL061) can be pressed from there. Guests have neither.

namespace Nestor.Hal;

/// <summary>Calling, being answered, and being called.</summary>
public static class Attendant
{
    private const ulong ClockRead = 0x000;
    private const ulong ClockSet = 0x008;
    private const ulong Level = Button << 2;            // GPIODATA: the address says which lines
    private const ulong Sense = 0x404;
    private const ulong BothEdges = 0x408;
    private const ulong RisingEdge = 0x40c;
    private const ulong Enable = 0x410;
    private const ulong Raised = 0x414;
    private const ulong Clear = 0x41c;
    private const uint Button = 1 << 3;

    /// <summary>Has the button interrupt.</summary>
    /// <param name="buttons">The PL061's address.</param>
    public static void Listen(ulong buttons)
    {
        Mmio.Write32(buttons + Sense, Mmio.Read32(buttons + Sense) & ~Button);
        Mmio.Write32(buttons + BothEdges, Mmio.Read32(buttons + BothEdges) & ~Button);
        Mmio.Write32(buttons + RisingEdge, Mmio.Read32(buttons + RisingEdge) | Button);
        Forget(buttons);
        Mmio.Write32(buttons + Enable, Mmio.Read32(buttons + Enable) | Button);
    }

    /// <summary>Calls. The clock stays as it is.</summary>
    /// <param name="clock">The PL031's address.</param>
    public static void Call(ulong clock) => Mmio.Write32(clock + ClockSet, Mmio.Read32(clock + ClockRead));

    /// <summary>Whether the button is down at this moment. QEMU lets it go after 100 ms; pressed again before, nothing is seen.</summary>
    public static bool IsDown(ulong buttons) => (Mmio.Read32(buttons + Level) & Button) != 0;

    /// <summary>Whether the button has been pressed since <see cref="Forget"/>.</summary>
    public static bool HasPressed(ulong buttons) => (Mmio.Read32(buttons + Raised) & Button) != 0;

    /// <summary>What was pressed has been seen: its interrupt ends.</summary>
    public static void Forget(ulong buttons) => Mmio.Write32(buttons + Clear, Button);
}
