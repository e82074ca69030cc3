// Mutual exclusion between CPUs. Interrupts are always masked at EL2, so nothing on the same CPU can want it twice.

using System.Threading;

namespace Nestor.Hal;

/// <summary>A test-and-set lock. Held for a bounded time only: no lock is held while a guest runs.</summary>
public struct SpinLock
{
    private int _held;

    /// <summary>Waits until the lock is free and takes it.</summary>
    public void Enter()
    {
        while (Interlocked.CompareExchange(ref _held, 1, 0) != 0)
        {
        }
    }

    /// <summary>Tries so many times. False when somebody holds it all the while: a CPU that is stuck, perhaps.</summary>
    public bool TryEnter(uint attempts)
    {
        for (; attempts != 0; attempts--)
        {
            if (Interlocked.CompareExchange(ref _held, 1, 0) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives it back.</summary>
    public void Exit() => Interlocked.Exchange(ref _held, 0);
}
