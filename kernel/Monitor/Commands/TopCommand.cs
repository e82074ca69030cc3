// `top`: what guests have left for since the last `top`, so that asking twice says what happens now.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

internal unsafe struct TopCommand : IMonitorCommand
{
    private static Before s_before;
    private static ulong s_time;

    public static ReadOnlySpan<byte> Name => "top"u8;

    public static ReadOnlySpan<byte> Arguments => ""u8;

    public static ReadOnlySpan<byte> Summary => "exits of each guest by class since the last top, and per second"u8;

    public static void Run(Words* words)
    {
        ulong now = SystemRegisters.CNTPCT_EL0;
        ulong milliseconds = (now - s_time) / (SystemRegisters.CNTFRQ_EL0 / 1000);
        s_time = now;
        Output.Number("milliseconds"u8, milliseconds);
        Output.List("exits"u8);
        for (uint i = 0; i < Machines.Count; i++)
        {
            for (uint j = 0; j < TraceRing.Classes; j++)
            {
                ulong* before = ((Before*)Unsafe.AsPointer(ref s_before))->Value + (i * TraceRing.Classes) + j;
                ulong count = StatsCommand.Exits(Machines.At(i), j);
                ulong difference = count - *before;
                *before = count;
                if (difference != 0)
                {
                    StatsCommand.Show(Machines.At(i), j, difference);
                    Output.Number("perSecond"u8, milliseconds == 0 ? 0 : difference * 1000 / milliseconds);
                }
            }
        }
    }

    private struct Before
    {
        public fixed ulong Value[(int)Machines.Maximum * TraceRing.Classes];
    }
}
