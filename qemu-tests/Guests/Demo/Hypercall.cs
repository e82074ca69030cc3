// The interface between the guest (Guest.S) and the guest hypervisor: the immediate of HVC.

namespace Nestor.Demo;

/// <summary>What the guest asks for.</summary>
internal enum Hypercall : ulong
{
    /// <summary>x0: guest-physical address of a text that ends with zero. Makes a line of it.</summary>
    Say = 1,

    /// <summary>The same with the number in x1 behind the text.</summary>
    SayDecimal = 2,

    /// <summary>The same in hexadecimal.</summary>
    SayHex = 3,

    /// <summary>The calls behind this one are timed.</summary>
    StartClock = 4,

    /// <summary>Does nothing; for timing.</summary>
    Nothing = 5,

    /// <summary>x0: how many calls there were.</summary>
    StopClock = 6,

    /// <summary>The guest is done.</summary>
    End = 7,

    /// <summary>x0: how many interrupts the guest wants.</summary>
    Interrupt = 8,

    /// <summary>The guest took an exception that it did not want.</summary>
    Fail = 9,
}
