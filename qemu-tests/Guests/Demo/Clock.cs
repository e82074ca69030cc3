// What a hypercall costs, by the counter: from the guest through everything below it and back.

using Nestor.Hal;

namespace Nestor.Demo;

/// <summary>The time of many calls.</summary>
internal static class Clock
{
    private static ulong s_start;

    public static void Start() => s_start = SystemRegisters.CNTPCT_EL0;

    public static void Stop(ulong calls)
    {
        ulong ticks = SystemRegisters.CNTPCT_EL0 - s_start;
        Speech.Begin(""u8);
        Hal.Console.WriteDecimal(calls);
        Hal.Console.Write(" hypercalls, "u8);
        Hal.Console.WriteDecimal(calls == 0 ? 0 : ticks * 1_000_000 / SystemRegisters.CNTFRQ_EL0 * 1000 / calls);
        Hal.Console.WriteLine(" ns each"u8);
    }
}
