// `panic`: the end of the machine, with everything that a panic says.

using System;

namespace Nestor.Kernel;

internal unsafe struct PanicCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "panic"u8;

    public static ReadOnlySpan<byte> Arguments => ""u8;

    public static ReadOnlySpan<byte> Summary => "ends the machine as a mistake of Nestor would: back-trace, trace, status 1"u8;

    public static void Run(Words* words)
    {
        SelfTest.BeginPanic();
        Panic.Stop("asked for in the monitor"u8);
    }
}
