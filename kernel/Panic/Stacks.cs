// The stacks that Nestor knows: a back-trace reads nothing outside them, and a fault below one is an overflow.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Where each CPU's stack is.</summary>
public static unsafe class Stacks
{
    private const ulong GuardSize = 4096;

    /// <summary>Whether a frame record (two words) at an address lies within one stack.</summary>
    public static bool HoldFrame(ulong frame)
    {
        if ((frame & 7) != 0)
        {
            return false;
        }

        if (IsWithin(frame, ImageLayout.BootStackGuard + GuardSize, ImageLayout.BootStackTop - 16))
        {
            return true;
        }

        for (uint i = 1; i < Cpus.Count; i++)
        {
            ulong top = Cpus.At(i)->Stack;
            if (IsWithin(frame, top - Cpus.StackSize, top - 16))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an address is in the unmapped page below a stack.</summary>
    public static bool IsGuard(ulong address)
    {
        if (IsWithin(address, ImageLayout.BootStackGuard, ImageLayout.BootStackGuard + GuardSize - 1)
            || IsWithin(address, ImageLayout.BootPanicStackGuard, ImageLayout.BootPanicStackGuard + GuardSize - 1))
        {
            return true;
        }

        for (uint i = 1; i < Cpus.Count; i++)
        {
            if (IsBelow(address, Cpus.At(i)->Stack) || IsBelow(address, Cpus.At(i)->PanicStack))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBelow(ulong address, ulong top) =>
        IsWithin(address, top - Cpus.StackSize - GuardSize, top - Cpus.StackSize - 1);

    private static bool IsWithin(ulong address, ulong first, ulong last) => address >= first && address <= last;
}
