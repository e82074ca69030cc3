// The first C# of the test guest: opens the port, chooses the groups and powers off behind them.

using System.Runtime;
using Nestor.Hal;

// Two variables by reference would be zeroed by a vector instruction, which the build does not allow.
[module: System.Runtime.CompilerServices.SkipLocalsInit]

namespace Nestor.Payloads;

internal static unsafe class Start
{
    private const ulong Uart = 0x0900_0000;

    [RuntimeExport("payload_start")]
    private static void Main(byte* tree, ulong firstCounter)
    {
        Benchmarks.FirstInstruction = firstCounter;
        SerialPort.Record();
        Hal.Console.Port.Open(Uart);
        Hal.Console.WriteLine("TAP version 13"u8);
        BootArguments.Open(tree);
        Groups.Run(BootArguments.Value("group="u8));
        Tap.Plan();
        Cpu.PowerOff();
    }

    [RuntimeExport("payload_secondary")]
    private static void Secondary() => SecondCpu.Main();

    [RuntimeExport("payload_broken")]
    private static void Broken(ulong vector, ulong esr, ulong elr, ulong far)
    {
        Tap.Value("vector"u8, vector);
        Tap.Value("esr"u8, esr);
        Tap.Value("elr"u8, elr);
        Tap.Value("far"u8, far);
        Hal.Console.WriteLine("Bail out! an exception outside a check"u8);
        Cpu.PowerOff();
    }
}
