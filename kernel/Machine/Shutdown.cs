// The end of the machine, with a status that a test can see: power-off is success; a reset (which QEMU's -no-reboot turns
// into an end with another reason) is failure. With the boot word exit=semihosting the status is QEMU's exit status.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Ends the machine.</summary>
public static class Shutdown
{
    /// <summary>The boot word exit=semihosting was given.</summary>
    public static bool ThroughSemihosting;

    /// <summary>Does not return.</summary>
    public static void End(bool failed)
    {
        if (ThroughSemihosting)
        {
            Instructions.SemihostingExit(failed ? 1UL : 0);
        }

        if (failed)
        {
            Psci.Reset();
        }

        Psci.PowerOff();
    }
}
