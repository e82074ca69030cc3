// A row's repetitions come in batches. Below a guest hypervisor some of them have a tick of its kernel in them, which is not the
// row's, and now and then one is cheap by luck (a timer that had fired already). So what is counted is the quartile: a quarter
// of the batches was cheaper, or as cheap. A profile and a count of traps want nothing between a row's repetitions: one batch.

using System.Runtime.CompilerServices;

namespace Nestor.Payloads;

/// <summary>The batches of the row that is measured now.</summary>
internal static unsafe class Batches
{
    private const uint Usual = 20;
    private const uint Most = 64;

    private static Sorted s_sorted;
    private static uint s_count;

    /// <summary>Batches of a row: `batches=N` of the command line.</summary>
    public static uint Number { get; private set; }

    /// <summary>Ticks of all of them.</summary>
    public static ulong All { get; private set; }

    /// <summary>Ticks of the one that is dearer than a quarter of them.</summary>
    public static ulong Quartile => Values[Number / 4];

    private static ulong* Values => ((Sorted*)Unsafe.AsPointer(ref s_sorted))->Ticks;

    /// <summary>Repetitions of one batch, of so many in all.</summary>
    public static uint SizeOf(uint count) => count < Number ? 1 : count / Number;

    /// <summary>Reads the command line.</summary>
    public static void Prepare()
    {
        uint number = Benchmarks.Number(BootArguments.Value("batches="u8), Usual);
        Number = number < Most ? number : Most;
    }

    /// <summary>Another row begins.</summary>
    public static void Begin()
    {
        s_count = 0;
        All = 0;
    }

    /// <summary>A batch is over. There are <see cref="Number"/>, and no more.</summary>
    public static void Add(ulong ticks)
    {
        All += ticks;
        ulong* values = Values;
        uint at = s_count++;
        while (at > 0 && values[at - 1] > ticks)
        {
            values[at] = values[at - 1];
            at--;
        }

        values[at] = ticks;
    }

    private struct Sorted
    {
        public fixed ulong Ticks[(int)Most];
    }
}
