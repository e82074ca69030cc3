// Panics, hangs and want of memory on purpose, by a word on Nestor's command line: what is said of one can only be tested by
// having one.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>
/// The words selftest=panic-check, selftest=panic-stack, selftest=panic-write, selftest=panic-stop, selftest=panic-command,
/// selftest=hang and selftest=no-memory.
/// </summary>
public static unsafe class SelfTest
{
    private static bool s_hangs;
    private static bool s_eats;
    private static bool s_faults;

    /// <summary>
    /// What a CPU does before its first guest. With selftest=hang the second one takes the console's lock and never gives it back;
    /// with selftest=no-memory the first one takes all memory that the guests have left.
    /// </summary>
    public static void Start(PerCpu* cpu)
    {
        if (s_eats && cpu->Index == 0)
        {
            while (PageAllocator.Allocate(PageAllocator.PageSize) != null)
            {
            }
        }

        if (s_hangs && cpu->Index == 1)
        {
            Console.Lock.Enter();
            while (true)
            {
            }
        }
    }

    /// <summary>
    /// What the monitor's `panic` does first. With selftest=panic-command Nestor takes an exception there, where a guest is loaded.
    /// </summary>
    public static void BeginPanic()
    {
        if (s_faults)
        {
            WriteCode();
        }
    }

    /// <summary>Does what the word says, and does not come back, unless it is about later. False for a word that is none of these.</summary>
    public static bool TryRun(ReadOnlySpan<byte> word)
    {
        if (BootWords.Is(word, "selftest=panic-check"u8))
        {
            FailCheck(word);
        }
        else if (BootWords.Is(word, "selftest=panic-stack"u8))
        {
            Console.WriteDecimal(OverflowStack(1));
        }
        else if (BootWords.Is(word, "selftest=panic-write"u8))
        {
            WriteCode();
        }
        else if (BootWords.Is(word, "selftest=panic-command"u8))
        {
            s_faults = true;
            return true;
        }
        else if (BootWords.Is(word, "selftest=hang"u8))
        {
            s_hangs = true;
            return true;
        }
        else if (BootWords.Is(word, "selftest=no-memory"u8))
        {
            s_eats = true;
            return true;
        }
        else if (BootWords.Is(word, "selftest=panic-stop"u8))
        {
            Panic.Stop("asked for on the command line"u8);
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FailCheck(ReadOnlySpan<byte> word) => Console.Write(word[word.Length]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong OverflowStack(ulong depth) => OverflowStack(depth + 1) ^ depth;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteCode() => *(ulong*)ImageLayout.TextStart = 0;
}
