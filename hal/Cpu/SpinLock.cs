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

    /// <summary>Gives it back.</summary>
    public void Exit() => Interlocked.Exchange(ref _held, 0);
}
