// `quit`: input goes to the guest again.

using System;

namespace Nestor.Kernel;

internal unsafe struct QuitCommand : IMonitorCommand
{
    public static ReadOnlySpan<byte> Name => "quit"u8;

    public static ReadOnlySpan<byte> Arguments => ""u8;

    public static ReadOnlySpan<byte> Summary => "closes the monitor, as its key and Ctrl-D do; what is stopped stays so"u8;

    public static void Run(Words* words) => MonitorConsole.Close();
}
